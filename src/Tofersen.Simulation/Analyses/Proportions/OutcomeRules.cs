using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Proportions;

/// <summary>A yes-or-no outcome of a participant.</summary>
internal interface IOutcomeRule
{
    /// <summary>1 where a larger proportion favours treatment, −1 where a smaller one does.</summary>
    static abstract int Sign { get; }

    /// <summary>The outcome; null where it was not seen.</summary>
    bool? Outcome(TrialData data, int participant);
}

/// <summary>A change from baseline that reaches a threshold.</summary>
internal readonly struct ResponseRule(int visit, double threshold) : IOutcomeRule
{
    public static int Sign => 1;

    public bool? Outcome(TrialData data, int participant)
    {
        int row = participant * data.Visits;
        double change = data.ScoreMatrix[row + visit] - data.ScoreMatrix[row];
        return data.ObservedMatrix[row + visit] && data.ObservedMatrix[row] ? change >= threshold : null;
    }
}

/// <summary>An event by some month.</summary>
internal readonly struct EventRule : IOutcomeRule
{
    private readonly double _months;
    private readonly bool[] _isEvent;

    internal EventRule(double months, ValueList<EventKind> events)
    {
        _months = months;
        _isEvent = TrialData.EventFlags(events);
    }

    public static int Sign => -1;

    public bool? Outcome(TrialData data, int participant)
    {
        (double time, bool isEvent) = data.FirstEvent(participant, _isEvent);
        return isEvent && time <= _months ? true : time >= _months ? false : null;
    }
}
