namespace Tofersen.Simulation.Populations;

/// <summary>The continuous traits of a participant that inclusion criteria can restrict. Those from
/// <see cref="BaselineScore"/> to <see cref="SlowVitalCapacity"/> can be correlated; the others follow from them.</summary>
public enum Trait
{
    /// <summary>Latent ALSFRS-R total at randomisation.</summary>
    BaselineScore,

    /// <summary>Natural rate of decline.</summary>
    DeclineRate,

    /// <summary>Rate of decline before randomisation.</summary>
    PreRandomisationSlope,

    /// <summary>Plasma neurofilament light.</summary>
    NeurofilamentLight,

    /// <summary>Age at randomisation.</summary>
    Age,

    /// <summary>Slow vital capacity at randomisation, in per cent of predicted.</summary>
    SlowVitalCapacity,

    /// <summary>Months from symptom onset to randomisation.</summary>
    MonthsSinceOnset,

    /// <summary>TRICALS risk profile, the linear predictor of <see cref="Populations.TricalsRisk"/>; higher is worse.</summary>
    TricalsRisk,

    /// <summary>Median survival from symptom onset that the TRICALS risk profile predicts, in months.</summary>
    PredictedMedianSurvivalMonths,
}
