using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>Draws the visits after dropout one after the other: each from its regression on the visits before it.</summary>
/// <remarks>
/// <para>The regressions of visits j on earlier ones, Y_j = γ_j′x + Σ φ_jk Y_k + τ_j z, are another way to write a multivariate normal
/// distribution with means μ_j = γ_j′x + Σ φ_jk μ_k. So draws of their parameters are draws of means and covariance, and a
/// history counts through its distance from the mean: E(Y_j | history) = μ_j + Σ φ_jk (Y_k − μ_k).</para>
/// <para>Reference-based imputation (Carpenter, Roger and Kenward 2013, doi 10.1080/10543406.2013.834911) takes φ and τ of the
/// reference and joins its means μʳ to those of the own arm μᵃ, with d visits before dropout: jump to reference μᵃ before and μʳ
/// after; copy reference μʳ throughout; copy increments μᵃ before and μᵃ_d + μʳ_j − μʳ_d after.</para>
/// </remarks>
internal sealed class SequentialSampler
{
    private readonly IncompleteTable _table;
    private readonly ImputationGroups _groups;
    private readonly VisitRegressions _regressions;
    private readonly ReferenceBasedImputation _rule;
    private readonly PosteriorRegression?[] _posteriors;
    private readonly bool[] _isNeeded;
    private readonly double[] _coefficients;
    private readonly double[] _sigmas;
    private readonly double[] _reference;
    private readonly double[] _own;
    private readonly double[] _residuals;
    private readonly double[]? _shifts;

    internal SequentialSampler(
        IncompleteTable table,
        ImputationGroups groups,
        VisitRegressions regressions,
        ReferenceBasedImputation rule,
        int rowsWithShifts)
    {
        (_table, _groups, _regressions, _rule) = (table, groups, regressions, rule);
        int models = groups.Count * table.Visits;
        _posteriors = new PosteriorRegression[models];
        _isNeeded = new bool[models];
        _coefficients = new double[models * table.Stride];
        _sigmas = new double[models];
        _reference = new double[table.Stride];
        _own = new double[table.Stride];
        _residuals = new double[table.Stride];
        _shifts = rowsWithShifts > 0 ? new double[rowsWithShifts * table.Stride] : null;
    }

    /// <summary>Finds which regressions are needed, and whether enough is observed for them.</summary>
    internal bool Prepare()
    {
        Array.Clear(_isNeeded);
        for (int g = 0; g < _groups.Count; g++)
        {
            foreach (int row in _groups.RowsOf(g))
            {
                MarkNeeded(g, row);
            }
        }

        for (int g = 0; g < _groups.Count; g++)
        {
            for (int v = 0; v < _table.Visits; v++)
            {
                if (_isNeeded[(g * _table.Visits) + v] && !IsEstimable(g, v))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Fits the regressions of a group to what is observed or filled in now.</summary>
    internal void Fit(int group)
    {
        for (int v = 0; v < _table.Visits; v++)
        {
            int model = (group * _table.Visits) + v;
            if (_isNeeded[model])
            {
                PosteriorRegression posterior =
                    _posteriors[model] ??= new PosteriorRegression(_table.Stride, _regressions.MaximumColumns);
                _regressions.FitOnEarlier(_groups.RowsOf(group), v, posterior);
            }
        }
    }

    /// <summary>Draws parameters and then the visits after dropout.</summary>
    internal void Fill(int group, ref TrialRandom random)
    {
        for (int v = 0; v < _table.Visits; v++)
        {
            int model = (group * _table.Visits) + v;
            if (_isNeeded[model])
            {
                _sigmas[model] = _posteriors[model]!.Draw(ref random, Coefficients(group, v));
            }
        }

        foreach (int row in _groups.RowsOf(group))
        {
            if (_table.Dropout[row] == _table.Visits)
            {
                continue;
            }

            if (FollowsReference(row))
            {
                FillFromReference(group, row, ref random);
            }
            else
            {
                FillAtRandom(group, row, ref random);
            }
        }
    }

    /// <summary>How many times a delta of one unit, added to each visit as it is drawn, is in a value after dropout.</summary>
    internal double Shift(int row, int visit) => _shifts![(row * _table.Stride) + _table.VisitOffset + visit];

    private bool FollowsReference(int row) =>
        _rule != ReferenceBasedImputation.MissingAtRandom && _table.IsActive[row];

    private void MarkNeeded(int group, int row)
    {
        int dropout = _table.Dropout[row];
        if (dropout == _table.Visits)
        {
            return;
        }

        if (!FollowsReference(row))
        {
            Mark(group, dropout, _table.Visits);
            return;
        }

        bool copies = _rule == ReferenceBasedImputation.CopyReference;
        Mark(_groups.ReferenceOf(group), copies ? dropout : 0, _table.Visits);
        Mark(group, 0, copies ? 0 : dropout);
    }

    private void Mark(int group, int from, int to) => _isNeeded.AsSpan((group * _table.Visits) + from, to - from).Fill(true);

    private bool IsEstimable(int group, int visit)
    {
        int observed = 0;
        int observedActive = 0;
        int active = 0;
        ReadOnlySpan<int> rows = _groups.RowsOf(group);
        foreach (int row in rows)
        {
            int isActive = _table.IsActive[row] ? 1 : 0;
            active += isActive;
            if (_table.Dropout[row] > visit)
            {
                observed++;
                observedActive += isActive;
            }
        }

        return EnoughObserved.For(rows.Length, active, observed, observedActive);
    }

    private Span<double> Coefficients(int group, int visit) =>
        _coefficients.AsSpan(((group * _table.Visits) + visit) * _table.Stride, _table.Stride);

    private void FillAtRandom(int group, int row, ref TrialRandom random)
    {
        TrialRandom local = random;
        Span<double> values = _table.Row(row);
        for (int v = _table.Dropout[row]; v < _table.Visits; v++)
        {
            double mean = VectorKernels.Dot(Coefficients(group, v), values);
            values[_table.VisitOffset + v] = mean + (_sigmas[(group * _table.Visits) + v] * local.NextNormal());
        }

        random = local;
        FillShifts(group, row);
    }

    private void FillFromReference(int group, int row, ref TrialRandom random)
    {
        int reference = _groups.ReferenceOf(group);
        int dropout = _table.Dropout[row];
        int offset = _table.VisitOffset;
        bool copies = _rule == ReferenceBasedImputation.CopyReference;
        Span<double> values = _table.Row(row);
        if (copies)
        {
            values[.._table.Predictors].CopyTo(_residuals);
            _residuals[_table.Predictors - 1] = 0;
        }
        else
        {
            FillMeans(reference, values, isActive: false, _table.Visits, _reference);
            FillMeans(group, values, isActive: true, dropout, _own);
            _residuals.AsSpan(0, offset).Clear();
        }

        // Copying the reference is the reference's own regression; the others go by distances from their joined means.
        Span<double> residuals = _residuals;
        residuals[offset..].Clear();
        for (int v = 0; v < dropout; v++)
        {
            residuals[offset + v] = values[offset + v] - (copies ? 0 : _own[offset + v]);
        }

        double kept = _rule == ReferenceBasedImputation.CopyIncrements && dropout > 0
            ? _own[offset + dropout - 1] - _reference[offset + dropout - 1]
            : 0;
        for (int v = dropout; v < _table.Visits; v++)
        {
            double distance = VectorKernels.Dot(Coefficients(reference, v), residuals)
                + (_sigmas[(reference * _table.Visits) + v] * random.NextNormal());
            residuals[offset + v] = distance;
            values[offset + v] = copies ? distance : _reference[offset + v] + kept + distance;
        }

        FillShifts(reference, row);
    }

    /// <summary>Means of the first visits of a participant, had the participant been in an arm.</summary>
    private void FillMeans(int group, ReadOnlySpan<double> values, bool isActive, int visits, Span<double> means)
    {
        values[.._table.VisitOffset].CopyTo(means);
        means[_table.Predictors - 1] = isActive ? 1 : 0;
        means[_table.VisitOffset..].Clear();
        for (int v = 0; v < visits; v++)
        {
            means[_table.VisitOffset + v] = VectorKernels.Dot(Coefficients(group, v), means);
        }
    }

    private void FillShifts(int group, int row)
    {
        if (_shifts is null)
        {
            return;
        }

        Span<double> shifts = _shifts.AsSpan(row * _table.Stride, _table.Stride);
        shifts.Clear();
        for (int v = _table.Dropout[row]; v < _table.Visits; v++)
        {
            shifts[_table.VisitOffset + v] = 1 + VectorKernels.Dot(Coefficients(group, v), shifts);
        }
    }
}
