using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.MonteCarlo;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Participants of the control arm who begin drug because of what was seen.</summary>
public sealed class RescueTests
{
    private const int Replicates = 40;

    // Everybody loses 1.5 points a month: 4.1 by week 12, 9.7 by week 28.
    private static Scenario Alike { get; } = TestScenarios.Bare with
    {
        Effect = new ConstantSlowing { PointsPerMonth = 0.5 },
        Design = new ParallelGroup
        {
            Participants = 400,
            VisitWeeks = [0, 12, 28, 40, 52],
            Rescue = new RescueRule { LossThreshold = 5, DelayWeeks = 2 },
        },
    };

    [Test]
    public void Simulate_Alike_ControlArmBeginsDrugAfterTheDecidingVisit()
    {
        TrialData data = Simulated(Alike, 0);
        double start = StudyTime.MonthsFromWeeks(28) + StudyTime.MonthsFromWeeks(2);
        for (int p = 0; p < data.Participants; p++)
        {
            bool isActive = data.Arms[p] == TrialDesign.ActiveArm;
            Assert.That(data.RescueMonths[p], isActive ? Is.NaN : Is.EqualTo(start));
            Assert.That(
                data.Exposure(p).ToArray(),
                Is.EqualTo((ExposureInterval[])[new ExposureInterval(isActive ? 0 : start, data.Layout.EndMonths)]));
            for (int v = 0; v < data.Visits; v++)
            {
                double months = StudyTime.MonthsFromWeeks(data.Layout.VisitWeeks[v]);
                double onDrug = isActive ? months : Math.Max(0, months - start);
                Assert.That(data.Scores[(p * data.Visits) + v], Is.EqualTo(36 - (1.5 * months) + (0.5 * onDrug)).Within(1e-12));
            }
        }
    }

    [Test]
    [Category("Statistical")]
    public void Simulate_SomeAccept_TheShareIsTheirs()
    {
        Scenario scenario = Alike with
        {
            Design = Alike.Design with
            {
                Participants = 100_000,
                Rescue = new RescueRule { LossThreshold = 5, AcceptanceProbability = 0.3 },
            },
        };
        TrialData data = Simulated(scenario, 0);
        int control = data.Arms.Count((byte)TrialDesign.ControlArm);
        int rescued = data.RescueMonths.ToArray().Count(double.IsFinite);
        Assert.That(rescued / (double)control, Is.EqualTo(0.3).Within(FalseAlarm.Proportion(0.3, control)));
    }

    // The rule read off the data: the first loss on record that is large enough, unless something else came first.
    [Test]
    public void Simulate_EverythingVaries_TheRuleCanBeReadOffTheData([Values] bool withStopping)
    {
        var rule = new RescueRule { LossThreshold = 4, DelayWeeks = 1 };
        Scenario rich = MissingScenarios.Rich;
        Scenario scenario = rich with
        {
            Design = rich.Design with { Rescue = rule },
            Observation = rich.Observation with { StopTreatment = withStopping ? rich.Observation.StopTreatment : null },
        };
        int rescued = 0;
        int stoppedLater = 0;
        for (int replicate = 0; replicate < Replicates; replicate++)
        {
            TrialData data = Simulated(scenario, replicate);
            for (int p = 0; p < data.Participants; p++)
            {
                double expected = PlainRescue(data, p, rule);
                Assert.That(data.RescueMonths[p], Is.EqualTo(expected), $"replicate {replicate}, participant {p}");
                if (double.IsFinite(expected))
                {
                    rescued++;
                    double stop = data.TreatmentStopMonths[p];
                    stoppedLater += double.IsFinite(stop) ? 1 : 0;
                    Assert.That(stop, Is.NaN.Or.GreaterThan(expected));
                    Assert.That(data.Exposure(p)[0].StartMonths, Is.EqualTo(expected));
                    Assert.That(data.Exposure(p)[0].StopMonths, Is.EqualTo(double.IsFinite(stop) ? stop : data.FollowUpMonths[p]));
                }
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rescued, Is.GreaterThan(100));
            Assert.That(stoppedLater, withStopping ? Is.GreaterThan(5) : Is.Zero);
        }
    }

    // Causes come before effects: all scores up to the first dose are those of the same participants without a rule, visits missed included.
    [Test]
    public void Simulate_WithAndWithoutTheRule_DifferAfterTheFirstDoseAlone()
    {
        Scenario with = MissingScenarios.Rich;
        Scenario without = with with { Design = with.Design with { Rescue = null } };
        int changed = 0;
        for (int replicate = 0; replicate < Replicates; replicate++)
        {
            TrialData a = Simulated(with, replicate);
            TrialData b = Simulated(without, replicate);
            for (int p = 0; p < a.Participants; p++)
            {
                // A participant who left between the deciding visit and the first dose may leave at another moment of that week.
                double until = double.IsFinite(a.RescueMonths[p]) ? a.RescueMonths[p] : double.PositiveInfinity;
                until = Math.Min(until, Math.Min(a.FollowUpMonths[p], b.FollowUpMonths[p]));
                for (int v = 0; v < a.Visits; v++)
                {
                    int cell = (p * a.Visits) + v;
                    Assert.That(a.VisitMonths[cell], Is.EqualTo(b.VisitMonths[cell]));
                    if (a.VisitMonths[cell] <= until)
                    {
                        Assert.That(a.Scores[cell], Is.EqualTo(b.Scores[cell]));
                    }
                    else if (a.Observed[cell] && b.Observed[cell])
                    {
                        changed += a.Scores[cell] != b.Scores[cell] ? 1 : 0;
                    }
                }
            }
        }

        Assert.That(changed, Is.GreaterThan(50));
    }

    [Test]
    public void Simulate_ThresholdThatNobodyReaches_ChangesNothing()
    {
        Scenario with = TestScenarios.Rich with
        {
            Design = TestScenarios.Rich.Design with { Rescue = new RescueRule { LossThreshold = 48 } },
        };
        TrialData a = Simulated(with, 0);
        TrialData b = Simulated(TestScenarios.Rich, 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(a.Scores.ToArray(), Is.EqualTo(b.Scores.ToArray()));
            Assert.That(a.FollowUpMonths.ToArray(), Is.EqualTo(b.FollowUpMonths.ToArray()));
            Assert.That(a.RescueMonths.ToArray(), Is.All.NaN);
        }
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(48.1)]
    [TestCase(double.NaN)]
    public void LossThreshold_OutOfRange_Throws(double value) =>
        Assert.That(
            () => new RescueRule { LossThreshold = value },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("LossThreshold").And.Message.Contains("(0, 48]"));

    [TestCase(-0.1)]
    [TestCase(1.1)]
    public void AcceptanceProbability_OutOfRange_Throws(double value) =>
        Assert.That(
            () => new RescueRule { LossThreshold = 1, AcceptanceProbability = value },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("AcceptanceProbability"));

    private static double PlainRescue(TrialData data, int p, RescueRule rule)
    {
        if (data.Arms[p] != TrialDesign.ControlArm)
        {
            return double.NaN;
        }

        int row = p * data.Visits;
        for (int v = 1; v < data.Visits; v++)
        {
            if (data.Observed[row + v] && data.Scores[row] - data.Scores[row + v] >= rule.LossThreshold)
            {
                double start = data.VisitMonths[row + v] + StudyTime.MonthsFromWeeks(rule.DelayWeeks);

                // Who begins drug as planned, stops before it or leaves before it is not rescued; a rescue is itself the first exposure.
                bool beganBefore = data.Exposure(p).Length > 0 && data.Exposure(p)[0].StartMonths < start;
                bool stoppedBefore = data.TreatmentStopMonths[p] <= start;
                return start < data.FollowUpMonths[p] && !beganBefore && !stoppedBefore ? start : double.NaN;
            }
        }

        return double.NaN;
    }

    private static TrialData Simulated(Scenario scenario, int replicate) =>
        new TrialSimulator(scenario).Simulate(2131, replicate);
}
