using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Adverse events of one participant, class after class.</summary>
internal static class PlainAdverseEvents
{
    /// <summary>Times of a participant's episodes of each class.</summary>
    internal static List<double>[] Draw(
        IReadOnlyList<AdverseEventClass> classes, StreamKey key, int p, ReadOnlySpan<ExposureInterval> exposure, double endMonths)
    {
        TrialRandom shared = key.Open(p, DrawPurpose.AdverseEvents);
        TrialRandom frailtyStream = shared.Fork();
        double frailty = frailtyStream.NextNormal();
        var episodes = new List<double>[classes.Count];
        for (int c = 0; c < episodes.Length; c++)
        {
            AdverseEventClass kind = classes[c];
            TrialRandom random = shared.ForkAt(TrialRandom.ForkWord(NameStream.Of(kind.Name)));
            double loading = kind.FrailtyLoading;
            double z = (loading * frailty) + (Math.Sqrt(1 - (loading * loading)) * random.NextNormal());
            double multiplier = Math.Exp((kind.LogRateSd * z) - (kind.LogRateSd * kind.LogRateSd / 2));
            episodes[c] = Episodes(
                Math.Min(multiplier * kind.RatePerYearOffDrug, AdverseEventClass.HighestRate) / 12,
                Math.Min(multiplier * kind.RatePerYearOnDrug, AdverseEventClass.HighestRate) / 12,
                exposure,
                endMonths,
                ref random);
        }

        return episodes;
    }

    // One stretch of constant rate after another; what is left of a gap at the end of one goes on in the next.
    private static List<double> Episodes(
        double offDrug, double onDrug, ReadOnlySpan<ExposureInterval> exposure, double endMonths, ref TrialRandom random)
    {
        var stretches = new List<(double From, double To, double Rate)>();
        double now = 0;
        foreach (ExposureInterval interval in exposure)
        {
            stretches.Add((now, interval.StartMonths, offDrug));
            stretches.Add((interval.StartMonths, interval.StopMonths, onDrug));
            now = interval.StopMonths;
        }

        stretches.Add((now, endMonths, offDrug));
        var episodes = new List<double>();
        double gap = random.NextExponential();
        foreach ((double from, double to, double rate) in stretches.Where(s => s.To > s.From))
        {
            double time = from;
            while (gap < rate * (to - time))
            {
                time += gap / rate;
                episodes.Add(time);
                gap = random.NextExponential();
            }

            gap -= rate * (to - time);
        }

        return episodes;
    }
}
