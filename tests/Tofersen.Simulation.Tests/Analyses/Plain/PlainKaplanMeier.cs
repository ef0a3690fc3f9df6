namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>The Kaplan–Meier estimate by its definition.</summary>
internal sealed class PlainKaplanMeier(double[] times, bool[] events)
{
    internal int AtRisk(double time) => times.Count(t => t >= time);

    internal int Events(double time) => times.Where((t, i) => t == time && events[i]).Count();

    /// <summary>The product of the shares that survive each event time.</summary>
    internal double Survival(double time) =>
        EventTimesTo(time).Aggregate(1.0, (product, t) => product * (1 - ((double)Events(t) / AtRisk(t))));

    /// <summary>Greenwood's standard error; NaN where the curve is 0.</summary>
    internal double StandardError(double time)
    {
        double sum = EventTimesTo(time).Sum(t => Events(t) / ((double)AtRisk(t) * (AtRisk(t) - Events(t))));
        return double.IsFinite(sum) ? Survival(time) * Math.Sqrt(sum) : double.NaN;
    }

    /// <summary>The area under the curve up to a horizon.</summary>
    internal double RestrictedMean(double horizon)
    {
        double[] corners = [0, .. EventTimesTo(horizon), horizon];
        return Enumerable.Range(0, corners.Length - 1).Sum(i => Survival(corners[i]) * (corners[i + 1] - corners[i]));
    }

    /// <summary>The restricted mean's variance by Greenwood's formula.</summary>
    internal double RestrictedMeanVariance(double horizon) => EventTimesTo(horizon)
        .Where(t => AtRisk(t) > Events(t))
        .Sum(t =>
        {
            double later = RestrictedMean(horizon) - RestrictedMean(t);
            return later * later * Events(t) / ((double)AtRisk(t) * (AtRisk(t) - Events(t)));
        });

    private double[] EventTimesTo(double time) =>
        [.. times.Where((t, i) => events[i] && t <= time).Distinct().Order()];
}
