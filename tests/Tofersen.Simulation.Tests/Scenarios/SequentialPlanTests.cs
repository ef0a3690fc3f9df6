using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Plans of interim looks that cannot be carried out are refused, and the message says what would do.</summary>
public sealed class SequentialPlanTests
{
    private static SequentialPlan Plan { get; } = new()
    {
        Boundaries = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new LanDeMetsObrienFleming() },
        Looks = [new SequentialLook { Timing = new CalendarTiming { Weeks = 50 } }],
        Analysis = "ancova-28",
    };

    private static BlindedReestimation Review { get; } = new()
    {
        PlannedParticipants = 100,
        MinimumParticipants = 50,
        Weeks = 40,
        Week = 28,
        Difference = 3,
        Power = 0.8,
    };

    private static Scenario Enrolling { get; } = TestScenarios.Rich with
    {
        Design = TestScenarios.Rich.Design with { Enrolment = new UniformEnrolment { Weeks = 60 } },
        Analyses = [new Ancova { Week = 28 }],
    };

    private static Scenario AtOnce { get; } = Enrolling with { Design = TestScenarios.Rich.Design };

    [Test]
    public void Validate_PlansThatFit_AreFine()
    {
        Assert.That((Enrolling with { Sequential = Plan }).Validate, Throws.Nothing);
        Assert.That((Enrolling with { Sequential = Plan with { Reestimation = Review } }).Validate, Throws.Nothing);
        Assert.That((AtOnce with { Sequential = Plan with { Looks = [FirstPeriod] } }).Validate, Throws.Nothing);
    }

    // Questions about one analysis of the whole trial do without looks, which may test another.
    [Test]
    public void Alone_ScenarioWithAPlan_HasNoLooks()
    {
        Scenario scenario = Enrolling with { Analyses = [new Ancova { Week = 28 }, new Ancova { Week = 52 }], Sequential = Plan };

        Scenario alone = NamedAnalysis.Alone(scenario, "ancova-52");

        Assert.That(alone.Validate, Throws.Nothing);
        Assert.That(alone.Sequential, Is.Null);
        Assert.That(
            () => PowerAnalysis.Run(scenario, [new Ancova { Week = 52 }]),
            Throws.ArgumentException.With.Message.Contains("no analysis 'ancova-28'"));
    }

    private static SequentialLook FirstPeriod => new() { Timing = new FirstPeriodTiming() };

    private static IEnumerable<TestCaseData> Misfits()
    {
        static TestCaseData Case(string name, Scenario scenario, SequentialPlan plan, params string[] message) =>
            new TestCaseData(scenario with { Sequential = plan }, message).SetArgDisplayNames(name);
        static SequentialLook InWeek(double week) => new() { Timing = new CalendarTiming { Weeks = week } };
        SequentialPlan ByInformation = Plan with { Looks = [new SequentialLook { Timing = new InformationTiming() }] };
        var three = new GroupSequentialDesign { InformationFractions = [0.3, 0.6, 1], Efficacy = new Pocock() };
        return
        [
            Case("after the end", Enrolling, Plan with { Looks = [InWeek(112)] }, "112", "between 0 weeks", "112, when the trial has ended"),
            Case("before the data", Enrolling, Plan with { DataLagWeeks = 50 }, "50", "between 50 weeks"),
            Case("out of order", Enrolling, Plan with { Boundaries = three, Looks = [InWeek(60), InWeek(50)] }, "in order", "week 50", "week 60"),
            Case("twice", Enrolling, Plan with { Boundaries = three, Looks = [InWeek(60), InWeek(60)] }, "in order"),
            Case("unknown analysis", Enrolling, Plan with { Analysis = "ancova-29" }, "no analysis 'ancova-29'", "ancova-28"),
            Case(
                "unknown analysis of a look",
                Enrolling,
                Plan with { Looks = [InWeek(50) with { Analysis = "mmrm" }] },
                "no analysis 'mmrm'",
                "ancova-28"),
            Case("no analyses", Enrolling with { Analyses = [] }, Plan, "no analysis 'ancova-28'", "has none"),
            Case("too few fractions", Enrolling, Plan with { Looks = [InWeek(50), InWeek(60)] }, "2 information fractions", "must be 3"),
            Case("calendar without enrolment", AtOnce, Plan, "give the design an enrolment"),
            Case("share without enrolment", AtOnce, ByInformation with { Information = new VisitInformation { Week = 28 } }, "give the design an enrolment"),
            Case("no information", Enrolling, ByInformation, "what information is"),
            Case("no visit", Enrolling, Plan with { Information = new VisitInformation { Week = 29 } }, "29", "scheduled visit"),
            Case("no first period", TestScenarios.Bare with { Analyses = [new Ancova { Week = 28 }] }, Plan with { Looks = [FirstPeriod] }, "delayed-start"),
            Case(
                "no visit at the switch",
                AtOnce with { Design = (DelayedStart)AtOnce.Design with { SwitchWeeks = 30 } },
                Plan with { Looks = [FirstPeriod] },
                "visit at the switch, week 30"),
            Case("two first periods", AtOnce, Plan with { Boundaries = three, Looks = [FirstPeriod, FirstPeriod] }, "there is one"),
            Case(
                "binding and ignored",
                Enrolling,
                Plan with
                {
                    ObeysFutility = false,
                    Boundaries = Plan.Boundaries with { Futility = new FixedFutility { Z = [0] }, IsFutilityBinding = true },
                },
                "always obeyed"),
            Case("futility above efficacy", Enrolling, Plan with { Boundaries = Plan.Boundaries with { Futility = new FixedFutility { Z = [5] } } }, "does not lie below its critical value"),
            Case("minimum above maximum", Enrolling, Plan with { Reestimation = Review with { MinimumParticipants = 109 } }, "109", "above the maximum", "108"),
            Case("planned above maximum", Enrolling, Plan with { Reestimation = Review with { PlannedParticipants = 109 } }, "109", "between the minimum, 50", "108"),
            Case("planned below minimum", Enrolling, Plan with { Reestimation = Review with { PlannedParticipants = 49 } }, "49", "between the minimum, 50"),
            Case("no time", Enrolling, Plan with { Reestimation = Review with { Weeks = null } }, "either the week or the share"),
            Case("two times", Enrolling, Plan with { Reestimation = Review with { CompletersShare = 0.5 } }, "either the week or the share"),
            Case("review too late", Enrolling, Plan with { Reestimation = Review with { Weeks = 120 } }, "120", "when the trial has ended"),
            Case("review without enrolment", AtOnce, Plan with { Looks = [FirstPeriod], Reestimation = Review }, "give the design an enrolment"),
            Case("review of no visit", Enrolling, Plan with { Reestimation = Review with { Week = 27 } }, "27", "scheduled visit"),
            Case("review of no endpoint", Enrolling, Plan with { Reestimation = Review with { Endpoint = "svc" } }, "no endpoint 'svc'"),
        ];
    }

    [TestCaseSource(nameof(Misfits))]
    public void Validate_PlanThatDoesNotFit_SaysWhatWould(Scenario scenario, string[] message)
    {
        ArgumentException error = Assert.Catch<ArgumentException>(scenario.Validate)!;
        foreach (string part in message)
        {
            Assert.That(error.Message, Does.Contain(part));
        }
    }

    [TestCaseSource(nameof(Misfits))]
    public void Read_PlanThatDoesNotFit_FailsWithThePath(Scenario scenario, string[] message)
    {
        ScenarioFormatException error = Assert.Throws<ScenarioFormatException>(() => ScenarioJson.Read(ScenarioJson.Write(scenario)))!;

        Assert.That(error.Path, Does.StartWith("$.sequential"));
        Assert.That(error.Message, Does.Contain(message[^1]));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(20_001)]
    [TestCase(double.NaN)]
    public void Weeks_OutOfRange_Throw(double weeks)
    {
        Assert.That(() => new CalendarTiming { Weeks = weeks }, OutOfRange("Weeks"));
        Assert.That(() => Review with { Weeks = weeks }, OutOfRange("Weeks"));
        Assert.That(() => new VisitInformation { Week = weeks }, OutOfRange("Week"));
        Assert.That(() => Review with { Week = weeks }, OutOfRange("Week"));
    }

    [Test]
    public void Properties_OutOfRange_Throw()
    {
        Assert.That(() => new EventInformation { Planned = 0 }, OutOfRange("Planned"));
        Assert.That(() => new EventInformation { Planned = 1, Events = [] }, Throws.ArgumentException.With.Property("ParamName").EqualTo("Events"));
        Assert.That(() => new StatisticalInformation { Maximum = 0 }, OutOfRange("Maximum"));
        Assert.That(() => new StatisticalInformation { Maximum = 1, MonitoringWeeks = 0.4 }, OutOfRange("MonitoringWeeks"));
        Assert.That(() => new StatisticalInformation { Maximum = 1, MinimumParticipants = 1 }, OutOfRange("MinimumParticipants"));
        Assert.That(() => FirstPeriod with { FollowedWeeks = -1 }, OutOfRange("FollowedWeeks"));
        Assert.That(() => FirstPeriod with { Analysis = " " }, Throws.ArgumentException.With.Property("ParamName").EqualTo("Analysis"));
        Assert.That(() => Plan with { DataLagWeeks = 521 }, OutOfRange("DataLagWeeks"));
        Assert.That(() => Plan with { Looks = [null!] }, Throws.ArgumentException.With.Property("ParamName").EqualTo("Looks"));
        Assert.That(() => Plan with { Boundaries = null! }, Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Boundaries"));
        Assert.That(() => Plan.Boundaries with { InformationFractions = [0.5, 0.4, 1] }, OutOfRange("InformationFractions"));
        Assert.That(() => Review with { Difference = 0 }, OutOfRange("Difference"));
        Assert.That(() => Review with { Power = 0.4 }, OutOfRange("Power"));
        Assert.That(() => Review with { Alpha = 0.6 }, OutOfRange("Alpha"));
        Assert.That(() => Review with { MissingShare = 0.91 }, OutOfRange("MissingShare"));
        Assert.That(() => Review with { CompletersShare = 1.01 }, OutOfRange("CompletersShare"));
        Assert.That(() => Review with { MinimumParticipants = 1 }, OutOfRange("MinimumParticipants"));
    }

    private static NUnit.Framework.Constraints.EqualStringConstraint OutOfRange(string name) =>
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name);
}
