namespace Tofersen.Simulation.Analyses;

/// <summary>How an analysis ended.</summary>
public enum AnalysisStatus
{
    /// <summary>The fit is complete.</summary>
    Converged = 0,

    /// <summary>The fit is complete and lies on the boundary of the parameter space, such as a variance of zero.</summary>
    Boundary = 1,

    /// <summary>The iteration ended without meeting its criterion.</summary>
    NotConverged = 2,

    /// <summary>The data do not determine the effect: an arm with nobody, no events, an effect confounded with a covariate, or
    /// no variation to judge it by.</summary>
    NotEstimable = 3,
}
