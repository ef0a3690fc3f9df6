using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>The strata of a stratified test: combinations of the levels of factors.</summary>
internal sealed class FactorStrata
{
    private readonly int[] _factors;
    private readonly int[] _levels;

    internal FactorStrata(TrialLayout layout, ValueList<string> names)
    {
        _factors = [.. names.Select(layout.CovariateAt)];
        _levels = new int[_factors.Length];
        for (int f = 0; f < _factors.Length; f++)
        {
            CovariateColumn column = layout.Covariates[_factors[f]];
            _levels[f] = column.IsFactor
                ? column.Levels.Count
                : throw new ArgumentException(
                    $"'{column.Name}' is a continuous covariate; a test can be stratified by factors only.", "StratifyBy");
            Count = checked(Count * _levels[f]);
        }
    }

    /// <summary>Number of combinations; 1 without factors.</summary>
    internal int Count { get; } = 1;

    /// <summary>Stratum of a participant; −1 where a factor is missing.</summary>
    internal int Of(TrialData data, int participant)
    {
        int stratum = 0;
        for (int f = 0; f < _factors.Length; f++)
        {
            double level = data.CovariateColumns[_factors[f]][participant];
            if (!double.IsFinite(level))
            {
                return -1;
            }

            stratum = (stratum * _levels[f]) + (int)level;
        }

        return stratum;
    }
}
