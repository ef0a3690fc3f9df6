namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How a search for a power ended.</summary>
public enum PowerSearchStatus
{
    /// <summary>The power crosses the target inside the range.</summary>
    Found,

    /// <summary>The power is reached at the end of the range where it is lowest: at the smallest number of participants.</summary>
    AlreadyReached,

    /// <summary>The power stays below the target up to the end of the range where it is highest: at the largest number of participants.</summary>
    OutOfReach,

    /// <summary>The largest cost was used up before it was clear where the power crosses the target: it hardly changes near there.</summary>
    Undecided,
}
