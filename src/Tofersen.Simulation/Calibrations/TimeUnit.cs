namespace Tofersen.Simulation.Calibrations;

/// <summary>What the times of a data file count.</summary>
public enum TimeUnit
{
    /// <summary>Days, 0 at the start.</summary>
    Days = 0,

    /// <summary>Study days as in ADaM files: 1 is the day of randomisation, −1 the day before; there is no day 0.</summary>
    StudyDays = 1,

    /// <summary>Weeks, 0 at the start.</summary>
    Weeks = 2,

    /// <summary>Months of 365.25 / 12 days, 0 at the start.</summary>
    Months = 3,
}
