using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo.Sequential;

/// <summary>Whole sequential trials, thousands of them under random plans, against the plain version.</summary>
public sealed class SequentialAgainstPlainTests
{
    private const int Plans = 120;
    private const int TrialsPerPlan = 20;

    [Test]
    public void Run_RandomPlans_AgreesWithThePlainVersion()
    {
        var random = new Random((int)FalseAlarm.Seed(3131));
        var seen = new Dictionary<LookStatus, int>();
        int reviews = 0;
        for (int i = 0; i < Plans; i++)
        {
            Scenario scenario = Scenario(random);
            scenario.Validate();
            var simulator = new TrialSimulator(scenario);
            var worker = new SequentialWorker(scenario, scenario.Sequential!, scenario.Layout);
            for (int replicate = 0; replicate < TrialsPerPlan; replicate++)
            {
                TrialData data = simulator.Simulate(3131, (i * TrialsPerPlan) + replicate);
                SequentialOutcome actual = worker.Run(data);
                var plain = new PlainSequentialTrial(scenario, data);
                plain.Run();
                string what = FormattableString.Invariant($"plan {i}, replicate {replicate}");
                Assert.That(actual.Status[..(actual.Last + 1)], Is.EqualTo(plain.Status), what);
                Assert.That(actual.Enrolled, Is.EqualTo(plain.Enrolled), what);
                Assert.That(actual.Reached, Is.EqualTo(plain.Reached), what);
                Assert.That(StudyTime.WeeksFromMonths(actual.Months[actual.Last]), Is.EqualTo(plain.Weeks).Within(1e-9), what);
                Assert.That(actual.Estimate, Is.EqualTo(plain.Estimate).Within(1e-9), what);
                Assert.That(actual.NewParticipants, Is.EqualTo(plain.NewParticipants), what);
                Assert.That(actual.PooledSd, Is.EqualTo(plain.PooledSd).Within(1e-9), what);
                plain.Status.ForEach(s => seen[s] = seen.GetValueOrDefault(s) + 1);
                reviews += plain.NewParticipants > 0 ? 1 : 0;
            }
        }

        // Nothing is compared that never happens.
        TestContext.Out.WriteLine(string.Join(", ", seen.Select(s => $"{s.Key} {s.Value}")) + $", reviews {reviews}");
        Assert.That(seen.Keys, Is.EquivalentTo(Enum.GetValues<LookStatus>().Where(s => s != LookStatus.Stopped)));
        Assert.That(seen.Values, Has.All.GreaterThan(20));
        Assert.That(reviews, Is.GreaterThan(200));
    }

    private static Scenario Scenario(Random random)
    {
        int participants = 30 + random.Next(40);
        bool isDelayed = random.Next(2) == 0;
        double effect = random.Next(3) switch { 0 => 0, 1 => 0.5, _ => 0.95 };
        var ratio = new AllocationRatio(1 + random.Next(2), 1);
        var enrolment = new UniformEnrolment { Weeks = 10 + (60 * random.NextDouble()) };
        ValueList<double> visits = [0, 8, 16, 24, 32];
        TrialDesign design = isDelayed
            ? new DelayedStart { Participants = participants, Allocation = ratio, VisitWeeks = visits, SwitchWeeks = 16, Enrolment = enrolment }
            : new ParallelGroup { Participants = participants, Allocation = ratio, VisitWeeks = visits, Enrolment = enrolment };
        Scenario rich = TestScenarios.Rich;
        return rich with
        {
            Effect = new Tofersen.Simulation.Treatments.SlopeReduction { MaxReduction = effect },
            Design = design,
            Analyses =
            [
                new Ancova { Name = "middle", Week = 16 },
                new Ancova { Name = "end", Week = 32 },
                new LogRank { Name = "events", Events = Events },
                new JointRank { Name = "ranks", Week = 16 },
            ],
            Sequential = Plan(random, participants, isDelayed, 32 + enrolment.Weeks),
        };
    }

    private static ValueList<EventKind> Events { get; } = [EventKind.Death, EventKind.PermanentVentilation, EventKind.OtherWithdrawal];

    private static SequentialPlan Plan(Random random, int participants, bool isDelayed, double endWeeks)
    {
        int interims = 1 + random.Next(3);
        double[] fractions = [.. Enumerable.Range(0, interims).Select(_ => 0.1 + (0.8 * random.NextDouble())).Order(), 1];
        TrialInformation? information = random.Next(4) switch
        {
            0 => null,
            1 => new VisitInformation { Week = random.Next(2) == 0 ? 16 : 32 },
            2 => new EventInformation { Planned = 2 + random.Next(12), Events = Events },
            _ => new StatisticalInformation { Maximum = 0.1 + random.NextDouble(), MonitoringWeeks = 1 + random.Next(6), MinimumParticipants = 2 + random.Next(20) },
        };
        double lag = random.Next(2) == 0 ? 0 : 4 * random.NextDouble();
        double[] weeks = [.. Enumerable.Range(0, interims).Select(_ => lag + 1 + ((endWeeks - 2) * random.NextDouble())).Order()];
        int firstPeriod = isDelayed ? random.Next(2 * interims) : -1;
        return new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign
            {
                InformationFractions = [.. fractions],
                Alpha = random.Next(2) == 0 ? 0.025 : 0.2,
                Efficacy = random.Next(3) switch { 0 => new Pocock(), 1 => new LanDeMetsPocock(), _ => new LanDeMetsObrienFleming() },
                Futility = random.Next(2) == 0 ? null : new FixedFutility { Z = [.. Enumerable.Repeat(0.2, interims)] },
            },
            Looks =
            [
                .. Enumerable.Range(0, interims).Select(k => new SequentialLook
                {
                    Timing = k == firstPeriod ? new FirstPeriodTiming()
                        : information is not null && random.Next(2) == 0 ? new InformationTiming()
                        : new CalendarTiming { Weeks = weeks[k] },
                    Analysis = random.Next(3) switch { 0 => "ranks", 1 => "events", _ => null },
                    FollowedWeeks = random.Next(2) == 0 ? null : 10,
                }),
            ],
            Analysis = random.Next(2) == 0 ? "middle" : "end",
            Information = information,
            DataLagWeeks = lag,
            ObeysFutility = random.Next(3) > 0,
            Reestimation = random.Next(2) == 0 ? null : Review(random, participants, weeks[0]),
        };
    }

    private static BlindedReestimation Review(Random random, int participants, double week)
    {
        bool byShare = random.Next(2) == 0;
        return new BlindedReestimation
        {
            PlannedParticipants = participants - 10 + random.Next(11),
            MinimumParticipants = participants - 20,
            CompletersShare = byShare ? 0.2 + (0.5 * random.NextDouble()) : null,
            Weeks = byShare ? null : week,
            Week = 16,
            Difference = 2 + (4 * random.NextDouble()),
            Power = 0.8,
            MissingShare = random.Next(2) * 0.1,
            PoolsWithinStrata = random.Next(2) == 0,
            AdjustsForDifference = random.Next(2) == 0,
        };
    }
}
