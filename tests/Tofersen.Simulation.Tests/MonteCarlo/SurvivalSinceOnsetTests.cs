using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Survival since symptom onset, and scores, of simulated courses.</summary>
public sealed class SurvivalSinceOnsetTests
{
    private static readonly ValueList<EventKind> Death = [EventKind.Death];

    // A constant hazard: who enters when tells nothing, and survival among those at risk is exponential from the first entry.
    [Category("Statistical")]
    [Test]
    public void EventFreeSinceOnset_ConstantHazardFromEntry_IsExponential()
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Population = Entering(new LogNormalRate { Mean = 1.2, Sd = 0.5 }),
            Design = new ParallelGroup { Participants = 200, VisitWeeks = [0, 104] },
            Observation = new ObservationModel
            {
                Events =
                [
                    new ConstantHazard { Kind = EventKind.Death, PerWeek = 0.01 },
                    new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.005 },
                ],
            },
        };
        CourseSummary courses = Courses(scenario, 400, FalseAlarm.Seed(941));

        // Nearly everybody has entered by month 30; from there to 36 nothing but the hazard counts.
        MonteCarloValue at30 = courses.EventFreeSinceOnset(TrialDesign.ControlArm, 30, Death);
        MonteCarloValue at36 = courses.EventFreeSinceOnset(TrialDesign.ControlArm, 36, Death);
        double hazard = Math.Log(at30.Value / at36.Value);
        double expected = 0.01 * StudyTime.WeeksPerMonth * 6;
        double error = Math.Sqrt(Square(at36.MonteCarloError / at36.Value) - Square(at30.MonteCarloError / at30.Value));

        Assert.That(hazard, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * error));
    }

    // Everybody enters 10 months after onset: from entry is survival since randomisation, shifted; from onset is the same, since
    // nobody is at risk in between and nobody dies there.
    [Test]
    public void EventFreeSinceOnset_OneTimeOfEntry_IsSurvivalSinceRandomisation()
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Population = Entering(new NormalRate { Mean = 1.2, Sd = 0 }),
            Design = new ParallelGroup { Participants = 500, VisitWeeks = [0, 104] },
            Observation = new ObservationModel { Events = [new ConstantHazard { Kind = EventKind.Death, PerWeek = 0.01 }] },
        };
        CourseSummary courses = Courses(scenario, 40, 942);

        foreach (int months in (int[])[10, 11, 16, 28])
        {
            double week = (months - 10) * StudyTime.WeeksPerMonth;
            MonteCarloValue entry = courses.EventFreeSinceOnset(TrialDesign.ActiveArm, months, Death);
            MonteCarloValue onset = courses.EventFreeSinceOnset(TrialDesign.ActiveArm, months, Death, null, fromEntry: false);
            double life = courses.EventFree(TrialDesign.ActiveArm, (int)Math.Round(week), Death).Value;

            Assert.That(onset.Value, Is.EqualTo(entry.Value).Within(1e-12));
            Assert.That(entry.Value, Is.EqualTo(Math.Exp(-0.01 * week)).Within((5 * entry.MonteCarloError) + 1e-12));
            Assert.That(entry.Value, Is.EqualTo(life).Within(0.006));
        }
    }

    // A plain count, participant by participant, of the same trials.
    [Test]
    public void EventFreeSinceOnset_Preset_EqualsThePlainCount([Values] bool fromEntry)
    {
        const int Replicates = 3;
        Scenario scenario = Sod1NaturalHistory.Preset.Scenario;
        CourseSummary courses = Courses(scenario, Replicates, 943);
        var people = new List<(double Entry, double Exit, EventKind Kind)>();
        var simulator = new TrialSimulator(scenario);
        int column = scenario.Layout.Covariates.ToList().FindIndex(c => c.Name == Covariates.MonthsSinceOnset);
        for (int r = 0; r < Replicates; r++)
        {
            TrialData data = simulator.Simulate(943, r);
            for (int p = 0; p < data.Participants; p++)
            {
                double onset = data.Covariate(column)[p];
                if (data.Arms[p] == TrialDesign.ControlArm && onset < 1_200)
                {
                    people.Add((Math.Round(onset, 3), Math.Round(onset + data.FollowUpMonths[p], 3), data.FollowUpEnds[p]));
                }
            }
        }

        foreach (int months in (int[])[1, 14, 60, 300])
        {
            double cumulative = 0;
            for (int m = 0; m < months; m++)
            {
                int deaths = people.Count(p => p.Kind == EventKind.Death && Math.Floor(p.Exit) == m);
                double time = people.Sum(p => Math.Max(0, Math.Min(p.Exit, m + 1) - Math.Max(fromEntry ? p.Entry : 0, m)));
                cumulative += deaths > 0 ? deaths / time : 0;
            }

            Assert.That(
                courses.EventFreeSinceOnset(TrialDesign.ControlArm, months, Death, null, fromEntry).Value,
                Is.EqualTo(Math.Exp(-cumulative)).Within(1e-9), $"Month {months}");
        }
    }

    // Among people who are seen at all, those who died before entry are missing.
    [Test]
    public void EventFreeSinceOnset_CountedFromOnset_IsLonger()
    {
        CourseSummary courses = Courses(Sod1NaturalHistory.Preset.Scenario, 40, 944);

        Assert.That(
            courses.EventFreeSinceOnset(TrialDesign.ControlArm, 60, Death, null, fromEntry: false).Value,
            Is.GreaterThan(courses.EventFreeSinceOnset(TrialDesign.ControlArm, 60, Death).Value));
    }

    [Test]
    public void EventFreeSinceOnset_NoTime_IsCertainAndBadArguments_Throw()
    {
        CourseSummary courses = Courses(TestScenarios.Bare, 2, 945);

        Assert.That(courses.EventFreeSinceOnset(0, 0, Death), Is.EqualTo(new MonteCarloValue(1, 0)));
        Assert.That(() => courses.EventFreeSinceOnset(0, -1, Death), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => courses.EventFreeSinceOnset(0, 1_201, Death), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => courses.EventFreeSinceOnset(2, 1, Death), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => courses.EventFreeSinceOnset(0, 1, null!), Throws.ArgumentNullException);
    }

    [Test]
    public void CompleteScore_Change_IsTheDifferenceOfScores()
    {
        CourseSummary courses = Courses(TestScenarios.Rich, 20, 946);
        foreach (string? stratum in (string?[])[null, "fast", "slow"])
        {
            double difference = courses.CompleteScore(0, 28, stratum).Mean - courses.CompleteScore(0, 0, stratum).Mean;

            Assert.That(courses.CompleteChange(0, 28, stratum).Mean, Is.EqualTo(difference).Within(1e-10));
            Assert.That(courses.CompleteScore(0, 28, stratum).StandardDeviation, Is.Positive);
        }
    }

    private static PopulationModel Entering(RateDistribution slope) =>
        new() { Strata = [TestScenarios.Alike with { PreRandomisationSlope = slope }] };

    private static CourseSummary Courses(Scenario scenario, int replicates, ulong seed) =>
        PowerAnalysis.Run(
            scenario with { Analyses = [] },
            analyses: null,
            new RunOptions { Replicates = replicates, Seed = seed, CollectCourses = true }).Courses!;

    private static double Square(double x) => x * x;
}
