using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.MonteCarlo.Sequential;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Tests.Common;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo.Sequential;

/// <summary>Runs of sequential trials: the same bits whatever the threads, nothing allocated, what stops where.</summary>
public sealed class SequentialRunTests
{
    private const int Replicates = 233;

    /// <summary>A delayed-start trial with a bit of everything: a change of the number of participants, a look at the end of the first period, one
    /// by calendar, different analyses.</summary>
    private static Scenario Rich { get; } = TestScenarios.Rich with
    {
        Design = TestScenarios.Rich.Design with { Enrolment = new UniformEnrolment { Weeks = 60 } },
        Analyses =
        [
            new Ancova { Week = 28 },
            new JointRank { Week = 28 },
            new DelayedStartAnalysis { FirstWeek = 28, SecondWeek = 52, Covariance = CovarianceStructure.Ar1 },
        ],
        Sequential = new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign
            {
                InformationFractions = [0.3, 0.6, 1],
                Alpha = 0.2,
                Efficacy = new LanDeMetsObrienFleming(),
                Futility = new BetaSpending { Shape = new LanDeMetsPocock(), Beta = 0.2 },
            },
            Looks =
            [
                new SequentialLook { Timing = new CalendarTiming { Weeks = 55 }, Analysis = "joint-rank-28", FollowedWeeks = 28 },
                new SequentialLook { Timing = new FirstPeriodTiming(), Analysis = "ancova-28" },
            ],
            Analysis = "delayed-start-28-52",
            Information = new StatisticalInformation { Maximum = 2 },
            DataLagWeeks = 3,
            Reestimation = new BlindedReestimation
            {
                PlannedParticipants = 90,
                MinimumParticipants = 70,
                CompletersShare = 0.25,
                Week = 28,
                Difference = 5,
                Power = 0.8,
            },
        },
    };

    [Test]
    public void Run_ThreadsAndBlocks_GiveTheSameBytes()
    {
        (string json, SequentialResult reference) = Run(1, 64);
        Assert.That(reference.Looks.Sum(l => l.Held), Is.GreaterThan(Replicates));
        Assert.That(reference.EarlyStopping.Value, Is.InRange(0.1, 0.9));
        foreach (int parallelism in (int[])[1, 2, 5])
        {
            foreach (int block in (int[])[1, 7, 1000])
            {
                (string text, SequentialResult result) = Run(parallelism, block);
                Assert.That(text, Is.EqualTo(json));
                Assert.That(result, Is.EqualTo(reference));
            }
        }
    }

    // Interim looks change nothing about the analyses of the whole trial.
    [Test]
    public void Run_PlanTakenAway_LeavesTheAnalyses()
    {
        var options = new RunOptions { Replicates = 50, Seed = 3141 };
        PowerResult with = PowerAnalysis.Run(Rich, options: options);
        PowerResult without = PowerAnalysis.Run(Rich with { Sequential = null }, options: options);

        Assert.That(with.Analyses, Is.EqualTo(without.Analyses));
        Assert.That(without.Sequential, Is.Null);
        Assert.That(PowerReport.ToJson(without), Does.Not.Contain("sequential"));
    }

    [Test]
    public void Run_WarmReplicate_AllocatesNothing()
    {
        foreach (Scenario scenario in (Scenario[])[Rich, ByInformation(new VisitInformation { Week = 28 }), ByInformation(new EventInformation { Planned = 12 })])
        {
            TrueValue[] truths = [.. scenario.Analyses.Select(_ => new TrueValue(0, 0))];
            var worker = new ReplicateWorker(scenario, truths, new RunOptions { CollectCourses = false });
            int replicate = 0;
            for (; replicate < 40; replicate++)
            {
                worker.Run(replicate, CancellationToken.None);
            }

            long bytes = WarmAllocation.Least(() =>
            {
                for (int i = 0; i < 20; i++)
                {
                    worker.Run(replicate++, CancellationToken.None);
                }
            });
            Assert.That(bytes, Is.Zero);
        }
    }

    [Test]
    public void Tally_InParts_WrittenAndRead_IsTheWhole()
    {
        Scenario scenario = Rich;
        SequentialPlan plan = scenario.Sequential!;
        double[] truths = [1, 2, double.NaN];
        SequentialTally Tally(int from, int to)
        {
            var tally = new SequentialTally(truths, 70, 108);
            var worker = new SequentialWorker(scenario, plan, scenario.Layout);
            var simulator = new TrialSimulator(scenario);
            for (int replicate = from; replicate < to; replicate++)
            {
                tally.Add(worker.Run(simulator.Simulate(3142, replicate)));
            }

            return tally;
        }

        SequentialResult whole = SequentialResult.From(scenario, plan, truths, Tally(0, 60));
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            Tally(25, 60).Visit(new TallyWriter(writer));
        }

        stream.Position = 0;
        SequentialTally read = Tally(0, 10);
        using (var reader = new BinaryReader(stream))
        {
            read.Visit(new TallyReader(reader));
        }

        SequentialTally merged = Tally(10, 25);
        merged.Merge(read);
        Assert.That(SequentialResult.From(scenario, plan, truths, merged), Is.EqualTo(whole));
        merged.Visit(new TallyClearer());
        Assert.That(merged.Replicates, Is.Zero);
        Assert.That(double.IsNaN(whole.Bias.Value), Is.True, "an analysis without a true value");
    }

    // By hand. Pocock's critical value of two looks at 0.025 is 2.178 (Pocock 1977). With drift 3.24 z of the first look is normal around
    // 3.24/√2 = 2.291, so that 1 − Φ(−0.113) = 0.545 of the trials stop there: when 50 of 100 have come to week 20, 83.33 have entered on average
    // (the 50th of 100 uniform entries U has E 1/(1 − U) = 2, and the other 50 enter in the next 20 of 60 weeks with probability 1/(3 (1 − U)));
    // the look is in week 60 · 50/101 + 20 = 49.70, the end in week 60 · 100/101 + 20 = 79.41.
    [Test]
    [Category("Statistical")]
    public void Run_TwoLooks_ExpectsWhatTheHandCalculates()
    {
        const double Stops = 0.5450;
        var design = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new Pocock() };
        Scenario scenario = SequentialScenarios.Normal(
            100, 3.24 * 2 * SequentialScenarios.Sd / 10, SequentialScenarios.ByInformation(design));

        SequentialResult result = PowerAnalysis.Run(
            scenario,
            options: new RunOptions { Replicates = 10_000, Seed = FalseAlarm.Seed(3143), CollectCourses = false }).Sequential!;

        Assert.That(result.Looks[0].PlannedEfficacyZ, Is.EqualTo(2.178).Within(0.0005));
        Assert.That(result.EarlyStopping.Value, Is.EqualTo(Stops).Within(FalseAlarm.Proportion(Stops, 10_000) + 0.0005));
        Near(result.Reached, 100 - (50 * Stops), 0.03);
        Near(result.Participants, 100 - (Stops * (100 - 83.33)), 0.02);
        Near(result.DurationWeeks, 79.41 - (Stops * (79.41 - 49.70)), 0.03);
        Assert.That(result.MaximumParticipants, Is.EqualTo(100));
    }

    // A lag moves the look and nothing that it sees: the same data a few weeks later, when more have entered.
    [Test]
    public void Run_LagAndLookMovedTogether_DecideTheSame()
    {
        Scenario Lagged(double lag) => Rich with
        {
            Sequential = Rich.Sequential! with
            {
                Boundaries = new GroupSequentialDesign { InformationFractions = [0.5, 1], Alpha = 0.3, Efficacy = new Pocock() },
                Looks = [new SequentialLook { Timing = new CalendarTiming { Weeks = 60 + lag } }],
                Analysis = "ancova-28",
                Information = null,
                Reestimation = null,
                DataLagWeeks = lag,
            },
        };
        var options = new RunOptions { Replicates = 60, Seed = 3145, CollectCourses = false };
        SequentialResult atOnce = PowerAnalysis.Run(Lagged(0), options: options).Sequential!;
        SequentialResult later = PowerAnalysis.Run(Lagged(6), options: options).Sequential!;

        Assert.That(atOnce.EarlyStopping.Value, Is.InRange(0.1, 0.9));
        Assert.That(later.Rejection, Is.EqualTo(atOnce.Rejection));
        Assert.That(later.Estimates, Is.EqualTo(atOnce.Estimates));
        Assert.That(later.Reached, Is.EqualTo(atOnce.Reached));
        Assert.That(later.DurationWeeks.Mean, Is.EqualTo(atOnce.DurationWeeks.Mean + 6).Within(1e-9));
        Assert.That(later.Looks[0].Weeks.Mean, Is.EqualTo(66).Within(1e-9));
    }

    // Looks that can stop nothing leave what the end of the trial tests: the analysis at twice the one-sided level, where it favours treatment.
    [Test]
    public void Run_LooksThatNeverStop_LeaveTheTestOfTheWholeTrial()
    {
        Scenario scenario = Rich with
        {
            Analyses = [new Ancova { Week = 28, Alpha = 0.05 }],
            Sequential = new SequentialPlan
            {
                Boundaries = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new HaybittlePeto { InterimZ = 8 } },
                Looks = [new SequentialLook { Timing = new CalendarTiming { Weeks = 60 } }],
                Analysis = "ancova-28",
            },
        };
        PowerResult result = PowerAnalysis.Run(scenario, options: new RunOptions { Replicates = 200, Seed = 3146, CollectCourses = false });

        Assert.That(result.Sequential!.Rejection.Value, Is.EqualTo(result.Analyses[0].Power).And.GreaterThan(0.1));
        Assert.That(result.Sequential.Estimates.Mean, Is.EqualTo(result.Analyses[0].MeanEstimate));
        Assert.That(result.Sequential.Bias.Value, Is.EqualTo(result.Analyses[0].Bias).Within(1e-12));
        Assert.That(result.Sequential.Participants.Mean, Is.EqualTo(108));
    }

    // A look by events of which there are never enough is not held, and the trial goes on to its end.
    [Test]
    public void Run_InformationThatNeverComes_IsCountedAsNotHeld()
    {
        Scenario scenario = ByInformation(new EventInformation { Planned = 1_000 });
        SequentialResult result = PowerAnalysis.Run(scenario, options: new RunOptions { Replicates = 20, CollectCourses = false }).Sequential!;

        Assert.That(result.Looks[0].NotHeld, Is.EqualTo(20));
        Assert.That(result.Looks[0].Held, Is.Zero);
        Assert.That(result.Looks[0].Weeks.Count, Is.Zero);
        Assert.That(result.Looks[1].Held, Is.EqualTo(20));
        Assert.That(result.EarlyStopping.Value, Is.Zero);
    }

    // Nobody has come to the visit of the analysis at the first look: it fails, is counted, and decides nothing.
    [Test]
    public void Run_LookWithoutData_FailsAndTheTrialGoesOn()
    {
        Scenario scenario = Rich with
        {
            Sequential = Rich.Sequential! with
            {
                Boundaries = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new Pocock() },
                Looks = [new SequentialLook { Timing = new CalendarTiming { Weeks = 20 }, Analysis = "ancova-28" }],
                Reestimation = null,
                Information = null,
            },
        };
        SequentialResult result = PowerAnalysis.Run(scenario, options: new RunOptions { Replicates = 20, CollectCourses = false }).Sequential!;

        Assert.That(result.Looks[0].Failed, Is.EqualTo(20));
        Assert.That(result.Looks[1].Held + result.Looks[1].Failed, Is.EqualTo(20));
        Assert.That(result.EarlyStopping.Value, Is.Zero);
        Assert.That(result.Estimates.Count, Is.Zero, "looks test different analyses");
    }

    // Without enrolment everybody enters on the first day, and the first period ends in the week of the switch.
    [Test]
    public void Run_FirstPeriodWithoutEnrolment_LooksAtTheSwitch()
    {
        Scenario scenario = Rich with
        {
            Design = TestScenarios.Rich.Design,
            Observation = Rich.Observation with { VisitJitterSdDays = 0 },
            Sequential = Rich.Sequential! with
            {
                Boundaries = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new ObrienFleming() },
                Looks = [new SequentialLook { Timing = new FirstPeriodTiming(), Analysis = "ancova-28" }],
                Information = null,
                Reestimation = null,
            },
        };
        SequentialResult result = PowerAnalysis.Run(scenario, options: new RunOptions { Replicates = 20, CollectCourses = false }).Sequential!;

        Assert.That(result.Looks[0].Weeks.Mean, Is.EqualTo(31).Within(1e-9), "three weeks of lag");
        Assert.That(result.Looks[0].Held, Is.EqualTo(20));
        Assert.That(result.Participants.Mean, Is.EqualTo(108));
    }

    private static Scenario ByInformation(TrialInformation information) => Rich with
    {
        Sequential = Rich.Sequential! with
        {
            Boundaries = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new LanDeMetsPocock() },
            Looks = [new SequentialLook { Timing = new InformationTiming() }],
            Analysis = "ancova-28",
            Information = information,
            Reestimation = null,
        },
    };

    private static void Near(SampleSummary actual, double expected, double rounding) =>
        Assert.That(actual.Mean, Is.EqualTo(expected).Within((FalseAlarm.StandardErrors * actual.MonteCarloError) + rounding));

    private static (string Json, SequentialResult Result) Run(int parallelism, int blockSize)
    {
        PowerResult result = PowerAnalysis.Run(
            Rich,
            options: new RunOptions
            {
                Replicates = Replicates,
                Seed = 3144,
                Parallelism = parallelism,
                BlockSize = blockSize,
                CollectCourses = false,
            });
        return (PowerReport.ToJson(result), result.Sequential!);
    }
}
