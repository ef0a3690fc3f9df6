using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.DataSets;

/// <summary>The columns of a data set together with what writes each value, so that neither can be without the other.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
internal sealed class ColumnList<TRow>
{
    private readonly List<(DataSetColumn Column, Action<TRow, IDataSetWriter> Write)> _columns = [];

    internal ColumnList<TRow> Text(
        string name, string label, Func<TRow, string> value, ValueList<CodedValue>? codes = null, string derivation = "")
    {
        _columns.Add((
            new DataSetColumn { Name = name, Label = label, Kind = DataSetValueKind.Text, Derivation = derivation, Codes = codes ?? [] },
            (row, writer) => writer.Text(value(row))));
        return this;
    }

    internal ColumnList<TRow> Whole(
        string name, string label, Func<TRow, double> value, string unit = "", ValueList<CodedValue>? codes = null, string derivation = "") =>
        Number(
            new DataSetColumn
            {
                Name = name,
                Label = label,
                Kind = DataSetValueKind.Integer,
                Unit = unit,
                Derivation = derivation,
                Codes = codes ?? [],
            },
            value);

    internal ColumnList<TRow> Number(string name, string label, Func<TRow, double> value, string unit = "", string derivation = "") =>
        Number(new DataSetColumn { Name = name, Label = label, Kind = DataSetValueKind.Number, Unit = unit, Derivation = derivation }, value);

    /// <summary>The columns of another list, for rows that are made from more than its.</summary>
    internal ColumnList<TRow> Of<TPart>(ColumnList<TPart> columns, Func<TRow, TPart> part)
    {
        foreach ((DataSetColumn column, Action<TPart, IDataSetWriter> write) in columns._columns)
        {
            _columns.Add((column, (row, writer) => write(part(row), writer)));
        }

        return this;
    }

    internal DataSet Make(string name, string label, string structure, ValueList<string> keys, Func<IEnumerable<TRow>> rows)
    {
        Action<TRow, IDataSetWriter>[] writes = [.. _columns.Select(c => c.Write)];
        return new DataSet(name, label, structure, keys, [.. _columns.Select(c => c.Column)], (writer, cancellation) =>
        {
            foreach (TRow row in rows())
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (Action<TRow, IDataSetWriter> write in writes)
                {
                    write(row, writer);
                }

                writer.EndRow();
            }
        });
    }

    private ColumnList<TRow> Number(DataSetColumn column, Func<TRow, double> value)
    {
        _columns.Add((column, (row, writer) => writer.Number(value(row))));
        return this;
    }
}
