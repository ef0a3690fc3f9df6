namespace Tofersen.Simulation.Analyses;

/// <summary>Whether imputed scores are brought to the form of observed ones before the analysis. Draws follow the values as
/// drawn.</summary>
public enum ImputedScores
{
    /// <summary>As drawn: whatever the regressions give, which keeps means and variances right.</summary>
    AsDrawn,

    /// <summary>Clipped to 0–48.</summary>
    Clipped,

    /// <summary>Rounded to whole points (halves to even) and clipped to 0–48.</summary>
    WholePoints,
}
