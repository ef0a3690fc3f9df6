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
        _isEvent = new bool[Enum.GetValues<EventKind>().Length];
        foreach (EventKind kind in events)
        {
            _isEvent[(int)kind] = true;
        }
    }

    public static int Sign => -1;

    public bool? Outcome(TrialData data, int participant)
    {
        double followUp = data.FollowUpColumn[participant];
        return _isEvent[(int)data.FollowUpEndColumn[participant]] && followUp <= _months ? true
            : followUp >= _months ? false
            : null;
    }
}
