using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Which draws depend on what: reproducibility and common random numbers.</summary>
public sealed class TrialSimulatorTests
{
    private const ulong Seed = 701;

    private static IEnumerable<TestCaseData> AllScenarios =>
        Presets.All.Select(p => p.Scenario).Append(TestScenarios.Rich).Select(s => new TestCaseData(s).SetArgDisplayNames(s.Name));

    [TestCaseSource(nameof(AllScenarios))]
    public void Simulate_TwoSimulators_GiveTheSameBits(Scenario scenario)
    {
        var first = new TrialSimulator(scenario);
        var second = new TrialSimulator(scenario);
        for (int replicate = 0; replicate < 20; replicate++)
        {
            first.Simulate(Seed, replicate);
            second.Simulate(Seed, replicate);
            Assert.That(Fingerprint(second), Is.EqualTo(Fingerprint(first)), $"Replicate {replicate}");
        }
    }

    [TestCaseSource(nameof(AllScenarios))]
    public void Simulate_ReplicatesInAnyOrder_GiveTheSameBits(Scenario scenario)
    {
        var simulator = new TrialSimulator(scenario);
        long[][] inOrder = [.. Enumerable.Range(0, 10).Select(r => Run(simulator, r))];
        foreach (int replicate in (int[])[7, 0, 9, 3, 3, 8, 1])
        {
            Assert.That(Run(simulator, replicate), Is.EqualTo(inOrder[replicate]), $"Replicate {replicate}");
        }
    }

    [Test]
    public void Simulate_OtherSeedOrReplicate_GivesOtherTrials()
    {
        var simulator = new TrialSimulator(TestScenarios.Rich);
        long[] trial = Run(simulator, 0);

        Assert.That(Run(simulator, 1), Is.Not.EqualTo(trial));
        simulator.Simulate(Seed + 1, 0);
        Assert.That(Fingerprint(simulator), Is.Not.EqualTo(trial));
    }

    [Test]
    public void Simulate_NegativeReplicate_ThrowsNamingReplicate() =>
        Assert.That(
            () => new TrialSimulator(TestScenarios.Bare).Simulate(Seed, -1),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("replicate"));

    [TestCaseSource(nameof(AllScenarios))]
    public void Simulate_OtherEvents_LeaveTheCompleteScoresUntouched(Scenario scenario)
    {
        Scenario other = scenario with { Observation = scenario.Observation with { Events = [] } };

        AssertSameTruth(scenario, other);
        AssertSameTruth(scenario, scenario with
        {
            Observation = scenario.Observation with
            {
                Events = [TestScenarios.Progression(EventKind.WithdrawalForProgression, 0.05)],
            },
        });
    }

    [Test]
    public void Simulate_OtherMissingness_LeavesTheCompleteScoresUntouched() =>
        AssertSameTruth(TestScenarios.Rich, TestScenarios.Rich with
        {
            Observation = TestScenarios.Rich.Observation with { IntermittentMissingProbability = 0.4 },
        });

    [Test]
    public void Simulate_OtherEntryProbability_LeavesTheCompleteScoresUntouched() =>
        AssertSameTruth(TestScenarios.Rich, TestScenarios.Rich with
        {
            Design = (DelayedStart)TestScenarios.Rich.Design with { EntryProbability = 0.2 },
        });

    [Test]
    public void Simulate_LessMissingness_OnlyAddsObservations()
    {
        var some = new TrialSimulator(TestScenarios.Rich);
        var more = new TrialSimulator(TestScenarios.Rich with
        {
            Observation = TestScenarios.Rich.Observation with { IntermittentMissingProbability = 0.3 },
        });
        some.Simulate(Seed, 0);
        more.Simulate(Seed, 0);

        for (int i = 0; i < some.Data.Observed.Length; i++)
        {
            Assert.That(more.Data.Observed[i] && !some.Data.Observed[i], Is.False);
        }
    }

    // Without effect it does not matter when treatment starts: same participants, other arms, other design.
    [Test]
    public void Simulate_NoEffect_ArmAndDesignLeaveTheLatentScoresUntouched()
    {
        Scenario delayed = TestScenarios.Rich with
        {
            Effect = new NoEffect(),
            Observation = new ObservationModel { Events = TestScenarios.Rich.Observation.Events },
        };
        Scenario parallel = delayed with
        {
            Design = new ParallelGroup
            {
                Participants = 108,
                Allocation = new AllocationRatio(1, 3),
                VisitWeeks = delayed.Design.VisitWeeks,
            },
        };

        var first = new TrialSimulator(delayed);
        var second = new TrialSimulator(parallel);
        first.Simulate(Seed, 4);
        second.Simulate(Seed, 4);

        Assert.That(second.Data.Arms.ToArray(), Is.Not.EqualTo(first.Data.Arms.ToArray()));
        Assert.That(second.Latent.LatentScores, Is.EqualTo(first.Latent.LatentScores));
        Assert.That(second.Latent.CompleteScores, Is.EqualTo(first.Latent.CompleteScores));
    }

    // With one stratum and whole blocks, the first 108 of 200 are the 108 of the smaller trial.
    [Test]
    public void Simulate_MoreParticipants_KeepsTheFirstOnes()
    {
        Scenario small = TestScenarios.Rich with { Population = TestStrata.Population(TestStrata.Plain) };
        Scenario large = small with { Design = (DelayedStart)small.Design with { Participants = 200 } };
        var first = new TrialSimulator(small);
        var second = new TrialSimulator(large);
        first.Simulate(Seed, 2);
        second.Simulate(Seed, 2);

        int cells = first.Data.Scores.Length;
        Assert.That(second.Data.Participants, Is.EqualTo(200));
        Assert.That(second.Data.Arms[..108].ToArray(), Is.EqualTo(first.Data.Arms.ToArray()));
        Assert.That(second.Data.Scores[..cells].ToArray(), Is.EqualTo(first.Data.Scores.ToArray()));
        Assert.That(second.Data.FollowUpMonths[..108].ToArray(), Is.EqualTo(first.Data.FollowUpMonths.ToArray()));
        Assert.That(second.Data.VisitMonths[..cells].ToArray(), Is.EqualTo(first.Data.VisitMonths.ToArray()));
        for (int c = 0; c < first.Data.Layout.Covariates.Count; c++)
        {
            Assert.That(second.Data.Covariate(c)[..108].ToArray(), Is.EqualTo(first.Data.Covariate(c).ToArray()));
        }
    }

    [Test]
    public void Simulate_LongerTrial_KeepsWhatCameBefore()
    {
        ValorTruth(ValorOpenLabelExtension.ToWeek52, 52, out double[] shorter);
        ValorTruth(ValorOpenLabelExtension.ToWeek148, 52, out double[] longer);

        Assert.That(longer, Is.EqualTo(shorter));
    }

    private static void ValorTruth(Preset preset, double week, out double[] scores)
    {
        var simulator = new TrialSimulator(preset.Scenario);
        simulator.Simulate(Seed, 0);
        int visits = simulator.Data.Layout.VisitAt(week) + 1;
        scores = [.. simulator.Latent.CompleteScores.Chunk(simulator.Data.Visits).SelectMany(row => row[..visits])];
    }

    private static void AssertSameTruth(Scenario first, Scenario second)
    {
        var one = new TrialSimulator(first);
        var two = new TrialSimulator(second);
        for (int replicate = 0; replicate < 5; replicate++)
        {
            one.Simulate(Seed, replicate);
            two.Simulate(Seed, replicate);
            Assert.That(two.Data.Arms.ToArray(), Is.EqualTo(one.Data.Arms.ToArray()));
            Assert.That(two.Latent.CompleteScores, Is.EqualTo(one.Latent.CompleteScores));
            Assert.That(two.Latent.LatentScores, Is.EqualTo(one.Latent.LatentScores));
        }
    }

    private static long[] Run(TrialSimulator simulator, int replicate)
    {
        simulator.Simulate(Seed, replicate);
        return Fingerprint(simulator);
    }

    private static long[] Fingerprint(TrialSimulator simulator)
    {
        TrialData data = simulator.Data;
        var bits = new List<long>();
        void Add(ReadOnlySpan<double> values)
        {
            foreach (double value in values)
            {
                bits.Add(BitConverter.DoubleToInt64Bits(value));
            }
        }

        Add(data.Scores);
        Add(data.VisitMonths);
        Add(data.FollowUpMonths);
        Add(simulator.Latent.CompleteScores);
        Add(simulator.Latent.LatentScores);
        for (int c = 0; c < data.Layout.Covariates.Count; c++)
        {
            Add(data.Covariate(c));
        }

        for (int p = 0; p < data.Participants; p++)
        {
            bits.Add(data.Arms[p]);
            bits.Add((long)data.FollowUpEnds[p]);
            foreach (ExposureInterval interval in data.Exposure(p))
            {
                Add([interval.StartMonths, interval.StopMonths]);
            }
        }

        return [.. bits];
    }
}
