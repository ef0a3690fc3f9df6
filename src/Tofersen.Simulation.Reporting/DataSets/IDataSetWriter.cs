namespace Tofersen.Simulation.Reporting.DataSets;

/// <summary>Takes the rows of a <see cref="DataSet"/>, value by value in the order of its columns, to write them in some form.</summary>
public interface IDataSetWriter
{
    /// <summary>Takes the value of a column of texts.</summary>
    /// <param name="value">The text; empty where missing.</param>
    void Text(string value);

    /// <summary>Takes the value of a column of numbers, whole or not.</summary>
    /// <param name="value">The number; NaN where missing.</param>
    void Number(double value);

    /// <summary>Ends a row.</summary>
    void EndRow();
}
