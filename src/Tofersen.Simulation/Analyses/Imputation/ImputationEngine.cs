using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>Imputes a table again and again: write <see cref="Table"/>, <see cref="Prepare"/> once, then <see cref="Impute"/> and
/// read.</summary>
/// <remarks>Memory is sized once; nothing is allocated after the first tables of a kind. Each imputation opens a stream of its own, so
/// that it does not depend on the others.</remarks>
internal sealed class ImputationEngine
{
    private readonly MultipleImputation _specification;
    private readonly ImputationGroups _groups;
    private readonly SequentialSampler _sequential;
    private readonly ChainedSampler _chained;

    internal ImputationEngine(MultipleImputation specification, int maximumRows, int predictors, int visits, int strata)
    {
        specification.Validate();
        _specification = specification;
        Table = new IncompleteTable(maximumRows, predictors, visits);
        _groups = new ImputationGroups(Table, maximumRows, strata, specification.ByArm, specification.ByStratum);
        var regressions = new VisitRegressions(Table, maximumRows);
        bool shifts = specification.DeltaAdjustment == DeltaAdjustment.Sequential;
        _sequential = new SequentialSampler(Table, _groups, regressions, specification.Reference, shifts ? maximumRows : 0);
        _chained = new ChainedSampler(Table, regressions, maximumRows, specification.Cycles);
    }

    internal IncompleteTable Table { get; }

    private bool IsChained => _specification.Method == ImputationMethod.Chained;

    /// <summary>Groups the rows and fits what stays the same in all imputations.</summary>
    /// <returns>Whether enough is observed to impute from.</returns>
    internal bool Prepare()
    {
        _groups.Sort();
        for (int i = 0; i < Table.Rows; i++)
        {
            ClearMissing(i);
        }

        for (int g = 0; g < _groups.Count; g++)
        {
            if (NeedsChain(g) && !CanChain(g))
            {
                return false;
            }
        }

        if (IsChained)
        {
            return true;
        }

        if (!_sequential.Prepare())
        {
            return false;
        }

        for (int g = 0; g < _groups.Count; g++)
        {
            if (!_groups.HasGaps(g))
            {
                _sequential.Fit(g);
            }
        }

        return true;
    }

    /// <summary>Fills all missing values of the table with those of one imputation.</summary>
    internal void Impute(StreamKey streams, int imputation)
    {
        TrialRandom random = streams.Open(imputation, DrawPurpose.Imputation);
        for (int g = 0; g < _groups.Count; g++)
        {
            if (NeedsChain(g))
            {
                _chained.Fill(_groups.RowsOf(g), ref random);
            }

            if (IsChained)
            {
                continue;
            }

            if (_groups.HasGaps(g))
            {
                _sequential.Fit(g);
            }

            _sequential.Fill(g, ref random);
        }
    }

    /// <summary>How many times the arm's delta is to be added to a missing value of the last imputation.</summary>
    internal double DeltaCount(int row, int visit)
    {
        int after = visit - Table.Dropout[row];
        return after < 0 ? 0 : _specification.DeltaAdjustment switch
        {
            DeltaAdjustment.Accumulating => after + 1,
            DeltaAdjustment.Sequential => _sequential.Shift(row, visit),
            _ => 1,
        };
    }

    private bool NeedsChain(int group) => IsChained ? _groups.HasMissing(group) : _groups.HasGaps(group);

    private bool CanChain(int group)
    {
        ReadOnlySpan<int> rows = _groups.RowsOf(group);
        for (int v = 0; v < Table.Visits; v++)
        {
            int observed = 0;
            int observedActive = 0;
            int active = 0;
            foreach (int row in rows)
            {
                int isActive = Table.IsActive[row] ? 1 : 0;
                active += isActive;
                if (Table.Observed[(row * Table.Visits) + v])
                {
                    observed++;
                    observedActive += isActive;
                }
            }

            if (observed < rows.Length && !EnoughObserved.For(rows.Length, active, observed, observedActive))
            {
                return false;
            }
        }

        return true;
    }

    private void ClearMissing(int row)
    {
        Span<double> values = Table.VisitsOf(row);
        for (int v = 0; v < values.Length; v++)
        {
            if (!Table.Observed[(row * Table.Visits) + v])
            {
                values[v] = 0;
            }
        }
    }
}
