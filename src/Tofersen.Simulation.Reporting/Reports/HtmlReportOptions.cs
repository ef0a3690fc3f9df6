using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>What a report holds besides the result itself.</summary>
public sealed record HtmlReportOptions
{
    /// <summary>The preset whose sources are given for the scenario's numbers. Where null, the preset that shares most numbers with the
    /// scenario; none where that is fewer than half.</summary>
    public Preset? Preset { get; init; }

    /// <summary>Published results beside simulated ones (<see cref="Calibrations.Preset.Check"/>); none by default.</summary>
    public ValueList<CalibrationResult> Checks { get; init; } = [];

    /// <summary>Sweeps of the scenario; none by default.</summary>
    public ValueList<SweepResult> Sweeps { get; init; } = [];
}
