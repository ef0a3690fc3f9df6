namespace Tofersen.Simulation.MonteCarlo.Sequential;

/// <summary>What became of a look in one trial.</summary>
internal enum LookStatus
{
    /// <summary>The trial had stopped before.</summary>
    Stopped,

    /// <summary>It did not come up before the end of the trial, or not after the look before it.</summary>
    NotHeld,

    /// <summary>Its analysis gave no numbers.</summary>
    Failed,

    /// <summary>It was held, and the trial went on; at the end, the trial did not reject.</summary>
    Continued,

    /// <summary>The trial rejected in favour of treatment.</summary>
    Efficacy,

    /// <summary>The trial stopped for futility.</summary>
    Futility,

    /// <summary>The futility boundary was crossed, and the trial went on in spite of it.</summary>
    Ignored,
}
