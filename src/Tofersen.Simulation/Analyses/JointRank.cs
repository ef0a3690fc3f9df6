using Tofersen.Simulation.Analyses.Ranks;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Joint rank analysis of function and survival (CAFS): every participant is compared with every other, survival first,
/// function second, and the resulting scores or their ranks are compared between arms.</summary>
/// <remarks>
/// <para>Of two who died by the horizon the later death wins; who survived wins over who died; of two survivors the better change
/// from baseline wins; equal is a tie. A participant's score is wins − losses, ranked with mid-ranks, rank 1 the worst.</para>
/// <para>Participants who left alive before the horizon are treated as <see cref="Incomplete"/> says.</para>
/// <para>Composite strategy for death: the estimate is in ranks or pairs, and its true value is not a difference of mean scores.</para>
/// <para>References: Finkelstein and Schoenfeld 1999, doi 10.1002/(SICI)1097-0258(19990615)18:11&lt;1341::AID-SIM129&gt;3.0.CO;2-7;
/// Berry et al. 2013, doi 10.3109/17482968.2012.760211; win ratio: Pocock et al. 2012, doi 10.1093/eurheartj/ehr352; win odds: Dong et
/// al. 2020, doi 10.1080/19466315.2019.1575279; net benefit: Buyse 2010, doi 10.1002/sim.3923.</para>
/// </remarks>
public sealed record JointRank : TwoArmAnalysis
{
    /// <summary>Most participants for which the permutation test is exact.</summary>
    public const int LargestExact = 200;

    /// <summary>The horizon, in weeks since randomisation; a scheduled visit after baseline.</summary>
    public required double Week { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>The test; analysis of covariance of the ranks by default, as in EMPOWER and VALOR.</summary>
    public JointRankTest Test { get; init => field = Require.Defined(value); }

    /// <summary>Variance of <see cref="JointRankTest.WinRatio"/>, <see cref="JointRankTest.WinOdds"/> and
    /// <see cref="JointRankTest.NetBenefit"/>; ignored by the other tests.</summary>
    public WinVariance WinVariance { get; init => field = Require.Defined(value); }

    /// <summary>What becomes of participants who left alive before the horizon or have no score there.</summary>
    public IncompleteFollowUp Incomplete { get; init => field = Require.Defined(value); }

    /// <summary>Whether permanent ventilation ranks as death; otherwise it is a withdrawal alive.</summary>
    public bool PermanentVentilationIsDeath { get; init; } = true;

    /// <summary>Names of covariates and factors of the analysis of ranks; the baseline score by default. Ignored by the tests without
    /// covariates.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [Observations.Covariates.Baseline];

    /// <summary>Names of factors whose combinations make the strata of the test; none by default. Participants are compared within their
    /// stratum only. An analysis of covariance takes factors among its covariates instead.</summary>
    public ValueList<string> StratifyBy { get; init => field = Require.NotNull(value); } = [];

    private protected override string DefaultName =>
        FormattableString.Invariant($"joint-rank-{Week}");

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new JointRankWorker(this, layout);
    }

    /// <summary>Analyses one trial and returns all of it: scores, ranks, every test, win statistics and the analysis of
    /// ranks.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum, or an analysis of covariance is
    /// stratified.</exception>
    public JointRankFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new JointRankWorker(this, data.Layout, isForFit: true).Fit(data);
    }
}
