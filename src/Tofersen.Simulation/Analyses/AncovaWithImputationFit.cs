using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A fitted <see cref="AncovaWithImputation"/>.</summary>
/// <param name="Arm">Effect of the arm with its pooled test.</param>
/// <param name="Pooling">How the effect of the arm was pooled; null where it is not estimable or nothing had to be imputed.</param>
/// <param name="Coefficients">All coefficients, pooled: intercept, covariates, levels of factors against the first, arm; empty where
/// there is no pooling.</param>
/// <param name="Estimates">Effect of the arm in each completed data set; empty where there is no pooling.</param>
/// <param name="StandardErrors">Its standard error in each.</param>
/// <param name="ImputedParticipants">Number of participants whose score at the visit was imputed.</param>
public sealed record AncovaWithImputationFit(
    AnalysisResult Arm,
    RubinPooling? Pooling,
    ValueList<PooledCoefficient> Coefficients,
    ValueList<double> Estimates,
    ValueList<double> StandardErrors,
    int ImputedParticipants);
