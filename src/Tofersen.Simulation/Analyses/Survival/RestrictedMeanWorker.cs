using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Runs a <see cref="RestrictedMeanSurvival"/>.</summary>
internal sealed class RestrictedMeanWorker : IAnalysisWorker
{
    private readonly TrialLayout _layout;
    private readonly EventSelection _selection;
    private readonly RestrictedMeanEngine _control;
    private readonly RestrictedMeanEngine _active;
    private readonly double _horizon;
    private readonly double _critical;

    internal RestrictedMeanWorker(RestrictedMeanSurvival analysis, TrialLayout layout)
    {
        _layout = layout;

        // Events after the horizon do not touch the area; their times say that follow-up went that far.
        _selection = new EventSelection(analysis, throughWeek: null, stratifyBy: [], layout);
        _control = new RestrictedMeanEngine(layout.Participants);
        _active = new RestrictedMeanEngine(layout.Participants);
        _horizon = StudyTime.MonthsFromWeeks(analysis.ThroughWeek);
        _critical = StudentT.TwoSidedCriticalValue(analysis.Alpha, double.PositiveInfinity);
    }

    public AnalysisResult Run(TrialData data)
    {
        Collect(data);
        return RestrictedMeanEngine.Compare(
            _control.Estimate(_horizon), _active.Estimate(_horizon), _critical, _control.Count + _active.Count);
    }

    internal RestrictedMeanFit Fit(TrialData data)
    {
        Collect(data);
        (double Mean, double Variance) control = _control.Estimate(_horizon);
        (double Mean, double Variance) active = _active.Estimate(_horizon);
        return new RestrictedMeanFit(
            RestrictedMeanEngine.Compare(control, active, _critical, _control.Count + _active.Count),
            new Coefficient(_layout.ArmNames[TrialDesign.ControlArm], control.Mean, Math.Sqrt(control.Variance)),
            new Coefficient(_layout.ArmNames[TrialDesign.ActiveArm], active.Mean, Math.Sqrt(active.Variance)));
    }

    private void Collect(TrialData data)
    {
        _control.Clear();
        _active.Clear();
        for (int p = 0; p < data.Participants; p++)
        {
            if (_selection.TryRead(data, p, out EventTime entry))
            {
                (data.ArmColumn[p] == TrialDesign.ActiveArm ? _active : _control).Add(entry.Time, entry.IsEvent);
            }
        }
    }
}
