namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>The log-rank test by a loop over strata and event times.</summary>
internal sealed class PlainLogRank
{
    /// <summary>Adds up one entry a participant: time, event, arm, and anything that tells strata apart.</summary>
    internal PlainLogRank(IReadOnlyCollection<(double Time, bool IsEvent, int Arm, string Stratum)> entries)
    {
        Participants = entries.Count;
        foreach (var stratum in entries.GroupBy(e => e.Stratum))
        {
            foreach (double time in stratum.Where(e => e.IsEvent).Select(e => e.Time).Distinct())
            {
                double atRisk = stratum.Count(e => e.Time >= time);
                double active = stratum.Count(e => e.Time >= time && e.Arm == 1);
                double control = atRisk - active;
                int events = stratum.Count(e => e.IsEvent && e.Time == time);
                int activeEvents = stratum.Count(e => e.IsEvent && e.Time == time && e.Arm == 1);
                ObservedActive += activeEvents;
                ObservedControl += events - activeEvents;
                ExpectedActive += events * active / atRisk;
                ExpectedControl += events * control / atRisk;
                Variance += atRisk > 1
                    ? events * active * control * (atRisk - events) / (atRisk * atRisk * (atRisk - 1))
                    : 0;
            }
        }
    }

    internal int Participants { get; }

    internal int ObservedControl { get; }

    internal int ObservedActive { get; }

    internal double ExpectedControl { get; }

    internal double ExpectedActive { get; }

    internal double Variance { get; }

    internal PlainResult Result => Variance > 0
        ? new PlainResult(
            Participants, (ObservedActive - ExpectedActive) / Variance, 1 / Math.Sqrt(Variance), double.PositiveInfinity)
        : PlainResult.NotEstimable(Participants);
}
