namespace Tofersen.Simulation.Calibrations;

/// <summary>Where the times of dropout of a natural-history fit come from.</summary>
public enum DropoutBasis
{
    /// <summary>End of follow-up and its reason, as recorded.</summary>
    FollowUp = 0,

    /// <summary>The last score of each participant against the planned last visit.</summary>
    LastVisit = 1,
}
