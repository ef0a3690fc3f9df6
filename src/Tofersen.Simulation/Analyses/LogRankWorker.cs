using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Runs a <see cref="LogRank"/> test.</summary>
internal sealed class LogRankWorker : IAnalysisWorker
{
    private readonly double _critical;
    private readonly EventSelection _selection;
    private readonly LogRankEngine _engine;

    internal LogRankWorker(LogRank test, TrialLayout layout)
    {
        _selection = new EventSelection(test, test.ThroughWeek, test.StratifyBy, layout);
        _engine = new LogRankEngine(layout.Participants, _selection.StratumCount);
        _critical = StudentT.TwoSidedCriticalValue(test.Alpha, double.PositiveInfinity);
    }

    public AnalysisResult Run(TrialData data) => Test(Sum(data));

    internal LogRankFit Fit(TrialData data)
    {
        LogRankSums sums = Sum(data);
        return new LogRankFit(
            Test(sums), sums.Events - sums.ActiveEvents, sums.ActiveEvents, sums.Events - sums.Expected, sums.Expected, sums.Variance);
    }

    private AnalysisResult Test(in LogRankSums sums)
    {
        if (!sums.IsEstimable)
        {
            return AnalysisResult.NotEstimable(_engine.Count);
        }

        double standardError = 1 / Math.Sqrt(sums.Variance);
        return AnalysisResult.FromZ(sums.Difference / sums.Variance, standardError, sums.Z, _critical, _engine.Count);
    }

    private LogRankSums Sum(TrialData data)
    {
        _engine.Clear();
        for (int p = 0; p < data.Participants; p++)
        {
            if (_selection.TryRead(data, p, out EventTime entry))
            {
                _engine.Add(entry, data.ArmColumn[p] == TrialDesign.ActiveArm);
            }
        }

        return _engine.Sum();
    }
}
