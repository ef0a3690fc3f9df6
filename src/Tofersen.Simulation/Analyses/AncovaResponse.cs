namespace Tofersen.Simulation.Analyses;

/// <summary>What an analysis of covariance is about.</summary>
public enum AncovaResponse
{
    /// <summary>Change from baseline.</summary>
    ChangeFromBaseline,

    /// <summary>The score itself.</summary>
    Score,
}
