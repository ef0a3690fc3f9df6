using System.Text;
using DuckDB.NET.Data;
using Tofersen.Simulation.Reporting.DataSets;

namespace Tofersen.Simulation.Parquet;

/// <summary>Writes data sets as Parquet files, through DuckDB.</summary>
/// <remarks>
/// <para>Columns and values are those of the CSV files: texts as VARCHAR, whole numbers as INTEGER, numbers as DOUBLE; what is missing is null. Texts are as
/// they are, since no spreadsheet runs them.</para>
/// <para>The file's metadata hold the data set's label as <c>label</c>, and of each column <c>label.NAME</c> and, where there is one, <c>unit.NAME</c>:
/// <c>SELECT decode(key), decode(value) FROM parquet_kv_metadata('adsl.parquet')</c> lists them in DuckDB.</para>
/// <para>The package brings DuckDB's native library for Linux, macOS and Windows, some tens of megabytes each, which is why it stands apart.</para>
/// </remarks>
public static class ParquetFiles
{
    /// <summary>Writes each data set into a folder: adsl.parquet and so on.</summary>
    /// <param name="dataSets">The data sets, as of <see cref="Reporting.TrialDataSets.Of"/>.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(IEnumerable<DataSet> dataSets, string folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataSets);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        foreach (DataSet dataSet in dataSets)
        {
            Write(dataSet, Path.Combine(folder, dataSet.Name.ToLowerInvariant() + ".parquet"), cancellation);
        }
    }

    /// <summary>Writes one data set.</summary>
    /// <param name="dataSet">The data set.</param>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(DataSet dataSet, string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, $"CREATE TABLE rows ({string.Join(", ", dataSet.Columns.Select(c => $"{Name(c.Name)} {TypeOf(c)}"))})");
        using (DuckDBAppender appender = connection.CreateAppender("rows"))
        {
            dataSet.Write(new AppendedRows(appender, dataSet.Columns), cancellation);
        }

        // A place that cannot be written is found out in .NET's words.
        File.Create(path).Dispose();
        Execute(connection, $"COPY rows TO {Text(path)} (FORMAT parquet, KV_METADATA {Metadata(dataSet)})");
    }

    private static string TypeOf(DataSetColumn column) => column.Kind switch
    {
        DataSetValueKind.Text => "VARCHAR",
        DataSetValueKind.Integer => "INTEGER",
        _ => "DOUBLE",
    };

    private static string Metadata(DataSet dataSet)
    {
        var text = new StringBuilder("{label: ").Append(Text(dataSet.Label));
        foreach (DataSetColumn column in dataSet.Columns)
        {
            text.Append($", {Name("label." + column.Name)}: {Text(column.Label)}");
            text.Append(column.Unit.Length > 0 ? $", {Name("unit." + column.Name)}: {Text(column.Unit)}" : "");
        }

        return text.Append('}').ToString();
    }

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static void Execute(DuckDBConnection connection, string statement)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
