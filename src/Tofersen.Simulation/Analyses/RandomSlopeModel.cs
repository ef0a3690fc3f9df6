using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Linear mixed model of the ALSFRS-R with a random intercept and slope for each participant; the effect is the difference of
/// mean slopes between the arms.</summary>
/// <remarks>
/// <para>Model: score of participant i at its j-th visit, t months after randomisation, is x′β + b₀ + b₁t + ε, with (b₀, b₁) ~
/// Normal(0, D), D unstructured, and ε ~ Normal(0, σ²). Scores at the actual visit times, missing ones taken as missing at random given
/// the observed scores; one score suffices for a participant to count.</para>
/// <para>Reference: Laird and Ware 1982, doi 10.2307/2529876. The numbers agree with lme4, lmerTest and pbkrtest.</para>
/// <para>An optimum on the edge (a variance of zero, a correlation of ±1) is a result with status
/// <see cref="AnalysisStatus.Boundary"/>. The effect is not estimable without variation within participants.</para>
/// </remarks>
public sealed record RandomSlopeModel : TwoArmAnalysis
{
    /// <summary>Last visit that counts, in weeks since randomisation.</summary>
    public required double ThroughWeek { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>First visit that counts, in weeks since randomisation; the baseline by default.</summary>
    public double FromWeek { get; init => field = Require.InRange(value, 0, 2_000); }

    /// <summary>Whether the arms have the same mean at time zero, as randomisation makes it; true by default. Otherwise the arm has a
    /// main effect.</summary>
    public bool CommonBaseline { get; init; } = true;

    /// <summary>Names of covariates and factors with main effects; <c>name*time</c> for a main effect and an interaction with time.
    /// None by default.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Restricted likelihood by default.</summary>
    public LikelihoodEstimation Estimation { get; init => field = Require.Defined(value); }

    /// <summary>Satterthwaite's method by default.</summary>
    /// <remarks>The covariance is linear in its parameters, so that both forms of Kenward and Roger's method are the same here. They
    /// need restricted likelihood.</remarks>
    public DegreesOfFreedomMethod DegreesOfFreedom { get; init => field = Require.Defined(value); }

    private protected override string DefaultName =>
        FormattableString.Invariant($"random-slope-{ThroughWeek}");

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new RandomSlopeWorker(this, layout);
    }

    /// <inheritdoc/>
    /// <remarks>The slope that least squares finds in the difference of the mean courses at all scheduled visits, as for
    /// <see cref="SlopeAnalysis"/>: a number of the trial's plan that does not depend on variances or on who leaves. Where the arms
    /// do not part in a straight line, a mixed model weighs the visits somewhat differently, the more so with a common baseline and
    /// with dropout, and that shows as bias.</remarks>
    public override LatentContrast? Estimand(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        (int first, int last) = VisitRange(layout);
        return SlopeContrast.Of(layout, first, last, Strata);
    }

    /// <summary>Fits the model to one trial and returns all of it.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum, or Kenward and Roger's method is asked
    /// for with full likelihood.</exception>
    public RandomSlopeFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new RandomSlopeWorker(this, data.Layout).Fit(data);
    }

    internal (int First, int Last) VisitRange(TrialLayout layout)
    {
        int first = layout.VisitAt(FromWeek);
        int last = layout.VisitAt(ThroughWeek);
        return last > first
            ? (first, last)
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"From week {FromWeek} to week {ThroughWeek} there are {Math.Max(0, last - first + 1)} visits; 2 are needed for a slope."),
                nameof(layout));
    }
}
