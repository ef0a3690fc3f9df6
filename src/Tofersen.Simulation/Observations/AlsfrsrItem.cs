using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>How one item of the ALSFRS-R is scored: a graded response in normal-ogive form.</summary>
/// <remarks>The score, 0 to 4, is the number of thresholds below θ + e, with θ the ability in the item's domain and e ~ Normal(0, 1/a²), a being
/// <see cref="Discrimination"/>. Source of the model: Samejima, Psychometrika Monograph Supplement 17 (1969).</remarks>
public sealed record AlsfrsrItem
{
    /// <summary>Discrimination a: the reciprocal of the standard deviation of the item's own error at a visit; from 0.05 to 20.</summary>
    public required double Discrimination { get; init => field = Require.InRange(value, 0.05, 20); }

    /// <summary>The four thresholds, strictly rising, each from −20 to 20 on the scale of the ability: the k-th is where scores of k or more are as
    /// likely as lower ones.</summary>
    /// <exception cref="ArgumentException">There are not four.</exception>
    /// <exception cref="ArgumentOutOfRangeException">They do not rise, or one is out of range.</exception>
    public required ValueList<double> Thresholds { get; init => field = Checked(value); }

    private static ValueList<double> Checked(ValueList<double>? thresholds)
    {
        Require.NotNull(thresholds, nameof(Thresholds));
        return thresholds!.Count == ItemModel.HighestItemScore
            ? Require.Rising(thresholds, -20, 20, nameof(Thresholds))
            : throw new ArgumentException(
                FormattableString.Invariant($"An item has {ItemModel.HighestItemScore} thresholds; there are {thresholds.Count}."),
                nameof(Thresholds));
    }
}
