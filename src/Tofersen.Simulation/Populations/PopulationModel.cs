using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>A population made of strata, each with its own distribution of traits.</summary>
/// <remarks>Thread safety: immutable.</remarks>
public sealed record PopulationModel : IPopulationModel
{
    /// <summary>The strata, at least one, with different names.</summary>
    /// <exception cref="ArgumentException">There is no stratum, two share a name, the diagnostic delays of one are the wrong
    /// way round, or the correlations of one contradict each
    /// other or do not form a positive definite matrix.</exception>
    public required ValueList<Stratum> Strata { get; init => field = Checked(value); }

    /// <inheritdoc/>
    public StratumComposition Composition { get; init => field = Require.Defined(value); }

    /// <inheritdoc/>
    public ValueList<string> StratumNames => [.. Strata.Select(s => s.Name)];

    /// <inheritdoc/>
    public ValueList<double> StratumShares
    {
        get
        {
            double total = Strata.Sum(s => s.Weight);
            return [.. Strata.Select(s => s.Weight / total)];
        }
    }

    /// <inheritdoc/>
    public IParticipantSampler CreateSampler() => new ParticipantSampler(Strata);

    private static ValueList<Stratum> Checked(ValueList<Stratum>? strata)
    {
        ValueList<Stratum> checkedStrata = Require.NotEmpty(strata, nameof(Strata));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Stratum stratum in checkedStrata)
        {
            if (!names.Add(stratum.Name))
            {
                throw new ArgumentException($"Two strata are called '{stratum.Name}'; names must differ.", nameof(Strata));
            }

            foreach (RateDistribution rate in (ReadOnlySpan<RateDistribution>)[stratum.DeclineRate, stratum.PreRandomisationSlope])
            {
                (rate as GammaRate)?.CheckSpread($"Stratum '{stratum.Name}'", nameof(Strata));
            }

            if (stratum.DiagnosticDelayShareMaximum < stratum.DiagnosticDelayShareMinimum)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Stratum '{stratum.Name}' has diagnostic delays from {stratum.DiagnosticDelayShareMinimum} to {stratum.DiagnosticDelayShareMaximum} of the months since onset; the upper share must not be below the lower."),
                    nameof(Strata));
            }

            _ = TraitCholesky.Factor(stratum);
        }

        return checkedStrata;
    }
}
