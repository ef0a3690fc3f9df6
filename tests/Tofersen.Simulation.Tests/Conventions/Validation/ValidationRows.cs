using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Adds the comparisons of one set of data to a section.</summary>
internal sealed class ValidationRows(List<Comparison> comparisons, string dataSet, bool isShown)
{
    /// <summary>Adds a number that is shown where the data set is.</summary>
    internal void Compare(string quantity, double reference, double ours, Agreement agreement, double scale = 0) =>
        comparisons.Add(new Comparison(dataSet, quantity, reference, ours, agreement, scale, isShown));

    /// <summary>Adds a cell of a row of reference data, named by its column.</summary>
    internal void Compare(ReferenceRow row, string column, double ours, Agreement agreement, double scale = 0) =>
        Compare(column, row.Number(column), ours, agreement, scale);

    /// <summary>Adds a number that counts but is not shown.</summary>
    internal void Count(double reference, double ours, Agreement agreement, double scale = 0) =>
        comparisons.Add(new Comparison(dataSet, "", reference, ours, agreement, scale, IsShown: false));
}
