using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.DelayedStarts;

/// <summary>Runs an <see cref="AdagioAnalysis"/>.</summary>
internal sealed class AdagioWorker : IAnalysisWorker
{
    private readonly AdagioAnalysis _analysis;
    private readonly MmrmWorker _model;
    private readonly double[] _firstWeights;
    private readonly double[] _endWeights;
    private readonly double[] _secondWeights;
    private readonly double[] _contrast;
    private readonly double[] _difference;

    internal AdagioWorker(AdagioAnalysis analysis, TrialLayout layout)
    {
        _analysis = analysis;
        if (analysis.FirstToWeek > analysis.SecondFromWeek)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The period after the switch begins at week {analysis.SecondFromWeek}, before the one ahead of it ends at week {analysis.FirstToWeek}."),
                nameof(analysis));
        }

        _firstWeights = SlopeWeights(layout, analysis.FirstFromWeek, analysis.FirstToWeek, analysis.Response);
        _secondWeights = SlopeWeights(layout, analysis.SecondFromWeek, analysis.SecondToWeek, analysis.Response);
        _endWeights = new double[layout.VisitWeeks.Count];
        _endWeights[layout.VisitAt(analysis.SecondToWeek)] = 1;
        _model = new MmrmWorker(analysis.Model, layout);
        _contrast = new double[_model.Columns];
        _difference = new double[_model.Columns];
    }

    public AnalysisResult Run(TrialData data)
    {
        AnalysisStatus status = _model.FitModel(data);
        return status != AnalysisStatus.Converged ? _model.Failed(status) : _analysis.Hypothesis switch
        {
            AdagioHypothesis.FirstSlope => Test(_firstWeights, 0),
            AdagioHypothesis.EndDifference => Test(_endWeights, 0),
            AdagioHypothesis.SlopeNonInferiority =>
                DelayedStartWorker.InFavour(Test(_secondWeights, -_analysis.MarginPerMonth)),
            _ => All(Test(_firstWeights, 0), Test(_endWeights, 0), Test(_secondWeights, -_analysis.MarginPerMonth)),
        };
    }

    internal AdagioFit Fit(TrialData data)
    {
        AnalysisStatus status = _model.FitModel(data);
        bool isFitted = status == AnalysisStatus.Converged;
        AnalysisResult At(double[] weights, double limit) => isFitted ? Test(weights, limit) : _model.Failed(status);
        AnalysisResult first = At(_firstWeights, 0);
        AnalysisResult end = At(_endWeights, 0);
        AnalysisResult second = At(_secondWeights, -_analysis.MarginPerMonth);
        return new AdagioFit(status, first, end, second, isFitted ? All(first, end, second) : first);
    }

    internal static double[] EstimandWeights(AdagioAnalysis analysis, TrialLayout layout)
    {
        double[] weights = analysis.Hypothesis switch
        {
            AdagioHypothesis.FirstSlope => SlopeWeights(layout, analysis.FirstFromWeek, analysis.FirstToWeek, analysis.Response),
            AdagioHypothesis.SlopeNonInferiority =>
                SlopeWeights(layout, analysis.SecondFromWeek, analysis.SecondToWeek, analysis.Response),
            _ => new double[layout.VisitWeeks.Count],
        };
        if (analysis.Hypothesis is AdagioHypothesis.EndDifference or AdagioHypothesis.All)
        {
            weights[layout.VisitAt(analysis.SecondToWeek)] = 1;
            weights[0] = -1;
        }

        return weights;
    }

    // Weights of the differences at the visits, the baseline first, in the slope of least squares through a period.
    private static double[] SlopeWeights(TrialLayout layout, double fromWeek, double toWeek, AncovaResponse response)
    {
        int from = layout.VisitAt(fromWeek);
        int to = layout.VisitAt(toWeek);
        if (from == 0 && response == AncovaResponse.Score)
        {
            from = 1;
        }

        if (to <= from)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A slope from week {fromWeek} to week {toWeek} needs two visits of the model."), nameof(toWeek));
        }

        var weights = new double[layout.VisitWeeks.Count];
        double mean = 0;
        for (int v = from; v <= to; v++)
        {
            mean += StudyTime.MonthsFromWeeks(layout.VisitWeeks[v]) / (to - from + 1);
        }

        double squares = 0;
        for (int v = from; v <= to; v++)
        {
            weights[v] = StudyTime.MonthsFromWeeks(layout.VisitWeeks[v]) - mean;
            squares += weights[v] * weights[v];
        }

        for (int v = from; v <= to; v++)
        {
            weights[v] /= squares;
        }

        return weights;
    }

    private static AnalysisResult All(in AnalysisResult first, in AnalysisResult end, in AnalysisResult second) =>
        DelayedStartWorker.Sequence(first, DelayedStartWorker.Sequence(second, end));

    // A test of the weighted differences against a limit; estimate and interval are those of the differences themselves.
    private AnalysisResult Test(double[] weights, double limit)
    {
        Array.Clear(_contrast);
        for (int v = 1; v <= _model.Visits; v++)
        {
            if (weights[v] != 0)
            {
                _model.FillDifference(v - 1, _difference);
                for (int c = 0; c < _contrast.Length; c++)
                {
                    _contrast[c] += weights[v] * _difference[c];
                }
            }
        }

        AnalysisResult result = _model.Engine.Test(_contrast, _analysis.Alpha);
        if (!result.IsUsable || limit == 0)
        {
            return result;
        }

        double statistic = (result.Estimate - limit) / result.StandardError;
        return result with { Statistic = statistic, PValue = StudentT.TwoSidedP(statistic, result.DegreesOfFreedom) };
    }
}
