using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Participants are randomised in the order in which they enter.</summary>
public sealed class OrderOfEntryTests
{
    [Test]
    public void Numbers_WithTies_AreByEntryAndThenByNumber()
    {
        var order = new EntryOrder(40);
        Assert.That(order.Numbers.ToArray(), Is.EqualTo(Enumerable.Range(0, 40)));
        double[] entry = [.. Enumerable.Range(0, 40).Select(p => (double)(p * 7 % 5))];

        order.Fill(entry);

        Assert.That(order.Numbers.ToArray(), Is.EqualTo(Enumerable.Range(0, 40).OrderBy(p => entry[p])));
        Assert.That(order.Months.ToArray(), Is.EqualTo(entry.Order()));
    }

    // Whole blocks of 6 at 2:1: after any number of entries a stratum has four in six in the active arm, but for the block that is open.
    [Test]
    public void Simulate_WithEnrolment_IsBalancedOnAnyDay()
    {
        var simulator = new TrialSimulator(Enrolling(TestScenarios.Rich));
        for (int replicate = 0; replicate < 50; replicate++)
        {
            TrialData data = simulator.Simulate(FalseAlarm.Seed(3111), replicate);
            byte[] arms = data.Arms.ToArray();
            byte[] strata = data.Strata.ToArray();
            double[] entry = data.EntryMonths.ToArray();
            for (byte stratum = 0; stratum < 2; stratum++)
            {
                int[] entered = [.. Enumerable.Range(0, arms.Length).Where(p => strata[p] == stratum).OrderBy(p => entry[p])];
                foreach (int[] block in entered.Chunk(6).Where(b => b.Length == 6))
                {
                    Assert.That(block.Count(p => arms[p] == TrialDesign.ActiveArm), Is.EqualTo(4));
                }
            }
        }
    }

    [Test]
    public void Simulate_CohortsWithEnrolment_AreBalancedOnAnyDay()
    {
        var design = new DoseRanging
        {
            Participants = 64,
            Allocation = new AllocationRatio(3, 1),
            VisitWeeks = [0, 12],
            Cohorts = [new DoseCohort { DoseMg = 20 }, new DoseCohort { DoseMg = 100 }],
            Enrolment = new UniformEnrolment { Weeks = 30 },
        };
        Scenario scenario = TestScenarios.Bare with { Design = design };
        TrialData data = new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(3112), 0);
        double[] entry = data.EntryMonths.ToArray();
        byte[] arms = data.Arms.ToArray();
        double[] cohorts = data.Covariate(data.Layout.CovariateAt(Covariates.Cohort)).ToArray();
        for (int c = 0; c < 2; c++)
        {
            int[] entered = [.. Enumerable.Range(0, arms.Length).Where(p => cohorts[p] == c).OrderBy(p => entry[p])];
            Assert.That(entered, Has.Length.EqualTo(32));
            foreach (int[] block in entered.Chunk(4))
            {
                Assert.That(block.Count(p => arms[p] == c + 1), Is.EqualTo(3));
            }
        }
    }

    // Only who gets which arm changes with enrolment: as many of each arm, in each stratum.
    [Test]
    public void Simulate_WithEnrolment_HasTheArmsOfATrialWithoutIt()
    {
        TrialData without = new TrialSimulator(TestScenarios.Rich).Simulate(FalseAlarm.Seed(3113), 0);
        TrialData with = new TrialSimulator(Enrolling(TestScenarios.Rich)).Simulate(3113, 0);

        static IEnumerable<(byte Stratum, byte Arm)> Pairs(TrialData data) => data.Strata.ToArray().Zip(data.Arms.ToArray()).Order();
        Assert.That(Pairs(with), Is.EqualTo(Pairs(without)));
        Assert.That(with.Arms.ToArray(), Is.Not.EqualTo(without.Arms.ToArray()));
    }

    private static Scenario Enrolling(Scenario scenario) =>
        scenario with { Design = scenario.Design with { Enrolment = new UniformEnrolment { Weeks = 60 } } };
}
