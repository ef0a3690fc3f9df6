using Tofersen.Simulation.Analyses.Survival;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Wald's tests of what a fitted Cox model says.</summary>
internal sealed class TableCoxFit
{
    private readonly double[] _coefficients;
    private readonly double[] _covariance;
    private readonly double _critical;
    private readonly int _participants;

    internal TableCoxFit(CoxEngine engine, CoxOutcome outcome, double critical)
    {
        int columns = engine.Data.Columns;
        _participants = engine.Data.Count;
        _critical = critical;
        _covariance = new double[columns * columns];
        engine.FillCovariance(_covariance);
        _coefficients = [.. Enumerable.Range(0, columns).Select(engine.Coefficient)];
        if (outcome == CoxOutcome.NotConverged)
        {
            Array.Fill(_coefficients, double.NaN);
            Array.Fill(_covariance, double.NaN);
        }
    }

    /// <summary>A coefficient, its statistic the estimate over its standard error.</summary>
    internal TableEstimate Coefficient(string name, int column)
    {
        double[] unit = new double[_coefficients.Length];
        unit[column] = 1;
        AnalysisResult result = Test(unit);
        return TableEstimate.Of(name, null, double.IsInfinity(_coefficients[column])
            ? result with { Estimate = _coefficients[column] }
            : result);
    }

    /// <summary>A log hazard ratio of arms.</summary>
    internal TableEstimate Contrast(string name, double[] combination) => TableEstimate.Of(name, null, Test(combination));

    private AnalysisResult Test(double[] combination)
    {
        double estimate = 0;
        double variance = 0;
        for (int j = 0; j < combination.Length; j++)
        {
            if (combination[j] == 0)
            {
                continue;
            }

            estimate += combination[j] * _coefficients[j];
            for (int k = 0; k < combination.Length; k++)
            {
                variance += combination[k] == 0
                    ? 0
                    : combination[j] * combination[k] * _covariance[(j * combination.Length) + k];
            }
        }

        double standardError = Math.Sqrt(variance);
        return double.IsFinite(standardError)
            ? AnalysisResult.FromZ(estimate, standardError, estimate / standardError, _critical, _participants)
            : AnalysisResult.NotEstimable(_participants);
    }
}
