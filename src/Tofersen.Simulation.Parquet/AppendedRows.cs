using DuckDB.NET.Data;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Reporting.DataSets;

namespace Tofersen.Simulation.Parquet;

/// <summary>Appends the rows of a data set to a table of DuckDB.</summary>
internal sealed class AppendedRows(DuckDBAppender appender, ValueList<DataSetColumn> columns) : IDataSetWriter
{
    private IDuckDBAppenderRow? _row;
    private int _column;

    private IDuckDBAppenderRow Row => _row ??= appender.CreateRow();

    public void Text(string value)
    {
        _column++;
        if (value.Length > 0)
        {
            Row.AppendValue(value);
        }
        else
        {
            Row.AppendNullValue();
        }
    }

    public void Number(double value)
    {
        bool isInteger = columns[_column++].Kind == DataSetValueKind.Integer;
        if (!double.IsFinite(value))
        {
            Row.AppendNullValue();
        }
        else if (isInteger)
        {
            Row.AppendValue((int?)(int)value);
        }
        else
        {
            Row.AppendValue((double?)value);
        }
    }

    public void EndRow()
    {
        Row.EndRow();
        (_row, _column) = (null, 0);
    }
}
