using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>What analyses that stand on a mixed model for repeated measures have in common: the model.</summary>
/// <remarks>All scores after baseline up to a last visit, with a mean for each arm and visit, covariates, and a covariance between
/// visits. A participant counts with every observed score, and not at all without a covariate, or, where changes are analysed, without a
/// baseline.</remarks>
public abstract record RepeatedMeasuresAnalysis : TwoArmAnalysis
{
    private protected RepeatedMeasuresAnalysis()
    {
    }

    /// <summary>What is analysed; the change from baseline by default.</summary>
    public AncovaResponse Response { get; init => field = Require.Defined(value); }

    /// <summary>Fixed effects besides arm, visit and their product: names of covariates and factors, alone (one effect for all visits) or
    /// in products, "baseline*visit" (an effect at each visit), "stratum*arm". The baseline score at each visit by default.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } =
        [Observations.Covariates.Baseline + "*" + BaselineTerms.Visit];

    /// <summary>Structure of the covariance; unstructured by default.</summary>
    public CovarianceStructure Covariance { get; init => field = Require.Defined(value); }

    /// <summary>Structures to try in turn where the first does not converge; none by default, so that such a fit is a failure that is
    /// counted.</summary>
    public ValueList<CovarianceStructure> Fallback { get; init => field = Require.NotNull(value); } = [];

    /// <summary>What is maximised; restricted likelihood by default.</summary>
    public LikelihoodEstimation Estimation { get; init => field = Require.Defined(value); }

    /// <summary>Degrees of freedom and standard errors; Satterthwaite by default. Kenward–Roger needs restricted likelihood.</summary>
    public DegreesOfFreedomMethod DegreesOfFreedom { get; init => field = Require.Defined(value); }

    /// <summary>The model with the contrast at its last visit.</summary>
    private protected Mmrm ModelThrough(double week) => new()
    {
        Week = week,
        Response = Response,
        Covariates = Covariates,
        Covariance = Covariance,
        Fallback = Fallback,
        Estimation = Estimation,
        DegreesOfFreedom = DegreesOfFreedom,
        Strata = Strata,
        Alpha = Alpha,
    };
}
