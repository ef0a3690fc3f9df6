using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Estimands;

/// <summary>A copy of trials' data with the scores that an estimand's strategies ask for.</summary>
internal sealed class EstimandView(Estimand strategies, TrialLayout layout)
{
    private readonly TrialData _view = new(layout);

    /// <summary>Copies a trial and applies the strategies; the data hold until the next call.</summary>
    internal TrialData Apply(TrialData data)
    {
        data.CopyTo(_view);
        int visits = data.Visits;
        for (int p = 0; p < data.Participants; p++)
        {
            Span<double> scores = _view.ScoreMatrix.AsSpan(p * visits, visits);
            Span<bool> observed = _view.ObservedMatrix.AsSpan(p * visits, visits);
            ReadOnlySpan<double> months = _view.VisitMonthsMatrix.AsSpan(p * visits, visits);
            ReadOnlySpan<bool> seen = data.ObservedMatrix.AsSpan(p * visits, visits);
            if (SwitchMonths(data, p) is { } switchMonths)
            {
                Change(strategies.Switch, switchMonths, months, default, scores, observed);

                // Had there been no switch, what came after it would not have come, an end of follow-up included.
                if (strategies.Switch == EventStrategy.Hypothetical && data.FollowUpColumn[p] > switchMonths)
                {
                    continue;
                }
            }

            if (StrategyFor(strategies, data.FollowUpEndColumn[p]) is { } strategy and not EventStrategy.Hypothetical)
            {
                Change(strategy, data.FollowUpColumn[p], months, seen, scores, observed);
            }
        }

        return _view;
    }

    /// <summary>The strategy for an end of follow-up; null for its planned end.</summary>
    internal static EventStrategy? StrategyFor(Estimand strategies, EventKind kind) => kind switch
    {
        EventKind.Completed => null,
        EventKind.Death => strategies.Death,
        EventKind.PermanentVentilation => strategies.PermanentVentilation,
        _ => strategies.Withdrawal,
    };

    // When a participant of the control arm began treatment; null for who never did, or was treated from the first.
    private static double? SwitchMonths(TrialData data, int p) =>
        data.ArmColumn[p] == TrialDesign.ControlArm && data.ExposureCounts[p] > 0
            && data.ExposureMatrix[p * TrialData.MaximumExposureIntervals].StartMonths is > 0 and var start
            ? start
            : null;

    // A visit on schedule that falls a little after the end of follow-up was still seen: it is before the event.
    private void Change(
        EventStrategy strategy,
        double eventMonths,
        ReadOnlySpan<double> months,
        ReadOnlySpan<bool> seenBefore,
        Span<double> scores,
        Span<bool> observed)
    {
        if (strategy == EventStrategy.TreatmentPolicy)
        {
            return;
        }

        double last = double.NaN;
        for (int v = 0; v < scores.Length; v++)
        {
            if (months[v] <= eventMonths || (!seenBefore.IsEmpty && seenBefore[v]))
            {
                last = observed[v] ? scores[v] : last;
                continue;
            }

            scores[v] = strategy switch
            {
                EventStrategy.Composite => strategies.CompositeScore,
                EventStrategy.WhileOnTreatment => last,
                _ => double.NaN,
            };
            observed[v] = double.IsFinite(scores[v]);
        }
    }
}
