namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Which visits of a trial are missing.</summary>
public enum Gaps
{
    /// <summary>None.</summary>
    Complete,

    /// <summary>Everything after a dropout, 3 % a visit.</summary>
    Dropout,

    /// <summary>Single visits, 3 % of them.</summary>
    Missed,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>Trials of eight visits with gaps.</summary>
internal static class GapTrials
{
    internal const int Participants = 108;
    internal const int Visits = 7;

    internal static TrialSet Draw(Gaps gaps) => new(RepeatedVisits.Draw(
        400,
        Participants,
        dropout: gaps is Gaps.Dropout or Gaps.Both ? 0.03 : 0,
        missed: gaps is Gaps.Missed or Gaps.Both ? 0.03 : 0));
}
