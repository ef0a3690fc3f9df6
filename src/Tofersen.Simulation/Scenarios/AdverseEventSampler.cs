using System.Runtime.Intrinsics;
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

    // Above the error of the sums that it is compared with.
    private const double Hair = 1 + 1e-9;

    private readonly ulong[] _streams;
    private readonly double[] _frailtyLoadings;
    private readonly double[] _ownLoadings;
    private readonly double[] _onDrug;
    private readonly double[] _offDrug;
    private readonly TrialRandom[] _randoms;
    private readonly double[] _gaps;
    private readonly AlignedBuffer _logMultipliers;
    private readonly AlignedBuffer _logRateSds;

    internal AdverseEventSampler(ValueList<AdverseEventClass> classes)
    {
        _streams = [.. classes.Select(c => TrialRandom.ForkWord(NameStream.Of(c.Name)))];
        _frailtyLoadings = [.. classes.Select(c => c.FrailtyLoading)];
        _ownLoadings = [.. classes.Select(c => Math.Sqrt(1 - (c.FrailtyLoading * c.FrailtyLoading)))];
        _onDrug = [.. classes.Select(c => c.RatePerYearOnDrug)];
        _offDrug = [.. classes.Select(c => c.RatePerYearOffDrug)];
        _randoms = new TrialRandom[classes.Count];
        _gaps = new double[classes.Count];
        _logMultipliers = new AlignedBuffer(classes.Count);
        _logRateSds = new AlignedBuffer(classes.Count);
        for (int c = 0; c < classes.Count; c++)
        {
            _logRateSds.Span[c] = classes[c].LogRateSd;
        }
    }

    internal bool HasClasses => _streams.Length > 0;

    /// <summary>Draws a participant's events within the follow-up that the data already hold.</summary>
    internal void Draw(StreamKey key, int p, TrialData data)
    {
        data.AdverseEvents.Begin(p);
        TrialRandom shared = key.Open(p, DrawPurpose.AdverseEvents);
        TrialRandom frailtyStream = shared.Fork();
        double frailty = frailtyStream.NextNormal();
        Span<double> multipliers = _logMultipliers.Span;
        for (int c = 0; c < _streams.Length; c++)
        {
            TrialRandom random = shared.ForkAt(_streams[c]);
            multipliers[c] = (_frailtyLoadings[c] * frailty) + (_ownLoadings[c] * random.NextNormal());
            _gaps[c] = random.NextExponential();
            _randoms[c] = random;
        }

        TakeExponentials(multipliers);
        (double on, double off) = MonthsOnAndOffDrug(p, data);
        for (int c = 0; c < _streams.Length; c++)
        {
            double offDrug = Math.Min(multipliers[c] * _offDrug[c], AdverseEventClass.HighestRate) / MonthsPerYear;
            double onDrug = Math.Min(multipliers[c] * _onDrug[c], AdverseEventClass.HighestRate) / MonthsPerYear;

            // Most participants have no episode of most classes, and the sum over follow-up is enough to know it.
            if (_gaps[c] <= ((offDrug * off) + (onDrug * on)) * Hair)
            {
                DrawEpisodes(ref _randoms[c], _gaps[c], c, p, data, offDrug, onDrug);
            }
        }
    }

    // exp(s z − s² / 2) of scores z.
    private void TakeExponentials(Span<double> scores)
    {
        ReadOnlySpan<double> sds = _logRateSds.Span;
        for (int c = 0; c < scores.Length; c += VectorKernels.Lanes)
        {
            Vector512<double> sd = VectorKernels.Load(sds, c);
            VectorKernels.Store(LaneFunctions.Exp((VectorKernels.Load(scores, c) - (sd * 0.5)) * sd), scores, c);
        }
    }

    private static (double On, double Off) MonthsOnAndOffDrug(int p, TrialData data)
    {
        double on = 0;
        foreach (ExposureInterval interval in data.Exposure(p))
        {
            on += interval.StopMonths - interval.StartMonths;
        }

        return (on, Math.Max(0, data.FollowUpColumn[p] - on));
    }

    private static void DrawEpisodes(
        ref TrialRandom random, double next, int kind, int p, TrialData data, double offDrug, double onDrug)
    {
        double end = data.FollowUpColumn[p];
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
