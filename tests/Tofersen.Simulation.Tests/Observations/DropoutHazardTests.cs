using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.Observations;

/// <summary>When participants leave under each mechanism of dropout.</summary>
public sealed class DropoutHazardTests
{
    private const int Participants = 200_000;
    private const double LossPerMonth = 1.5;

    // Position of the dropout among the hazards: its exponential draw is the third of a participant's stream.
    private const int Position = 2;

    [Test]
    public void Simulate_StrengthOfZero_IsAConstantHazardToTheBit([Values] MissingnessMechanism mechanism)
    {
        TrialData constant = Simulated(TestScenarios.Rich, new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.02 });
        TrialData dropout = Simulated(TestScenarios.Rich, Dropout(mechanism, 0.02, 0));
        AssertSame(dropout, constant);
    }

    [Test]
    public void Simulate_McarOfAnyStrength_IsAConstantHazardToTheBit() =>
        AssertSame(
            Simulated(TestScenarios.Rich, Dropout(MissingnessMechanism.Mcar, 0.02, 0.7)),
            Simulated(TestScenarios.Rich, new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.02 }));

    // The data alone give each participant's cumulative hazard; the draw that it had to reach is the one that decided.
    [TestCase(0.15, 0.006)]
    [TestCase(-0.1, 0.05)]
    [TestCase(1, 0.0005)]
    public void Simulate_Mar_LeavesWhenTheHazardOfTheRecordedScoresReachesTheDraw(double strength, double perWeek)
    {
        int left = 0;
        int stayed = 0;
        for (int replicate = 0; replicate < 20; replicate++)
        {
            Scenario scenario = With(TestScenarios.Rich, Dropout(MissingnessMechanism.Mar, perWeek, strength));
            TrialData data = new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(2101), replicate);
            for (int p = 0; p < data.Participants; p++)
            {
                TrialRandom random = new StreamKey(2101, replicate).Open(p, DrawPurpose.Events);
                double draw = 0;
                for (int i = 0; i <= Position; i++)
                {
                    draw = random.NextExponential();
                }

                double cumulative = perWeek * PlainWeeksOfUnitHazard(data, p, strength);
                if (data.FollowUpEnds[p] == EventKind.OtherWithdrawal)
                {
                    left++;
                    Assert.That(cumulative, Is.EqualTo(draw).Within(1e-9 * draw));
                }
                else
                {
                    stayed++;
                    Assert.That(cumulative, Is.LessThan(draw));
                }
            }
        }

        Assert.That(Math.Min(left, stayed), Is.GreaterThan(100));
    }

    // How many leave between two visits, by what was on record at the first: each difference from the sum of hazards is within its error.
    [Test]
    [Category("Statistical")]
    public void Simulate_Mar_CountsFollowTheRecordedLossAndNothingElse()
    {
        const double Strength = 0.12;
        const double PerWeek = 0.004;
        Scenario scenario = With(Varied, Dropout(MissingnessMechanism.Mar, PerWeek, Strength));
        TrialData data = new TrialSimulator(scenario with
        {
            Design = new ParallelGroup { Participants = Participants, VisitWeeks = [0, 12, 24, 36] },
        }).Simulate(FalseAlarm.Seed(2102), 0);
        var observed = new SortedDictionary<int, int>();
        var expected = new SortedDictionary<int, double>();
        for (int p = 0; p < Participants; p++)
        {
            ReadOnlySpan<double> scores = data.Scores.Slice(p * data.Visits, data.Visits);
            double end = StudyTime.WeeksFromMonths(data.FollowUpMonths[p]);
            for (int v = 0; v + 1 < data.Visits && data.Layout.VisitWeeks[v] < end; v++)
            {
                double loss = scores[0] - scores[v];
                int cell = (100 * v) + (int)Math.Clamp(Math.Floor(loss / 4), -3, 10);
                double weeks = Math.Min(end, data.Layout.VisitWeeks[v + 1]) - data.Layout.VisitWeeks[v];
                bool leaves = end < data.Layout.VisitWeeks[v + 1];
                observed[cell] = observed.GetValueOrDefault(cell) + (leaves ? 1 : 0);
                expected[cell] = expected.GetValueOrDefault(cell) + (PerWeek * Math.Exp(Strength * loss) * weeks);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(expected.Count(e => e.Value > 25), Is.GreaterThan(15));
            foreach ((int cell, double mean) in expected.Where(e => e.Value > 25))
            {
                Assert.That(observed[cell], Is.EqualTo(mean).Within(FalseAlarm.StandardErrors * Math.Sqrt(mean)), $"cell {cell}");
            }
        }
    }

    // Everybody loses 1.5 points a month, so that Λ(t) = λ₀ (e^(s·1.5·t) − 1) / (s·1.5), t in months.
    [TestCase(0.1)]
    [TestCase(-0.2)]
    [TestCase(0.5)]
    [Category("Statistical")]
    public void Simulate_MnarAlike_SurviveAsGompertz(double strength)
    {
        double growth = strength * LossPerMonth;
        double perMonth = (strength > 0.3 ? 0.001 : 0.02) * StudyTime.WeeksPerMonth;
        AssertSurvival(
            Dropout(MissingnessMechanism.Mnar, perMonth / StudyTime.WeeksPerMonth, strength),
            month => perMonth * (Math.Exp(growth * month) - 1) / growth);
    }

    // The same people with visits at weeks 12, 28 and 52: the hazard rises in steps, and none between visits.
    [Test]
    [Category("Statistical")]
    public void Simulate_MarAlike_SurviveAsAStepHazard()
    {
        const double Strength = 0.2;
        const double PerWeek = 0.01;
        double[] visits = [0, 12, 28, 52];
        AssertSurvival(Dropout(MissingnessMechanism.Mar, PerWeek, Strength), month =>
        {
            double week = StudyTime.WeeksFromMonths(month);
            double cumulative = 0;
            for (int v = 0; v < visits.Length; v++)
            {
                double until = v + 1 < visits.Length ? visits[v + 1] : double.PositiveInfinity;
                double loss = LossPerMonth * StudyTime.MonthsFromWeeks(visits[v]);
                cumulative += PerWeek * Math.Exp(Strength * loss) * Math.Max(0, Math.Min(week, until) - visits[v]);
            }

            return cumulative;
        });
    }

    [Test]
    public void Simulate_HigherStrength_ThoseWhoLoseLeaveNoLaterAndSeeTheSameScores(
        [Values(MissingnessMechanism.Mar, MissingnessMechanism.Mnar)] MissingnessMechanism mechanism)
    {
        // Nobody gains here, so that a higher strength is a higher hazard for everybody.
        Scenario losing = With(TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with { DeclineRate = new LogNormalRate { Mean = 1.2, Sd = 0.8 } }),
        });
        TrialData weak = Simulated(losing, Dropout(mechanism, 0.01, 0.05));
        TrialData strong = Simulated(losing, Dropout(mechanism, 0.01, 0.15));
        int earlier = 0;
        for (int p = 0; p < weak.Participants; p++)
        {
            Assert.That(strong.FollowUpMonths[p], Is.LessThanOrEqualTo(weak.FollowUpMonths[p]));
            earlier += strong.FollowUpMonths[p] < weak.FollowUpMonths[p] ? 1 : 0;
            for (int v = 0; v < weak.Visits; v++)
            {
                double score = strong.Scores[(p * weak.Visits) + v];
                Assert.That(score, Is.NaN.Or.EqualTo(weak.Scores[(p * weak.Visits) + v]));
            }
        }

        Assert.That(earlier, Is.GreaterThan(5));
    }

    // What the strata's multiplier and effects on hazards change is left alone.
    [Test]
    public void Simulate_MultiplierOfHazards_DoesNotChangeDropout([Values] MissingnessMechanism mechanism)
    {
        Scenario scenario = With(Varied, Dropout(mechanism, 0.01, 0.1));
        TrialData plain = new TrialSimulator(scenario).Simulate(3, 0);
        TrialData multiplied = new TrialSimulator(scenario with
        {
            Population = TestStrata.Population(VariedStratum with { EventHazardMultiplier = 50 }),
        }).Simulate(3, 0);
        Assert.That(multiplied.FollowUpMonths.ToArray(), Is.EqualTo(plain.FollowUpMonths.ToArray()));
    }

    [TestCase(EventKind.Completed)]
    [TestCase(EventKind.Death)]
    [TestCase(EventKind.PermanentVentilation)]
    [TestCase(EventKind.ExtensionNotEntered)]
    [TestCase((EventKind)17)]
    public void Kind_NotAWithdrawal_Throws(EventKind kind) =>
        Assert.That(
            () => Dropout(MissingnessMechanism.Mar, 0.1, 0) with { Kind = kind },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Kind")
                .And.Message.Contains("WithdrawalForProgression or OtherWithdrawal"));

    [TestCase(1.01)]
    [TestCase(-1.01)]
    [TestCase(double.NaN)]
    public void Strength_OutOfRange_Throws(double strength) =>
        Assert.That(
            () => Dropout(MissingnessMechanism.Mar, 0.1, strength),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Strength").And.Message.Contains("[-1, 1]"));

    [Test]
    public void Mechanism_Undefined_Throws() =>
        Assert.That(
            () => Dropout((MissingnessMechanism)3, 0.1, 0),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Mechanism"));

    private static Stratum VariedStratum { get; } = TestScenarios.Alike with
    {
        DeclineRate = new NormalRate { Mean = 1.2, Sd = 0.8 },
        ResidualSd = 2,
    };

    private static Scenario Varied { get; } = TestScenarios.Bare with { Population = TestStrata.Population(VariedStratum) };

    private static DropoutHazard Dropout(MissingnessMechanism mechanism, double perWeek, double strength) =>
        new() { Kind = EventKind.OtherWithdrawal, PerWeek = perWeek, Mechanism = mechanism, Strength = strength };

    // In the place of the last hazard, or the only one.
    private static Scenario With(Scenario scenario, params EventHazard[] dropout) => scenario with
    {
        Observation = scenario.Observation with { Events = [.. scenario.Observation.Events.Take(Position), .. dropout] },
    };

    private static TrialData Simulated(Scenario scenario, EventHazard dropout) =>
        new TrialSimulator(With(scenario, dropout)).Simulate(19, 4);

    private static double PlainWeeksOfUnitHazard(TrialData data, int p, double strength)
    {
        double end = data.FollowUpMonths[p];
        double baseline = data.Scores[p * data.Visits];
        double last = baseline;
        double months = 0;
        double sum = 0;
        for (int v = 1; v < data.Visits; v++)
        {
            int cell = (p * data.Visits) + v;
            if (data.Observed[cell] && data.VisitMonths[cell] < end)
            {
                sum += Math.Exp(-strength * (last - baseline)) * (data.VisitMonths[cell] - months);
                (months, last) = (data.VisitMonths[cell], data.Scores[cell]);
            }
        }

        return StudyTime.WeeksFromMonths(sum + (Math.Exp(-strength * (last - baseline)) * (end - months)));
    }

    private static void AssertSurvival(DropoutHazard hazard, Func<double, double> cumulative)
    {
        Scenario scenario = With(TestScenarios.Bare, hazard) with
        {
            Design = new ParallelGroup { Participants = Participants, VisitWeeks = [0, 12, 28, 52] },
        };
        TrialData data = new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(2103), 0);
        double end = StudyTime.MonthsFromWeeks(52);
        double all = 1 - Math.Exp(-cumulative(end));
        double[] months = [.. data.FollowUpMonths.ToArray().Where(m => m < end)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(months.Length / (double)Participants, Is.EqualTo(all).Within(FalseAlarm.Proportion(all, Participants)));
            Assert.That(
                FalseAlarm.KolmogorovSmirnov(months, t => (1 - Math.Exp(-cumulative(t))) / all),
                Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        }
    }

    private static void AssertSame(TrialData actual, TrialData expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.FollowUpMonths.ToArray(), Is.EqualTo(expected.FollowUpMonths.ToArray()));
            Assert.That(actual.FollowUpEnds.ToArray(), Is.EqualTo(expected.FollowUpEnds.ToArray()));
            Assert.That(actual.Scores.ToArray(), Is.EqualTo(expected.Scores.ToArray()));
            Assert.That(actual.FollowUpEnds.ToArray(), Has.Some.EqualTo(EventKind.OtherWithdrawal));
        }
    }
}
