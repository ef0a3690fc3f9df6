using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting.Figures;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>What a report holds besides the result itself.</summary>
public sealed record HtmlReportOptions
{
    /// <summary>The preset whose sources are given for the scenario's numbers. Where null, the preset that shares most numbers with the
    /// scenario; none where that is fewer than half.</summary>
    public Preset? Preset { get; init; }

    /// <summary>The figures, whose names differ; those that the result calls for (<see cref="ResultFigures.Of"/>) where null, and none where empty.</summary>
    public ValueList<Figure>? Figures { get; init; }

    /// <summary>Draws the figures, as <c>image/svg+xml</c>.</summary>
    public IFigureRenderer Renderer { get; init => field = Drawing(value); } = new SvgRenderer();

    /// <summary>Published results beside simulated ones (<see cref="Calibrations.Preset.Check"/>); none by default.</summary>
    public ValueList<CalibrationResult> Checks { get; init; } = [];

    /// <summary>Sweeps of the scenario; none by default.</summary>
    public ValueList<SweepResult> Sweeps { get; init; } = [];

    private static IFigureRenderer Drawing(IFigureRenderer renderer)
    {
        ArgumentNullException.ThrowIfNull(renderer, nameof(Renderer));
        return renderer.MediaType == "image/svg+xml"
            ? renderer
            : throw new ArgumentException($"Draws {renderer.MediaType}; a page can hold image/svg+xml alone.", nameof(Renderer));
    }
}
