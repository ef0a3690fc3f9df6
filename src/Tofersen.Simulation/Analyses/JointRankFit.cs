using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A joint rank analysis in full.</summary>
/// <remarks>
/// <para>All tests are of the same participants and with the covariates and strata of the analysis's own test: one that asks for a test
/// without covariates has none in <see cref="AncovaOnRanks"/> either, and one that asks for the analysis of covariance leaves participants
/// without a covariate out of all.</para>
/// <para>In a stratified analysis participants are compared within their stratum only: scores, ranks, wins, losses and ties are those
/// within strata, the win statistics are weighted sums over strata (weights 1 / participants of the stratum), and
/// <see cref="AncovaOnRanks"/> is not estimable, for ranks of different strata have no common scale.</para>
/// </remarks>
public sealed record JointRankFit
{
    /// <summary>Numbers of the participants who were ranked.</summary>
    public required ValueList<int> Participants { get; init; }

    /// <summary>Wins − losses of each, against everybody in both arms.</summary>
    public required ValueList<int> Scores { get; init; }

    /// <summary>Mid-ranks of the scores; 1 is the worst.</summary>
    public required ValueList<double> Ranks { get; init; }

    /// <summary>Pairs of an active and a control participant that the active one won.</summary>
    public required long Wins { get; init; }

    /// <summary>Pairs that the control one won.</summary>
    public required long Losses { get; init; }

    /// <summary>Pairs that nobody won.</summary>
    public required long Ties { get; init; }

    /// <summary>Wins over losses; infinite without losses, NaN without either.</summary>
    public required double WinRatio { get; init; }

    /// <summary>(Wins + ties / 2) over (losses + ties / 2).</summary>
    public required double WinOdds { get; init; }

    /// <summary>(Wins − losses) over all pairs.</summary>
    public required double NetBenefit { get; init; }

    /// <summary>(Wins + ties / 2) over all pairs: the probability that an active participant does better.</summary>
    public double WinProbability => (1 + NetBenefit) / 2;

    /// <summary>The permutation-variance test; its estimate is (wins − losses) over all pairs.</summary>
    public required AnalysisResult Unadjusted { get; init; }

    /// <summary>The same with the exact p value; the normal one above <see cref="JointRank.LargestExact"/> participants.</summary>
    public required AnalysisResult ExactPermutation { get; init; }

    /// <summary>The analysis of covariance of the ranks.</summary>
    public required AnalysisResult AncovaOnRanks { get; init; }

    /// <summary>Win ratio, win odds and net benefit with variances that hold whatever the effect.</summary>
    public required WinTests General { get; init; }

    /// <summary>Win ratio, win odds and net benefit with variances under no effect.</summary>
    public required WinTests UnderNull { get; init; }
}
