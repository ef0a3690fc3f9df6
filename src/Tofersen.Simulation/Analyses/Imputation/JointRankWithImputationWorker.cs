using Tofersen.Simulation.Analyses.Ranks;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>Runs a <see cref="JointRankWithImputation"/>.</summary>
internal sealed class JointRankWithImputationWorker : IAnalysisWorker
{
    private readonly JointRankWithImputation _analysis;
    private readonly AncovaWithImputationWorker _imputer;
    private readonly JointRankWorker _ranking;
    private readonly int _visit;
    private readonly double[] _changes;
    private readonly double[] _estimates;
    private readonly double[] _variances;

    internal JointRankWithImputationWorker(JointRankWithImputation analysis, TrialLayout layout)
    {
        _analysis = analysis;
        _imputer = new AncovaWithImputationWorker(analysis.Imputed, layout);
        _ranking = new JointRankWorker(analysis.Ranking, layout);
        _visit = layout.VisitAt(analysis.Week);
        _changes = new double[layout.Participants];
        _estimates = new double[analysis.Imputation.Imputations];
        _variances = new double[analysis.Imputation.Imputations];
    }

    public AnalysisResult Run(TrialData data)
    {
        bool isImputed = _imputer.TryBegin(data, out AnalysisResult result);
        if (!isImputed)
        {
            return _imputer.Missing.Length == 0 ? _ranking.Run(data) : result;
        }

        FillObserved(data);
        MultipleImputation imputation = _analysis.Imputation;
        AnalysisResult completed = result;
        for (int k = 0; k < _estimates.Length; k++)
        {
            _imputer.Impute(data, k);
            for (int m = 0; m < _imputer.Missing.Length; m++)
            {
                _changes[_imputer.ParticipantOf(m)] = _imputer.Response(
                    data, m, _imputer.DrawnValue(m), _imputer.DeltaCount(m), imputation.ControlDelta, imputation.ActiveDelta);
            }

            completed = _ranking.Run(data, _changes);
            if (!completed.IsUsable)
            {
                return completed;
            }

            _estimates[k] = completed.Estimate;
            _variances[k] = completed.StandardError * completed.StandardError;
        }

        RubinPooling pooling = RubinPooling.Pool(_estimates, _variances, completed.DegreesOfFreedom);
        double degreesOfFreedom = pooling.BarnardRubinDegreesOfFreedom;
        return pooling.StandardError > 0 && degreesOfFreedom > 0
            ? AnalysisResult.FromT(
                pooling.Estimate,
                pooling.StandardError,
                degreesOfFreedom,
                StudentT.TwoSidedCriticalValue(_analysis.Alpha, degreesOfFreedom),
                completed.Participants)
            : AnalysisResult.NotEstimable(completed.Participants);
    }

    private void FillObserved(TrialData data)
    {
        int visits = data.Visits;
        for (int p = 0; p < _changes.Length; p++)
        {
            int row = p * visits;
            _changes[p] = data.ObservedMatrix[row] && data.ObservedMatrix[row + _visit]
                ? data.ScoreMatrix[row + _visit] - data.ScoreMatrix[row]
                : double.NaN;
        }
    }
}
