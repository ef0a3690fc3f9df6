using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Reporting.Scripts;

/// <summary>One analysis of a scenario, ready for another program: the analysis itself, and the data, parameter and arms that it is of.</summary>
/// <param name="Name">Name in results.</param>
/// <param name="Analysis">The analysis, taken out of what it was wrapped in.</param>
/// <param name="DataSet">The data set with its values.</param>
/// <param name="Code">PARAMCD of its values.</param>
/// <param name="IsLogarithmic">Whether logarithms are analysed.</param>
/// <param name="Control">Name of the control arm.</param>
/// <param name="Active">Name of the active arm.</param>
internal sealed record ScriptStep(
    string Name, IAnalysis Analysis, string DataSet, string Code, bool IsLogarithmic, string Control, string Active)
{
    internal string Value => IsLogarithmic ? "LNAVAL" : "AVAL";

    internal string Before => IsLogarithmic ? "LNBASE" : "BASE";

    internal string Change => IsLogarithmic ? "LNCHG" : "CHG";

    internal static ScriptStep Of(IAnalysis analysis, TrialLayout layout)
    {
        var step = new ScriptStep(
            analysis.Name, analysis, "ADQS", TrialDataSets.Total, false, layout.ArmNames[0], layout.ArmNames.Count > 1 ? layout.ArmNames[1] : layout.ArmNames[0]);
        while (true)
        {
            switch (step.Analysis)
            {
                case EndpointAnalysis wrapped:
                    int endpoint = layout.EndpointAt(wrapped.Endpoint);
                    bool isLogarithmic = layout.Endpoints[endpoint].IsLogarithmic;
                    step = step with
                    {
                        Analysis = wrapped.Analysis,
                        DataSet = isLogarithmic ? "ADLB" : TrialDataSets.IsDomain(layout, endpoint) ? "ADQS" : "ADFN",
                        Code = TrialDataSets.CodeOf(layout, endpoint),
                        IsLogarithmic = isLogarithmic,
                    };
                    break;
                case ArmComparison wrapped:
                    step = step with { Analysis = wrapped.Analysis, Active = wrapped.Active, Control = wrapped.Control ?? layout.ArmNames[0] };
                    break;
                default:
                    return step;
            }
        }
    }
}
