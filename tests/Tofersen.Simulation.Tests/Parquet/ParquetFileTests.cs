using System.Globalization;
using DuckDB.NET.Data;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Parquet;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.DataSets;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Reporting;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Parquet;

/// <summary>Parquet files as DuckDB reads them, beside the CSV files of the same trial.</summary>
public sealed class ParquetFileTests
{
    [Test]
    public void Write_Trial_HoldsTheTypesAndValuesOfTheCsvFiles()
    {
        using var folder = new TemporaryFolder();
        TrialData data = new TrialSimulator(ItemScenarios.Rich).Simulate(4, 0);
        TrialDataSets.Write(data, "it's \"1\"", folder.FullName);
        ParquetFiles.Write(TrialDataSets.Of(data, "it's \"1\""), folder.FullName);
        foreach (DataSet dataSet in TrialDataSets.Of(data, "it's \"1\""))
        {
            CsvFile csv = CsvFile.Read(folder.FullName, dataSet.Name.ToLowerInvariant() + ".csv");
            (string[] names, string[] types, List<string[]> rows) = Read($"SELECT * FROM '{folder.At(dataSet.Name.ToLowerInvariant() + ".parquet")}'");
            Assert.That(names, Is.EqualTo(csv.Columns));
            Assert.That(types, Is.EqualTo(dataSet.Columns.Select(c => c.Kind switch
            {
                DataSetValueKind.Text => "String",
                DataSetValueKind.Integer => "Int32",
                _ => "Double",
            })));
            Assert.That(rows, Has.Count.EqualTo(csv.Rows.Count));
            Assert.That(rows.SelectMany(r => r), Is.EqualTo(csv.Rows.SelectMany(r => names.Select(n => r[n]))));
        }
    }

    [Test]
    public void Write_Trial_HoldsLabelsAndUnitsAsMetadata()
    {
        using var folder = new TemporaryFolder();
        TrialData data = new TrialSimulator(TestScenarios.Rich).Simulate(4, 0);
        ParquetFiles.Write(TrialDataSets.Of(data, "study")[0], folder.At("a.parquet"));

        (_, _, List<string[]> rows) = Read($"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{folder.At("a.parquet")}')");

        var metadata = rows.ToDictionary(r => r[0], r => r[1]);
        Assert.That(metadata["label"], Is.EqualTo("Subject-Level Analysis Dataset"));
        Assert.That((metadata["label.AGE"], metadata["unit.AGE"]), Is.EqualTo(("Age", "years")));
        Assert.That(metadata.Keys, Has.No.Member("unit.SEX"));
    }

    [Test]
    public void Write_NoSuchFolder_ThrowsIOException()
    {
        DataSet dataSet = TrialDataSets.Of(new TrialSimulator(TestScenarios.Bare).Simulate(1, 0), "study")[0];

        Assert.That(() => ParquetFiles.Write(dataSet, Path.Combine("no-such-folder", "a.parquet")), Throws.InstanceOf<IOException>());
    }

    private static (string[] Names, string[] Types, List<string[]> Rows) Read(string query)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = query;
        using DuckDBDataReader reader = command.ExecuteReader();
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        string[] types = [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetFieldType(i).Name)];
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, names.Length).Select(i => reader.IsDBNull(i) ? "" : Text(reader.GetValue(i)))]);
        }

        return (names, types, rows);
    }

    private static string Text(object value) => value is double number
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
