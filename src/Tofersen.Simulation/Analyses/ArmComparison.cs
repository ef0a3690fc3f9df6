using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>An analysis of two arms of a trial that has more: dose against placebo, or dose against dose.</summary>
/// <remarks>The analysis sees the active arm and the control arm alone. An endpoint goes outside: an <see cref="EndpointAnalysis"/> of
/// this. Several comparisons of one trial are tested one by one; nothing is adjusted for their number.</remarks>
public sealed record ArmComparison : WrappedAnalysis
{
    /// <summary>Name of the arm that the analysis sees as active.</summary>
    public required string Active { get; init => field = Require.Text(value); }

    /// <summary>Name of the arm that the analysis sees as control; the trial's first arm where null.</summary>
    public string? Control { get; init => field = value is null ? null : Require.Text(value); }

    private protected override string DefaultName => Active + "-" + Analysis.Name;

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        (byte active, byte control) = Arms(layout);
        TrialLayout pair = Pair(layout, active, control);
        return new Worker(active, control, pair, Analysis.CreateWorker(pair));
    }

    /// <inheritdoc/>
    public override LatentContrast? Estimand(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        (byte active, byte control) = Arms(layout);
        return Analysis.Estimand(Pair(layout, active, control)) is { } contrast
            ? contrast with { ActiveArm = active, ControlArm = control }
            : null;
    }

    private static TrialLayout Pair(TrialLayout layout, byte active, byte control) =>
        layout with { ArmNames = [layout.ArmNames[control], layout.ArmNames[active]], Endpoints = [] };

    /// <exception cref="ArgumentException">There is no such arm, both are the same, or an endpoint is inside.</exception>
    private (byte Active, byte Control) Arms(TrialLayout layout)
    {
        if (Analysis.Endpoints.Count > 0)
        {
            throw new ArgumentException(
                $"'{Name}' holds an analysis of endpoint '{Analysis.Endpoints[0]}'; the endpoint goes outside, the comparison of arms inside.",
                nameof(Analysis));
        }

        int active = layout.ArmAt(Active);
        int control = Control is null ? 0 : layout.ArmAt(Control);
        return active != control
            ? ((byte)active, (byte)control)
            : throw new ArgumentException($"'{Name}' compares arm '{Active}' with itself.", nameof(Control));
    }

    private sealed class Worker(byte active, byte control, TrialLayout pair, IAnalysisWorker analysis) : IAnalysisWorker
    {
        private TrialData? _source;
        private TrialData? _view;

        public AnalysisResult Run(TrialData data)
        {
            // A simulator writes one trial after another into the same data, so that the view is made once.
            if (_source != data)
            {
                (_source, _view) = (data, data.OfTwoArms(pair));
            }

            _view!.TakeArms(data, active, control);
            return analysis.Run(_view);
        }
    }
}
