using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Runs a <see cref="LogRank"/> test: one sort, then one sweep from the longest follow-up to the shortest with the risk sets
/// growing on the way.</summary>
internal sealed class LogRankWorker : IAnalysisWorker
{
    private readonly double _critical;
    private readonly double _horizonMonths;
    private readonly bool[] _isEvent = new bool[Enum.GetValues<EventKind>().Length];
    private readonly AnalysedStrata _strata;
    private readonly int[] _factors;
    private readonly int[] _levelCounts;
    private readonly RiskSet[] _risk;
    private readonly double[] _times;
    private readonly int[] _entries;

    internal LogRankWorker(LogRank test, TrialLayout layout)
    {
        _strata = new AnalysedStrata(layout, test.Strata);
        _critical = StudentT.TwoSidedCriticalValue(test.Alpha, double.PositiveInfinity);
        _horizonMonths = test.ThroughWeek is { } week ? StudyTime.MonthsFromWeeks(week) : double.PositiveInfinity;
        foreach (EventKind kind in test.Events)
        {
            _isEvent[(int)kind] = true;
        }

        _factors = [.. test.StratifyBy.Select(layout.CovariateAt)];
        _levelCounts = new int[_factors.Length];
        int combinations = 1;
        for (int f = 0; f < _factors.Length; f++)
        {
            CovariateColumn column = layout.Covariates[_factors[f]];
            _levelCounts[f] = column.IsFactor
                ? column.Levels.Count
                : throw new ArgumentException(
                    $"'{column.Name}' is a continuous covariate; a log-rank test can be stratified by factors only.",
                    nameof(test));
            combinations = checked(combinations * _levelCounts[f]);
        }

        _risk = new RiskSet[combinations];
        _times = new double[layout.Participants];
        _entries = new int[layout.Participants];
    }

    public AnalysisResult Run(TrialData data)
    {
        int n = Collect(data);
        return Test(n, Sweep(n));
    }

    internal LogRankFit Fit(TrialData data)
    {
        int n = Collect(data);
        Sums sums = Sweep(n);
        return new LogRankFit(
            Test(n, sums), sums.Events - sums.ActiveEvents, sums.ActiveEvents, sums.Events - sums.Expected, sums.Expected, sums.Variance);
    }

    private AnalysisResult Test(int n, in Sums sums)
    {
        if (!(sums.Variance > 1e-12))
        {
            return AnalysisResult.NotEstimable(n);
        }

        double difference = sums.ActiveEvents - sums.Expected;
        double standardError = 1 / Math.Sqrt(sums.Variance);
        double estimate = difference / sums.Variance;
        double z = -difference * standardError;
        return AnalysisResult.FromZ(estimate, standardError, z, _critical, n);
    }

    // An entry packs stratum combination, arm and event into one number beside its time.
    private int Collect(TrialData data)
    {
        int n = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            if (!_strata.Include(data, p))
            {
                continue;
            }

            int combination = 0;
            bool known = true;
            for (int f = 0; f < _factors.Length; f++)
            {
                double level = data.CovariateColumns[_factors[f]][p];
                known &= double.IsFinite(level);
                combination = (combination * _levelCounts[f]) + (known ? (int)level : 0);
            }

            if (!known)
            {
                continue;
            }

            double time = data.FollowUpColumn[p];
            bool isEvent = _isEvent[(int)data.FollowUpEndColumn[p]] && time <= _horizonMonths;
            int isActive = data.ArmColumn[p] == TrialDesign.ActiveArm ? 2 : 0;
            _times[n] = Math.Min(time, _horizonMonths);
            _entries[n++] = (combination << 2) | isActive | (isEvent ? 1 : 0);
        }

        return n;
    }

    private Sums Sweep(int n)
    {
        Span<double> times = _times.AsSpan(0, n);
        Span<int> entries = _entries.AsSpan(0, n);
        times.Sort(entries);
        _risk.AsSpan().Clear();
        Sums sums = default;
        for (int end = n; end > 0;)
        {
            double time = times[end - 1];
            int start = end;
            int events = 0;
            while (start > 0 && times[start - 1] == time)
            {
                int entry = entries[--start];
                ref RiskSet risk = ref _risk[entry >> 2];
                int isActive = (entry >> 1) & 1;
                int isEvent = entry & 1;
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

    private struct RiskSet
    {
        internal int AtRisk;
        internal int ActiveAtRisk;
        internal int Events;
        internal int ActiveEvents;
    }

    private struct Sums
    {
        internal int Events;
        internal int ActiveEvents;
        internal double Expected;
        internal double Variance;

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
}
