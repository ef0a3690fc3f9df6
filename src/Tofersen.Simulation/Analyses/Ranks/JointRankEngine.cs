namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>Joint ranks of participants in plain columns: wins − losses of each against everybody of the same stratum, mid-ranks, and
/// wins and losses against the other arm.</summary>
/// <remarks>
/// <para>Use: write the columns for the first n participants, <see cref="Score"/>, read.</para>
/// <para>Deaths and withdrawals that are ranked by time are in order of time, and participants who are alive at the horizon in order of
/// their change; both are sorted, and the second lie above the first. Only pairs with somebody incomplete are compared one by
/// one.</para>
/// </remarks>
internal sealed class JointRankEngine
{
    private const int Groups = 3;

    private readonly int[] _starts;
    private readonly int[] _order;
    private readonly double[] _keys;
    private readonly int[] _scoreCounts;
    private readonly LastCommonVisitComparison? _comparison;

    /// <summary>Makes an engine.</summary>
    /// <param name="capacity">Most participants.</param>
    /// <param name="strata">Strata within which participants are compared; 1 for all with all.</param>
    /// <param name="lastVisit">Position of the horizon's visit, for comparison at the last common visit; 0 where nobody is
    /// <see cref="RankedOutcome.Incomplete"/>.</param>
    internal JointRankEngine(int capacity, int strata, int lastVisit)
    {
        StratumCount = strata;
        (Outcomes, Values, FollowUp) = (new RankedOutcome[capacity], new double[capacity], new double[capacity]);
        (IsActive, Strata, Rows) = (new int[capacity], new int[capacity], new int[capacity]);
        (Scores, Wins, Losses, Ranks) = (new int[capacity], new int[capacity], new int[capacity], new double[capacity]);
        (_order, _keys, _scoreCounts) = (new int[capacity], new double[capacity], new int[2 * capacity]);
        _starts = new int[(strata * Groups) + 1];
        _comparison = lastVisit > 0 ? new LastCommonVisitComparison(capacity, lastVisit) : null;
    }

    internal int StratumCount { get; }

    /// <summary>Number of participants of the last <see cref="Score"/>.</summary>
    internal int Count { get; private set; }

    /// <summary>Input: what each participant is ranked by.</summary>
    internal RankedOutcome[] Outcomes { get; }

    /// <summary>Input: time of death or withdrawal, or the change; not read for somebody incomplete.</summary>
    internal double[] Values { get; }

    /// <summary>Input: end of follow-up, in the unit of the deaths; read for the incomplete only.</summary>
    internal double[] FollowUp { get; }

    /// <summary>Input: 1 for the active arm, 0 for control.</summary>
    internal int[] IsActive { get; }

    /// <summary>Input: stratum, from 0.</summary>
    internal int[] Strata { get; }

    /// <summary>Input: row of the participant in the matrix of scores by visit; read where somebody is incomplete.</summary>
    internal int[] Rows { get; }

    /// <summary>Output: wins − losses against everybody of the stratum.</summary>
    internal int[] Scores { get; }

    /// <summary>Output: wins against the other arm of the stratum, where they are counted.</summary>
    internal int[] Wins { get; }

    /// <summary>Output: losses against the other arm of the stratum, where they are counted.</summary>
    internal int[] Losses { get; }

    /// <summary>Output of <see cref="FillRanks"/>: mid-ranks of the scores within the stratum, 1 the worst.</summary>
    internal double[] Ranks { get; }

    /// <summary>Scores the first n participants.</summary>
    /// <param name="n">Number of participants.</param>
    /// <param name="countsWins">Whether <see cref="Wins"/> and <see cref="Losses"/> are wanted too.</param>
    /// <param name="visitScores">Scores of the incomplete and those they are compared with: a row each, the baseline first; NaN where
    /// missing.</param>
    /// <param name="visits">Length of a row.</param>
    internal void Score(int n, bool countsWins, ReadOnlySpan<double> visitScores, int visits)
    {
        Count = n;
        Arrange();
        for (int s = 0; s < StratumCount; s++)
        {
            int start = _starts[s * Groups];
            int timed = _starts[(s * Groups) + 1];
            int complete = _starts[(s * Groups) + 2];
            int end = _starts[(s + 1) * Groups];
            SortTimed(timed, complete);
            _keys.AsSpan(complete, end - complete).Sort(_order.AsSpan(complete, end - complete));
            Sweep(timed, end, countsWins);
            if (timed > start)
            {
                _comparison!.Score(this, _order.AsSpan(start, end - start), timed - start, countsWins, visitScores, visits);
            }
        }
    }

    /// <summary>Fills <see cref="Ranks"/>.</summary>
    internal void FillRanks()
    {
        for (int s = 0; s < StratumCount; s++)
        {
            int start = _starts[s * Groups];
            int end = _starts[(s + 1) * Groups];
            bool isTransitive = start == _starts[(s * Groups) + 1];
            ReadOnlySpan<int> members = _order.AsSpan(start, end - start);
            if (isTransitive)
            {
                foreach (int i in members)
                {
                    Ranks[i] = (Scores[i] + members.Length + 1) / 2.0;
                }
            }
            else
            {
                RankByCounting(members);
            }
        }
    }

    /// <summary>Puts participants in order of stratum and, within it, incomplete, ranked by time, complete.</summary>
    private void Arrange()
    {
        _starts.AsSpan().Clear();
        for (int i = 0; i < Count; i++)
        {
            _starts[Group(i) + 1]++;
        }

        for (int g = 1; g < _starts.Length; g++)
        {
            _starts[g] += _starts[g - 1];
        }

        for (int i = 0; i < Count; i++)
        {
            int place = _starts[Group(i)]++;
            _order[place] = i;
            _keys[place] = Values[i];
        }

        // Every start has moved to the next group's.
        for (int g = _starts.Length - 1; g > 0; g--)
        {
            _starts[g] = _starts[g - 1];
        }

        _starts[0] = 0;
    }

    private int Group(int participant) =>
        (Strata[participant] * Groups) + Outcomes[participant] switch
        {
            RankedOutcome.Incomplete => 0,
            RankedOutcome.Complete => 2,
            _ => 1,
        };

    /// <summary>Sorts by time; at equal times deaths come before withdrawals.</summary>
    private void SortTimed(int start, int end)
    {
        Span<int> order = _order.AsSpan(start, end - start);
        Span<double> keys = _keys.AsSpan(start, end - start);
        keys.Sort(order);
        for (int first = 0; first < keys.Length;)
        {
            int deaths = first;
            int k = first;
            for (; k < keys.Length && keys[k] == keys[first]; k++)
            {
                if (Outcomes[order[k]] == RankedOutcome.Died)
                {
                    (order[deaths], order[k]) = (order[k], order[deaths]);
                    deaths++;
                }
            }

            first = k;
        }
    }

    /// <summary>Scores the ordered participants of a stratum: those below − those above, ties excepted.</summary>
    private void Sweep(int start, int end, bool countsWins)
    {
        int allActive = 0;
        for (int k = start; k < end && countsWins; k++)
        {
            allActive += IsActive[_order[k]];
        }

        int allControl = end - start - allActive;
        int activeBelow = 0;
        for (int first = start; first < end;)
        {
            int last = first + 1;
            RankedOutcome outcome = Outcomes[_order[first]];
            while (last < end && _keys[last] == _keys[first] && Outcomes[_order[last]] == outcome)
            {
                last++;
            }

            int score = first - start - (end - last);
            for (int k = first; k < last; k++)
            {
                Scores[_order[k]] = score;
            }

            if (countsWins)
            {
                int active = 0;
                for (int k = first; k < last; k++)
                {
                    active += IsActive[_order[k]];
                }

                int controlBelow = first - start - activeBelow;
                int controlAbove = allControl - controlBelow - (last - first - active);
                int activeAbove = allActive - activeBelow - active;
                for (int k = first; k < last; k++)
                {
                    int i = _order[k];
                    bool isActive = IsActive[i] == 1;
                    Wins[i] = isActive ? controlBelow : activeBelow;
                    Losses[i] = isActive ? controlAbove : activeAbove;
                }

                activeBelow += active;
            }

            first = last;
        }
    }

    private void RankByCounting(ReadOnlySpan<int> members)
    {
        int n = members.Length;
        Span<int> counts = _scoreCounts.AsSpan(0, 2 * n);
        counts.Clear();
        foreach (int i in members)
        {
            counts[Scores[i] + n - 1]++;
        }

        // A count becomes the sum of the first and the last place of its scores, twice the mid-rank.
        int below = 0;
        for (int c = 0; c < counts.Length; c++)
        {
            int here = counts[c];
            counts[c] = (2 * below) + here + 1;
            below += here;
        }

        foreach (int i in members)
        {
            Ranks[i] = counts[Scores[i] + n - 1] / 2.0;
        }
    }
}
