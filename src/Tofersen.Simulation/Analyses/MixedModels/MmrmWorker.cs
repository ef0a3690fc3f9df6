using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Runs an <see cref="Mmrm"/> on trials.</summary>
internal sealed class MmrmWorker : IAnalysisWorker
{
    private readonly Mmrm _mmrm;
    private readonly TrialLayout _layout;
    private readonly AnalysedStrata _strata;
    private readonly BaselineTerms _terms;
    private readonly ColumnPlan _plan;
    private readonly RepeatedMeasuresEngine _engine;
    private readonly int _visits;
    private readonly int _target;
    private readonly double[] _z;
    private readonly double[] _y;
    private readonly double[] _covariateMeans;
    private readonly double[] _contrast;
    private int _participants;

    internal MmrmWorker(Mmrm mmrm, TrialLayout layout)
    {
        Mmrm.CheckMethod(mmrm.Estimation, mmrm.DegreesOfFreedom);
        _mmrm = mmrm;
        _layout = layout;
        _target = layout.VisitAt(mmrm.Week) - 1;
        _visits = layout.VisitAt(mmrm.ThroughWeek ?? mmrm.Week);
        if (_visits <= _target)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The last visit of the model, week {mmrm.ThroughWeek}, is before week {mmrm.Week}, whose contrast is asked for."),
                nameof(mmrm));
        }

        if (_visits > VisitPatterns.MaximumVisits)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A model of repeated measures can have {VisitPatterns.MaximumVisits} visits; this one has {_visits}."),
                nameof(mmrm));
        }

        _strata = new AnalysedStrata(layout, mmrm.Strata);
        _terms = new BaselineTerms(layout, mmrm.Covariates);
        _plan = _terms.Plan(_visits);
        _engine = new RepeatedMeasuresEngine(
            _plan, layout.Participants, [mmrm.Covariance, .. mmrm.Fallback], mmrm.Estimation, mmrm.DegreesOfFreedom);
        _z = new double[_terms.Count];
        _y = new double[_visits];
        _covariateMeans = new double[layout.Covariates.Count];
        _contrast = new double[_plan.Count];
    }

    internal int Visits => _visits;

    /// <summary>Columns of the model.</summary>
    internal int Columns => _plan.Count;

    public AnalysisResult Run(TrialData data)
    {
        AnalysisStatus status = FitModel(data);
        return status == AnalysisStatus.Converged ? TestAt(_target, _mmrm.Alpha) : Failed(status);
    }

    /// <summary>Fits the model; then contrasts can be asked for.</summary>
    internal AnalysisStatus FitModel(TrialData data)
    {
        bool isChange = _mmrm.Response == AncovaResponse.ChangeFromBaseline;
        int visits = data.Visits;
        int arms = 0;
        int n = 0;
        Array.Clear(_covariateMeans);
        _engine.Begin();
        for (int p = 0; p < data.Participants; p++)
        {
            if (!_strata.Include(data, p) || !_terms.Includes(data, p) || (isChange && !data.ObservedMatrix[p * visits]))
            {
                continue;
            }

            double baseline = isChange ? data.ScoreMatrix[p * visits] : 0;
            ulong mask = 0;
            for (int j = 0; j < _visits; j++)
            {
                int cell = (p * visits) + j + 1;
                if (data.ObservedMatrix[cell])
                {
                    _y[j] = data.ScoreMatrix[cell] - baseline;
                    mask |= 1UL << j;
                }
            }

            if (mask == 0)
            {
                continue;
            }

            n++;
            arms |= data.ArmColumn[p] == TrialDesign.ActiveArm ? 2 : 1;
            for (int c = 0; c < _covariateMeans.Length; c++)
            {
                _covariateMeans[c] += data.CovariateColumns[c][p];
            }

            _terms.Fill(data, p, _z);
            _engine.Add(_z, _y, mask);
        }

        for (int c = 0; c < _covariateMeans.Length; c++)
        {
            _covariateMeans[c] /= n;
        }

        _participants = n;
        return arms == 3 ? _engine.Fit() : AnalysisStatus.NotEstimable;
    }

    /// <summary>Difference of the arms at a visit of the model.</summary>
    internal AnalysisResult TestAt(int visit, double alpha)
    {
        FillDifference(visit, _contrast);
        return _engine.Test(_contrast, alpha);
    }

    /// <summary>The result of a fit that failed.</summary>
    internal AnalysisResult Failed(AnalysisStatus status) => AnalysisResult.NotEstimable(_participants) with { Status = status };

    internal RepeatedMeasuresEngine Engine => _engine;

    internal void FillDifference(int visit, Span<double> contrast)
    {
        Span<double> control = stackalloc double[contrast.Length];
        FillMean(TrialDesign.ActiveArm, visit, contrast);
        FillMean(TrialDesign.ControlArm, visit, control);
        for (int c = 0; c < contrast.Length; c++)
        {
            contrast[c] -= control[c];
        }
    }

    internal MmrmFit Fit(TrialData data)
    {
        AnalysisStatus status = FitModel(data);
        bool isFitted = status == AnalysisStatus.Converged;
        AnalysisResult At(double[] contrast) => isFitted ? _engine.Test(contrast, _mmrm.Alpha) : Failed(status);
        double[][] differences = [.. Enumerable.Range(0, _visits).Select(Difference)];
        return new MmrmFit(
            status,
            [.. differences.Select(At)],
            [.. differences.Select(a => (Common.ValueList<double>)[.. differences.Select(b => isFitted ? _engine.Covariance(a, b) : double.NaN)])],
            [.. Enumerable.Range(0, _visits).Select(j => Named(MeanName(TrialDesign.ControlArm, j), At(Mean(TrialDesign.ControlArm, j))))],
            [.. Enumerable.Range(0, _visits).Select(j => Named(MeanName(TrialDesign.ActiveArm, j), At(Mean(TrialDesign.ActiveArm, j))))],
            [.. Enumerable.Range(0, _plan.Count).Select(c => Named(
                _terms.ColumnName(_layout, _plan, c, VisitName),
                isFitted ? _engine.TestColumn(c, _mmrm.Alpha) : Failed(status)))],
            [.. Enumerable.Range(0, _visits).Select(j => (Common.ValueList<double>)[.. Enumerable.Range(0, _visits).Select(k => isFitted ? _engine.Sigma(j, k) : double.NaN)])],
            _engine.Structure,
            isFitted ? _engine.MinusTwoLogLikelihood : double.NaN,
            _engine.Iterations,
            _engine.GradientNorm,
            _engine.Participants,
            _engine.Observations);
    }

    private static Coefficient Named(string name, AnalysisResult result) => new(name, result.Estimate, result.StandardError);

    private string VisitName(int visit) => FormattableString.Invariant($"week {_layout.VisitWeeks[visit + 1]}");

    private string MeanName(int arm, int visit) => $"{_layout.ArmNames[arm]} at {VisitName(visit)}";

    private double[] Difference(int visit)
    {
        var contrast = new double[_plan.Count];
        FillDifference(visit, contrast);
        return contrast;
    }

    /// <summary>LS mean of an arm at a visit as a combination of the columns.</summary>
    internal double[] Mean(int arm, int visit)
    {
        var contrast = new double[_plan.Count];
        FillMean(arm, visit, contrast);
        return contrast;
    }

    private void FillMean(int arm, int visit, Span<double> contrast)
    {
        _terms.FillMean(_layout, arm, _covariateMeans, _z);
        for (int c = 0; c < contrast.Length; c++)
        {
            contrast[c] = 0;
            IReadOnlyList<ColumnEntry> column = _plan[c];
            for (int e = 0; e < column.Count; e++)
            {
                contrast[c] += column[e].Visit == visit ? column[e].Value * _z[column[e].Basis] : 0;
            }
        }
    }
}
