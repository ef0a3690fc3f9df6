namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>One product in a model column: a baseline value at a visit, times a number.</summary>
internal readonly record struct ColumnEntry(int Basis, int Visit, double Value);

/// <summary>The columns of a model of repeated measures: sums of products of baseline values and visits.</summary>
/// <remarks>Baseline value 0 is the constant 1, and the columns span the constant at every visit, or at least the one for all visits, so
/// that responses can be centred, visit by visit or as a whole, without changing the model.</remarks>
internal sealed class ColumnPlan(int visits, int basis, bool spansVisits = true)
{
    private readonly List<ColumnEntry[]> _columns = [];

    internal int Visits { get; } = visits;

    internal int Basis { get; } = basis;

    /// <summary>Whether the columns span the constant at each visit.</summary>
    internal bool SpansVisits { get; } = spansVisits;

    internal int Count => _columns.Count;

    internal IReadOnlyList<ColumnEntry> this[int column] => _columns[column];

    internal void Add(IEnumerable<ColumnEntry> entries) => _columns.Add([.. entries]);

    /// <summary>Whether the first columns are the constant at each visit in turn, and no other column holds a constant: centring a
    /// baseline value then changes those columns' coefficients alone.</summary>
    internal bool StartsWithVisits()
    {
        for (int c = 0; c < Count; c++)
        {
            bool isVisit = _columns[c] is [{ Basis: 0, Value: 1 } only] && only.Visit == c;
            if (c < Visits ? !isVisit : _columns[c].Any(e => e.Basis == 0))
            {
                return false;
            }
        }

        return Count >= Visits;
    }
}
