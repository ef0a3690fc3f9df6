using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Power, type I error and coverage of log-rank test, Cox regression and joint ranks at 100,000 replicates. Deaths have constant
/// hazards, and changes are normal and independent of them.</summary>
/// <remarks>All three tests are large-sample tests; what their first order leaves out is allowed beside Monte Carlo error: one over the
/// number of events for tests of times, 0.004 for joint ranks of 130 and 130 and 0.01 of 72 and 36.</remarks>
[Category("Statistical")]
[Category("Slow")]
public sealed class EventOperatingCharacteristicsTests
{
    private static readonly int Replicates = Replications.Of(100_000);
    private const double PerWeek = 0.02;

    private static readonly JointRankPower Uneven =
        JointRankPowerTests.Published with { ActiveParticipants = 72, ControlParticipants = 36, MeanDifference = 6 };

    // 72 and 36 participants to week 52: about 70 events without effect, 52 at a hazard ratio of 0.5.
    [TestCase(1, 3_011)]
    [TestCase(0.5, 3_012)]
    public void LogRankAndCox_ValorsSize_HaveTheirPowerAndCoverage(double ratio, int seed)
    {
        var moments = LogRankMoments.Of(ratio, PerWeek, 36, 72, 52);
        Scenario scenario = Bare(36, 72, 52, PerWeek, ratio, 0, 0);
        var cox = new CoxRegression();
        ValueList<OperatingCharacteristics> results = Run(
            scenario,
            seed,
            new LogRank(),
            cox,
            new Misses(cox with { Name = "cox, interval" }, Math.Log(ratio)),
            new Misses(new LogRank { Name = "log-rank, interval" }, Math.Log(ratio)));
        double slack = 1 / moments.Events;
        double limit = FalseAlarm.Proportion(moments.Power, Replicates) + slack;
        Print(results, moments.Power);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(results[0].Power, Is.EqualTo(moments.Power).Within(limit), "log-rank");

            // Wald's test of an unadjusted Cox model is the log-rank test but for terms of the same order.
            Assert.That(results[1].Power, Is.EqualTo(moments.Power).Within(limit + slack), "Cox");
            Assert.That(results[2].Power, Is.EqualTo(0.05).Within(FalseAlarm.Proportion(0.05, Replicates) + slack), "Cox, interval");
            Assert.That(results.Sum(r => r.Failed), Is.Zero);
            if (ratio == 1)
            {
                // The one-step estimate U / V has its interval at no effect only.
                Assert.That(results[3].Power, Is.EqualTo(results[0].Power).Within(1e-4), "log-rank, interval");
            }
        }
    }

    // The formula counts one side, so that without effect it gives half the level.
    [TestCase(false, true, 3_021)]
    [TestCase(false, false, 3_022)]
    [TestCase(true, true, 3_023)]
    [TestCase(true, false, 3_024)]
    public void JointRank_ExponentialDeathsNormalChanges_HasItsPowerAndCoverage(bool isValorsSize, bool hasEffect, int seed)
    {
        JointRankPower formula = isValorsSize ? Uneven : JointRankPowerTests.Published;
        formula = hasEffect ? formula : formula with { MeanDifference = 0, ActiveHazardPerMonth = formula.ControlHazardPerMonth };
        double week = StudyTime.WeeksFromMonths(formula.HorizonMonths);
        Scenario scenario = Bare(
            formula.ControlParticipants,
            formula.ActiveParticipants,
            week,
            formula.ControlHazardPerMonth * StudyTime.MonthsFromWeeks(1),
            formula.ActiveHazardPerMonth / formula.ControlHazardPerMonth,
            formula.MeanDifference / formula.HorizonMonths,
            formula.Sd / Math.Sqrt(2));
        var rank = new JointRank { Week = week, Test = JointRankTest.Unadjusted, Covariates = [] };
        ValueList<OperatingCharacteristics> results = Run(
            scenario,
            seed,
            rank,
            rank with { Name = "ancova on ranks", Test = JointRankTest.AncovaOnRanks },
            new Misses(
                rank with { Name = "net benefit, interval", Test = JointRankTest.NetBenefit }, (2 * formula.WinProbability) - 1));
        double expected = hasEffect ? formula.Power : 0.05;
        double allowance = isValorsSize ? 0.01 : 0.004;
        double limit = FalseAlarm.Proportion(expected, Replicates) + allowance;
        Print(results, expected);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(results[0].Power, Is.EqualTo(expected).Within(limit), "unadjusted");

            // Without a covariate the t test of ranks is a monotone function of Z, with almost the same critical value.
            Assert.That(results[1].Power, Is.EqualTo(results[0].Power).Within(allowance), "ANCOVA on ranks");
            Assert.That(results[2].Power, Is.EqualTo(0.05).Within(FalseAlarm.Proportion(0.05, Replicates) + allowance), "coverage");
            Assert.That(results.Sum(r => r.Failed), Is.Zero);
        }
    }

    private static Scenario Bare(
        int control, int active, double week, double perWeek, double ratio, double pointsPerMonth, double residualSd) =>
        TestScenarios.Bare with
        {
            Population = TestStrata.Population(
                TestScenarios.Alike with { DeclineRate = new NormalRate { Mean = 1, Sd = 0 }, ResidualSd = residualSd }),
            Effect = new ConstantSlowing { RateMultiplier = ratio, PointsPerMonth = pointsPerMonth },
            Design = new ParallelGroup
            {
                Participants = control + active,
                Allocation = new AllocationRatio(active / control, 1),
                VisitWeeks = [0, week],
            },
            Observation = new ObservationModel
            {
                Rounding = ScoreRounding.None,
                Events =
                [
                    new ProgressionHazard { Kind = EventKind.Death, PerWeek = perWeek, RateExponent = 1, ScoreCoefficient = 0 },
                ],
            },
        };

    private static void Print(ValueList<OperatingCharacteristics> results, double expected)
    {
        foreach (OperatingCharacteristics result in results)
        {
            TestContext.Out.WriteLine(FormattableString.Invariant(
                $"{result.Name}: {result.Power:F5} ± {result.MonteCarloError:F5}, formula {expected:F5}, failed {result.Failed}"));
        }
    }

    private static ValueList<OperatingCharacteristics> Run(Scenario scenario, int seed, params IAnalysis[] analyses) =>
        PowerAnalysis.Run(
            scenario,
            [.. analyses],
            new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed((ulong)seed), CollectCourses = false }).Analyses;
}
