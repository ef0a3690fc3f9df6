namespace Tofersen.Simulation.Analyses;

/// <summary>Comparison of participants who left alive before the horizon, or have no score there.</summary>
/// <remarks>Somebody with a score at the horizon's visit counts as followed to the horizon, even when the visit took place some days
/// early.</remarks>
public enum IncompleteFollowUp
{
    /// <summary>Each pair is compared at the last visit that both have (CAFS proper). A death after the other one left does not decide
    /// a pair. Not transitive, so the ranks are those of the scores.</summary>
    LastCommonVisit,

    /// <summary>The last observed change is carried forward to the horizon, and the participant counts as alive there.</summary>
    LastObserved,

    /// <summary>Left out of the analysis.</summary>
    Excluded,

    /// <summary>Ordered at the time of leaving (ALS/SURV): among the deaths by time, so that whoever was followed longer without an event
    /// does better, and below everybody who was followed alive to the horizon. Who left alive at the time of another's death does better;
    /// two who left at the same time tie. Somebody who is still followed at the horizon and only misses its score keeps the last observed
    /// change. The rule is our reading of an ordering that publications name but do not spell out.</summary>
    OrderedAtWithdrawal,
}
