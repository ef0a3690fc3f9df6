using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Difference of restricted mean survival times: mean months free of the event up to a horizon, active − control.</summary>
/// <remarks>
/// <para>The mean of an arm is the area under its Kaplan–Meier curve up to the horizon, its variance Σ A² d / (n (n − d)) with A the area
/// from an event time to the horizon. Normal test; positive favours treatment. No proportional hazards are assumed.</para>
/// <para>Not estimable: an arm with nobody, no event before the horizon in either arm, or an arm whose last follow-up is
/// below the horizon and ends in a censoring, as in the R package <c>survRM2</c>. Where it ends in an event the curve is at 0 from
/// there on. <c>survRM2</c> also refuses a horizon beyond the last follow-up of both arms; here it is allowed where both curves have come
/// down to 0.</para>
/// <para>Reference: Uno et al. 2014, doi 10.1200/JCO.2014.55.2208.</para>
/// </remarks>
public sealed record RestrictedMeanSurvival : TimeToEventAnalysis
{
    /// <summary>The horizon, in weeks since randomisation; above 0, at most 2000.</summary>
    public required double ThroughWeek { get; init => field = Require.Above(value, 0, 2_000); }

    private protected override string DefaultName => FormattableString.Invariant($"restricted-mean-{ThroughWeek}");

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new RestrictedMeanWorker(this, layout);
    }

    /// <summary>Analyses one trial and returns the means of both arms besides their difference.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The means and their difference.</returns>
    /// <exception cref="ArgumentException">The data have no such stratum.</exception>
    public RestrictedMeanFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new RestrictedMeanWorker(this, data.Layout).Fit(data);
    }
}
