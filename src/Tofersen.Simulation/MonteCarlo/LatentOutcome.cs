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
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Latent scores of participants at the scheduled visits, as an estimand's strategies have them.</summary>
/// <remarks>Only events with a strategy other than hypothetical are simulated: a hypothetical one does not happen, so that it does not
/// keep another from happening either. The scenario's order of hazards is kept.</remarks>
internal sealed class LatentOutcome
{
    private readonly Estimand? _strategies;
    private readonly ExposurePlanner _planner;
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
    private readonly ExposureInterval[] _exposure = new ExposureInterval[TrialData.MaximumExposureIntervals];

    internal LatentOutcome(Scenario scenario, Estimand? strategies, string? endpoint)
    {
        _strategies = strategies;
        _planner = new ExposurePlanner(scenario.Design);
        ValueList<EventHazard> events = strategies is null
            ? []
            : [.. scenario.Observation.Events.Where(e => EstimandView.StrategyFor(strategies, e.Kind) != EventStrategy.Hypothetical)];

        // Latent scores need no visits to be written down, unless something happens because of what was.
        bool needsRecords = events.Any(e => e is DropoutHazard { DependsOnRecords: true });
        ObservationModel observation = needsRecords ? scenario.Observation with { Events = events } : new ObservationModel { Events = events };
        int position = endpoint is null ? -1 : scenario.Layout.EndpointAt(endpoint);
        _domain = position - scenario.Endpoints.Count;
        _items = _domain >= 0 ? new ItemSimulator(scenario.Observation.Items!, scenario.Design.VisitWeeks.Count) : null;
        _endpoint = position >= 0 && _domain < 0 ? EndpointSimulator.Create(scenario.Endpoints[position], scenario) : null;
        _times = new CourseTimes(scenario.Design, observation);
        _course = new LatentCourse(scenario, _times);
        _endpointCourse = new EndpointCourse(_course, _times, visitsMove: false);
        _events = new EventSampler(events, _times);
        _visits = needsRecords ? new VisitRecorder(observation, _times) : null;
        _months = [.. _times.VisitMonths];
        _recorded = new double[_months.Length];
        _itemScores = new byte[observation.Items is null ? 0 : _months.Length * ItemModel.ItemCount];
    }

    internal void Fill(StreamKey key, int p, in Participant participant, int arm, Span<double> scores)
    {
        (int intervals, bool enters) = _planner.Plan(key, p, arm, _exposure);
        double start = arm == TrialDesign.ControlArm && intervals > 0 ? _exposure[0].StartMonths : 0;
        double switchMonths = start > 0 ? start : double.PositiveInfinity;
        int taken = _strategies?.Switch == EventStrategy.Hypothetical && double.IsFinite(switchMonths) ? 0 : intervals;
        _course.Fill(key, p, participant, arm, _exposure.AsSpan(0, taken));
        FillValues(key, p, participant, arm, taken, scores);

        if (_strategies is null)
        {
            return;
        }

        if (_strategies.Switch == EventStrategy.WhileOnTreatment)
        {
            Carry(switchMonths, scores);
        }

        ApplyEvent(key, p, participant, enters, scores);
    }

    private void FillValues(StreamKey key, int p, in Participant participant, int arm, int intervals, Span<double> values)
    {
        if (_endpoint is null)
        {
            _times.ReadScheduled(_course.Scores, values);
            _items?.FillLatent(key, p, participant, _domain, values);
            return;
        }

        _endpoint.FillLatent(
            key, p, participant, _endpointCourse.At(arm, _exposure.AsSpan(0, intervals), _times.VisitMonths), values);
    }

    private void ApplyEvent(StreamKey key, int p, in Participant participant, bool enters, Span<double> scores)
    {
        double months = double.PositiveInfinity;
        EventStrategy strategy = EventStrategy.Hypothetical;
        if (_events.HasEvents)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Events);
            double weeks = _events.Draw(
                participant,
                _course.Scores,
                _course.LogRateMultiplier,
                _course.LogHazardShift,
                Recorded(key, p, participant, enters),
                ref random,
                out EventKind kind);
            months = StudyTime.MonthsFromWeeks(weeks);
            strategy = EstimandView.StrategyFor(_strategies!, kind) ?? EventStrategy.Hypothetical;
        }

        if (!enters && _strategies!.Withdrawal != EventStrategy.Hypothetical && months > _planner.SwitchMonths)
        {
            months = _planner.SwitchMonths;
            strategy = _strategies.Withdrawal;
        }

        if (strategy == EventStrategy.WhileOnTreatment)
        {
            Carry(months, scores);
        }

        for (int v = 0; strategy == EventStrategy.Composite && v < scores.Length; v++)
        {
            scores[v] = _times.VisitMonths[v] > months ? _strategies!.CompositeScore : scores[v];
        }
    }

    private RecordedLosses Recorded(StreamKey key, int p, in Participant participant, bool enters)
    {
        if (_visits is null)
        {
            return default;
        }

        double latestVisit = enters ? double.PositiveInfinity : _planner.SwitchMonths;
        _visits.Fill(key, p, participant, _course.Scores, latestVisit, _months, _recorded, _itemScores);
        return new RecordedLosses(_months, _visits.Losses(_recorded));
    }

    // The last scheduled score up to a time stands for all later ones.
    private void Carry(double months, Span<double> scores)
    {
        for (int v = 1; v < scores.Length; v++)
        {
            if (_times.VisitMonths[v] > months)
            {
                scores[v] = scores[v - 1];
            }
        }
    }
}
