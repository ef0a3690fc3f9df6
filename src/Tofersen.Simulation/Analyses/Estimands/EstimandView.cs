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
        Span<IntercurrentEvent> events = stackalloc IntercurrentEvent[IntercurrentEvent.Most];
        for (int p = 0; p < data.Participants; p++)
        {
            Span<double> scores = _view.ScoreMatrix.AsSpan(p * visits, visits);
            Span<bool> observed = _view.ObservedMatrix.AsSpan(p * visits, visits);
            ReadOnlySpan<double> months = _view.VisitMonthsMatrix.AsSpan(p * visits, visits);
            ReadOnlySpan<bool> seen = data.ObservedMatrix.AsSpan(p * visits, visits);
            if (ApplyTreatment(data, p, events, months, scores, observed))
            {
                continue;
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

    // Whether what ended follow-up does not count: had an event before it not happened, it would not have come as it did.
    private bool ApplyTreatment(
        TrialData data, int p, Span<IntercurrentEvent> events, ReadOnlySpan<double> months, Span<double> scores, Span<bool> observed)
    {
        int count = IntercurrentEvent.List(
            strategies, data.TreatmentStopColumn[p], data.RescueColumn[p], SwitchMonths(data, p), events);
        bool isDecided = false;
        foreach (IntercurrentEvent happened in events[..count])
        {
            if (happened.Strategy == EventStrategy.Hypothetical)
            {
                // Where an earlier event has given all later scores already, it does not matter what they would have been.
                if (!isDecided)
                {
                    Change(EventStrategy.Hypothetical, happened.Months, months, default, scores, observed);
                }

                return data.FollowUpColumn[p] > happened.Months;
            }

            Change(happened.Strategy, happened.Months, months, default, scores, observed);
            isDecided = true;
        }

        return false;
    }

    // When a participant of the control arm began treatment as planned; NaN for who never did, or was treated from the first.
    private static double SwitchMonths(TrialData data, int p) =>
        data.ArmColumn[p] == TrialDesign.ControlArm && data.ExposureCounts[p] > 0 && double.IsNaN(data.RescueColumn[p])
            && data.ExposureMatrix[p * TrialData.MaximumExposureIntervals].StartMonths is > 0 and var start
            ? start
            : double.NaN;

    // A visit on schedule that falls a little after the end of follow-up was still seen: it is before the event.
    private void Change(
        EventStrategy strategy,
        double eventMonths,
        ReadOnlySpan<double> months,
        ReadOnlySpan<bool> seenBefore,
        Span<double> scores,
        Span<bool> observed)
    {
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
