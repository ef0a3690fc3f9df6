using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>What each strategy makes of one participant's scores; visits in weeks 0, 4, 8, 12 and 16.</summary>
public sealed class EstimandAnalysisTests
{
    private const double None = double.NaN;
    private const EventStrategy Hypothetical = EventStrategy.Hypothetical;
    private const EventStrategy Composite = EventStrategy.Composite;
    private const EventStrategy While = EventStrategy.WhileOnTreatment;

    private static readonly double[] Seen = [40, 38, 36, None, None];

    private static IEnumerable<TestCaseData> Events()
    {
        (EventKind Kind, Func<EventStrategy, Estimand> Strategies)[] kinds =
        [
            (EventKind.Death, s => new Estimand { Death = s }),
            (EventKind.PermanentVentilation, s => new Estimand { PermanentVentilation = s }),
            (EventKind.WithdrawalForProgression, s => new Estimand { Withdrawal = s }),
            (EventKind.OtherWithdrawal, s => new Estimand { Withdrawal = s }),
            (EventKind.ExtensionNotEntered, s => new Estimand { Withdrawal = s }),
        ];
        foreach ((EventKind kind, Func<EventStrategy, Estimand> strategies) in kinds)
        {
            yield return new TestCaseData(kind, strategies(Hypothetical), Seen);
            yield return new TestCaseData(kind, strategies(Composite), (double[])[40, 38, 36, 0, 0]);
            yield return new TestCaseData(kind, strategies(Composite) with { CompositeScore = 12 }, (double[])[40, 38, 36, 12, 12]);
            yield return new TestCaseData(kind, strategies(While), (double[])[40, 38, 36, 36, 36]);

            // The other kinds' strategies do not touch it.
            var others = new Estimand { Death = Composite, PermanentVentilation = Composite, Withdrawal = Composite };
            Estimand own = kind switch
            {
                EventKind.Death => others with { Death = Hypothetical },
                EventKind.PermanentVentilation => others with { PermanentVentilation = Hypothetical },
                _ => others with { Withdrawal = Hypothetical },
            };
            yield return new TestCaseData(kind, own, Seen);
        }
    }

    [TestCaseSource(nameof(Events))]
    public void Apply_EventBetweenVisits_FillsTheVisitsAfterIt(EventKind kind, Estimand strategies, double[] expected) =>
        AssertApplied(strategies, Record(Seen, 10, kind), expected);

    [Test]
    public void Apply_Completed_LeavesEverything() =>
        AssertApplied(
            new Estimand { Death = Composite, PermanentVentilation = While, Withdrawal = Composite },
            Record([40, 38, None, 34, None], 16, EventKind.Completed),
            [40, 38, None, 34, None]);

    // A visit on the event's day is before it, seen or missed.
    [TestCase(36, 36)]
    [TestCase(None, None)]
    public void Apply_VisitOnTheDayOfTheEvent_IsBeforeIt(double score, double expected)
    {
        ParticipantRecord record = Record([40, 38, score, None, None], 8, EventKind.Death);
        AssertApplied(new Estimand { Death = Composite }, record, [40, 38, expected, 0, 0]);
    }

    [TestCase(Hypothetical)]
    [TestCase(While)]
    public void Apply_ControlArmTreatedFromTheFirst_HasNoSwitch(EventStrategy strategy) =>
        AssertApplied(
            new Estimand { Switch = strategy },
            Record([40, 38, 36, 35, 34], 16, EventKind.Completed) with { Exposure = [new ExposureInterval(0, 16)] },
            [40, 38, 36, 35, 34]);

    // A gap before the event stays one: it is missing data, and no event explains it.
    [Test]
    public void Apply_GapsBeforeTheEvent_StayGaps()
    {
        ParticipantRecord record = Record([40, None, 36, None, None], 13, EventKind.Death);
        using (Assert.EnterMultipleScope())
        {
            AssertApplied(new Estimand { Death = Composite }, record, [40, None, 36, None, 0]);
            AssertApplied(new Estimand { Death = While }, record, [40, None, 36, None, 36]);
        }
    }

    [Test]
    public void Apply_NothingSeenBeforeTheEvent_HasNothingToCarry() =>
        AssertApplied(
            new Estimand { Death = While }, Record([None, None, None, None, None], 5, EventKind.Death), [None, None, None, None, None]);

    [Test]
    public void Apply_DeathBeforeTheFirstVisit_CarriesTheBaseline() =>
        AssertApplied(new Estimand { Death = While }, Record([40, None, None, None, None], 1, EventKind.Death), [40, 40, 40, 40, 40]);

    // The visit of week 8 took place in week 7, before a death in week 7.5, that of week 12 would have in week 11.
    [Test]
    public void Apply_JitteredVisits_CountAtTheirOwnTimes()
    {
        double[] weeks = [0, 4.5, 7, 11, 16];
        ParticipantRecord died = Record([40, 38, 36, None, None], 7.5, EventKind.Death, weeks);

        // Seen at the end of a period although it fell a little late: before the end of follow-up, whatever the clock says.
        ParticipantRecord left = Record([40, 38, None, None, None], 4.2, EventKind.ExtensionNotEntered, weeks);
        using (Assert.EnterMultipleScope())
        {
            AssertApplied(new Estimand { Death = Composite }, died, [40, 38, 36, 0, 0]);
            AssertApplied(new Estimand { Withdrawal = Composite }, left, [40, 38, 0, 0, 0]);
        }
    }

    [Test]
    public void Apply_Switch_FollowsItsStrategyInTheControlArmAlone()
    {
        double[] scores = [40, 38, 36, 35, 34];
        ParticipantRecord delayed = Record(scores, 16, EventKind.Completed) with { Exposure = [From(8)] };
        ParticipantRecord early = delayed with { Arm = 1, Exposure = [new ExposureInterval(0, 1), From(8)] };
        ParticipantRecord never = delayed with { Exposure = [] };
        foreach (EventStrategy strategy in (EventStrategy[])[EventStrategy.TreatmentPolicy, Hypothetical, While])
        {
            var strategies = new Estimand { Switch = strategy };
            double[] expected = strategy switch
            {
                Hypothetical => [40, 38, 36, None, None],
                While => [40, 38, 36, 36, 36],
                _ => scores,
            };
            using (Assert.EnterMultipleScope())
            {
                AssertApplied(strategies, delayed, expected);
                AssertApplied(strategies, early, scores);
                AssertApplied(strategies, never, scores);
            }
        }
    }

    // Death in week 14 after a switch in week 8.
    [TestCase(EventStrategy.TreatmentPolicy, 35, 0)]
    [TestCase(EventStrategy.WhileOnTreatment, 36, 0)]
    [TestCase(EventStrategy.Hypothetical, None, None)]
    public void Apply_DeathAfterTheSwitch_CountsUnlessTheSwitchIsHypothetical(EventStrategy strategy, double twelve, double sixteen)
    {
        ParticipantRecord record = Record([40, 38, 36, 35, None], 14, EventKind.Death) with { Exposure = [From(8)] };
        AssertApplied(new Estimand { Death = Composite, Switch = strategy }, record, [40, 38, 36, twelve, sixteen]);
    }

    [Test]
    public void Apply_DeathBeforeThePlannedSwitch_CountsWhateverTheSwitch([Values(Hypothetical, While)] EventStrategy strategy)
    {
        ParticipantRecord record = Record([40, 38, None, None, None], 7, EventKind.Death);
        AssertApplied(new Estimand { Death = Composite, Switch = strategy }, record, [40, 38, 0, 0, 0]);
    }

    [Test]
    public void Apply_AnyStrategies_LeaveTimesAndEverythingElse()
    {
        TrialData data = new TrialSimulator(TestScenarios.Rich).Simulate(5, 0);
        double[] before = data.Scores.ToArray();
        TrialData view = new EstimandAnalysis
        {
            Analysis = new Ancova { Week = 52 },
            Strategies = new Estimand { Death = Composite, PermanentVentilation = While, Withdrawal = Composite, Switch = While },
        }.Apply(data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(data.Scores.ToArray(), Is.EqualTo(before));
            Assert.That(view.Scores.ToArray(), Is.Not.EqualTo(before));
            Assert.That(view.FollowUpMonths.ToArray(), Is.EqualTo(data.FollowUpMonths.ToArray()));
            Assert.That(view.FollowUpEnds.ToArray(), Is.EqualTo(data.FollowUpEnds.ToArray()));
            Assert.That(view.VisitMonths.ToArray(), Is.EqualTo(data.VisitMonths.ToArray()));
            Assert.That(view.Arms.ToArray(), Is.EqualTo(data.Arms.ToArray()));
            Assert.That(view.Covariate(0).ToArray(), Is.EqualTo(data.Covariate(0).ToArray()));
            Assert.That(view.Exposure(3).ToArray(), Is.EqualTo(data.Exposure(3).ToArray()));
        }
    }

    // A slow version of the rules, and the analysis of the data that it makes.
    [Test]
    public void Run_SimulatedTrials_AnalysesTheDataThatTheRulesMake([Range(0, 7)] int replicate)
    {
        var random = new Random(replicate);
        EventStrategy Terminal() => (EventStrategy)random.Next(1, 4);
        var strategies = new Estimand
        {
            Death = Terminal(),
            PermanentVentilation = Terminal(),
            Withdrawal = Terminal(),
            Switch = random.Next(3) switch { 0 => EventStrategy.TreatmentPolicy, 1 => Hypothetical, _ => While },
            CompositeScore = random.Next(3),
        };
        TrialData data = new TrialSimulator(TestScenarios.Rich).Simulate(77, replicate);
        TrialData byHand = TrialData.FromRecords(data.Layout, [.. Enumerable.Range(0, data.Participants).Select(p => ByHand(data, p, strategies))]);
        IAnalysis[] analyses = [new Ancova { Week = 52 }, new Ancova { Week = 28 }, new LogRank(), new SlopeAnalysis { ThroughWeek = 52 }];
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in analyses)
            {
                var estimand = new EstimandAnalysis { Analysis = analysis, Strategies = strategies };
                Assert.That(
                    estimand.CreateWorker(data.Layout).Run(data), Is.EqualTo(analysis.CreateWorker(data.Layout).Run(byHand)));
            }
        }
    }

    [Test]
    public void Name_NoneGiven_IsTheAnalysissWithASuffix()
    {
        var estimand = new EstimandAnalysis { Analysis = new Ancova { Week = 28, Alpha = 0.1 }, Strategies = new Estimand() };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(estimand.Name, Is.EqualTo("ancova-28-estimand"));
            Assert.That(estimand.Alpha, Is.EqualTo(0.1));
            Assert.That(estimand.Estimand(TestScenarios.Rich.Layout)?.Strategies, Is.EqualTo(new Estimand()));
            Assert.That((estimand with { Analysis = new LogRank() }).Estimand(TestScenarios.Rich.Layout), Is.Null);
        }
    }

    [Test]
    public void Strategies_ThatMakeNoSense_ThrowNamingTheEvent()
    {
        using (Assert.EnterMultipleScope())
        {
            AssertOutOfRange(() => new Estimand { Death = EventStrategy.TreatmentPolicy }, "Death");
            AssertOutOfRange(() => new Estimand { PermanentVentilation = EventStrategy.TreatmentPolicy }, "PermanentVentilation");
            AssertOutOfRange(() => new Estimand { Withdrawal = EventStrategy.TreatmentPolicy }, "Withdrawal");
            AssertOutOfRange(() => new Estimand { Switch = Composite }, "Switch");
            AssertOutOfRange(() => new Estimand { Death = (EventStrategy)9 }, "Death");
            AssertOutOfRange(() => new Estimand { CompositeScore = -1 }, "CompositeScore");
            AssertOutOfRange(() => new Estimand { CompositeScore = 48.5 }, "CompositeScore");
            AssertOutOfRange(() => new Estimand { CompositeScore = double.NaN }, "CompositeScore");
        }
    }

    private static ExposureInterval From(double week) => new(StudyTime.MonthsFromWeeks(week), double.PositiveInfinity);

    private static ParticipantRecord Record(double[] scores, double endWeek, EventKind kind, double[]? weeks = null) => new()
    {
        Arm = 0,
        Scores = [.. scores],
        FollowUpMonths = StudyTime.MonthsFromWeeks(endWeek),
        FollowUpEnd = kind,
        VisitMonths = weeks is null ? null : [.. weeks.Select(StudyTime.MonthsFromWeeks)],
    };

    // One participant's record after the rules: first the switch, then the end of follow-up.
    private static ParticipantRecord ByHand(TrialData data, int p, Estimand strategies)
    {
        int visits = data.Visits;
        double[] scores = data.Scores.Slice(p * visits, visits).ToArray();
        double[] months = data.VisitMonths.Slice(p * visits, visits).ToArray();
        double end = data.FollowUpMonths[p];
        double switched = data.Arms[p] == 0 && data.Exposure(p).Length > 0 ? data.Exposure(p)[0].StartMonths : double.PositiveInfinity;
        double[] seen = [.. scores];
        bool switchDrops = strategies.Switch == Hypothetical && end > switched;
        EventStrategy strategy = data.FollowUpEnds[p] switch
        {
            EventKind.Completed => Hypothetical,
            EventKind.Death => strategies.Death,
            EventKind.PermanentVentilation => strategies.PermanentVentilation,
            _ => strategies.Withdrawal,
        };
        for (int v = 0; v < visits; v++)
        {
            double Last(Func<int, bool> before) =>
                Enumerable.Range(0, v).Where(u => before(u) && !double.IsNaN(scores[u])).Select(u => scores[u]).DefaultIfEmpty(None).Last();
            if (months[v] > switched)
            {
                scores[v] = strategies.Switch switch
                {
                    Hypothetical => None,
                    While => Last(u => months[u] <= switched),
                    _ => scores[v],
                };
            }

            if (months[v] > end && double.IsNaN(seen[v]) && !switchDrops)
            {
                scores[v] = strategy switch
                {
                    Composite => strategies.CompositeScore,
                    While => Last(u => months[u] <= end || !double.IsNaN(seen[u])),
                    _ => scores[v],
                };
            }
        }

        return new ParticipantRecord
        {
            Arm = data.Arms[p],
            Stratum = data.Strata[p],
            Scores = [.. scores],
            VisitMonths = [.. months],
            Covariates = [.. Enumerable.Range(0, data.Layout.Covariates.Count).Select(c => data.Covariate(c)[p])],
            FollowUpMonths = end,
            FollowUpEnd = data.FollowUpEnds[p],
            Exposure = [.. data.Exposure(p).ToArray()],
        };
    }

    private static void AssertApplied(Estimand strategies, ParticipantRecord record, double[] expected)
    {
        var layout = new TrialLayout
        {
            Participants = 1,
            VisitWeeks = [0, 4, 8, 12, 16],
            ArmNames = ["control", "active"],
            StratumNames = ["all"],
            Covariates = [],
        };
        TrialData data = TrialData.FromRecords(layout, [record]);
        TrialData view = new EstimandAnalysis { Analysis = new Ancova { Week = 16, Covariates = [] }, Strategies = strategies }.Apply(data);
        Assert.That(view.Scores.ToArray(), Is.EqualTo(expected));
        Assert.That(view.Observed.ToArray(), Is.EqualTo(expected.Select(double.IsFinite)));
    }

    private static void AssertOutOfRange(Func<object> action, string name) =>
        Assert.That(Assert.Throws<ArgumentOutOfRangeException>(() => action())?.ParamName, Is.EqualTo(name));
}
