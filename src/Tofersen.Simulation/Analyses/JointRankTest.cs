namespace Tofersen.Simulation.Analyses;

/// <summary>How joint ranks are tested.</summary>
public enum JointRankTest
{
    /// <summary>Analysis of covariance of the ranks; the estimate is the adjusted difference of mean ranks.</summary>
    AncovaOnRanks,

    /// <summary>Sum of scores over its permutation variance; the estimate is the net benefit, (wins − losses) / pairs, with its standard
    /// error under no effect.</summary>
    Unadjusted,

    /// <summary>As <see cref="Unadjusted"/>, but with the exact p value: the share of all allocations, with arms as large as they are in
    /// each stratum, whose |sum of scores| is at least the observed one. Normal above <see cref="JointRank.LargestExact"/>
    /// participants.</summary>
    ExactPermutation,

    /// <summary>The estimate is ln of wins over losses.</summary>
    WinRatio,

    /// <summary>The estimate is ln of (wins + ties / 2) over (losses + ties / 2).</summary>
    WinOdds,

    /// <summary>The estimate is (wins − losses) over all pairs, with a standard error that holds under an effect too.</summary>
    NetBenefit,
}
