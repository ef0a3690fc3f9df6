using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

public sealed class HazardReductionTests
{
    private const double Forever = double.PositiveInfinity;

    private static readonly HazardReduction Effect = new() { HazardRatio = 0.84 };

    [Test]
    public void Fill_OnAndOffDrug_ShiftsTheLogHazardAndNothingElse()
    {
        double[] months = [0, 1, 2, 3, 5, 6, 9];

        var table = new EffectTable(Effect, [new(1, 3), new(6, Forever)], months);

        double shift = Math.Log(0.84);
        Assert.That(table.LogHazardShift, Is.EqualTo((double[])[0, shift, shift, 0, 0, shift, shift]));
        Assert.That(table.DiseaseMonths, Is.EqualTo(months));
        Assert.That(table.RateMultiplier, Is.All.EqualTo(1));
        Assert.That(table.ScoreOffset, Is.All.Zero);
    }

    [Test]
    public void Fill_NoRoomForTheShift_LeavesItOut()
    {
        double[] months = [0, 1];
        var course = new EffectCourse { DiseaseMonths = new double[2], RateMultiplier = new double[2], ScoreOffset = new double[2] };

        TrialRandom none = default;
        Effect.Fill(default, [new(0, Forever)], months, ref none, course);

        Assert.That(course.LogHazardShift.IsEmpty, Is.True);
        Assert.That(course.DiseaseMonths.ToArray(), Is.EqualTo(months));
    }

    [Test]
    public void Fill_CombinedTwice_MultipliesTheRatios()
    {
        var both = new CombinedEffect
        {
            OnRate = Effect,
            OnScore = new CombinedEffect { OnRate = new HazardReduction { HazardRatio = 0.5 }, OnScore = new SymptomaticOffset { Points = 2 } },
        };

        var table = new EffectTable(both, [new(0, Forever)], [1]);

        Assert.That(Math.Exp(table.LogHazardShift[0]), Is.EqualTo(0.42).Within(1e-14));
        Assert.That(table.ScoreOffset[0], Is.EqualTo(2));
    }

    // Everybody is alike, so that the survival of the arms is S and S^ratio, whatever the course of the hazard.
    [Category("Statistical")]
    [TestCase(0.84)]
    [TestCase(0.3)]
    [TestCase(2.5)]
    public void Simulate_AlikeParticipants_SurviveToThePowerOfTheRatio(double ratio)
    {
        const int Participants = 100_000;
        Scenario scenario = WithDeaths(new HazardReduction { HazardRatio = ratio }, Participants);

        (double control, double active) = Survival(scenario, FalseAlarm.Seed(931));

        double expected = Math.Pow(control, ratio);
        double error = Math.Sqrt((active * (1 - active)) + (ratio * ratio * expected * expected * (1 - control) / control))
            / Math.Sqrt(Participants / 2.0);
        Assert.That(active, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * error));
    }

    // A ratio of 1 takes the path without a shift, and of nearly 1 the other: the same trial.
    [Test]
    public void Simulate_RatioOfOne_IsTheTrialWithoutEffect()
    {
        TrialData none = new TrialSimulator(WithDeaths(new NoEffect(), 500)).Simulate(5, 0);
        TrialData one = new TrialSimulator(WithDeaths(new HazardReduction { HazardRatio = 1 }, 500)).Simulate(5, 0);
        TrialData nearly = new TrialSimulator(WithDeaths(new HazardReduction { HazardRatio = 1 + 1e-12 }, 500)).Simulate(5, 0);

        Assert.That(one.FollowUpMonths.ToArray(), Is.EqualTo(none.FollowUpMonths.ToArray()));
        Assert.That(nearly.FollowUpMonths.ToArray(), Is.EqualTo(none.FollowUpMonths.ToArray()).Within(1e-9));
    }

    [Test]
    public void Simulate_ConstantHazards_AreLeftAlone()
    {
        Scenario Of(ITreatmentEffect effect) => TestScenarios.Bare with
        {
            Effect = effect,
            Observation = new ObservationModel { Events = [new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.02 }] },
        };

        TrialData none = new TrialSimulator(Of(new NoEffect())).Simulate(6, 0);
        TrialData reduced = new TrialSimulator(Of(new HazardReduction { HazardRatio = 0.1 })).Simulate(6, 0);

        Assert.That(reduced.FollowUpMonths.ToArray(), Is.EqualTo(none.FollowUpMonths.ToArray()));
    }

    // On common random numbers nobody on the drug dies earlier, and no score moves.
    [Test]
    public void Simulate_Reduction_DelaysDeathsAndKeepsScores()
    {
        TrialData none = new TrialSimulator(WithDeaths(new NoEffect(), 500)).Simulate(7, 0);
        TrialData reduced = new TrialSimulator(WithDeaths(Effect, 500)).Simulate(7, 0);
        for (int i = 0; i < none.Scores.Length; i++)
        {
            Assert.That(reduced.Scores[i], double.IsNaN(none.Scores[i]) ? Is.Not.Negative.Or.NaN : Is.EqualTo(none.Scores[i]));
        }

        int later = 0;
        for (int p = 0; p < 500; p++)
        {
            bool active = none.Arms[p] == TrialDesign.ActiveArm;
            Assert.That(reduced.FollowUpMonths[p], active ? Is.GreaterThanOrEqualTo(none.FollowUpMonths[p]) : Is.EqualTo(none.FollowUpMonths[p]));
            later += reduced.FollowUpMonths[p] > none.FollowUpMonths[p] ? 1 : 0;
        }

        Assert.That(later, Is.Positive);
    }

    private static Scenario WithDeaths(ITreatmentEffect effect, int participants) => TestScenarios.Bare with
    {
        Effect = effect,
        Design = TestScenarios.Bare.Design with { Participants = participants },
        Observation = new ObservationModel { Events = [TestScenarios.Progression(EventKind.Death, 0.006)] },
    };

    private static (double Control, double Active) Survival(Scenario scenario, ulong seed)
    {
        TrialData data = new TrialSimulator(scenario).Simulate(seed, 0);
        double Of(int arm) =>
            Enumerable.Range(0, data.Participants).Where(p => data.Arms[p] == arm)
                .Average(p => data.FollowUpEnds[p] == EventKind.Completed ? 1.0 : 0);
        return (Of(TrialDesign.ControlArm), Of(TrialDesign.ActiveArm));
    }
}
