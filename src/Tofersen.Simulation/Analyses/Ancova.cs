using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Analysis of covariance of the ALSFRS-R at one visit: score or change on arm and covariates, by least squares, with a t
/// test of the arm.</summary>
/// <remarks>
/// <para>Observed cases: participants without a score at the visit, or without a covariate, do not count. Deaths and withdrawals are
/// thereby taken as missing at random given the covariates; where they are not, the estimate is biased, and a power analysis
/// shows by how much.</para>
/// <para>Reference: any text on the general linear model; the numbers agree with R's <c>lm</c> and with
/// <c>emmeans</c> where it takes covariates of 0 and 1 as numbers (<c>cov.keep = character(0)</c>).</para>
/// </remarks>
public sealed record Ancova : TwoArmAnalysis
{
    /// <summary>The visit, in weeks since randomisation; one of the scheduled visits after baseline.</summary>
    public required double Week { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>What is analysed; the change from baseline by default.</summary>
    public AncovaResponse Response { get; init => field = Require.Defined(value); }

    /// <summary>Names of covariates and factors; the baseline score by default.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [Observations.Covariates.Baseline];

    /// <summary>Variance of the arm effect; pooled by default.</summary>
    public RobustVariance Variance { get; init => field = Require.Defined(value); }

    private protected override string DefaultName =>
        FormattableString.Invariant($"ancova-{Week}");

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new AncovaWorker(this, layout);
    }

    /// <inheritdoc/>
    public override LatentContrast? Estimand(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var weights = new double[layout.VisitWeeks.Count];
        weights[layout.VisitAt(Week)] = 1;
        weights[0] = -1;
        return new LatentContrast([.. weights], CovariateDesign.StratumPositions(layout, Strata));
    }

    /// <summary>Fits the model to one trial and returns all of it: coefficients and LS means besides the test.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum.</exception>
    public AncovaFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new AncovaWorker(this, data.Layout).Fit(data);
    }
}
