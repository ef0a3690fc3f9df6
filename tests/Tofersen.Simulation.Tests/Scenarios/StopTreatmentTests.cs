using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.MonteCarlo;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Who stops treatment and stays in the trial.</summary>
public sealed class StopTreatmentTests
{
    private const int Participants = 100_000;
    private const double PerWeek = 0.02;

    // Everybody loses 1.5 points a month and, on drug, wins half a point back.
    private static Scenario Slowed { get; } = TestScenarios.Bare with
    {
        Effect = new ConstantSlowing { PointsPerMonth = 0.5 },
        Observation = TestScenarios.Bare.Observation with { StopTreatment = new StopTreatmentHazard { PerWeek = PerWeek } },
    };

    private static Scenario Switching { get; } = Slowed with
    {
        Design = new DelayedStart
        {
            Participants = 200,
            VisitWeeks = [0, 12, 28, 52],
            SwitchWeeks = 28,
            GapMinimumWeeks = 2,
            GapMaximumWeeks = 2,
        },
    };

    [Test]
    [Category("Statistical")]
    public void Simulate_ConstantHazard_TimesAreExponentialInBothArms()
    {
        TrialData data = Simulated(Slowed with { Design = Slowed.Design with { Participants = Participants } });
        for (int arm = 0; arm < 2; arm++)
        {
            double[] weeks = Weeks(data, arm, out int people);
            double all = 1 - Math.Exp(-PerWeek * 52);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(weeks.Length / (double)people, Is.EqualTo(all).Within(FalseAlarm.Proportion(all, people)));
                Assert.That(
                    FalseAlarm.KolmogorovSmirnov(weeks, t => (1 - Math.Exp(-PerWeek * t)) / all),
                    Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
            }
        }
    }

    // λ(t) = λ₀ e^(b · loss), and the loss is 1.5 points a month in the control arm and 1 in the other as long as it is treated.
    [Test]
    [Category("Statistical")]
    public void Simulate_HazardOfTheScore_FollowsTheTreatedCourseAndNoMultiplier()
    {
        const double Coefficient = 0.15;
        Scenario scenario = Slowed with
        {
            Population = TestStrata.Population(TestScenarios.Alike with { EventHazardMultiplier = 20 }),
            Design = Slowed.Design with { Participants = Participants },
            Observation = new ObservationModel
            {
                Rounding = ScoreRounding.None,
                StopTreatment = new StopTreatmentHazard { PerWeek = 0.008, ScoreCoefficient = Coefficient },
            },
        };
        TrialData data = Simulated(scenario);
        for (int arm = 0; arm < 2; arm++)
        {
            double growth = Coefficient * (arm == 0 ? 1.5 : 1) / StudyTime.WeeksPerMonth;
            double Cumulative(double week) => 0.008 * (Math.Exp(growth * week) - 1) / growth;
            double[] weeks = Weeks(data, arm, out int people);
            double all = 1 - Math.Exp(-Cumulative(52));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(weeks.Length / (double)people, Is.EqualTo(all).Within(FalseAlarm.Proportion(all, people)));
                Assert.That(
                    FalseAlarm.KolmogorovSmirnov(weeks, t => (1 - Math.Exp(-Cumulative(t))) / all),
                    Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
            }
        }
    }

    [Test]
    public void Simulate_Stopped_CourseFollowsTheExposureOnRecord()
    {
        TrialData data = Simulated(Slowed with { Design = new ParallelGroup { Participants = 300, VisitWeeks = [0, 8, 20, 28, 52] } });
        int stopped = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            double stop = data.TreatmentStopMonths[p];
            stopped += double.IsFinite(stop) ? 1 : 0;
            bool isActive = data.Arms[p] == TrialDesign.ActiveArm;
            ExposureInterval[] expected = isActive
                ? [new ExposureInterval(0, double.IsFinite(stop) ? stop : data.FollowUpMonths[p])]
                : [];
            Assert.That(data.Exposure(p).ToArray(), Is.EqualTo(expected));
            Assert.That(data.FollowUpEnds[p], Is.EqualTo(EventKind.Completed));
            for (int v = 0; v < data.Visits; v++)
            {
                double months = StudyTime.MonthsFromWeeks(data.Layout.VisitWeeks[v]);
                double onDrug = isActive ? Math.Min(months, double.IsFinite(stop) ? stop : months) : 0;
                Assert.That(data.Scores[(p * data.Visits) + v], Is.EqualTo(36 - (1.5 * months) + (0.5 * onDrug)).Within(1e-12));
            }
        }

        Assert.That(stopped, Is.InRange(100, 290));
    }

    [Test]
    public void Simulate_Stopped_WhatCameBeforeIsAsWithoutStopping()
    {
        Scenario never = TestScenarios.Rich;
        TrialData with = Simulated(Stopping(never, 0.02));
        TrialData without = Simulated(never);
        int stopped = 0;
        for (int p = 0; p < with.Participants; p++)
        {
            double stop = with.TreatmentStopMonths[p];
            stopped += double.IsFinite(stop) ? 1 : 0;
            if (double.IsNaN(stop))
            {
                Assert.That(with.FollowUpMonths[p], Is.EqualTo(without.FollowUpMonths[p]));
            }

            // Visits off the schedule are read between weekly points, so that a bend shows up to a week before it.
            double same = double.IsFinite(stop) ? stop - StudyTime.MonthsFromWeeks(1) : double.PositiveInfinity;
            for (int v = 0; v < with.Visits; v++)
            {
                int cell = (p * with.Visits) + v;
                if (with.VisitMonths[cell] <= same)
                {
                    Assert.That(with.Scores[cell], Is.EqualTo(without.Scores[cell]));
                }
            }
        }

        Assert.That(stopped, Is.GreaterThan(30));
    }

    [Test]
    public void Simulate_HazardOfZero_ChangesNothing()
    {
        TrialData none = Simulated(TestScenarios.Rich);
        TrialData zero = Simulated(Stopping(TestScenarios.Rich, 0));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(zero.Scores.ToArray(), Is.EqualTo(none.Scores.ToArray()));
            Assert.That(zero.FollowUpMonths.ToArray(), Is.EqualTo(none.FollowUpMonths.ToArray()));
            Assert.That(zero.TreatmentStopMonths.ToArray(), Is.All.NaN);
        }
    }

    // At 10 a week nearly everybody has stopped within a week.
    [TestCase(false)]
    [TestCase(true)]
    public void Simulate_StoppedBeforeTheSwitch_IsTreatedAgainWhereItRestarts(bool restarts)
    {
        TrialData data = Simulated(Switching with
        {
            Observation = Switching.Observation with
            {
                StopTreatment = new StopTreatmentHazard { PerWeek = 10, RestartsAtSwitch = restarts },
            },
        });
        double end = data.Layout.EndMonths;
        var openLabel = new ExposureInterval(StudyTime.MonthsFromWeeks(30), end);
        for (int p = 0; p < data.Participants; p++)
        {
            double stop = data.TreatmentStopMonths[p];
            Assert.That(stop, Is.LessThan(StudyTime.MonthsFromWeeks(3)));
            ExposureInterval[] blinded = data.Arms[p] == TrialDesign.ActiveArm ? [new ExposureInterval(0, stop)] : [];
            Assert.That(data.Exposure(p).ToArray(), Is.EqualTo((ExposureInterval[])[.. blinded, .. restarts ? [openLabel] : (ExposureInterval[])[]]));
        }
    }

    // The last blinded dose of early starters covers the gap, so that treatment restarts at the switch itself.
    [Test]
    public void Simulate_RestartWithABridgedGap_BeginsAtTheSwitch()
    {
        TrialData data = Simulated(Switching with
        {
            Design = (DelayedStart)Switching.Design with { EarlyStartBridgesGap = true },
            Observation = Switching.Observation with { StopTreatment = new StopTreatmentHazard { PerWeek = 10, RestartsAtSwitch = true } },
        });
        for (int p = 0; p < data.Participants; p++)
        {
            double start = StudyTime.MonthsFromWeeks(data.Arms[p] == TrialDesign.ActiveArm ? 28 : 30);
            Assert.That(data.Exposure(p)[^1], Is.EqualTo(new ExposureInterval(start, data.Layout.EndMonths)));
        }
    }

    [Test]
    public void Simulate_AfterThePlannedEndOfTreatment_NobodyStops()
    {
        TrialData data = Simulated(Slowed with
        {
            Design = new ParallelGroup { Participants = 400, VisitWeeks = [0, 28, 52], TreatmentWeeks = 20 },
        });
        double[] stops = [.. data.TreatmentStopMonths.ToArray().Where(double.IsFinite)];
        Assert.That(stops, Has.Length.GreaterThan(50).And.All.LessThan(StudyTime.MonthsFromWeeks(20)));
    }

    [Test]
    public void Simulate_WithEvents_NobodyStopsAfterLeaving()
    {
        TrialData data = Simulated(Stopping(TestScenarios.Rich, 0.03));
        for (int p = 0; p < data.Participants; p++)
        {
            Assert.That(data.TreatmentStopMonths[p], Is.NaN.Or.LessThan(data.FollowUpMonths[p]));
        }
    }

    [Test]
    public void Validate_RestartWithoutASwitch_Throws() =>
        Assert.That(
            () => (Slowed with
            {
                Observation = new ObservationModel { StopTreatment = new StopTreatmentHazard { PerWeek = 0, RestartsAtSwitch = true } },
            }).Validate(),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Observation").And.Message.Contains("restart"));

    [Test]
    public void StopTreatment_UpperRateLimitBelowTheLower_ThrowsNamingBoth() =>
        Assert.That(
            () => new ObservationModel { StopTreatment = new StopTreatmentHazard { PerWeek = 0, RateMinimum = 3, RateMaximum = 2 } },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("StopTreatment").And.Message.Contains("3 to 2"));

    [TestCase(-0.1)]
    [TestCase(10.1)]
    [TestCase(double.NaN)]
    public void PerWeek_OutOfRange_Throws(double value) =>
        Assert.That(
            () => new StopTreatmentHazard { PerWeek = value },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("PerWeek").And.Message.Contains("[0, 10]"));

    private static Scenario Stopping(Scenario scenario, double perWeek) => scenario with
    {
        Observation = scenario.Observation with { StopTreatment = new StopTreatmentHazard { PerWeek = perWeek } },
    };

    private static TrialData Simulated(Scenario scenario) => new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(2121), 0);

    private static double[] Weeks(TrialData data, int arm, out int people)
    {
        int[] members = [.. Enumerable.Range(0, data.Participants).Where(p => data.Arms[p] == arm)];
        people = members.Length;
        return [.. members.Select(p => StudyTime.WeeksFromMonths(data.TreatmentStopMonths[p])).Where(double.IsFinite)];
    }
}
