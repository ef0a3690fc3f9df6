using CsvHelper;
using Tofersen.Simulation.Reporting.DataSets;

namespace Tofersen.Simulation.Reporting;

/// <summary>Writes one CSV file row by row: UTF-8, commas, line feeds, numbers in the invariant culture with all their digits, missing
/// values empty, texts that a spreadsheet would run as formulas neutralised (<see cref="Formulas"/>).</summary>
internal sealed class CsvTable : IDataSetWriter, IDisposable
{
    private readonly CsvWriter _writer;

    internal CsvTable(string path, params ReadOnlySpan<string> columns)
    {
        _writer = CsvWriter.ToFile(path, new CsvWriterOptions { NewLine = "\n" });
        foreach (string column in columns)
        {
            Text(column);
        }

        EndRow();
    }

    public void Dispose() => _writer.Dispose();

    void IDataSetWriter.Text(string value) => Text(value);

    void IDataSetWriter.Number(double value) => Number(value);

    void IDataSetWriter.EndRow() => EndRow();

    internal CsvTable Text(string value)
    {
        _writer.WriteField(Formulas.Neutralise(value));
        return this;
    }

    internal CsvTable Number(double value)
    {
        if (double.IsFinite(value))
        {
            _writer.WriteField(value, "R");
        }
        else
        {
            _writer.WriteField("");
        }

        return this;
    }

    internal CsvTable Number(long value)
    {
        _writer.WriteField(value, "D");
        return this;
    }

    internal void EndRow() => _writer.EndRecord();
}
