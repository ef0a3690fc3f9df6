namespace Tofersen.Simulation.MonteCarlo.Sequential;

/// <summary>What became of a change of the number of participants in one trial.</summary>
internal enum ReviewStatus
{
    /// <summary>None was planned, or the trial had ended before.</summary>
    None,

    /// <summary>The data gave no standard deviation; the planned number stayed.</summary>
    Failed,

    /// <summary>The number was set as the data asked.</summary>
    Set,

    /// <summary>More had entered than the data asked for; the number is theirs.</summary>
    Overtaken,
}
