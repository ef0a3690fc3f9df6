using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Calendar time: when participants enrol, and visits missed in a block of it.</summary>
public sealed class EnrolmentTests
{
    private const int Participants = 100_000;

    // Ten a week for 10 weeks, a pause of 5, then 30 a week: of 400 participants 100 before the pause and the others in 10 weeks.
    private static EnrolmentRates Rates { get; } = new()
    {
        Periods =
        [
            new EnrolmentPeriod { Weeks = 10, PerWeek = 10 },
            new EnrolmentPeriod { Weeks = 5, PerWeek = 0 },
            new EnrolmentPeriod { Weeks = 1, PerWeek = 30 },
        ],
    };

    [TestCase(0, 0)]
    [TestCase(0.125, 5)]
    [TestCase(0.25, 15)]
    [TestCase(0.625, 20)]
    [TestCase(1, 25)]
    public void WeekOf_Rates_InvertsTheExpectedNumber(double share, double week) =>
        Assert.That(Rates.WeekOf(share, 400), Is.EqualTo(week).Within(1e-12));

    [Test]
    [Category("Statistical")]
    public void Simulate_UniformEnrolment_EntersEvenly()
    {
        double[] weeks = EntryWeeks(new UniformEnrolment { Weeks = 80 });
        Assert.That(FalseAlarm.KolmogorovSmirnov(weeks, w => w / 80), Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
    }

    [Test]
    [Category("Statistical")]
    public void Simulate_RatesInPeriods_EntersInProportion()
    {
        EnrolmentRates rates = new() { Periods = [.. Rates.Periods.Select(p => p with { PerWeek = p.PerWeek * Participants / 400 })] };
        double[] weeks = EntryWeeks(rates);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(weeks, Has.None.InRange(10.000_001, 14.999_999));
            Assert.That(
                FalseAlarm.KolmogorovSmirnov(weeks, w => w < 15 ? Math.Min(w, 10) / 40 : 0.25 + ((w - 15) * 0.075)),
                Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        }
    }

    [Test]
    public void Simulate_NoEnrolment_EverybodyEntersAtOnce() =>
        Assert.That(new TrialSimulator(TestScenarios.Rich).Simulate(1, 0).EntryMonths.ToArray(), Is.All.Zero);

    // Enrolment has a stream of its own, and moves nothing that does not look at the calendar but the order of randomisation.
    [Test]
    public void Simulate_EnrolmentWithoutEffect_ChangesNothingButArms()
    {
        Scenario scenario = TestScenarios.Rich with { Effect = new NoEffect() };
        TrialData without = new TrialSimulator(scenario).Simulate(1, 0);
        TrialData with = new TrialSimulator(scenario with
        {
            Design = scenario.Design with { Enrolment = new UniformEnrolment { Weeks = 50 } },
        }).Simulate(1, 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(with.Scores.ToArray(), Is.EqualTo(without.Scores.ToArray()));
            Assert.That(with.FollowUpMonths.ToArray(), Is.EqualTo(without.FollowUpMonths.ToArray()));
            Assert.That(with.EntryMonths.ToArray(), Has.All.GreaterThan(0));
        }
    }

    // A certain block: exactly the visits after baseline that fall into it are missed, of the others exactly those that were missed anyway.
    [Test]
    public void Simulate_CertainBlock_TakesTheVisitsInIt()
    {
        Scenario without = TestScenarios.Rich with
        {
            Design = TestScenarios.Rich.Design with { Enrolment = new UniformEnrolment { Weeks = 50 } },
        };
        Scenario with = without with
        {
            Observation = without.Observation with { MissedVisitBlocks = [new MissedVisitBlock { FromWeek = 30, Weeks = 15 }] },
        };
        TrialData a = new TrialSimulator(with).Simulate(2, 0);
        TrialData b = new TrialSimulator(without).Simulate(2, 0);
        int missed = 0;
        for (int p = 0; p < a.Participants; p++)
        {
            for (int v = 0; v < a.Visits; v++)
            {
                int cell = (p * a.Visits) + v;
                double week = StudyTime.WeeksFromMonths(a.EntryMonths[p] + a.VisitMonths[cell]);
                bool inBlock = v > 0 && week is >= 30 and < 45;
                missed += inBlock && b.Observed[cell] ? 1 : 0;
                Assert.That(a.Observed[cell], Is.EqualTo(b.Observed[cell] && !inBlock));
                Assert.That(a.Scores[cell], a.Observed[cell] ? Is.EqualTo(b.Scores[cell]) : Is.NaN);
            }
        }

        Assert.That(missed, Is.GreaterThan(100));
    }

    [Test]
    [Category("Statistical")]
    public void Simulate_UncertainBlocks_MissTheirShares()
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Design = new ParallelGroup { Participants = Participants, VisitWeeks = [0, 10, 20, 30] },
            Observation = TestScenarios.Bare.Observation with
            {
                IntermittentMissingProbability = 0.1,
                MissedVisitBlocks =
                [
                    new MissedVisitBlock { FromWeek = 5, Weeks = 20, Probability = 0.3 },
                    new MissedVisitBlock { FromWeek = 20, Weeks = 20, Probability = 0.6 },
                ],
            },
        };
        TrialData data = new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(2151), 0);
        double[] seen = [1, 0.9 * 0.7, 0.9 * 0.7 * 0.4, 0.9 * 0.4];
        using (Assert.EnterMultipleScope())
        {
            for (int v = 0; v < seen.Length; v++)
            {
                double share = Enumerable.Range(0, Participants).Count(p => data.Observed[(p * data.Visits) + v]) / (double)Participants;
                Assert.That(share, Is.EqualTo(seen[v]).Within(FalseAlarm.Proportion(seen[v], Participants)), $"visit {v}");
            }
        }
    }

    [TestCase(0)]
    [TestCase(2_000.1)]
    [TestCase(double.NaN)]
    public void Weeks_OutOfRange_Throw(double weeks)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new UniformEnrolment { Weeks = weeks }, OutOfRange("Weeks"));
            Assert.That(() => new EnrolmentPeriod { Weeks = weeks, PerWeek = 1 }, OutOfRange("Weeks"));
            Assert.That(() => new MissedVisitBlock { FromWeek = 0, Weeks = 10 * weeks }, OutOfRange("Weeks"));
        }
    }

    [Test]
    public void Periods_EmptyOrWithoutAnEnd_Throw()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new EnrolmentRates { Periods = [] }, Throws.ArgumentException.With.Property("ParamName").EqualTo("Periods"));
            Assert.That(
                () => new EnrolmentRates { Periods = [new EnrolmentPeriod { Weeks = 1, PerWeek = 0 }] },
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Periods").And.Message.Contains("above 0"));
        }
    }

    private static NUnit.Framework.Constraints.EqualStringConstraint OutOfRange(string name) =>
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name);

    [Test]
    public void Validate_EnrolmentThatNeverEnds_Throws()
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Design = TestScenarios.Bare.Design with
            {
                Enrolment = new EnrolmentRates { Periods = [new EnrolmentPeriod { Weeks = 1, PerWeek = 0.001 }] },
            },
        };
        Assert.That(scenario.Validate, Throws.ArgumentException.With.Property("ParamName").EqualTo("Enrolment").And.Message.Contains("100000 weeks"));
    }

    [Test]
    public void Periods_NullEntry_ThrowsNamingThem() =>
        Assert.That(() => new EnrolmentRates { Periods = [null!] }, Throws.ArgumentException.With.Property("ParamName").EqualTo("Periods"));

    private static double[] EntryWeeks(Enrolment enrolment)
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Design = TestScenarios.Bare.Design with { Participants = Participants, Enrolment = enrolment },
        };
        TrialData data = new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(2152), 0);
        return [.. data.EntryMonths.ToArray().Select(StudyTime.WeeksFromMonths)];
    }
}
