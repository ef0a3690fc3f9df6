namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A straight line across a panel: no difference, a power that is aimed at, the switch to treatment.</summary>
public sealed record RuleMark : Mark
{
    /// <summary>Where it stands.</summary>
    public required double At { get; init; }

    /// <summary>Whether it is vertical, at a place of the horizontal axis.</summary>
    public bool IsVertical { get; init; }

    /// <summary>Written beside it; nothing where empty.</summary>
    public string Text { get; init; } = "";
}
