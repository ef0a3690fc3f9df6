using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A joint rank analysis in full.</summary>
/// <remarks>Both tests are of the same participants and with the covariates of the analysis's own test: one that asks for the
/// unadjusted test has no covariates in <see cref="AncovaOnRanks"/> either, and one that asks for the analysis of covariance leaves
/// participants without a covariate out of both.</remarks>
/// <param name="Participants">Numbers of the participants who were ranked.</param>
/// <param name="Scores">Wins − losses of each.</param>
/// <param name="Ranks">Mid-ranks of the scores; 1 is the worst.</param>
/// <param name="Wins">Pairs of an active and a control participant that the active one won.</param>
/// <param name="Losses">Pairs that the control one won.</param>
/// <param name="Ties">Pairs that nobody won.</param>
/// <param name="Unadjusted">The permutation-variance test; its estimate is the net benefit.</param>
/// <param name="AncovaOnRanks">The analysis of covariance of the ranks.</param>
public sealed record JointRankFit(
    ValueList<int> Participants,
    ValueList<int> Scores,
    ValueList<double> Ranks,
    long Wins,
    long Losses,
    long Ties,
    AnalysisResult Unadjusted,
    AnalysisResult AncovaOnRanks)
{
    /// <summary>Wins over losses; infinite without losses, NaN without either.</summary>
    public double WinRatio => (double)Wins / Losses;

    /// <summary>(Wins + ties / 2) over (losses + ties / 2).</summary>
    public double WinOdds => (Wins + (0.5 * Ties)) / (Losses + (0.5 * Ties));

    /// <summary>(Wins − losses) over all pairs.</summary>
    public double NetBenefit => (double)(Wins - Losses) / (Wins + Losses + Ties);

    /// <summary>(Wins + ties / 2) over all pairs: the probability that an active participant does better.</summary>
    public double WinProbability => (Wins + (0.5 * Ties)) / (Wins + Losses + Ties);
}
