namespace Tofersen.Simulation.Analyses;

/// <summary>How a mixed model judges a contrast of its fixed effects: the degrees of freedom of its t distribution, and whether its
/// standard error allows for the covariance having been estimated.</summary>
public enum DegreesOfFreedomMethod
{
    /// <summary>Satterthwaite's degrees of freedom, from the observed information of the covariance parameters; model standard errors.
    /// </summary>
    Satterthwaite = 0,

    /// <summary>Kenward and Roger's method without the second derivatives of the covariance: adjusted standard errors that do not depend
    /// on how the covariance is parametrised. The one that SAS prints; take it where in doubt between the two.</summary>
    KenwardRogerLinear = 1,

    /// <summary>Kenward and Roger's method with the second derivatives of the covariance, which depends on its
    /// parametrisation.</summary>
    KenwardRoger = 2,

    /// <summary>Observations less fixed effects; model standard errors.</summary>
    Residual = 3,
}
