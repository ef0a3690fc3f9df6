namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Writes figures as files.</summary>
public static class FigureFiles
{
    /// <summary>Writes one figure, as a whole or not at all.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="renderer">Draws it; as SVG where null.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The place is not writable.</exception>
    public static void Write(Figure figure, string path, IFigureRenderer? renderer = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        IFigureRenderer by = renderer ?? new SvgRenderer();
        OutputFile.Write(path, writer => by.Render(figure, writer));
    }

    /// <summary>Writes figures into a folder, each under its name: <c>power.svg</c> and so on. Of two with one name the second is <c>power-2.svg</c>.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="renderer">Draws them; as SVG where null.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The place is not writable.</exception>
    public static void Write(IEnumerable<Figure> figures, string folder, IFigureRenderer? renderer = null)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        IFigureRenderer by = renderer ?? new SvgRenderer();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Figure figure in figures)
        {
            string name = figure.Name;
            for (int n = 2; !names.Add(name); n++)
            {
                name = FormattableString.Invariant($"{figure.Name}-{n}");
            }

            Write(figure, Path.Combine(folder, name + by.FileExtension), by);
        }
    }
}
