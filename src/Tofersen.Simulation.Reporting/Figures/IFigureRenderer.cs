namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Draws figures.</summary>
/// <remarks>Implementations must be usable from several threads at once and give the same output for the same figure.</remarks>
public interface IFigureRenderer
{
    /// <summary>Media type of what it writes, such as <c>image/svg+xml</c>.</summary>
    string MediaType { get; }

    /// <summary>Extension of files, with its dot.</summary>
    string FileExtension { get; }

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="output">Receives it; stays open.</param>
    /// <param name="idPrefix">Begins every identifier and class in it, so that several figures can stand on one page: a letter, then letters, digits and
    /// hyphens. The figure's name where null.</param>
    void Render(Figure figure, TextWriter output, string? idPrefix = null);
}
