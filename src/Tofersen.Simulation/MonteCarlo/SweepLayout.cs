namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Which combinations of the axes' values a sweep runs.</summary>
public enum SweepLayout
{
    /// <summary>Every value of every axis with every value of the others; the last axis moves fastest.</summary>
    FullGrid,

    /// <summary>The scenario as it is, and then each value of each axis with everything else as it is: what a tornado shows.</summary>
    OneAtATime,
}
