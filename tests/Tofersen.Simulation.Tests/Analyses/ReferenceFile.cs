using System.Globalization;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>A table of reference data: a header and rows of cells.</summary>
internal sealed class ReferenceFile
{
    private readonly Dictionary<string, int> _columns = [];

    private ReferenceFile(string path)
    {
        string[] lines = File.ReadAllLines(path);
        Columns = lines[0].Split(',');
        for (int c = 0; c < Columns.Count; c++)
        {
            _columns.Add(Columns[c], c);
        }

        Rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => new ReferenceRow(_columns, line.Split(',')))];
    }

    internal IReadOnlyList<string> Columns { get; }

    internal IReadOnlyList<ReferenceRow> Rows { get; }

    /// <summary>Reads a file of a folder of ReferenceData.</summary>
    internal static ReferenceFile Read(string folder, string name) =>
        new(Path.Combine(TestContext.CurrentContext.TestDirectory, "ReferenceData", folder, name + ".csv"));

    /// <summary>One test case a row, named by some of its cells.</summary>
    internal static IEnumerable<TestCaseData> Cases(string folder, string name, params string[] naming) =>
        Read(folder, name).Rows.Select(
            row => new TestCaseData(row).SetArgDisplayNames([.. naming.Select(row.Text)]));

    internal double[] Numbers(string column) => [.. Rows.Select(row => row.Number(column))];

    internal string[] Texts(string column) => [.. Rows.Select(row => row.Text(column))];
}

/// <summary>A row of a <see cref="ReferenceFile"/>.</summary>
internal sealed class ReferenceRow(Dictionary<string, int> columns, string[] cells)
{
    internal string Text(string column) => cells[columns[column]];

    /// <summary>The number in a cell; NaN where it is empty or NA.</summary>
    internal double Number(string column) => Text(column) switch
    {
        "" or "NA" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        string text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    internal int Count(string column) => int.Parse(Text(column), CultureInfo.InvariantCulture);
}
