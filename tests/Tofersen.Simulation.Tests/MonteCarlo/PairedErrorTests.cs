using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>The Monte Carlo error of a paired difference is the spread of the difference over seeds.</summary>
[Category("Statistical")]
public sealed class PairedErrorTests
{
    private const int Seeds = 400;

    private static Scenario Scenario(double points) => TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike with { BaselineScoreMean = 24, BaselineScoreSd = 5 }),
        Design = new ParallelGroup { Participants = 24, VisitWeeks = [0, 28] },
        Effect = new SymptomaticOffset { Points = points },
        Analyses = [new Ancova { Week = 28, Covariates = [], Response = AncovaResponse.Score }],
    };

    // A standard deviation from 400 seeds has a relative error of 1 / √800.
    [Test]
    public void Compare_ManySeeds_HaveTheSpreadThatTheErrorSays()
    {
        ulong first = FalseAlarm.Seed(31_000);
        var differences = new double[Seeds];
        double variance = 0;
        double independent = 0;
        for (int i = 0; i < Seeds; i++)
        {
            var options = new RunOptions { Replicates = 100, Seed = first + (ulong)i, CollectCourses = false, TrueValues = false, Parallelism = 1 };
            DesignComparison designs = DesignComparison.Run(Scenario(4), Scenario(6), options);
            PairedComparison comparison = designs.Compare("ancova-28");
            differences[i] = comparison.Difference;
            variance += comparison.MonteCarloError * comparison.MonteCarloError / Seeds;
            independent += (Math.Pow(designs.First.Analyses[0].MonteCarloError, 2) + Math.Pow(designs.Second.Analyses[0].MonteCarloError, 2)) / Seeds;
        }

        double mean = differences.Average();
        double empirical = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (Seeds - 1));

        // The error divides by n and not by n − 1 replicates, of which there are 100.
        Assert.That(
            Math.Sqrt(variance * 100 / 99) / empirical, Is.EqualTo(1).Within(FalseAlarm.StandardErrors / Math.Sqrt(2 * (Seeds - 1))));
        Assert.That(variance, Is.LessThan(0.6 * independent), "common random numbers make the difference better known");
    }
}
