using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>How missing scores are imputed: a part of analyses that pool over imputations.</summary>
/// <remarks>
/// <para>Each visit is regressed on baseline predictors and other visits; parameters are drawn from their posterior distribution with
/// the prior 1 / σ², then the missing values: σ*² = RSS / χ²(ν), β* ~ Normal(β̂, σ*² (X′X)⁻¹), y* = x′β* + σ* z. Columns that depend on
/// earlier ones are left out. A regression keeps at least three residual degrees of freedom: where few are observed it takes fewer
/// columns, first the arm, then visits from the nearest on, then the predictors as listed. With fewer than four observed, or
/// nobody of an arm, the analysis is not estimable.</para>
/// <para>Randomness: imputation k of a simulated trial draws from a stream of its own, opened from (seed, replicate, k). A trial
/// gives the same result on any thread, and 100 imputations begin with the same 50 as 50 imputations do.</para>
/// </remarks>
public sealed record MultipleImputation
{
    /// <summary>Number of imputations, from 2 to 10,000; 100 by default.</summary>
    public int Imputations { get; init => field = Require.InRange(value, 2, 10_000); } = 100;

    /// <summary>Monotone or chained regressions; monotone by default.</summary>
    public ImputationMethod Method { get; init => field = Require.Defined(value); }

    /// <summary>Whether each arm has regressions of its own, the default; otherwise they are common and have the arm as a
    /// predictor.</summary>
    public bool ByArm { get; init; } = true;

    /// <summary>Whether each stratum has regressions of its own.</summary>
    public bool ByStratum { get; init; }

    /// <summary>Covariates and factors that predict scores beside the visits; the baseline score by default.</summary>
    public ValueList<string> Predictors { get; init => field = Require.NotNull(value); } = [Covariates.Baseline];

    /// <summary>Rounds of chained equations in each imputation, from 1 to 1,000; 10 by default.</summary>
    public int Cycles { get; init => field = Require.InRange(value, 1, 1_000); } = 10;

    /// <summary>Scale on which scores are imputed; as observed by default. Predictors stay as they are.</summary>
    public ImputationScale Scale { get; init => field = Require.Defined(value); }

    /// <summary>What happens to active participants after dropout; missing at random by default. Others go with monotone imputation
    /// only.</summary>
    public ReferenceBasedImputation Reference { get; init => field = Require.Defined(value); }

    /// <summary>Added to values imputed after dropout in the active arm, in points (or in units of the log scale); from −1,000 to
    /// 1,000, 0 by default. Negative is worse on scores.</summary>
    public double ActiveDelta { get; init => field = Require.InRange(value, -1_000, 1_000); }

    /// <summary>The same in the control arm.</summary>
    public double ControlDelta { get; init => field = Require.InRange(value, -1_000, 1_000); }

    /// <summary>Which values a delta is added to, and when.</summary>
    public DeltaAdjustment DeltaAdjustment { get; init => field = Require.Defined(value); }

    /// <summary>Form of imputed scores in the analysis; as drawn by default.</summary>
    public ImputedScores Scores { get; init => field = Require.Defined(value); }

    /// <summary>Whether scores after death are imputed; they are by default.</summary>
    public ImputationAfterDeath AfterDeath { get; init => field = Require.Defined(value); }

    /// <summary>Seed of the draws for data of one's own, at least 0; simulated trials draw from the streams of their replicate
    /// instead.</summary>
    public int Seed { get; init => field = Require.InRange(value, 0, int.MaxValue); }

    /// <summary>Whether the imputed values estimate what would have happened without dropout.</summary>
    internal bool IsHypothetical =>
        Reference == ReferenceBasedImputation.MissingAtRandom && ActiveDelta == 0 && ControlDelta == 0;

    /// <summary>Checks that the parts go together.</summary>
    internal void Validate()
    {
        if (Method == ImputationMethod.Chained && Reference != ReferenceBasedImputation.MissingAtRandom)
        {
            throw new ArgumentException(
                $"Reference {Reference} needs monotone imputation; chained imputation is for data missing at random.",
                nameof(Reference));
        }

        if (Method == ImputationMethod.Chained && DeltaAdjustment == DeltaAdjustment.Sequential)
        {
            throw new ArgumentException(
                $"DeltaAdjustment {DeltaAdjustment} needs monotone imputation; use {DeltaAdjustment.Constant} or "
                + $"{DeltaAdjustment.Accumulating} with chained.",
                nameof(DeltaAdjustment));
        }
    }
}
