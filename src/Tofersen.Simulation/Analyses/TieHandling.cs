namespace Tofersen.Simulation.Analyses;

/// <summary>How the partial likelihood of a Cox model treats events at the same time.</summary>
public enum TieHandling
{
    /// <summary>Efron 1977: tied events leave the risk set one after the other, on average over their orders.</summary>
    Efron = 0,

    /// <summary>Breslow 1974: every tied event has the whole risk set.</summary>
    Breslow = 1,
}
