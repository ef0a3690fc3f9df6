using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.DelayedStarts;

/// <summary>Runs a <see cref="DelayedStartAnalysis"/>.</summary>
internal sealed class DelayedStartWorker : IAnalysisWorker
{
    private readonly DelayedStartAnalysis _analysis;
    private readonly TrialLayout _layout;
    private readonly MmrmWorker _model;
    private readonly int _first;
    private readonly int _second;
    private readonly double[] _firstContrast;
    private readonly double[] _secondContrast;
    private readonly double[] _retained;

    internal DelayedStartWorker(DelayedStartAnalysis analysis, TrialLayout layout)
    {
        _analysis = analysis;
        _layout = layout;
        _first = layout.VisitAt(analysis.FirstWeek) - 1;
        _second = layout.VisitAt(analysis.SecondWeek) - 1;
        if (_second <= _first)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The second week, {analysis.SecondWeek}, must come after the first, {analysis.FirstWeek}."),
                nameof(analysis));
        }

        _model = new MmrmWorker(analysis.Model, layout);
        _firstContrast = new double[_model.Columns];
        _secondContrast = new double[_model.Columns];
        _retained = new double[_model.Columns];
    }

    public AnalysisResult Run(TrialData data)
    {
        AnalysisStatus status = _model.FitModel(data);
        if (status != AnalysisStatus.Converged)
        {
            return _model.Failed(status);
        }

        FillContrasts();
        return _analysis.Hypothesis switch
        {
            DelayedStartHypothesis.FirstDifference => _model.Engine.Test(_firstContrast, _analysis.Alpha),
            DelayedStartHypothesis.SecondDifference => _model.Engine.Test(_secondContrast, _analysis.Alpha),
            DelayedStartHypothesis.Retention => InFavour(_model.Engine.Test(_retained, _analysis.Alpha)),
            _ => Sequence(
                _model.Engine.Test(_firstContrast, _analysis.Alpha), _model.Engine.Test(_retained, _analysis.Alpha)),
        };
    }

    /// <summary>A test that rejects in favour of early start alone, at half the two-sided level: less than what was to be exceeded is no
    /// finding.</summary>
    internal static AnalysisResult InFavour(in AnalysisResult result) =>
        result.IsUsable ? result with { PValue = Math.Min(1, 2 * OneSided(result)) } : result;

    /// <summary>Both steps as one test: it rejects where each finds a benefit at half the two-sided level.</summary>
    internal static AnalysisResult Sequence(in AnalysisResult first, in AnalysisResult retained)
    {
        if (!first.IsUsable || !retained.IsUsable)
        {
            return first.IsUsable ? retained : first;
        }

        return retained with { PValue = Math.Min(1, 2 * Math.Max(OneSided(first), OneSided(retained))) };
    }

    internal DelayedStartFit Fit(TrialData data)
    {
        MmrmFit model = _model.Fit(data);
        if (model.Status != AnalysisStatus.Converged)
        {
            AnalysisResult failed = _model.Failed(model.Status);
            return new DelayedStartFit(
                model.Status,
                failed,
                failed,
                failed,
                failed,
                double.NaN,
                new RatioInterval(double.NaN, double.NaN, double.NaN, RatioIntervalKind.Unbounded),
                new TimeSaved(double.NaN, double.NaN, double.NaN, double.NaN),
                model);
        }

        FillContrasts();
        RepeatedMeasuresEngine engine = _model.Engine;
        AnalysisResult first = engine.Test(_firstContrast, _analysis.Alpha);
        AnalysisResult second = engine.Test(_secondContrast, _analysis.Alpha);
        AnalysisResult retained = engine.Test(_retained, _analysis.Alpha);
        double covariance = engine.Covariance(_firstContrast, _secondContrast);
        return new DelayedStartFit(
            model.Status,
            first,
            second,
            retained,
            Sequence(first, retained),
            covariance,
            Ratio(first, second, covariance),
            new MeanCurves(_model, _layout, _analysis).TimeSavedAt(_second),
            model);
    }

    private RatioInterval Ratio(in AnalysisResult first, in AnalysisResult second, double covariance)
    {
        double degreesOfFreedom = Math.Min(first.DegreesOfFreedom, second.DegreesOfFreedom);
        return degreesOfFreedom > 0
            ? Fieller.Interval(
                second.Estimate,
                first.Estimate,
                second.StandardError * second.StandardError,
                first.StandardError * first.StandardError,
                covariance,
                StudentT.TwoSidedCriticalValue(_analysis.Alpha, degreesOfFreedom))
            : new RatioInterval(double.NaN, double.NaN, double.NaN, RatioIntervalKind.Unbounded);
    }

    // P(T ≥ t), small where the benefit is clear. A sequence keeps the sign of its last step, so its p value is taken as it stands.
    private static double OneSided(in AnalysisResult result) =>
        result.Statistic >= 0 ? 0.5 * result.PValue : 1 - (0.5 * result.PValue);

    private void FillContrasts()
    {
        _model.FillDifference(_first, _firstContrast);
        _model.FillDifference(_second, _secondContrast);
        for (int c = 0; c < _retained.Length; c++)
        {
            _retained[c] = _secondContrast[c] - (_analysis.Retention * _firstContrast[c]);
        }
    }
}
