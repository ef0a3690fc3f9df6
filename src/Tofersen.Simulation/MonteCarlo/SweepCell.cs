using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>One cell of a sweep.</summary>
public sealed record SweepCell
{
    /// <summary>The values that were set; those of one axis where one was changed at a time, and none in the scenario as it is.</summary>
    public required ValueList<SweepSetting> Settings { get; init; }

    /// <summary>Whether the other cells are compared with this one.</summary>
    public required bool IsReference { get; init; }

    /// <summary>Operating characteristics, with the cell's own scenario.</summary>
    public required PowerResult Result { get; init; }

    /// <summary>Differences from the reference, of the analyses whose names both have; in the order of the cell's analyses.</summary>
    public required ValueList<PowerDifference> Differences { get; init; }

    /// <summary>The value of an axis in this cell; null where the axis was left as it is.</summary>
    /// <param name="axis">Name of the axis.</param>
    /// <returns>The setting.</returns>
    public SweepSetting? Setting(string axis)
    {
        foreach (SweepSetting setting in Settings)
        {
            if (setting.Axis == axis)
            {
                return setting;
            }
        }

        return null;
    }

    /// <summary>How the power of an analysis differs from that in the reference.</summary>
    /// <param name="analysis">Name of the analysis.</param>
    /// <returns>The comparison, the cell first; null where one of the two does not have the analysis.</returns>
    public PairedComparison? Difference(string analysis) => Differences.FirstOrDefault(d => d.Analysis == analysis)?.Comparison;

    /// <summary>The settings for people.</summary>
    internal static string Describe(IReadOnlyCollection<SweepSetting> settings) =>
        settings.Count == 0 ? "as it is" : string.Join(", ", settings);

    /// <inheritdoc/>
    public override string ToString() => Describe(Settings);
}
