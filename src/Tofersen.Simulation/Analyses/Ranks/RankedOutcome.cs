namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>What a participant is ranked by.</summary>
internal enum RankedOutcome : byte
{
    /// <summary>Left alive before the horizon: compared pair by pair at the last visit that both have.</summary>
    Incomplete,

    /// <summary>Died by the horizon: ranked by the time of death, below everybody complete.</summary>
    Died,

    /// <summary>Ranked by the time of leaving alive, among the deaths; above a death at the same time.</summary>
    Withdrew,

    /// <summary>Alive at the horizon: ranked by the change.</summary>
    Complete,
}
