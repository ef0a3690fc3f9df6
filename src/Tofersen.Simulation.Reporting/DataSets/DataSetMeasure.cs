using System.Text;

namespace Tofersen.Simulation.Reporting.DataSets;

/// <summary>How large a data set is: rows, and the length of each column as SAS needs it, bytes of the longest text and 8 for numbers.</summary>
internal sealed class DataSetMeasure : IDataSetWriter
{
    private const int LengthOfNumbers = 8;

    private int _column;

    private DataSetMeasure(int columns) => Lengths = new int[columns];

    internal int Rows { get; private set; }

    internal int[] Lengths { get; }

    public void Text(string value)
    {
        // The apostrophe in front of what looks like a formula counts, and nothing is shorter than 1.
        int length = Math.Max(1, Encoding.UTF8.GetByteCount(Formulas.Neutralise(value)));
        Lengths[_column] = Math.Max(Lengths[_column], length);
        _column++;
    }

    public void Number(double value) => Lengths[_column++] = LengthOfNumbers;

    public void EndRow()
    {
        Rows++;
        _column = 0;
    }

    internal static DataSetMeasure Of(DataSet dataSet, CancellationToken cancellation)
    {
        var measure = new DataSetMeasure(dataSet.Columns.Count);
        for (int c = 0; c < dataSet.Columns.Count; c++)
        {
            measure.Lengths[c] = dataSet.Columns[c].Kind == DataSetValueKind.Text ? 1 : LengthOfNumbers;
        }

        dataSet.Write(measure, cancellation);
        return measure;
    }
}
