using System.Numerics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Fits a model of repeated measures to one set of participants after another.</summary>
/// <remarks>
/// <para>Use: <see cref="Begin"/>, <see cref="Add"/> for each participant, <see cref="Fit"/>, then ask for contrasts of the plan's
/// columns.</para>
/// <para>Responses and baseline values are centred before their products are summed. Plans that start with the visits are fitted in their
/// own columns, without allocation once warm. Other plans, visits with nobody, and collinear columns take the general way: columns are
/// orthogonalised first, and those that depend on earlier ones are left out, as in R.</para>
/// </remarks>
internal sealed class RepeatedMeasuresEngine
{
    private readonly ColumnPlan _plan;
    private readonly CovarianceStructure[] _structures;
    private readonly LikelihoodEstimation _estimation;
    private readonly DegreesOfFreedomMethod _method;
    private readonly int _visits;
    private readonly int _basis;
    private readonly int _stride;
    private readonly bool _searchesWidely;
    private readonly bool _isDirect;
    private readonly VisitPatterns _patterns;
    private readonly RepeatedMeasuresModel? _direct;
    private readonly double[] _zMeans;
    private readonly double[] _yMeans;
    private readonly int[] _visitCounts;
    private readonly double[] _contrast;
    private double[] _z;
    private double[] _y;
    private ulong[] _masks;
    private int _participants;
    private GeneralColumns? _general;

    /// <summary>Prepares an engine.</summary>
    /// <param name="plan">Columns of the fixed effects.</param>
    /// <param name="capacity">Participants that are expected; more may come.</param>
    /// <param name="structures">Structures of the covariance, to be tried in turn.</param>
    /// <param name="estimation">What is maximised.</param>
    /// <param name="method">Degrees of freedom.</param>
    /// <param name="searchesWidely">Whether structures are fitted from several starting points: for one analysis of unknown data, not for one
    /// of a hundred thousand.</param>
    internal RepeatedMeasuresEngine(
        ColumnPlan plan,
        int capacity,
        IEnumerable<CovarianceStructure> structures,
        LikelihoodEstimation estimation,
        DegreesOfFreedomMethod method,
        bool searchesWidely = false)
    {
        _searchesWidely = searchesWidely;
        _plan = plan;
        _structures = [.. structures];
        _estimation = estimation;
        _method = method;
        _visits = plan.Visits;
        _basis = plan.Basis;
        _stride = VectorKernels.Padded(_visits);
        _isDirect = plan.StartsWithVisits();
        _patterns = new VisitPatterns(_visits, _basis, capacity);
        _direct = _isDirect ? NewModel(_patterns, Direct(plan)) : null;
        _zMeans = new double[_basis];
        _yMeans = new double[_visits];
        _visitCounts = new int[_visits];
        _contrast = new double[plan.Count];
        _z = new double[capacity * _basis];
        _y = new double[capacity * _stride];
        _masks = new ulong[capacity];
    }

    internal int Participants => Model.Data.Participants;

    internal int Observations => Model.Data.Observations;

    internal CovarianceStructure Structure => Model.Structure;

    internal int Iterations => Model.Iterations;

    internal double GradientNorm => Model.GradientNorm;

    /// <summary>In the columns of the plan.</summary>
    internal double MinusTwoLogLikelihood => Model.MinusTwoLogLikelihood
        + (_general is not null && _estimation == LikelihoodEstimation.Reml ? _general.LogDeterminant : 0);

    private RepeatedMeasuresModel Model => _general?.Model ?? _direct!;

    internal void Begin() => _participants = 0;

    /// <summary>Adds a participant.</summary>
    /// <param name="z">Baseline values, the first 1.</param>
    /// <param name="y">Responses at the visits; anything where missing.</param>
    /// <param name="mask">Observed visits, bit v for visit v; somebody without any does not count.</param>
    internal void Add(ReadOnlySpan<double> z, ReadOnlySpan<double> y, ulong mask)
    {
        if (mask == 0)
        {
            return;
        }

        if (_participants == _masks.Length)
        {
            int capacity = Math.Max(16, 2 * _participants);
            Array.Resize(ref _masks, capacity);
            Array.Resize(ref _z, capacity * _basis);
            Array.Resize(ref _y, capacity * _stride);
        }

        z.CopyTo(_z.AsSpan(_participants * _basis, _basis));
        Span<double> row = _y.AsSpan(_participants * _stride, _stride);
        row.Clear();
        for (int j = 0; j < _visits; j++)
        {
            row[j] = (mask >> j & 1) != 0 ? y[j] : 0;
        }

        _masks[_participants++] = mask;
    }

    /// <summary>Fits the model.</summary>
    internal AnalysisStatus Fit()
    {
        _general = null;
        ulong seen = Centre();
        Gather();
        if (_direct is not null && BitOperations.PopCount(seen) == _visits)
        {
            AnalysisStatus status = _direct.Fit();
            if (status != AnalysisStatus.NotEstimable)
            {
                return status;
            }
        }

        if (_participants == 0)
        {
            return AnalysisStatus.NotEstimable;
        }

        _general = new GeneralColumns(_plan, _patterns, _zMeans, seen, NewModel);
        return _general.Fit();
    }

    /// <summary>Whether the data determine a combination of the columns' coefficients.</summary>
    internal bool IsEstimable(ReadOnlySpan<double> contrast) => _general?.IsEstimable(contrast) ?? true;

    /// <summary>Whether a column depends on earlier ones and was left out.</summary>
    internal bool IsAliased(int column) => _general?.IsAliased(column) ?? false;

    /// <summary>Tests a combination of the columns' coefficients; its value is that of the uncentred columns.</summary>
    internal AnalysisResult Test(ReadOnlySpan<double> contrast, double alpha)
    {
        return IsEstimable(contrast) ? TestKept(contrast, alpha) : AnalysisResult.NotEstimable(Participants);
    }

    /// <summary>Tests the coefficient of a column in the model without the columns that depend on earlier ones, as R prints it.</summary>
    internal AnalysisResult TestColumn(int column, double alpha)
    {
        if (IsAliased(column))
        {
            return AnalysisResult.NotEstimable(Participants);
        }

        var unit = new double[_plan.Count];
        unit[column] = 1;
        return TestKept(unit, alpha);
    }

    private AnalysisResult TestKept(ReadOnlySpan<double> contrast, double alpha)
    {
        AnalysisResult result = Model.Test(Inner(contrast), alpha);
        double offset = Offset(contrast);
        return offset == 0 || !result.IsUsable
            ? result
            : AnalysisResult.FromT(
                result.Estimate + offset,
                result.StandardError,
                result.DegreesOfFreedom,
                (result.Upper - result.Estimate) / result.StandardError,
                result.Participants);
    }

    /// <summary>Value of a combination; NaN where the data do not determine it.</summary>
    internal double Estimate(ReadOnlySpan<double> contrast) =>
        IsEstimable(contrast) ? Model.Estimate(Inner(contrast)) + Offset(contrast) : double.NaN;

    /// <summary>Covariance of two combinations.</summary>
    internal double Covariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (!IsEstimable(first) || !IsEstimable(second))
        {
            return double.NaN;
        }

        double[] inner = Inner(first).ToArray();
        return Model.Covariance(inner, Inner(second));
    }

    /// <summary>Σ̂ between two visits; NaN where a visit has no responses.</summary>
    internal double Sigma(int first, int second)
    {
        int low = _general?.VisitOf(Math.Min(first, second)) ?? Math.Min(first, second);
        int high = _general?.VisitOf(Math.Max(first, second)) ?? Math.Max(first, second);
        return low < 0 || high < 0 ? double.NaN : Model.Sigma[(low * Model.Data.Stride) + high];
    }

    private ulong Centre()
    {
        _zMeans.AsSpan().Clear();
        _yMeans.AsSpan().Clear();
        _visitCounts.AsSpan().Clear();
        ulong seen = 0;
        for (int i = 0; i < _participants; i++)
        {
            for (int u = 1; u < _basis; u++)
            {
                _zMeans[u] += _z[(i * _basis) + u];
            }

            seen |= _masks[i];
            for (int j = 0; j < _visits; j++)
            {
                _yMeans[j] += _y[(i * _stride) + j];
                _visitCounts[j] += (int)(_masks[i] >> j & 1);
            }
        }

        for (int u = 1; u < _basis; u++)
        {
            _zMeans[u] /= Math.Max(1, _participants);
        }

        if (!_plan.SpansVisits)
        {
            _yMeans.AsSpan().Fill(_yMeans.Sum() / Math.Max(1, _visitCounts.Sum()));
            return seen;
        }

        for (int j = 0; j < _visits; j++)
        {
            _yMeans[j] /= Math.Max(1, _visitCounts[j]);
        }

        return seen;
    }

    private void Gather()
    {
        _patterns.Clear();
        Span<double> z = stackalloc double[_basis];
        Span<double> y = stackalloc double[_stride];
        y.Clear();
        for (int i = 0; i < _participants; i++)
        {
            z[0] = 1;
            for (int u = 1; u < _basis; u++)
            {
                z[u] = _z[(i * _basis) + u] - _zMeans[u];
            }

            ulong mask = _masks[i];
            for (int j = 0; j < _visits; j++)
            {
                y[j] = (mask >> j & 1) != 0 ? _y[(i * _stride) + j] - _yMeans[j] : 0;
            }

            _patterns.Add(z, y, mask);
        }

        _patterns.Complete();
    }

    // The combination in the columns of the model that was fitted.
    private ReadOnlySpan<double> Inner(ReadOnlySpan<double> contrast)
    {
        if (_general is not null)
        {
            return _general.Inner(contrast);
        }

        // Centring moves Σ t·mean of each column into the visits' own columns, which come first.
        for (int c = 0; c < _contrast.Length; c++)
        {
            _contrast[c] = contrast[c];
            if (c < _visits)
            {
                continue;
            }

            IReadOnlyList<ColumnEntry> column = _plan[c];
            for (int e = 0; e < column.Count; e++)
            {
                _contrast[c] -= column[e].Value * _zMeans[column[e].Basis] * contrast[column[e].Visit];
            }
        }

        return _contrast;
    }

    // What the means of the responses add to the value of a combination.
    private double Offset(ReadOnlySpan<double> contrast)
    {
        if (_general is not null)
        {
            return _general.Offset(contrast, _yMeans);
        }

        double sum = 0;
        for (int j = 0; j < _visits; j++)
        {
            sum += contrast[j] * _yMeans[j];
        }

        return sum;
    }

    private RepeatedMeasuresModel NewModel(VisitPatterns patterns, FixedEffects fixedEffects) =>
        new(patterns, fixedEffects, _structures, _estimation, _method) { SearchesWidely = _searchesWidely };

    private static FixedEffects Direct(ColumnPlan plan) =>
        new(plan.Visits, plan.Basis, [.. Enumerable.Range(0, plan.Count).Select(c => plan[c])]);
}
