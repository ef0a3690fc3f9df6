namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>How much a line stands out.</summary>
public enum Emphasis
{
    /// <summary>What the figure is about.</summary>
    Main,

    /// <summary>What it is compared with: thinner, and dotted.</summary>
    Secondary,

    /// <summary>One of many in the background.</summary>
    Faint,
}
