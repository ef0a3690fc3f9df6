using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>One trial like VALOR with its extension, participant after participant and week after week: the ALSFRS-R, its visits and the events
/// that end follow-up, from the same streams as the library.</summary>
/// <remarks>For what the preset has: a stratified population of fixed composition, treatment that slows decline, visits on schedule,
/// and no enrolment, rescue or stopping of treatment.</remarks>
internal sealed class PlainValorTrial
{
    private readonly Scenario _scenario;
    private readonly PlainPopulation _population;
    private readonly double[] _months;
    private readonly double[] _visitWeeks;
    private readonly int[] _stratumSizes;
    private readonly int _lastWeek;

    internal PlainValorTrial(Scenario scenario)
    {
        _scenario = scenario;
        _population = new PlainPopulation((PopulationModel)scenario.Population);
        _visitWeeks = [.. scenario.Design.VisitWeeks];
        _lastWeek = (int)_visitWeeks[^1];
        _months = [.. Enumerable.Range(0, _lastWeek + 1).Select(w => StudyTime.MonthsFromWeeks(w))];
        _stratumSizes = StratumSizes.FromShares(scenario.Design.Participants, scenario.Population.StratumShares.ToArray());
    }

    /// <summary>Simulates a trial as records of its participants.</summary>
    internal PlainParticipant[] Simulate(ulong seed, long replicate)
    {
        var key = new StreamKey(seed, replicate);
        var trial = new List<PlainParticipant>();
        for (int s = 0; s < _stratumSizes.Length; s++)
        {
            foreach (byte arm in Randomise(key.Open(s, DrawPurpose.Randomisation), _stratumSizes[s]))
            {
                trial.Add(Follow(key, trial.Count, s, arm));
            }
        }

        return [.. trial];
    }

    // Permuted blocks: without replacement from as many of each arm as a block holds.
    private List<byte> Randomise(TrialRandom random, int participants)
    {
        var arms = new List<byte>();
        while (arms.Count < participants)
        {
            int active = _scenario.Design.Allocation.Active * _scenario.Design.BlockMultiple;
            for (int left = _scenario.Design.BlockSize; left > 0 && arms.Count < participants; left--)
            {
                bool isActive = active > 0 && random.NextBelow(left) < active;
                arms.Add((byte)(isActive ? TrialDesign.ActiveArm : TrialDesign.ControlArm));
                active -= isActive ? 1 : 0;
            }
        }

        return arms;
    }

    private PlainParticipant Follow(StreamKey key, int p, int stratum, byte arm)
    {
        Participant traits = _population.Draw(stratum, key.Open(p, DrawPurpose.Baseline));
        var effect = (SlopeReduction)_scenario.Effect;
        ExposureInterval exposure = _scenario.Design.Arms[arm].Exposure[0];
        var diseaseMonths = new double[_months.Length];
        var rates = new double[_months.Length];
        for (int w = 0; w < _months.Length; w++)
        {
            (rates[w], diseaseMonths[w]) = PlainEffect.At(effect, exposure, _months[w]);
        }

        var course = new double[_months.Length];
        TrialRandom trajectory = key.Open(p, DrawPurpose.Trajectory);
        PlainCourses.Fill(_scenario.Trajectory, traits, _months, diseaseMonths, ref trajectory, course);
        var visitMonths = new double[_visitWeeks.Length];
        var scores = new double[_visitWeeks.Length];
        PlainVisits.Fill(_scenario.Observation, key, p, traits, course, _visitWeeks, visitMonths, scores);
        TrialRandom events = key.Open(p, DrawPurpose.Events);
        (double week, EventKind kind) =
            PlainEvents.Draw(_scenario.Observation.Events, traits, course, rates, _lastWeek, (_visitWeeks, []), ref events);
        bool isFollowed = !(week < _lastWeek);
        for (int v = 0; v < scores.Length; v++)
        {
            scores[v] = isFollowed || _visitWeeks[v] <= week ? scores[v] : double.NaN;
        }

        return new PlainParticipant
        {
            Arm = arm,
            Stratum = stratum,
            Scores = scores,
            VisitMonths = visitMonths,
            FollowUpMonths = isFollowed ? _months[^1] : StudyTime.MonthsFromWeeks(week),
            End = isFollowed ? EventKind.Completed : kind,
            LogNeurofilament = traits.LogNeurofilamentLight,
            TakesRiluzole = traits.TakesRiluzole,
            TakesEdaravone = traits.TakesEdaravone,
        };
    }
}
