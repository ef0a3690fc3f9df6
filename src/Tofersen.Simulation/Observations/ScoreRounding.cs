namespace Tofersen.Simulation.Observations;

/// <summary>How an observed score is written down.</summary>
public enum ScoreRounding
{
    /// <summary>Rounded to whole points (halves to even) and clipped to 0–48, as the scale is recorded.</summary>
    WholePoints,

    /// <summary>As measured, neither rounded nor clipped: for comparison with textbook formulas.</summary>
    None,
}
