using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>An axis of a panel.</summary>
public sealed record FigureAxis
{
    /// <summary>What it measures, with the unit: <c>Change of ALSFRS-R (points)</c>. Empty for categories that name themselves.</summary>
    public required string Label { get; init => field = Require.NotNull(value); }

    /// <summary>Smallest value shown; that of the data, rounded to the next tick, where null.</summary>
    public double? Minimum { get; init => field = Finite(value, nameof(Minimum)); }

    /// <summary>Largest value shown; that of the data, rounded to the next tick, where null.</summary>
    public double? Maximum { get; init => field = Finite(value, nameof(Maximum)); }

    /// <summary>Whether equal distances are equal ratios; all values must be above 0 then.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether values are shown as percentages: 0.8 as 80 %.</summary>
    public bool IsPercentage { get; init; }

    /// <summary>Whether the ticks name categories, all of which are written, without lines across the panel.</summary>
    public bool IsCategorical { get; init; }

    /// <summary>Where ticks stand; at round numbers where empty. A renderer may leave out some that would overlap, but for those of
    /// categories.</summary>
    public ValueList<AxisTick> Ticks { get; init => field = Require.NotNull(value); } = [];

    private static double? Finite(double? value, string name) =>
        value is not { } number || double.IsFinite(number) ? value : throw new ArgumentOutOfRangeException(name, value, "Must be finite.");
}
