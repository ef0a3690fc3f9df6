using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A fitted random-slope model.</summary>
/// <remarks>Time is in months, its origin that of the visit times; numbers are NaN where the fit has none.</remarks>
public sealed record RandomSlopeFit
{
    /// <summary>Difference of slopes, active − control, in points per month, with its test.</summary>
    public required AnalysisResult SlopeDifference { get; init; }

    /// <summary>All fixed effects: intercept, time, covariates, the arm where it has a main effect, covariates by time, arm by
    /// time.</summary>
    public required ValueList<RandomSlopeCoefficient> Coefficients { get; init; }

    /// <summary>Covariance matrix of the fixed effects, row by row; adjusted under Kenward and Roger's method.</summary>
    public required ValueList<ValueList<double>> CoefficientCovariance { get; init; }

    /// <summary>Variance of the participants' deviations at time zero, in points².</summary>
    public required double InterceptVariance { get; init; }

    /// <summary>Variance of the participants' slopes, in (points per month)².</summary>
    public required double SlopeVariance { get; init; }

    /// <summary>Covariance of deviations at time zero and slopes.</summary>
    public required double InterceptSlopeCovariance { get; init; }

    /// <summary>Residual variance, in points².</summary>
    public required double ResidualVariance { get; init; }

    /// <summary>−2 log likelihood with all constants; restricted as lme4 writes it, that is without the term log|X′X|.</summary>
    public required double MinusTwoLogLikelihood { get; init; }

    /// <summary>Scores that entered the model.</summary>
    public required int Observations { get; init; }

    /// <summary>Participants with at least one score.</summary>
    public required int Participants { get; init; }

    /// <summary>Newton steps.</summary>
    public required int Iterations { get; init; }

    /// <summary>Distance from the optimum in standard errors of the variance parameters.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Where the covariance of intercepts and slopes lies.</summary>
    public required RandomSlopeBoundary Boundary { get; init; }

    /// <summary>Slowing of decline in percent, −100 times the difference of slopes over the slope under control, with Fieller's set.</summary>
    /// <remarks>Quantile of the t distribution with the smaller degrees of freedom of the two. With covariates that interact with
    /// time the slope under control is that of the first level, or at zero of a number.</remarks>
    public required RatioInterval PercentSlowing { get; init; }

    /// <summary>Predicted deviations of the participants.</summary>
    public required ValueList<RandomEffect> RandomEffects { get; init; }
}
