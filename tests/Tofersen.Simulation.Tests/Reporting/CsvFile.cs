using System.Globalization;
using CsvHelper;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>A CSV file as another program reads it.</summary>
internal sealed class CsvFile
{
    private CsvFile(string[] columns, List<CsvFileRow> rows) => (Columns, Rows) = (columns, rows);

    internal string[] Columns { get; }

    internal List<CsvFileRow> Rows { get; }

    internal static CsvFile Read(params ReadOnlySpan<string> path)
    {
        var options = new CsvReaderOptions
        {
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };
        using CsvReader reader = CsvReader.FromFile(Path.Combine(path), options);
        string[] columns = [.. reader.Headers];
        var rows = new List<CsvFileRow>();
        while (reader.Read())
        {
            rows.Add(new CsvFileRow(columns.Select((c, i) => (c, reader.GetString(i))).ToDictionary()));
        }

        return new CsvFile(columns, rows);
    }
}

/// <summary>A row by column names.</summary>
internal sealed record CsvFileRow(Dictionary<string, string> Fields)
{
    internal string this[string column] => Fields[column];

    /// <summary>A number; NaN where the field is empty.</summary>
    internal double Number(string column) =>
        Fields[column].Length == 0 ? double.NaN : double.Parse(Fields[column], NumberStyles.Float, CultureInfo.InvariantCulture);
}
