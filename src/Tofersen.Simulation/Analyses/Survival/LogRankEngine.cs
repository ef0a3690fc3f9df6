namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>The sums of a log-rank test: one sort, then one sweep from the longest time to the shortest with the risk sets growing on
/// the way.</summary>
/// <remarks>Use: <see cref="Clear"/>, <see cref="Add"/> each participant, <see cref="Sum"/>.</remarks>
internal sealed class LogRankEngine(int capacity, int strata)
{
    private const int Active = 2;
    private const int Event = 1;

    private readonly RiskSet[] _risk = new RiskSet[strata];
    private readonly double[] _times = new double[capacity];

    // An entry packs stratum, arm and event into one number beside its time.
    private readonly int[] _entries = new int[capacity];

    /// <summary>Participants added so far.</summary>
    internal int Count { get; private set; }

    internal void Clear() => Count = 0;

    internal void Add(in EventTime entry, bool isActive)
    {
        _times[Count] = entry.Time;
        _entries[Count++] = (entry.Stratum << 2) | (isActive ? Active : 0) | (entry.IsEvent ? Event : 0);
    }

    /// <summary>Sorts the entries and adds up events, expectations and variance.</summary>
    internal LogRankSums Sum()
    {
        Span<double> times = _times.AsSpan(0, Count);
        Span<int> entries = _entries.AsSpan(0, Count);
        times.Sort(entries);
        TiedTimes.Unite(times);
        _risk.AsSpan().Clear();
        LogRankSums sums = default;
        for (int end = Count; end > 0;)
        {
            double time = times[end - 1];
            int start = end;
            int events = 0;
            while (start > 0 && times[start - 1] == time)
            {
                int entry = entries[--start];
                ref RiskSet risk = ref _risk[entry >> 2];
                int isActive = (entry >> 1) & 1;
                int isEvent = entry & Event;
                risk.AtRisk++;
                risk.ActiveAtRisk += isActive;
                risk.Events += isEvent;
                risk.ActiveEvents += isActive & isEvent;
                events += isEvent;
            }

            for (int i = start; i < end && events > 0; i++)
            {
                ref RiskSet risk = ref _risk[entries[i] >> 2];
                if (risk.Events > 0)
                {
                    events -= risk.Events;
                    sums.Add(risk);
                    risk.Events = 0;
                    risk.ActiveEvents = 0;
                }
            }

            end = start;
        }

        return sums;
    }
}

/// <summary>Counts of one stratum at a time.</summary>
internal struct RiskSet
{
    internal int AtRisk;
    internal int ActiveAtRisk;
    internal int Events;
    internal int ActiveEvents;
}

/// <summary>Observed and expected events of the active arm and the variance of their difference.</summary>
internal struct LogRankSums
{
    internal int Events;
    internal int ActiveEvents;
    internal double Expected;
    internal double Variance;

    /// <summary>Whether there is any variance to judge a difference by.</summary>
    internal readonly bool IsEstimable => Variance > 1e-12;

    /// <summary>Observed − expected events of the active arm.</summary>
    internal readonly double Difference => ActiveEvents - Expected;

    /// <summary>The statistic, positive when the active arm has fewer events than expected; NaN without variance.</summary>
    internal readonly double Z => IsEstimable ? -Difference / Math.Sqrt(Variance) : double.NaN;

    /// <summary>The test, with the one-step log hazard ratio as its estimate.</summary>
    internal readonly AnalysisResult Test(double critical, int participants) => IsEstimable
        ? AnalysisResult.FromZ(Difference / Variance, 1 / Math.Sqrt(Variance), Z, critical, participants)
        : AnalysisResult.NotEstimable(participants);

    internal void Add(in RiskSet risk)
    {
        double n = risk.AtRisk;
        double d = risk.Events;
        double share = risk.ActiveAtRisk / n;
        Events += risk.Events;
        ActiveEvents += risk.ActiveEvents;
        Expected += d * share;
        if (risk.AtRisk > 1)
        {
            Variance += d * share * (1 - share) * (n - d) / (n - 1);
        }
    }
}
