using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Estimands;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Endpoints;
using Tofersen.Simulation.Scenarios.Items;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Latent scores of participants at the scheduled visits, as an estimand's strategies have them.</summary>
/// <remarks>Only events with a strategy other than hypothetical are simulated: a hypothetical one does not happen, so that it does not
/// keep another from happening either. The scenario's order of hazards is kept.</remarks>
internal sealed class LatentOutcome
{
    private readonly Estimand? _strategies;
    private readonly TrialDesign _design;
    private readonly TreatedCourse _treated;
    private readonly CourseTimes _times;
    private readonly LatentCourse _course;
    private readonly EventSampler _events;
    private readonly VisitRecorder? _visits;
    private readonly double[] _months;
    private readonly double[] _recorded;
    private readonly byte[] _itemScores;
    private readonly EndpointSimulator? _endpoint;
    private readonly ItemSimulator? _items;
    private readonly int _domain;
    private readonly EndpointCourse _endpointCourse;

    internal LatentOutcome(Scenario scenario, Estimand? strategies, string? endpoint)
    {
        _strategies = strategies;
        ValueList<EventHazard> events = strategies is null
            ? []
            : [.. scenario.Observation.Events.Where(e => EstimandView.StrategyFor(strategies, e.Kind) != EventStrategy.Hypothetical)];

        TrialDesign design = strategies?.Rescue == EventStrategy.Hypothetical ? scenario.Design with { Rescue = null } : scenario.Design;
        StopTreatmentHazard? stop =
            strategies?.TreatmentStop == EventStrategy.Hypothetical ? null : scenario.Observation.StopTreatment;

        // Latent scores need no visits to be written down, unless something happens because of what was.
        bool needsRecords = design.Rescue is not null || events.Any(e => e is DropoutHazard { DependsOnRecords: true });
        ObservationModel observation = (needsRecords ? scenario.Observation : new ObservationModel()) with
        {
            Events = events,
            StopTreatment = stop,
        };
        int position = endpoint is null ? -1 : scenario.Layout.EndpointAt(endpoint);
        _domain = position - scenario.Endpoints.Count;
        _items = _domain >= 0 ? new ItemSimulator(scenario.Observation.Items!, scenario.Design.VisitWeeks.Count) : null;
        _endpoint = position >= 0 && _domain < 0 ? EndpointSimulator.Create(scenario.Endpoints[position], scenario) : null;
        _times = new CourseTimes(design, observation);
        _course = new LatentCourse(scenario, _times);
        _endpointCourse = new EndpointCourse(_course, _times, visitsMove: false);
        _events = new EventSampler(events, _times);
        _visits = needsRecords ? new VisitRecorder(observation, _times, mayFillAgain: design.Rescue is not null) : null;
        _design = design;
        _treated = new TreatedCourse(design, stop, _course, _times, _visits)
        {
            NobodySwitches = strategies?.Switch == EventStrategy.Hypothetical,
            RefusalsCount = strategies is not null && strategies.Withdrawal != EventStrategy.Hypothetical,
        };
        _months = [.. _times.VisitMonths];
        _recorded = new double[_months.Length];
        _itemScores = new byte[observation.Items is null ? 0 : _months.Length * ItemModel.ItemCount];
    }

    internal void Fill(StreamKey key, int p, in Participant participant, int arm, Span<double> scores)
    {
        double entryMonths = _visits is null ? 0 : CalendarEntry.Draw(_design, key, p);
        _treated.Fill(key, p, participant, arm, new VisitRecord(_months, _recorded, entryMonths, _itemScores));
        FillValues(key, p, participant, arm, scores);
        if (_strategies is null)
        {
            return;
        }

        Span<IntercurrentEvent> events = stackalloc IntercurrentEvent[IntercurrentEvent.Most];
        double switchMonths = arm == TrialDesign.ControlArm ? _treated.PlannedStartMonths : double.PositiveInfinity;
        int count = IntercurrentEvent.List(_strategies, _treated.StopMonths, _treated.RescueMonths, switchMonths, events);
        foreach (IntercurrentEvent happened in events[..count])
        {
            Change(happened.Strategy, happened.Months, scores);
        }

        ApplyEvent(key, p, participant, scores);
    }

    private void FillValues(StreamKey key, int p, in Participant participant, int arm, Span<double> values)
    {
        if (_endpoint is null)
        {
            _times.ReadScheduled(_course.Scores, values);
            _items?.FillLatent(key, p, participant, _domain, values);
            return;
        }

        _endpoint.FillLatent(
            key, p, participant, _endpointCourse.At(arm, _treated.Exposure, _times.VisitMonths), values);
    }

    private void ApplyEvent(StreamKey key, int p, in Participant participant, Span<double> scores)
    {
        double months = double.PositiveInfinity;
        EventStrategy strategy = EventStrategy.Hypothetical;
        if (_events.HasEvents)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Events);
            double weeks = _events.Draw(
                participant,
                _course.ForHazards,
                _events.FollowsRecords ? new RecordedLosses(_months, _visits!.Losses(_recorded)) : default,
                ref random,
                out EventKind kind);
            months = StudyTime.MonthsFromWeeks(weeks);
            strategy = EstimandView.StrategyFor(_strategies!, kind) ?? EventStrategy.Hypothetical;
        }

        if (!_treated.EntersExtension && _strategies!.Withdrawal != EventStrategy.Hypothetical && months > _treated.SwitchMonths)
        {
            months = _treated.SwitchMonths;
            strategy = _strategies.Withdrawal;
        }

        Change(strategy, months, scores);
    }

    // While on treatment the last scheduled score up to a time stands for all later ones.
    private void Change(EventStrategy strategy, double months, Span<double> scores)
    {
        for (int v = 1; v < scores.Length; v++)
        {
            if (_times.VisitMonths[v] > months)
            {
                scores[v] = strategy switch
                {
                    EventStrategy.WhileOnTreatment => scores[v - 1],
                    EventStrategy.Composite => _strategies!.CompositeScore,
                    _ => scores[v],
                };
            }
        }
    }
}
