using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>What strategies for stopping treatment and for rescue make of one participant's scores, by hand; visits in weeks 0, 4, 8, 12 and
/// 16.</summary>
public sealed class TreatmentEventStrategyTests
{
    private const double None = double.NaN;
    private const EventStrategy Policy = EventStrategy.TreatmentPolicy;
    private const EventStrategy Hypothetical = EventStrategy.Hypothetical;
    private const EventStrategy Composite = EventStrategy.Composite;
    private const EventStrategy While = EventStrategy.WhileOnTreatment;

    private static readonly double[] Seen = [40, 38, 36, 35, 34];

    private static IEnumerable<TestCaseData> OneEvent()
    {
        yield return new TestCaseData(Policy, Seen);
        yield return new TestCaseData(Hypothetical, (double[])[40, 38, None, None, None]);
        yield return new TestCaseData(Composite, (double[])[40, 38, 5, 5, 5]);
        yield return new TestCaseData(While, (double[])[40, 38, 38, 38, 38]);
    }

    [TestCaseSource(nameof(OneEvent))]
    public void Apply_StoppedInWeekSix_FollowsItsStrategyInBothArms(EventStrategy strategy, double[] expected)
    {
        var strategies = new Estimand { TreatmentStop = strategy, CompositeScore = 5 };
        using (Assert.EnterMultipleScope())
        {
            AssertApplied(strategies, Record(stop: 6), expected);
            AssertApplied(strategies, Record(stop: 6) with { Arm = 1, Exposure = [Between(0, 6)] }, expected);
            AssertApplied(strategies, Record(), Seen);
        }
    }

    [TestCaseSource(nameof(OneEvent))]
    public void Apply_RescuedInWeekSix_FollowsItsStrategy(EventStrategy strategy, double[] expected) =>
        AssertApplied(
            new Estimand { Rescue = strategy, CompositeScore = 5 }, Record(rescue: 6) with { Exposure = [Between(6, 16)] }, expected);

    // Drug that began as a rescue is no switch, whatever the strategy for that.
    [Test]
    public void Apply_Rescued_IsNoSwitch([Values(Hypothetical, While)] EventStrategy strategy) =>
        AssertApplied(new Estimand { Switch = strategy }, Record(rescue: 6) with { Exposure = [Between(6, 16)] }, Seen);

    // Treatment stopped in week 6, death in week 10.
    [TestCase(Policy, Composite, 36, 0)]
    [TestCase(Policy, While, 36, 36)]
    [TestCase(While, Composite, 38, 0)]
    [TestCase(While, While, 38, 38)]
    [TestCase(Composite, While, 0, 0)]
    [TestCase(Hypothetical, Composite, None, None)]
    [TestCase(Hypothetical, While, None, None)]
    public void Apply_StoppedThenDied_TakesBothInOrder(EventStrategy stop, EventStrategy death, double eight, double twelve)
    {
        ParticipantRecord record = Record(stop: 6) with
        {
            Scores = [40, 38, 36, None, None],
            FollowUpMonths = StudyTime.MonthsFromWeeks(10),
            FollowUpEnd = EventKind.Death,
        };
        AssertApplied(new Estimand { TreatmentStop = stop, Death = death }, record, [40, 38, eight, twelve, twelve]);
    }

    // Rescue in week 3, stopped again in week 9: weeks 4 and 8 lie between, weeks 12 and 16 after both.
    [TestCase(Policy, Policy, 38, 36, 35, 34)]
    [TestCase(Policy, Composite, 38, 36, 0, 0)]
    [TestCase(Policy, While, 38, 36, 36, 36)]
    [TestCase(Policy, Hypothetical, 38, 36, None, None)]
    [TestCase(While, Composite, 40, 40, 0, 0)]
    [TestCase(While, Hypothetical, 40, 40, 40, 40)]
    [TestCase(Composite, While, 0, 0, 0, 0)]
    [TestCase(Composite, Hypothetical, 0, 0, 0, 0)]
    [TestCase(Hypothetical, Composite, None, None, None, None)]
    public void Apply_RescuedThenStopped_TakesBothInOrder(
        EventStrategy rescue, EventStrategy stop, double four, double eight, double twelve, double sixteen) =>
        AssertApplied(
            new Estimand { Rescue = rescue, TreatmentStop = stop },
            Record(stop: 9, rescue: 3) with { Exposure = [Between(3, 9)] },
            [40, four, eight, twelve, sixteen]);

    // Stopped in week 2 and switched as planned in week 6.
    [TestCase(Policy, Hypothetical, 38, None)]
    [TestCase(Policy, While, 38, 38)]
    [TestCase(Composite, Hypothetical, 0, 0)]
    [TestCase(While, Hypothetical, 40, 40)]
    public void Apply_StoppedThenSwitched_TakesBothInOrder(EventStrategy stop, EventStrategy planned, double four, double later)
    {
        ParticipantRecord record = Record(stop: 2) with { Exposure = [Between(6, 16)] };
        AssertApplied(new Estimand { TreatmentStop = stop, Switch = planned }, record, [40, four, later, later, later]);
    }

    [Test]
    public void Strategies_Undefined_ThrowNamingTheEvent()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => new Estimand { TreatmentStop = (EventStrategy)9 },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("TreatmentStop"));
            Assert.That(
                () => new Estimand { Rescue = (EventStrategy)(-1) },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Rescue"));
        }
    }

    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void Record_TimesOutOfRange_Throw(double months)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => Record() with { TreatmentStopMonths = months },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("TreatmentStopMonths"));
            Assert.That(
                () => Record() with { RescueMonths = months },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("RescueMonths"));
        }
    }

    private static ExposureInterval Between(double from, double to) =>
        new(StudyTime.MonthsFromWeeks(from), StudyTime.MonthsFromWeeks(to));

    private static ParticipantRecord Record(double? stop = null, double? rescue = null) => new()
    {
        Arm = 0,
        Scores = [.. Seen],
        TreatmentStopMonths = stop is { } stopped ? StudyTime.MonthsFromWeeks(stopped) : null,
        RescueMonths = rescue is { } rescued ? StudyTime.MonthsFromWeeks(rescued) : null,
    };

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
        Assert.That(view.TreatmentStopMonths.ToArray(), Is.EqualTo(data.TreatmentStopMonths.ToArray()));
        Assert.That(view.RescueMonths.ToArray(), Is.EqualTo(data.RescueMonths.ToArray()));
    }
}
