using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>True values under strategies against closed forms: everybody declines from 36 by 1.5 points a month, the drug wins 0.5 points a
/// month and multiplies the hazard of death, which is constant in each arm.</summary>
[Category("Statistical")]
public sealed class EstimandTrueValueTests
{
    private const double PerWeek = 0.012;
    private const double HazardRatio = 0.6;

    private static readonly double[] Weekly = [.. Enumerable.Range(0, 53)];

    // e^(−λt) y(t) + (1 − e^(−λt)) s in each arm.
    [TestCase(0)]
    [TestCase(7)]
    public void TrueValue_CompositeDeath_IsTheMixtureOfScoreAndCompositeScore(double score)
    {
        TrueValue value = True(Deadly, 28, new Estimand { Death = EventStrategy.Composite, CompositeScore = score });
        double Mean(int arm) => (Alive(arm, 28) * Course(arm, 28)) + ((1 - Alive(arm, 28)) * score);
        AssertTrue(value, Mean(1) - Mean(0));
    }

    // The last visit before death stands for all later ones: its value times the probability that it is the last.
    [Test]
    public void TrueValue_WhileAlive_IsTheMeanOfTheLastWeeklyVisit()
    {
        TrueValue value = True(Deadly, 52, new Estimand { Death = EventStrategy.WhileOnTreatment });
        double Mean(int arm) =>
            Enumerable.Range(0, 52).Sum(w => Course(arm, w) * (Alive(arm, w) - Alive(arm, w + 1))) + (Course(arm, 52) * Alive(arm, 52));
        AssertTrue(value, Mean(1) - Mean(0));
    }

    // What is hypothetical does not happen: two events, each in its turn.
    [Test]
    public void TrueValue_OneEventOfTwoHypothetical_IsThatOfTheOtherAlone()
    {
        Scenario both = Deadly with
        {
            Observation = Deadly.Observation with
            {
                Events = [.. Deadly.Observation.Events, new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.03 }],
            },
        };
        var composite = new Estimand { Death = EventStrategy.Composite };

        Assert.That(True(both, 28, composite), Is.EqualTo(True(Deadly, 28, composite)));
    }

    // Competing: who withdraws first keeps the last score, who dies first has none.
    [Test]
    public void TrueValue_CompositeDeathAndWhileInTheTrial_IsDecidedByTheFirstEvent()
    {
        const double Leaves = 0.02;
        Scenario both = Deadly with
        {
            Observation = Deadly.Observation with
            {
                Events = [.. Deadly.Observation.Events, new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = Leaves }],
            },
        };
        double Mean(int arm)
        {
            double hazard = PerWeek * (arm == 1 ? HazardRatio : 1);
            double Stays(double week) => Math.Exp(-(hazard + Leaves) * week);
            return (Course(arm, 52) * Stays(52))
                + Enumerable.Range(0, 52).Sum(w => Course(arm, w) * Leaves / (hazard + Leaves) * (Stays(w) - Stays(w + 1)));
        }

        TrueValue value = True(
            both, 52, new Estimand { Death = EventStrategy.Composite, Withdrawal = EventStrategy.WhileOnTreatment });
        AssertTrue(value, Mean(1) - Mean(0));
    }

    // Had the delayed starters stayed without drug, the gap would have grown to the end.
    [Test]
    public void TrueValue_HypotheticalSwitch_IsTheGapWithoutDrug()
    {
        TrueValue value = True(Switching, 52, new Estimand { Switch = EventStrategy.Hypothetical });

        Assert.That(value.Value, Is.EqualTo(0.5 * StudyTime.MonthsFromWeeks(52)).Within(1e-9));
    }

    [Test]
    public void TrueValue_SwitchAsPlanned_IsTheGapThatTheSwitchLeaves()
    {
        TrueValue value = True(Switching, 52, new Estimand());

        Assert.That(value.Value, Is.EqualTo(0.5 * StudyTime.MonthsFromWeeks(30)).Within(1e-9));
    }

    // The control arm stays where it was at week 28, the last visit before drug in week 30.
    [Test]
    public void TrueValue_WhileOnRandomisedTreatment_KeepsTheLastScoreBeforeTheSwitch()
    {
        TrueValue value = True(Switching, 52, new Estimand { Switch = EventStrategy.WhileOnTreatment });

        Assert.That(value.Value, Is.EqualTo(Course(1, 52) - Course(0, 28)).Within(1e-9));
    }

    // Under a hypothetical switch deaths come as they would without drug; otherwise as they do on it, from week 30 in the control arm.
    [TestCase(EventStrategy.Hypothetical)]
    [TestCase(EventStrategy.TreatmentPolicy)]
    public void TrueValue_CompositeDeathWithSwitch_HasTheHazardsOfTheTreatmentThatCounts(EventStrategy strategy)
    {
        Scenario scenario = Switching with { Observation = Deadly.Observation };
        bool isPolicy = strategy == EventStrategy.TreatmentPolicy;
        double onDrug = isPolicy ? 22 : 0;
        double alive = Math.Exp(-PerWeek * (52 - onDrug + (HazardRatio * onDrug)));
        double control = alive * (Course(0, 52) + (0.5 * StudyTime.MonthsFromWeeks(onDrug)));
        TrueValue value = True(scenario, 52, new Estimand { Death = EventStrategy.Composite, Switch = strategy });

        // The hazard falls within the week in which the drug begins, on the grid half a week early.
        double gridError = Math.Abs(control) * PerWeek * (1 - HazardRatio) * 0.5 * (isPolicy ? 1 : 0);
        Assert.That(
            value.Value,
            Is.EqualTo((Alive(1, 52) * Course(1, 52)) - control).Within((FalseAlarm.StandardErrors * value.MonteCarloError) + gridError));
    }

    // Who does not enter the extension leaves at the switch: composite for all later visits.
    [Test]
    public void TrueValue_ExtensionNotEnteredComposite_IsTheShareThatEntered()
    {
        Scenario scenario = Switching with { Design = (DelayedStart)Switching.Design with { EntryProbability = 0.7 } };
        TrueValue value = True(scenario, 52, new Estimand { Withdrawal = EventStrategy.Composite });
        AssertTrue(value, 0.7 * 0.5 * StudyTime.MonthsFromWeeks(30));
    }

    // A withdrawal that did not happen keeps nobody from dying later.
    [Test]
    public void TrueValue_ExtensionNotEnteredHypothetical_LeavesDeathsAsTheyWere()
    {
        Scenario entered = Switching with { Observation = Deadly.Observation };
        Scenario refused = entered with { Design = (DelayedStart)Switching.Design with { EntryProbability = 0.4 } };
        var composite = new Estimand { Death = EventStrategy.Composite };

        Assert.That(True(refused, 52, composite), Is.EqualTo(True(entered, 52, composite)));
    }

    [TestCase(28)]
    [TestCase(52)]
    public void TrueValue_DefaultStrategies_IsExactlyThatWithoutAny(double week)
    {
        var ancova = new Ancova { Week = week, Name = "plain" };
        TrueValue[] values = TrueValue.Compute(
            TestScenarios.Rich,
            [
                ancova.Estimand(TestScenarios.Rich.Layout),
                new EstimandAnalysis { Analysis = ancova, Strategies = new Estimand() }.Estimand(TestScenarios.Rich.Layout),
            ],
            new RunOptions { Seed = 4 },
            CancellationToken.None);

        Assert.That(values[1], Is.EqualTo(values[0]));
    }

    [Test]
    public void TrueValue_ContrastsOfADelayedStart_FollowTheStrategiesToo()
    {
        var strategies = new Estimand { Switch = EventStrategy.Hypothetical };
        DelayedStartAnalysis retention = new() { FirstWeek = 28, SecondWeek = 52, Hypothesis = DelayedStartHypothesis.Retention };
        double months28 = StudyTime.MonthsFromWeeks(28);
        double months52 = StudyTime.MonthsFromWeeks(52);

        Assert.That(
            True(Switching, retention, strategies).Value, Is.EqualTo(0.5 * (months52 - (0.5 * months28))).Within(1e-9));
        Assert.That(True(Switching, retention, new Estimand()).Value,
            Is.EqualTo(0.5 * (StudyTime.MonthsFromWeeks(30) - (0.5 * months28))).Within(1e-9));
    }

    [Test]
    public void TrueValue_SlopesOfAdagio_AreThoseOfTheLatentCourses()
    {
        var slopes = new AdagioAnalysis
        {
            FirstFromWeek = 0,
            FirstToWeek = 28,
            SecondFromWeek = 36,
            SecondToWeek = 52,
            MarginPerMonth = 0.1,
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                True(Switching, slopes with { Hypothesis = AdagioHypothesis.FirstSlope }, new Estimand()).Value,
                Is.EqualTo(0.5).Within(1e-9));
            Assert.That(
                True(Switching, slopes with { Hypothesis = AdagioHypothesis.SlopeNonInferiority }, new Estimand()).Value,
                Is.EqualTo(0).Within(1e-9));
            Assert.That(
                True(Switching, slopes, new Estimand()).Value, Is.EqualTo(0.5 * StudyTime.MonthsFromWeeks(30)).Within(1e-9));
        }
    }

    [Test]
    public void TrueValue_AnyNumberOfThreads_HasTheSameBits([Values(2, 5)] int parallelism)
    {
        LatentContrast?[] contrasts =
        [
            new Ancova { Week = 52 }.Estimand(TestScenarios.Rich.Layout),
            Contrast(EventStrategy.Composite),
            Contrast(EventStrategy.WhileOnTreatment),
        ];
        TrueValue[] one = Compute(1);

        Assert.That(Compute(parallelism), Is.EqualTo(one));

        TrueValue[] Compute(int threads) => TrueValue.Compute(
            TestScenarios.Rich, contrasts, new RunOptions { Seed = 9, Parallelism = threads }, CancellationToken.None);

        static LatentContrast? Contrast(EventStrategy strategy) => new EstimandAnalysis
        {
            Analysis = new Ancova { Week = 52 },
            Strategies = new Estimand { Death = strategy, PermanentVentilation = strategy, Withdrawal = strategy },
        }.Estimand(TestScenarios.Rich.Layout);
    }

    /// <summary>Two arms with constant hazards of death whose ratio is <see cref="HazardRatio"/>.</summary>
    internal static Scenario Deadly { get; } = TestScenarios.Bare with
    {
        Effect = new ConstantSlowing { PointsPerMonth = 0.5, RateMultiplier = HazardRatio },
        Design = new ParallelGroup { Participants = 100, VisitWeeks = [.. Weekly] },
        Observation = new ObservationModel
        {
            Rounding = ScoreRounding.None,
            Events =
            [
                new ProgressionHazard { Kind = EventKind.Death, PerWeek = PerWeek / 1.5, RateExponent = 1, ScoreCoefficient = 0 },
            ],
        },
    };

    private static Scenario Switching { get; } = Deadly with
    {
        Design = new DelayedStart
        {
            Participants = 100,
            VisitWeeks = [0, 12, 28, 36, 44, 52],
            SwitchWeeks = 28,
            GapMinimumWeeks = 2,
            GapMaximumWeeks = 2,
            EarlyStartBridgesGap = true,
        },
        Observation = new ObservationModel { Rounding = ScoreRounding.None },
    };

    internal static double Alive(int arm, double week) => Math.Exp(-PerWeek * (arm == 1 ? HazardRatio : 1) * week);

    internal static double Course(int arm, double week) => 36 - ((arm == 1 ? 1 : 1.5) * StudyTime.MonthsFromWeeks(week));

    private static void AssertTrue(TrueValue value, double expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(value.MonteCarloError, Is.GreaterThan(0).And.LessThan(0.1));
            Assert.That(value.Value, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * value.MonteCarloError));
        }
    }

    private static TrueValue True(Scenario scenario, double week, Estimand strategies) =>
        True(scenario, new Ancova { Week = week }, strategies);

    private static TrueValue True(Scenario scenario, IAnalysis analysis, Estimand strategies) => TrueValue.Compute(
        scenario,
        [new EstimandAnalysis { Analysis = analysis, Strategies = strategies }.Estimand(scenario.Layout)],
        new RunOptions { Seed = FalseAlarm.Seed(1741) },
        CancellationToken.None)[0];
}
