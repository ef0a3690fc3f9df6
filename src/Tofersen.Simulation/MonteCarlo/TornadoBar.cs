namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How far the power of an analysis moves with one axis while everything else is as it is.</summary>
/// <remarks>The ends are the lowest and the highest power among the axis' values and the scenario as it is. Being picked from several, they lie a
/// little further apart than the truth, the more so the more values the axis has, and the p value of their comparison is too small.</remarks>
public sealed record TornadoBar
{
    /// <summary>Name of the axis.</summary>
    public required string Axis { get; init; }

    /// <summary>Name of the analysis.</summary>
    public required string Analysis { get; init; }

    /// <summary>Where power is lowest.</summary>
    public required TornadoEnd Low { get; init; }

    /// <summary>Where power is highest.</summary>
    public required TornadoEnd High { get; init; }

    /// <summary>Both ends on the same replicates, the high one first.</summary>
    public required PairedComparison Comparison { get; init; }

    /// <summary>Power at the high end − power at the low end.</summary>
    public double Swing => High.Power - Low.Power;
}
