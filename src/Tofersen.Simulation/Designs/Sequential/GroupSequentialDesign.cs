using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>When a trial is looked at, and how its level and its type II error are shared among the looks.</summary>
/// <remarks>
/// <para>Information fractions are the information about the effect at a look over that at the last; with the endpoint's variance known, the share
/// of participants (or of events) with the endpoint.</para>
/// <para>Sides: the trial rejects in favour of treatment only, at the one-sided level <see cref="Alpha"/>; a two-sided 5 % test is a
/// one-sided one at 0.025. z is positive when it favours treatment.</para>
/// <para>Reference: Jennison and Turnbull, Group Sequential Methods with Applications to Clinical Trials (2000).</para>
/// </remarks>
public sealed record GroupSequentialDesign
{
    /// <summary>The most looks that a design may have.</summary>
    public const int MaximumLooks = 20;

    /// <summary>Information fraction of each look, from 1 to 20 of them; rising from above 0 to exactly 1, each at least one part in 10,000 larger
    /// than the one before.</summary>
    public required ValueList<double> InformationFractions
    {
        get;
        init => field = Rising(Require.NotEmpty(value));
    }

    /// <summary>The one-sided level, from 10⁻⁶ to 0.499; 0.025 by default.</summary>
    public double Alpha { get; init => field = Require.InRange(value, 1e-6, 0.499); } = 0.025;

    /// <summary>How the level is shared among the looks.</summary>
    public required BoundaryShape Efficacy { get; init => field = Require.NotNull(value); }

    /// <summary>When the trial stops for futility; never by default.</summary>
    public FutilityRule? Futility { get; init; }

    /// <summary>Whether the level counts on the trial stopping for futility. Binding bounds lower the critical values, and the level is lost if
    /// a trial goes on in spite of them; bounds that do not bind, the default, leave the critical values as without them.</summary>
    public bool IsFutilityBinding { get; init; }

    /// <summary>Computes the critical values and futility bounds.</summary>
    /// <returns>The boundaries; each z value to about 10⁻¹⁰.</returns>
    /// <exception cref="ArgumentException">Properties do not go together: the number of futility bounds is not that of the looks less one, a futility
    /// bound lies above its critical value, a fixed critical value spends more than the level, β and α add up to 1 or more, or binding bounds stop so many trials that the level cannot be
    /// spent.</exception>
    public SequentialBoundaries ComputeBoundaries()
    {
        Validate();
        return BoundaryPlanner.Plan(this, ContinuationRecursion.StandardPanelWidth);
    }

    /// <summary>Checks that the properties go together, as far as that shows without the boundaries.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void Validate()
    {
        if (Futility is FixedFutility { Z: var z } && z.Count != InformationFractions.Count - 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"There are {z.Count} futility bounds; {InformationFractions.Count} looks need {InformationFractions.Count - 1}, one for each but the last."),
                nameof(Futility));
        }

        if (Futility is BetaSpending { Beta: var beta } && beta >= 1 - Alpha)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Beta is {beta}; it must lie below 1 − alpha, {1 - Alpha}."), nameof(Futility));
        }
    }

    private static ValueList<double> Rising(ValueList<double> fractions)
    {
        if (fractions.Count > MaximumLooks)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Has {fractions.Count} looks; at most {MaximumLooks} are possible."),
                nameof(InformationFractions));
        }

        for (int k = 0; k < fractions.Count; k++)
        {
            Require.InRange(fractions[k], SequentialMonitor.SmallestRise, 1, nameof(InformationFractions));
            if (k > 0 && fractions[k] < fractions[k - 1] * (1 + SequentialMonitor.SmallestRise))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(InformationFractions),
                    fractions[k],
                    FormattableString.Invariant($"Must be greater than the entry before it, {fractions[k - 1]}, by at least one part in 10,000."));
            }
        }

        return fractions[^1] == 1
            ? fractions
            : throw new ArgumentOutOfRangeException(nameof(InformationFractions), fractions[^1], "Must end with exactly 1.");
    }
}
