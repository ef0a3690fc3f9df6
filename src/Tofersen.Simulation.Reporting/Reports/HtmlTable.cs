namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>A table with a caption, whose first column names the rows. Where it is wider than the page it scrolls in a box of its own.</summary>
/// <param name="id">Identifier, unique on the page.</param>
/// <param name="caption">What the table shows.</param>
/// <param name="columns">The columns; at least one.</param>
internal sealed class HtmlTable(string id, string caption, params HtmlColumn[] columns)
{
    /// <summary>Rows up to which a table stays on one sheet of paper.</summary>
    private const int MostOnOneSheet = 24;

    private readonly List<string[]> _rows = [];

    internal bool IsEmpty => _rows.Count == 0;

    /// <summary>Whether the caption is for screen readers alone, since a heading above the table says the same.</summary>
    internal bool HidesCaption { get; init; }

    internal HtmlTable Row(params string[] cells)
    {
        _rows.Add(cells.Length == columns.Length
            ? cells
            : throw new ArgumentException($"Holds {cells.Length} cells; there are {columns.Length} columns.", nameof(cells)));
        return this;
    }

    internal void Write(HtmlWriter html)
    {
        // The keyboard scrolls the box, too, so that it takes part in the order of tabs and has a name.
        using (html.Open("div", ("class", _rows.Count <= MostOnOneSheet ? "scroll short" : "scroll"), ("role", "region"), ("aria-labelledby", id), ("tabindex", "0")))
        using (html.Open("table"))
        {
            html.Element("caption", caption, ("id", id), ("class", HidesCaption ? "hidden" : "shown"));
            html.NewLine();
            using (html.Open("thead"))
            using (html.Open("tr"))
            {
                foreach (HtmlColumn column in columns)
                {
                    html.Element("th", column.Heading, ("scope", "col"), ("class", column.Kind));
                }
            }

            html.NewLine();
            using (html.Open("tbody"))
            {
                foreach (string[] row in _rows)
                {
                    WriteRow(html, row);
                }
            }
        }

        html.NewLine();
    }

    private void WriteRow(HtmlWriter html, string[] row)
    {
        using (html.Open("tr"))
        {
            for (int c = 0; c < row.Length; c++)
            {
                (string Name, string Value) style = ("class", columns[c].Kind);
                using (c == 0 ? html.Open("th", ("scope", "row"), style) : html.Open("td", style))
                {
                    WriteCell(html, columns[c], row[c]);
                }
            }
        }

        html.NewLine();
    }

    // Long paths may go on in the next line after a point, and not in the middle of a word.
    private static void WriteCell(HtmlWriter html, HtmlColumn column, string cell)
    {
        if (column.Kind != HtmlColumn.Code("").Kind)
        {
            html.Text(cell);
            return;
        }

        int start = 0;
        for (int point = cell.IndexOf('.', StringComparison.Ordinal); point >= 0; point = cell.IndexOf('.', start))
        {
            html.Text(cell[start..(point + 1)]);
            html.Void("wbr");
            start = point + 1;
        }

        html.Text(cell[start..]);
    }
}
