using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting;

/// <summary>What tables for people say of the estimates of an analysis.</summary>
internal static class EstimateCells
{
    /// <summary>Name, unit, mean estimate, true value, bias, empirical and model standard error; dashes where one is not defined.</summary>
    internal static string[] Of(OperatingCharacteristics analysis, Scenario scenario)
    {
        string unit = EstimateUnits.Of(scenario, analysis.Name);
        return
        [
            analysis.Name,
            unit.Length > 0 ? unit : "–",
            TextTable.WithError(analysis.MeanEstimate, analysis.MeanEstimateMonteCarloError, 3),
            TextTable.WithError(analysis.TrueValue.Value, analysis.TrueValue.MonteCarloError, 3),
            TextTable.Number(analysis.Bias, 3),
            TextTable.Number(analysis.EmpiricalStandardError, 3),
            TextTable.Number(analysis.ModelStandardError, 3),
        ];
    }
}
