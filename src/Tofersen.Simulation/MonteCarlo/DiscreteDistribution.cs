using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A distribution on a few points with weights.</summary>
public sealed record DiscreteDistribution : IPriorDistribution
{
    /// <summary>The points, from 1 to 1,000, their values rising and finite, their weights above 0 and at most 10⁹.</summary>
    public required ValueList<PriorPoint> Points { get; init => field = Checked(value); }

    /// <inheritdoc/>
    public double Quantile(double probability) => Points[PositionOf(Require.Probability(probability, nameof(probability)))].Value;

    /// <summary>Position of the point that a probability falls to.</summary>
    internal int PositionOf(double probability)
    {
        double left = probability * Points.Sum(p => p.Weight);
        int position = 0;
        while (position < Points.Count - 1 && left > Points[position].Weight)
        {
            left -= Points[position++].Weight;
        }

        return position;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"discrete({string.Join(',', Points.Select(p => FormattableString.Invariant($"{p.Value}:{p.Weight}")))})";

    private static ValueList<PriorPoint> Checked(ValueList<PriorPoint> points)
    {
        Require.InRange(Require.NotEmpty(points, nameof(Points)).Count, 1, 1_000, nameof(Points));
        for (int i = 0; i < points.Count; i++)
        {
            Require.InRange(points[i].Value, -1e9, 1e9, nameof(Points));
            Require.Above(points[i].Weight, 0, 1e9, nameof(Points));
            if (i > 0 && points[i].Value <= points[i - 1].Value)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(Points), points[i].Value, FormattableString.Invariant($"Values must rise; the one before is {points[i - 1].Value}."));
            }
        }

        return points;
    }
}
