using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Observations;

/// <summary>Event times under hazards that follow rate and score, for participants who are all alike, against survival functions
/// integrated here: λ(t) = PerWeek · m · ρ(t)^a · exp(−b (Y(t) − ref)).</summary>
[Category("Statistical")]
public sealed class ProgressionHazardTests
{
    private const int Participants = 200_000;
    private const double WeeksPerMonth = 365.25 / 84;

    private static readonly double[] Weeks = [4, 13, 26, 39, 51.9];

    private static IEnumerable<TestCaseData> Cases
    {
        get
        {
            yield return new TestCaseData(new HazardCase()).SetArgDisplayNames("falling score");
            yield return new TestCaseData(new HazardCase { Exponent = 0 }).SetArgDisplayNames("score only");
            yield return new TestCaseData(new HazardCase { Coefficient = 0, PerWeek = 0.02 }).SetArgDisplayNames("rate only");
            yield return new TestCaseData(new HazardCase { Rate = 9, PerWeek = 0.0005 }).SetArgDisplayNames("rate above the upper limit");
            yield return new TestCaseData(new HazardCase { Rate = 0.01, PerWeek = 0.2 }).SetArgDisplayNames("rate below the lower limit");
            yield return new TestCaseData(new HazardCase { Rate = -1, PerWeek = 0.2 }).SetArgDisplayNames("improving");
            yield return new TestCaseData(new HazardCase { Coefficient = -0.1 }).SetArgDisplayNames("higher score, higher hazard");
            yield return new TestCaseData(new HazardCase { Reference = 20, PerWeek = 0.002 }).SetArgDisplayNames("other reference");
            yield return new TestCaseData(new HazardCase { Multiplier = 0.3 }).SetArgDisplayNames("multiplier");
            yield return new TestCaseData(new HazardCase { MaxReduction = 0.7 }).SetArgDisplayNames("treated");
            yield return new TestCaseData(new HazardCase { MaxReduction = 1 }).SetArgDisplayNames("treated, all of the rate removed");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Simulate_AlikeParticipants_SurviveAsIntegrated(HazardCase c)
    {
        TrialData data = new TrialSimulator(c.Scenario).Simulate(FalseAlarm.Seed(811), 0);
        for (int arm = 0; arm < 2; arm++)
        {
            double[] cumulative = c.CumulativeHazard(treated: arm == TrialDesign.ActiveArm);
            double[] weeks =
            [
                .. Enumerable.Range(0, Participants).Where(p => data.Arms[p] == arm)
                    .Select(p => data.FollowUpEnds[p] == EventKind.Completed
                        ? double.PositiveInfinity
                        : StudyTime.WeeksFromMonths(data.FollowUpMonths[p])),
            ];
            foreach (double week in Weeks)
            {
                double survival = Math.Exp(-HazardCase.At(cumulative, week));
                Assert.That(
                    weeks.Count(w => w > week) / (double)weeks.Length,
                    Is.EqualTo(survival).Within(FalseAlarm.Proportion(survival, weeks.Length)),
                    $"Arm {arm}, week {week}");
            }

            double all = 1 - Math.Exp(-cumulative[^1]);
            Assert.That(
                FalseAlarm.KolmogorovSmirnov(
                    [.. weeks.Where(double.IsFinite)], w => (1 - Math.Exp(-HazardCase.At(cumulative, w))) / all),
                Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit),
                $"Arm {arm}");
        }
    }

    // Two kinds of the same shape share one integral; their levels 1 : 3 split the events.
    [Test]
    public void Simulate_TwoKindsOfOneShape_SplitInProportionToTheirLevels()
    {
        ProgressionHazard death = TestScenarios.Progression(EventKind.Death, 0.005);
        Scenario scenario = new HazardCase().Scenario with
        {
            Observation = new ObservationModel
            {
                Events = [death, death with { Kind = EventKind.PermanentVentilation, PerWeek = 0.015 }],
            },
        };

        TrialData data = new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(812), 0);

        int deaths = data.FollowUpEnds.Count(EventKind.Death);
        int events = deaths + data.FollowUpEnds.Count(EventKind.PermanentVentilation);
        Assert.That(events, Is.GreaterThan(Participants / 3));
        Assert.That(deaths / (double)events, Is.EqualTo(0.25).Within(FalseAlarm.Proportion(0.25, events)));
    }

    [Test]
    public void Simulate_MultiplierOfZero_LeavesOnlyConstantHazards()
    {
        Scenario scenario = new HazardCase { Multiplier = 0 }.Scenario;
        scenario = scenario with
        {
            Observation = new ObservationModel
            {
                Events = [.. scenario.Observation.Events, new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.01 }],
            },
        };

        TrialData data = new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(813), 0);

        Assert.That(data.FollowUpEnds.Count(EventKind.Death), Is.Zero);
        double expected = 1 - Math.Exp(-0.01 * 52);
        Assert.That(
            data.FollowUpEnds.Count(EventKind.OtherWithdrawal) / (double)Participants,
            Is.EqualTo(expected).Within(FalseAlarm.Proportion(expected, Participants)));
    }

    /// <summary>One set of parameters with its scenario and its integrated hazard.</summary>
    public sealed record HazardCase
    {
        private const int StepsPerWeek = 50;
        private const double HalfTimeWeeks = 10;

        internal double Rate { get; init; } = 1.5;

        internal double PerWeek { get; init; } = 0.01;

        internal double Exponent { get; init; } = 0.8;

        internal double Coefficient { get; init; } = 0.12;

        internal double Reference { get; init; } = 36;

        internal double Multiplier { get; init; } = 1;

        internal double MaxReduction { get; init; }

        internal Scenario Scenario => TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with
            {
                DeclineRate = new NormalRate { Mean = Rate, Sd = 0 },
                EventHazardMultiplier = Multiplier,
            }),
            Trajectory = new AttenuatedDecline(),
            Effect = new SlopeReduction { MaxReduction = MaxReduction, HalfTimeWeeks = HalfTimeWeeks },
            Design = new ParallelGroup { Participants = Participants, VisitWeeks = [0, 28, 52] },
            Observation = new ObservationModel
            {
                Events =
                [
                    new ProgressionHazard
                    {
                        Kind = EventKind.Death,
                        PerWeek = PerWeek,
                        RateExponent = Exponent,
                        ScoreCoefficient = Coefficient,
                        ReferenceScore = Reference,
                    },
                ],
            },
        };

        /// <summary>∫ λ from 0, every fiftieth of a week, with the score by small midpoint steps of its own equation.</summary>
        internal double[] CumulativeHazard(bool treated)
        {
            var cumulative = new double[(52 * StepsPerWeek) + 1];
            double y = 36;
            const double Step = 1.0 / StepsPerWeek;
            for (int i = 0; i < cumulative.Length - 1; i++)
            {
                double week = (i + 0.5) * Step;
                double remains = 1 - (treated ? MaxReduction * (1 - Math.Pow(2, -week / HalfTimeWeeks)) : 0);
                double Loss(double score) => Rate * remains / WeeksPerMonth * (Rate > 0 ? Math.Min(1, score / 12) : 1);
                double middle = y - (Step / 2 * Loss(y));
                double pace = Math.Clamp(Rate * remains, 0.05, 6);
                double hazard = PerWeek * Multiplier * Math.Pow(pace, Exponent) * Math.Exp(-Coefficient * (middle - Reference));
                cumulative[i + 1] = cumulative[i] + (Step * hazard);
                y -= Step * Loss(middle);
            }

            return cumulative;
        }

        internal static double At(double[] cumulative, double week)
        {
            double position = week * StepsPerWeek;
            int i = Math.Min((int)position, cumulative.Length - 2);
            return cumulative[i] + ((position - i) * (cumulative[i + 1] - cumulative[i]));
        }
    }
}
