namespace Tofersen.Simulation.Analyses;

/// <summary>Where the estimated covariance of intercepts and slopes lies.</summary>
public enum RandomSlopeBoundary
{
    /// <summary>Inside: both variances above zero, the correlation between −1 and 1.</summary>
    None = 0,

    /// <summary>The correlation is 1 or −1: intercepts determine slopes.</summary>
    PerfectCorrelation = 1,

    /// <summary>Slopes do not vary between participants.</summary>
    NoSlopeVariance = 2,

    /// <summary>Scores at time zero do not vary between participants.</summary>
    NoInterceptVariance = 3,

    /// <summary>Neither varies: the model is a regression.</summary>
    NoVariance = 4,
}
