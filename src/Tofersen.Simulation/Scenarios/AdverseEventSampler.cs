using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Draws the adverse events of one participant after another.</summary>
/// <remarks>A Poisson process with a rate that is constant on and off drug, exactly: the points of a process of rate 1 are carried through the
/// inverse of the cumulative rate. A higher rate, or more time on drug, keeps the same points and lets in more of them.</remarks>
internal sealed class AdverseEventSampler
{
    private const double MonthsPerYear = 12;

    private readonly AdverseEventClass[] _classes;
    private readonly ulong[] _streams;
    private readonly double[] _ownLoadings;

    internal AdverseEventSampler(ValueList<AdverseEventClass> classes)
    {
        _classes = [.. classes];
        _streams = [.. classes.Select(c => NameStream.Of(c.Name))];
        _ownLoadings = [.. classes.Select(c => Math.Sqrt(1 - (c.FrailtyLoading * c.FrailtyLoading)))];
    }

    /// <summary>Draws a participant's events within the follow-up that the data already hold.</summary>
    internal void Draw(StreamKey key, int p, TrialData data)
    {
        if (_classes.Length == 0)
        {
            return;
        }

        data.AdverseEvents.Begin(p);
        TrialRandom shared = key.Open(p, DrawPurpose.AdverseEvents);
        TrialRandom frailtyStream = shared.Fork();
        double frailty = frailtyStream.NextNormal();
        for (int c = 0; c < _classes.Length; c++)
        {
            AdverseEventClass kind = _classes[c];
            TrialRandom random = shared.Fork(_streams[c]);
            double score = (kind.FrailtyLoading * frailty) + (_ownLoadings[c] * random.NextNormal());
            double multiplier = Math.Exp((kind.LogRateSd * score) - (0.5 * kind.LogRateSd * kind.LogRateSd));
            double offDrug = Math.Min(multiplier * kind.RatePerYearOffDrug, AdverseEventClass.HighestRate) / MonthsPerYear;
            double onDrug = Math.Min(multiplier * kind.RatePerYearOnDrug, AdverseEventClass.HighestRate) / MonthsPerYear;
            DrawEpisodes(ref random, c, p, data, offDrug, onDrug);
        }
    }

    private static void DrawEpisodes(ref TrialRandom random, int kind, int p, TrialData data, double offDrug, double onDrug)
    {
        double end = data.FollowUpColumn[p];
        double next = random.NextExponential();
        double now = 0;
        foreach (ExposureInterval interval in data.Exposure(p))
        {
            AddEpisodes(ref random, ref next, new AdverseEvent(kind, now, IsOnDrug: false), interval.StartMonths, offDrug, p, data);
            now = Math.Max(now, interval.StartMonths);
            AddEpisodes(ref random, ref next, new AdverseEvent(kind, now, IsOnDrug: true), interval.StopMonths, onDrug, p, data);
            now = Math.Max(now, interval.StopMonths);
        }

        AddEpisodes(ref random, ref next, new AdverseEvent(kind, now, IsOnDrug: false), end, offDrug, p, data);
    }

    /// <summary>Adds the episodes of a stretch of constant rate.</summary>
    /// <param name="random">The stream of the gaps of the process of rate 1.</param>
    /// <param name="next">What is left of the gap to the next episode.</param>
    /// <param name="stretch">Class, beginning and exposure of the stretch.</param>
    /// <param name="until">Its end, in months.</param>
    /// <param name="perMonth">The rate.</param>
    /// <param name="p">Number of the participant.</param>
    /// <param name="data">Receives the episodes.</param>
    private static void AddEpisodes(
        ref TrialRandom random, ref double next, AdverseEvent stretch, double until, double perMonth, int p, TrialData data)
    {
        double now = stretch.Months;
        if (until <= now || perMonth == 0)
        {
            return;
        }

        double available = perMonth * (until - now);
        while (next < available)
        {
            available -= next;
            now = Math.Min(now + (next / perMonth), until);
            data.AdverseEvents.Add(p, stretch with { Months = now });
            next = random.NextExponential();
        }

        next -= available;
    }
}
