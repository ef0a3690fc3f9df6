using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Times and events of one arm of a trial.</summary>
internal static class ArmTimes
{
    /// <summary>Collects the participants of an arm; empty where there are none.</summary>
    internal static (double[] Times, bool[] Events) Of(TrialData data, int arm, ValueList<EventKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(kinds);
        int[] participants = [.. Enumerable.Range(0, data.Participants).Where(p => data.Arms[p] == arm)];
        return (
            [.. participants.Select(p => data.FollowUpMonths[p])],
            [.. participants.Select(p => kinds.Contains(data.FollowUpEnds[p]))]);
    }
}
