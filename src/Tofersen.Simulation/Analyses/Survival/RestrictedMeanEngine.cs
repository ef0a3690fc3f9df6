namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Restricted mean survival time of one sample.</summary>
/// <remarks>Use: <see cref="Clear"/>, <see cref="Add"/> each participant, <see cref="Estimate"/>.</remarks>
internal sealed class RestrictedMeanEngine(int capacity)
{
    private readonly double[] _times = new double[capacity];
    private readonly int[] _isEvent = new int[capacity];
    private readonly double[] _survival = new double[capacity];
    private readonly int[] _starts = new int[capacity];
    private readonly int[] _events = new int[capacity];

    internal int Count { get; private set; }

    internal void Clear() => Count = 0;

    internal void Add(double time, bool isEvent)
    {
        _times[Count] = time;
        _isEvent[Count++] = isEvent ? 1 : 0;
    }

    /// <summary>Area under the curve and its variance; NaN where the curve ends before the horizon without having come down to
    /// 0.</summary>
    internal (double Mean, double Variance) Estimate(double horizon)
    {
        Span<double> times = _times.AsSpan(0, Count);
        Span<int> isEvent = _isEvent.AsSpan(0, Count);
        times.Sort(isEvent);
        TiedTimes.Unite(times);
        int points = 0;
        double survival = 1;
        for (int start = 0; start < times.Length;)
        {
            int end = start;
            int events = 0;
            for (; end < times.Length && times[end] == times[start]; end++)
            {
                events += isEvent[end];
            }

            int atRisk = times.Length - start;
            survival *= (double)(atRisk - events) / atRisk;
            _starts[points] = start;
            _events[points] = events;
            _survival[points++] = survival;
            start = end;
        }

        if (points == 0 || (times[^1] < horizon && survival > 0))
        {
            return (double.NaN, double.NaN);
        }

        var area = new AreaUnderCurve(horizon);
        for (int i = points - 1; i >= 0; i--)
        {
            area.Add(times[_starts[i]], times.Length - _starts[i], _events[i], _survival[i]);
        }

        return (area.Mean, area.Variance);
    }

    /// <summary>Difference of two means, active − control, with its test.</summary>
    internal static AnalysisResult Compare(
        (double Mean, double Variance) control, (double Mean, double Variance) active, double critical, int participants)
    {
        double variance = control.Variance + active.Variance;
        if (!(variance > 0))
        {
            return AnalysisResult.NotEstimable(participants);
        }

        double difference = active.Mean - control.Mean;
        double standardError = Math.Sqrt(variance);
        return AnalysisResult.FromZ(difference, standardError, difference / standardError, critical, participants);
    }
}
