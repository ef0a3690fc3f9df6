namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>The rows that share regressions: all, or those of an arm, of a stratum, or of an arm in a stratum.</summary>
/// <remarks>The control arm comes before the active one, so that a reference is ready when it is needed.</remarks>
internal sealed class ImputationGroups
{
    private readonly IncompleteTable _table;
    private readonly bool _byArm;
    private readonly bool _byStratum;
    private readonly int[] _rows;
    private readonly int[] _starts;
    private readonly int[] _next;
    private readonly bool[] _hasGaps;
    private readonly bool[] _hasMissing;

    internal ImputationGroups(IncompleteTable table, int maximumRows, int strata, bool byArm, bool byStratum)
    {
        (_table, _byArm, _byStratum) = (table, byArm, byStratum);
        Count = (byArm ? 2 : 1) * (byStratum ? strata : 1);
        _rows = new int[maximumRows];
        _starts = new int[Count + 1];
        _next = new int[Count];
        _hasGaps = new bool[Count];
        _hasMissing = new bool[Count];
    }

    internal int Count { get; }

    internal ReadOnlySpan<int> RowsOf(int group) => _rows.AsSpan(_starts[group].._starts[group + 1]);

    /// <summary>Whether somebody missed a visit and was seen again.</summary>
    internal bool HasGaps(int group) => _hasGaps[group];

    internal bool HasMissing(int group) => _hasMissing[group];

    /// <summary>The group of the control arm that is a group's reference; itself where arms share regressions.</summary>
    internal int ReferenceOf(int group) => _byArm ? group & ~1 : group;

    /// <summary>Sorts the rows of the table into groups.</summary>
    internal void Sort()
    {
        Array.Clear(_starts);
        Array.Clear(_hasGaps);
        Array.Clear(_hasMissing);
        for (int i = 0; i < _table.Rows; i++)
        {
            _starts[GroupOf(i) + 1]++;
        }

        for (int g = 0; g < Count; g++)
        {
            _starts[g + 1] += _starts[g];
            _next[g] = _starts[g];
        }

        for (int i = 0; i < _table.Rows; i++)
        {
            int group = GroupOf(i);
            _rows[_next[group]++] = i;
            _hasMissing[group] |= _table.Dropout[i] < _table.Visits;
            for (int v = 0; v < _table.Dropout[i]; v++)
            {
                _hasGaps[group] |= _table.IsGap(i, v);
            }
        }

        for (int g = 0; g < Count; g++)
        {
            _hasMissing[g] |= _hasGaps[g];
        }
    }

    private int GroupOf(int row)
    {
        int stratum = _byStratum ? _table.Stratum[row] : 0;
        int arm = _table.IsActive[row] ? 1 : 0;
        return _byArm ? (2 * stratum) + arm : stratum;
    }
}
