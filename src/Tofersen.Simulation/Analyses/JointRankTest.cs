namespace Tofersen.Simulation.Analyses;

/// <summary>How joint ranks are tested.</summary>
public enum JointRankTest
{
    /// <summary>Analysis of covariance of the ranks; the estimate is the adjusted difference of mean ranks.</summary>
    AncovaOnRanks,

    /// <summary>Sum of scores over its permutation variance; the estimate is the net benefit, (wins − losses) / pairs, with its standard
    /// error under no effect.</summary>
    Unadjusted,
}
