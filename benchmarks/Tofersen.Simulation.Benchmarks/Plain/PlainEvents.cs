using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>The first of competing events: every hazard on its own, week after week.</summary>
internal static class PlainEvents
{
    /// <summary>Draws the first event.</summary>
    /// <param name="hazards">The hazards.</param>
    /// <param name="participant">The participant.</param>
    /// <param name="scores">Latent scores by week.</param>
    /// <param name="rateMultipliers">1 − E by week.</param>
    /// <param name="lastWeek">Last week of the trial.</param>
    /// <param name="recorded">Weeks of visits and the losses on record there.</param>
    /// <param name="random">The participant's event stream.</param>
    /// <returns>Its time in weeks and its kind; infinite where nothing happens.</returns>
    internal static (double Week, EventKind Kind) Draw(
        IEnumerable<EventHazard> hazards,
        in Participant participant,
        double[] scores,
        double[] rateMultipliers,
        int lastWeek,
        (double[] Weeks, double[] Losses) recorded,
        ref TrialRandom random)
    {
        (double Week, EventKind Kind) first = (double.PositiveInfinity, EventKind.Completed);
        foreach (EventHazard hazard in hazards)
        {
            double threshold = random.NextExponential();
            double week = hazard switch
            {
                ProgressionHazard progression =>
                    WhenReached(Progression(progression, participant, scores, rateMultipliers, lastWeek), threshold),
                DropoutHazard { Mechanism: MissingnessMechanism.Mnar } dropout => WhenReached(
                    [.. scores.Take(lastWeek + 1).Select(s => dropout.PerWeek * Math.Exp(dropout.Strength * (scores[0] - s)))], threshold),
                DropoutHazard { Mechanism: MissingnessMechanism.Mar } dropout => WhenReached(dropout, recorded, threshold),
                _ => threshold / hazard.PerWeek,
            };
            first = week < first.Week ? (week, hazard.Kind) : first;
        }

        return first;
    }

    private static double[] Progression(
        ProgressionHazard hazard, Participant participant, double[] scores, double[] rateMultipliers, int lastWeek)
    {
        var byWeek = new double[lastWeek + 1];
        for (int w = 0; w <= lastWeek; w++)
        {
            double rate = Math.Clamp(participant.DeclinePerMonth * rateMultipliers[w], hazard.RateMinimum, hazard.RateMaximum);
            byWeek[w] = hazard.PerWeek * participant.EventHazardMultiplier * Math.Pow(rate, hazard.RateExponent)
                * Math.Exp(-hazard.ScoreCoefficient * (scores[w] - hazard.ReferenceScore));
        }

        return byWeek;
    }

    // Trapezoids; within a week the hazard is a straight line, and its area a quadratic that is solved.
    private static double WhenReached(double[] byWeek, double threshold)
    {
        double sum = 0;
        for (int w = 1; w < byWeek.Length; w++)
        {
            double area = (byWeek[w - 1] + byWeek[w]) / 2;
            if (sum + area >= threshold)
            {
                double left = threshold - sum;
                double root = Math.Sqrt((byWeek[w - 1] * byWeek[w - 1]) + (2 * (byWeek[w] - byWeek[w - 1]) * left));
                return w - 1 + (2 * left / (byWeek[w - 1] + root));
            }

            sum += area;
        }

        return double.PositiveInfinity;
    }

    private static double WhenReached(DropoutHazard hazard, (double[] Weeks, double[] Losses) recorded, double threshold)
    {
        double sum = 0;
        for (int v = 0; v < recorded.Weeks.Length; v++)
        {
            double rate = hazard.PerWeek * Math.Exp(hazard.Strength * (v == 0 ? 0 : recorded.Losses[v]));
            double next = v + 1 < recorded.Weeks.Length ? recorded.Weeks[v + 1] : double.PositiveInfinity;
            if (sum + (rate * (next - recorded.Weeks[v])) >= threshold)
            {
                return recorded.Weeks[v] + ((threshold - sum) / rate);
            }

            sum += rate * (next - recorded.Weeks[v]);
        }

        return double.PositiveInfinity;
    }
}
