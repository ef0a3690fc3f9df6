using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Mixed model for repeated measures (MMRM): a t test of the arms at one visit.</summary>
/// <remarks>
/// <para>Scores that are missing at random given the observed ones and the covariates do no harm.</para>
/// <para>The estimand is hypothetical for death and withdrawal: the mean at the visit had everybody been followed.</para>
/// <para>References: Mallinckrodt et al. 2008, doi 10.1177/009286150804200402; Tang 2017, doi 10.1002/sim.7270 (closed form); Kenward and
/// Roger 1997, doi 10.2307/2533558. The numbers agree with <c>nlme::gls</c>, and with R scripts that follow the definitions of R's <c>mmrm</c>; METHODS.md has the
/// equations.</para>
/// </remarks>
public sealed record Mmrm : RepeatedMeasuresAnalysis
{
    /// <summary>The visit whose contrast is tested, in weeks since randomisation; one of the scheduled visits after baseline.</summary>
    public required double Week { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>The last visit in the model, in weeks; <see cref="Week"/> where null. Not before it.</summary>
    public double? ThroughWeek
    {
        get;
        init => field = value is { } week ? Require.Above(week, 0, 2_000, nameof(ThroughWeek)) : null;
    }

    private protected override string DefaultName => FormattableString.Invariant($"mmrm-{Week}");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The layout has no such visit, covariate or stratum, or the method of the degrees of freedom
    /// does not fit the estimation.</exception>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new MmrmWorker(this, layout);
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

    /// <summary>Fits the model to one trial and returns all of it.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum.</exception>
    public MmrmFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new MmrmWorker(this, data.Layout).Fit(data);
    }

    internal static void CheckMethod(LikelihoodEstimation estimation, DegreesOfFreedomMethod method)
    {
        if (!method.GoesWith(estimation))
        {
            throw new ArgumentException(
                "The Kenward–Roger method is defined for restricted likelihood; take Satterthwaite with full likelihood.",
                nameof(method));
        }
    }
}
