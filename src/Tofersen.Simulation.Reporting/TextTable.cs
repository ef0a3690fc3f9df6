using System.Globalization;
using System.Text;

namespace Tofersen.Simulation.Reporting;

/// <summary>A table of plain text for a terminal: columns as wide as they need, numbers to the right.</summary>
/// <param name="columns">Headings.</param>
public sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> _rows = [columns];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">Texts, as many as columns.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public TextTable Row(params string[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"Holds {cells.Length} cells; there are {columns.Length} columns.", nameof(cells));
        }

        _rows.Add(cells);
        return this;
    }

    /// <summary>A number with a fixed count of decimals; a dash where it is not defined.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Decimals.</param>
    /// <returns>The text.</returns>
    public static string Number(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        string text = Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return value < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text : text;
    }

    /// <summary>A number with its Monte Carlo standard error.</summary>
    /// <param name="value">The number.</param>
    /// <param name="error">Its Monte Carlo standard error.</param>
    /// <param name="decimals">Decimals of both.</param>
    /// <returns>The text.</returns>
    public static string WithError(double value, double error, int decimals) =>
        double.IsFinite(value) ? $"{Number(value, decimals)} ± {Number(error, decimals)}" : "–";

    /// <summary>A p value; very small ones are not told apart.</summary>
    internal static string PValue(double p) => p < 0.0001 ? "< 0.0001" : Number(p, 4);

    /// <inheritdoc/>
    public override string ToString()
    {
        var widths = new int[columns.Length];
        foreach (string[] row in _rows)
        {
            for (int c = 0; c < row.Length; c++)
            {
                widths[c] = Math.Max(widths[c], row[c].Length);
            }
        }

        var text = new StringBuilder();
        for (int r = 0; r < _rows.Count; r++)
        {
            for (int c = 0; c < widths.Length; c++)
            {
                string cell = c == 0 ? _rows[r][c].PadRight(widths[c]) : _rows[r][c].PadLeft(widths[c]);
                text.Append(c == 0 ? "" : "  ").Append(cell);
            }

            text.Append('\n');
            if (r == 0)
            {
                text.Append(string.Join("  ", widths.Select(w => new string('-', w)))).Append('\n');
            }
        }

        return text.ToString();
    }
}
