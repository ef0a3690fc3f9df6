using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A Kaplan–Meier curve: one point for each different time of an event or a censoring, rising.</summary>
/// <param name="Points">The points.</param>
public sealed record SurvivalCurve(ValueList<SurvivalPoint> Points)
{
    // Products of fractions such as 1/2 come out a few ulp off; R compares with a tolerance, too.
    private const double Tolerance = 1e-10;

    /// <summary>The median: the first time at which the curve is at or below one half, the middle of the stretch where it is exactly one
    /// half; NaN where it stays above.</summary>
    public double Median => Crossing(static p => p.Survival, 0.5);

    /// <summary>Lower limit of the median: where the lower limit of the curve falls to one half; NaN where it does not.</summary>
    public double MedianLower => Crossing(static p => p.Lower, 0.5);

    /// <summary>Upper limit of the median: where the upper limit of the curve falls to one half; NaN where it does not.</summary>
    public double MedianUpper => Crossing(static p => p.Upper, 0.5);

    /// <summary>The estimated probability of being free of the event after a time.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The height of the curve, continued flat after its last point.</returns>
    public double At(double time)
    {
        double survival = 1;
        foreach (SurvivalPoint point in Points)
        {
            if (point.Time > time)
            {
                break;
            }

            survival = point.Survival;
        }

        return survival;
    }

    /// <summary>Mean time free of the event up to a horizon: the area under the curve.</summary>
    /// <param name="horizon">The horizon, above 0; beyond the last time the curve is continued flat.</param>
    /// <returns>The mean and its standard error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not above 0.</exception>
    public (double Mean, double StandardError) RestrictedMean(double horizon)
    {
        Require.Above(horizon, 0, double.MaxValue, nameof(horizon));
        var area = new AreaUnderCurve(horizon);
        for (int i = Points.Count - 1; i >= 0; i--)
        {
            SurvivalPoint point = Points[i];
            area.Add(point.Time, point.AtRisk, point.Events, point.Survival);
        }

        return (area.Mean, Math.Sqrt(area.Variance));
    }

    /// <summary>The time by which a share of the participants have the event, with its limits.</summary>
    /// <param name="probability">The share, above 0 and below 1; one half for the median.</param>
    /// <returns>The first time at which the curve, its lower limit and its upper limit are at or below 1 − probability: the middle of the
    /// stretch where one is exactly that; NaN where it stays above. As R's <c>quantile.survfit</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    public SurvivalQuantile Quantile(double probability)
    {
        Require.Above(probability, 0, Math.BitDecrement(1), nameof(probability));
        return new SurvivalQuantile(
            Crossing(static p => p.Survival, 1 - probability),
            Crossing(static p => p.Lower, 1 - probability),
            Crossing(static p => p.Upper, 1 - probability));
    }

    private double Crossing(Func<SurvivalPoint, double> height, double level)
    {
        for (int i = 0; i < Points.Count; i++)
        {
            double value = height(Points[i]);
            if (value > level + Tolerance || double.IsNaN(value))
            {
                // A curve at 0 has no limits any more.
                continue;
            }

            if (value < level - Tolerance)
            {
                return Points[i].Time;
            }

            for (int j = i + 1; j < Points.Count; j++)
            {
                double next = height(Points[j]);
                if (!(Math.Abs(next - level) <= Tolerance))
                {
                    return (Points[i].Time + Points[j].Time) / 2;
                }
            }

            return Points[i].Time;
        }

        return double.NaN;
    }
}
