using Tofersen.Simulation.Analyses.Imputation;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Analysis of covariance of the ALSFRS-R at one visit after multiple imputation of missing scores, pooled by Rubin's
/// rules.</summary>
/// <remarks>
/// <para>Everybody with covariates, predictors and a baseline score counts; visits between baseline and the analysed one are imputed
/// as they are needed, later ones take no part. Where nobody's score at the visit is missing, the result is that of
/// <see cref="Ancova"/>.</para>
/// <para>Who is seen again after a missed visit, even beyond the analysed one, has a gap; who is not has dropped out. Gaps are
/// always imputed as missing at random.</para>
/// </remarks>
public sealed record AncovaWithImputation : TwoArmAnalysis
{
    /// <summary>The visit, in weeks since randomisation; one of the scheduled visits after baseline.</summary>
    public required double Week { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>What is analysed; the change from baseline by default.</summary>
    public AncovaResponse Response { get; init => field = Require.Defined(value); }

    /// <summary>Names of covariates and factors of the analysis; the baseline score by default.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [Observations.Covariates.Baseline];

    /// <summary>How missing scores are imputed.</summary>
    public MultipleImputation Imputation { get; init => field = Require.NotNull(value); } = new();

    /// <summary>Degrees of freedom of the pooled test; those of Barnard and Rubin by default.</summary>
    public PooledDegreesOfFreedom DegreesOfFreedom { get; init => field = Require.Defined(value); }

    private protected override string DefaultName => FormattableString.Invariant($"ancova-imputed-{Week}");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The layout has no such visit, covariate or stratum, or the parts of
    /// <see cref="Imputation"/> do not go together.</exception>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new AncovaWithImputationWorker(this, layout);
    }

    /// <inheritdoc/>
    /// <remarks>Null with a delta or a reference-based imputation: their estimates concern other questions.</remarks>
    public override LatentContrast? Estimand(TrialLayout layout) =>
        Imputation.IsHypothetical
            ? new Ancova { Week = Week, Strata = Strata }.Estimand(layout)
            : null;

    /// <summary>Analyses one trial and returns all that was pooled.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum.</exception>
    public AncovaWithImputationFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new AncovaWithImputationWorker(this, data.Layout).Fit(data);
    }

    /// <summary>The results with other deltas in the active arm, on the same draws.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="activeDeltas">Deltas in place of <see cref="MultipleImputation.ActiveDelta"/>; finite.</param>
    /// <returns>One result a delta.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum.</exception>
    public ValueList<AnalysisResult> WithActiveDeltas(TrialData data, ValueList<double> activeDeltas)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(activeDeltas);
        foreach (double delta in activeDeltas)
        {
            Require.InRange(delta, -1e6, 1e6, nameof(activeDeltas));
        }

        var draws = new ImputedDraws(this, data);
        return [.. activeDeltas.Select(draws.AtActiveDelta)];
    }

    /// <summary>Looks for the delta in the active arm at which a significant effect is lost, on the same draws.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="largestDelta">Largest size of a delta to try, above 0 and at most 10⁶; 48, the whole scale, by default.</param>
    /// <returns>The tipping point.</returns>
    /// <remarks>As long as draws are fixed the estimate is linear in the delta and its variance quadratic, so that p is a smooth function,
    /// whose crossing of alpha is found by doubling and bisection. With rounded or clipped scores it has small steps.</remarks>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="largestDelta"/> is out of range.</exception>
    public TippingPoint FindTippingPoint(TrialData data, double largestDelta = 48)
    {
        ArgumentNullException.ThrowIfNull(data);
        Require.Above(largestDelta, 0, 1e6, nameof(largestDelta));
        return new ImputedDraws(this, data).FindTippingPoint(largestDelta);
    }
}
