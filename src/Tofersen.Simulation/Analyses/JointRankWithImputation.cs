using Tofersen.Simulation.Analyses.Imputation;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Joint rank analysis with imputed changes, as in VALOR: who is alive at the horizon without a score there is ranked by an imputed
/// change, in one completed set after another, and the results are pooled by Rubin's rules.</summary>
/// <remarks>
/// <para>Nothing is imputed after death in the ranking: the dead are ordered by their time. Who left alive counts as alive at the
/// horizon.</para>
/// <para>The pooled test is a t test with the degrees of freedom of Barnard and Rubin; those of the complete data are the residual ones of
/// the analysis of ranks, infinite for the other tests. Where nobody's change is missing the result is that of
/// <see cref="JointRank"/>.</para>
/// </remarks>
public sealed record JointRankWithImputation : TwoArmAnalysis
{
    /// <summary>The horizon, in weeks since randomisation; a scheduled visit after baseline.</summary>
    public required double Week { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>The test; analysis of covariance of the ranks by default. The exact permutation test has no standard error to pool and is
    /// refused.</summary>
    public JointRankTest Test
    {
        get;
        init => field = Require.Defined(value) != JointRankTest.ExactPermutation
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Test), value, "Must have a standard error that can be pooled.");
    }

    /// <summary>Variance of the win statistics, as in <see cref="JointRank.WinVariance"/>.</summary>
    public WinVariance WinVariance { get; init => field = Require.Defined(value); }

    /// <summary>Whether permanent ventilation ranks as death; otherwise it is a withdrawal alive.</summary>
    public bool PermanentVentilationIsDeath { get; init; } = true;

    /// <summary>Names of covariates and factors of the analysis of ranks; the baseline score by default.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [Observations.Covariates.Baseline];

    /// <summary>Factors whose combinations make the strata of the test, as in <see cref="JointRank.StratifyBy"/>.</summary>
    public ValueList<string> StratifyBy { get; init => field = Require.NotNull(value); } = [];

    /// <summary>How missing scores are imputed.</summary>
    public MultipleImputation Imputation { get; init => field = Require.NotNull(value); } = new();

    private protected override string DefaultName => FormattableString.Invariant($"joint-rank-imputed-{Week}");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The layout has no such visit, covariate or stratum, or the parts do not go
    /// together.</exception>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new JointRankWithImputationWorker(this, layout);
    }

    /// <summary>The ranking of a completed set.</summary>
    internal JointRank Ranking => new()
    {
        Week = Week,
        Test = Test,
        WinVariance = WinVariance,
        Incomplete = IncompleteFollowUp.Excluded,
        PermanentVentilationIsDeath = PermanentVentilationIsDeath,
        Covariates = Covariates,
        StratifyBy = StratifyBy,
        Strata = Strata,
        Alpha = Alpha,
    };

    /// <summary>The analysis whose imputations are ranked.</summary>
    internal AncovaWithImputation Imputed => new()
    {
        Week = Week,
        Covariates = Test == JointRankTest.AncovaOnRanks ? Covariates : [],
        Imputation = Imputation,
        Strata = Strata,
        Alpha = Alpha,
    };
}
