using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.DataSets;

/// <summary>One data set of a simulated trial: columns with their descriptions, and rows that are made when they are written.</summary>
/// <remarks>Rows are read from the trial's data, which a simulator fills anew with each replicate: write a data set before the next trial is
/// simulated.</remarks>
public sealed class DataSet
{
    private readonly Action<IDataSetWriter, CancellationToken> _write;

    internal DataSet(
        string name,
        string label,
        string structure,
        ValueList<string> keys,
        ValueList<DataSetColumn> columns,
        Action<IDataSetWriter, CancellationToken> write)
    {
        Name = name;
        Label = DataSetColumn.CheckedLabel(label, nameof(label));
        Structure = structure;
        Keys = keys;
        Columns = columns;
        _write = write;
    }

    /// <summary>Name, as ADSL.</summary>
    public string Name { get; }

    /// <summary>What it is, in 40 characters at most.</summary>
    public string Label { get; }

    /// <summary>What a row stands for.</summary>
    public string Structure { get; }

    /// <summary>Names of the columns that tell rows apart.</summary>
    public ValueList<string> Keys { get; }

    /// <summary>The columns, in order; no two have one name.</summary>
    public ValueList<DataSetColumn> Columns { get; }

    /// <summary>Writes all rows.</summary>
    /// <param name="writer">Takes the values, one for each column of a row.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public void Write(IDataSetWriter writer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _write(writer, cancellation);
    }

    /// <summary>Writes the data set as a CSV file with a header: UTF-8, commas, line feeds, missing values empty.</summary>
    /// <remarks>A text that a spreadsheet would run as a formula, since it begins with = + - @ or a control character, gets an apostrophe in front,
    /// which <see cref="TableReader"/> takes off again.</remarks>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public void WriteCsv(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var table = new CsvTable(path, [.. Columns.Select(c => c.Name)]);
        Write(table, cancellation);
    }
}
