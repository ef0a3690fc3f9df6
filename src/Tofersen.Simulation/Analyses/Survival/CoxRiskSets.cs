namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Times, events, strata and covariates in the order in which a Cox likelihood is swept.</summary>
/// <remarks>
/// <para>Use: <see cref="Reset"/>, write <see cref="Times"/>, <see cref="Set"/> and <see cref="Column"/>, <see cref="Arrange"/>,
/// read. The order is stratum by stratum, from the longest time to the shortest, in groups that end with the events of one time: the
/// risk set of a group is its own rows and those of the groups before it in its stratum. Rows that are censored before the first
/// event of their stratum are in no risk set and are left out.</para>
/// <para>Columns are centred at their means and divided by their mean absolute deviations, so that one tolerance fits all.</para>
/// </remarks>
internal sealed class CoxRiskSets
{
    private readonly double[] _times;
    private readonly double[] _sortedTimes;
    private readonly int[] _labels;
    private readonly int[] _byTime;
    private readonly int[] _byStratum;
    private readonly double[] _sortedByStratum;
    private readonly int[] _stratumEnds;
    private readonly double[] _columns;
    private readonly double[] _x;
    private readonly int[] _rows;
    private readonly CoxGroup[] _groups;
    private readonly double[] _scales;
    private readonly double[] _ranges;
    private readonly int _capacity;
    private int _groupCount;

    internal CoxRiskSets(int capacity, int columns, int strata)
    {
        _capacity = capacity;
        Columns = columns;
        _times = new double[capacity];
        _sortedTimes = new double[capacity];
        _sortedByStratum = new double[capacity];
        _labels = new int[capacity];
        _byTime = new int[capacity];
        _byStratum = new int[capacity];
        _rows = new int[capacity];
        _groups = new CoxGroup[capacity];
        _stratumEnds = new int[strata];
        _columns = new double[capacity * columns];
        _x = new double[capacity * columns];
        _scales = new double[columns];
        _ranges = new double[columns];
    }

    internal int Columns { get; }

    /// <summary>Number of rows as given.</summary>
    internal int Count { get; private set; }

    /// <summary>Number of rows that are in a risk set.</summary>
    internal int Kept { get; private set; }

    internal int Events { get; private set; }

    /// <summary>Rows of covariates in the order of the sweep, <see cref="Columns"/> values a row.</summary>
    internal ReadOnlySpan<double> X => _x.AsSpan(0, Kept * Columns);

    internal ReadOnlySpan<CoxGroup> Groups => _groups.AsSpan(0, _groupCount);

    /// <summary>What each column was divided by.</summary>
    internal ReadOnlySpan<double> Scales => _scales;

    /// <summary>Largest minus smallest value of each column after scaling, among the rows kept.</summary>
    internal ReadOnlySpan<double> Ranges => _ranges;

    /// <summary>Times of at least 0, to be written before <see cref="Arrange"/>.</summary>
    internal Span<double> Times => _times.AsSpan(0, Count);

    internal void Reset(int count) => Count = count;

    /// <summary>A column of finite covariates, to be written before <see cref="Arrange"/>.</summary>
    internal Span<double> Column(int column) => _columns.AsSpan(column * _capacity, Count);

    internal void Set(int row, in EventTime entry)
    {
        _times[row] = entry.Time;
        _labels[row] = (entry.Stratum << 1) | (entry.IsEvent ? 1 : 0);
    }

    /// <summary>Sorts the rows, finds the groups, centres and scales the columns.</summary>
    internal void Arrange()
    {
        SortByStratumAndTime();
        FindGroups();
        for (int j = 0; j < Columns; j++)
        {
            Scale(j);
        }
    }

    private void SortByStratumAndTime()
    {
        Span<double> sorted = _sortedTimes.AsSpan(0, Count);
        Times.CopyTo(sorted);
        for (int i = 0; i < Count; i++)
        {
            _byTime[i] = i;
        }

        sorted.Sort(_byTime.AsSpan(0, Count));
        TiedTimes.Unite(sorted);

        // Counting sort by stratum, filled from the back, so that times fall within a stratum.
        Span<int> ends = _stratumEnds;
        ends.Clear();
        for (int i = 0; i < Count; i++)
        {
            ends[_labels[i] >> 1]++;
        }

        for (int s = 1; s < ends.Length; s++)
        {
            ends[s] += ends[s - 1];
        }

        for (int i = 0; i < Count; i++)
        {
            int row = _byTime[i];
            int place = --ends[_labels[row] >> 1];
            _byStratum[place] = row;
            _sortedByStratum[place] = sorted[i];
        }
    }

    private void FindGroups()
    {
        int kept = 0;
        _groupCount = 0;
        Events = 0;
        for (int start = 0; start < Count;)
        {
            int stratum = _labels[_byStratum[start]] >> 1;
            int first = kept;
            bool opensStratum = true;
            int end = start;
            while (end < Count && _labels[_byStratum[end]] >> 1 == stratum)
            {
                int tieStart = end;
                double time = _sortedByStratum[end];
                int events = 0;
                for (; end < Count && _sortedByStratum[end] == time && _labels[_byStratum[end]] >> 1 == stratum; end++)
                {
                    int row = _byStratum[end];
                    bool isEvent = (_labels[row] & 1) == 1;
                    events += isEvent ? 1 : 0;
                    if (!isEvent)
                    {
                        _rows[kept++] = row;
                    }
                }

                if (events > 0)
                {
                    int firstEvent = kept;
                    for (int i = tieStart; i < end; i++)
                    {
                        if ((_labels[_byStratum[i]] & 1) == 1)
                        {
                            _rows[kept++] = _byStratum[i];
                        }
                    }

                    _groups[_groupCount++] = new CoxGroup(first, firstEvent, kept, opensStratum);
                    Events += events;
                    opensStratum = false;
                    first = kept;
                }
            }

            kept = first;
            start = end;
        }

        Kept = kept;
    }

    private void Scale(int column)
    {
        ReadOnlySpan<double> values = Column(column);
        ReadOnlySpan<int> rows = _rows.AsSpan(0, Kept);
        double sum = 0;
        foreach (int row in rows)
        {
            sum += values[row];
        }

        double mean = Kept > 0 ? sum / Kept : 0;
        double deviations = 0;
        double largest = 0;
        double smallest = 0;
        foreach (int row in rows)
        {
            double deviation = values[row] - mean;
            deviations += Math.Abs(deviation);
            largest = Math.Max(largest, deviation);
            smallest = Math.Min(smallest, deviation);
        }

        double scale = deviations > 0 ? deviations / Kept : 1;
        double factor = 1 / scale;
        _scales[column] = scale;
        _ranges[column] = (largest - smallest) * factor;
        for (int i = 0; i < rows.Length; i++)
        {
            _x[(i * Columns) + column] = (values[rows[i]] - mean) * factor;
        }
    }
}

/// <summary>Rows that enter the risk set of one event time, those with the event last.</summary>
/// <param name="First">First row.</param>
/// <param name="FirstEvent">First row with the event.</param>
/// <param name="End">Row after the last.</param>
/// <param name="OpensStratum">Whether the risk set is empty before.</param>
internal readonly record struct CoxGroup(int First, int FirstEvent, int End, bool OpensStratum);
