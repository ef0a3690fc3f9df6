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

    public AnalysisResult Run(TrialData data) => Sum(data).Test(_critical, _engine.Count);

    internal LogRankFit Fit(TrialData data)
    {
        LogRankSums sums = Sum(data);
        return new LogRankFit(
            sums.Test(_critical, _engine.Count),
            sums.Events - sums.ActiveEvents,
            sums.ActiveEvents,
            sums.Events - sums.Expected,
            sums.Expected,
            sums.Variance);
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
