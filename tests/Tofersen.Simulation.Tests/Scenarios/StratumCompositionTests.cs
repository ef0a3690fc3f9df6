using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Scenarios;

public sealed class StratumCompositionTests
{
    private static readonly PopulationModel ThreeStrata = TestStrata.Population(
        TestStrata.Plain with { Name = "a", Weight = 5 },
        TestStrata.Plain with { Name = "b", Weight = 3 },
        TestStrata.Plain with { Name = "c", Weight = 2 });

    [Test]
    public void Strata_FixedComposition_AreTheSameInEveryTrial()
    {
        var simulator = new TrialSimulator(TestScenarios.Bare with { Population = ThreeStrata });
        for (int replicate = 0; replicate < 5; replicate++)
        {
            TrialData data = simulator.Simulate(FalseAlarm.Seed(911), replicate);

            Assert.That(
                ((byte[])[0, 1, 2]).Select(s => data.Strata.Count(s)), Is.EqualTo((int[])[50, 30, 20]));
        }
    }

    [Category("Statistical")]
    [Test]
    public void Strata_RandomComposition_AreDrawnInTheirShares()
    {
        var simulator = new TrialSimulator(TestScenarios.Bare with
        {
            Population = ThreeStrata with { Composition = StratumComposition.Random },
        });
        var counts = new long[3];
        var firstSizes = new HashSet<int>();
        for (int replicate = 0; replicate < 2000; replicate++)
        {
            TrialData data = simulator.Simulate(FalseAlarm.Seed(912), replicate);
            for (byte s = 0; s < 3; s++)
            {
                counts[s] += data.Strata.Count(s);
            }

            firstSizes.Add(data.Strata.Count((byte)0));
        }

        Assert.That(FalseAlarm.ChiSquare(counts, [0.5, 0.3, 0.2]), Is.LessThan(FalseAlarm.ChiSquareLimit(2)));
        Assert.That(firstSizes, Has.Count.GreaterThan(10));
    }

    [Test]
    public void Covariates_Stratum_IsThatOfTheParticipant()
    {
        TrialData data = new TrialSimulator(TestScenarios.Bare with { Population = ThreeStrata }).Simulate(913, 0);
        int column = data.Layout.CovariateAt(Covariates.Stratum);

        Assert.That(data.Layout.Covariates[column].Levels, Is.EqualTo((string[])["a", "b", "c"]));
        Assert.That(data.Covariate(column).ToArray(), Is.EqualTo(data.Strata.ToArray().Select(s => (double)s).ToArray()));
    }

    [Test]
    public void CandidatesScreened_NoCriteria_IsTheNumberOfParticipants()
    {
        var simulator = new TrialSimulator(TestScenarios.Bare);
        simulator.Simulate(914, 0);
        simulator.Simulate(914, 1);

        Assert.That(simulator.Latent.CandidatesScreened, Is.EqualTo(100));
    }
}
