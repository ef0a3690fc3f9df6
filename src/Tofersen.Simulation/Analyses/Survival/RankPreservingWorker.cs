using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Fits a <see cref="RankPreservingFailureTime"/> model.</summary>
internal sealed class RankPreservingWorker : IAnalysisWorker
{
    private readonly RankPreservingFailureTime _model;
    private readonly EventSelection _selection;
    private readonly RankPreservingEngine _engine;
    private readonly double _endMonths;
    private readonly double _critical;

    internal RankPreservingWorker(RankPreservingFailureTime model, TrialLayout layout)
    {
        _model = model;
        _selection = new EventSelection(model, model.ThroughWeek, model.StratifyBy, layout);
        _engine = new RankPreservingEngine(layout.Participants, _selection.StratumCount, model.Test, model.Recensoring);
        _endMonths = Math.Min(layout.EndMonths, _selection.HorizonMonths);
        _critical = StudentT.TwoSidedCriticalValue(model.Alpha, double.PositiveInfinity);
    }

    public AnalysisResult Run(TrialData data)
    {
        Collect(data);
        return RankPreservingEstimate.Psi(_engine, _model.LowestPsi, _model.HighestPsi, _critical);
    }

    internal RankPreservingFit Fit(TrialData data)
    {
        Collect(data);
        AnalysisResult psi = RankPreservingEstimate.Psi(_engine, _model.LowestPsi, _model.HighestPsi, _critical);
        (AnalysisResult ratio, double coxError) = RankPreservingEstimate.LogHazardRatio(_engine, psi, _critical);
        return new RankPreservingFit(psi, [.. _engine.Roots], ratio, coxError, Math.Exp(-psi.Estimate));
    }

    private void Collect(TrialData data)
    {
        _engine.Clear();
        for (int p = 0; p < data.Participants; p++)
        {
            if (!_selection.TryRead(data, p, out EventTime entry))
            {
                continue;
            }

            double treated = 0;
            foreach (ExposureInterval interval in data.Exposure(p))
            {
                treated += Math.Max(0, Math.Min(interval.StopMonths, entry.Time) - Math.Max(interval.StartMonths, 0));
            }

            // Nobody is on drug at a time of 0. Follow-up that ends late was never going to end earlier; at a look nobody is followed further
            // than to the day of the data.
            double fraction = entry.Time > 0 ? Math.Min(1, treated / entry.Time) : 0;
            bool isActive = data.ArmColumn[p] == TrialDesign.ActiveArm;
            _engine.Add(new SwitchingEntry(entry, fraction, isActive, Math.Max(Math.Min(_endMonths, data.CutMonths - data.EntryColumn[p]), entry.Time)));
        }
    }
}
