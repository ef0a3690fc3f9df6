using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Items;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Items of the ALSFRS-R: their sum follows the latent total, their domains the reference curves.</summary>
public sealed class ItemSimulatorTests
{
    private static readonly string[] DomainColumns = ["bulbar", "fineMotor", "grossMotor", "respiratory"];

    private static IEnumerable<TestCaseData> Curves => ReferenceFile.Cases("items", "curves", "onset", "total");

    [TestCaseSource(nameof(Curves))]
    [Category("Reference")]
    public void Ability_AtATotal_IsThatOfQuadratureInR(object row)
    {
        var reference = (ReferenceRow)row;
        bool onset = reference.Number("onset") == 1;

        // Totals of the table are solved to rounding.
        Assert.That(
            ItemCurves.Of(new ItemModel()).Ability(reference.Number("total"), onset), Is.EqualTo(reference.Number("ability")).Within(1e-9));
        Assert.That(
            ItemCurves.Of(new ItemModel()).ExpectedTotal(reference.Number("ability"), onset),
            Is.EqualTo(reference.Number("total")).Within(1e-9));
    }

    [Test]
    public void Ability_AtEveryTotal_HasThatExpectedTotal()
    {
        ItemCurves curves = ItemCurves.Of(new ItemModel());
        foreach (bool onset in (bool[])[false, true])
        {
            for (int i = -100; i <= 4_900; i++)
            {
                // Off the table's nodes, beyond the ends too.
                double total = (i + 0.37) / 100;

                // Next to the ends the ability runs off to infinity, which a table in straight pieces follows to 0.002 points.
                double tolerance = total is > 0.5 and < 47.5 ? 2e-5 : 0.002;

                Assert.That(
                    curves.ExpectedTotal(curves.Ability(total, onset), onset),
                    Is.EqualTo(Math.Clamp(total, 0, 48)).Within(tolerance),
                    $"{total}");
            }
        }
    }

    [TestCaseSource(nameof(Curves))]
    [Category("Statistical")]
    public void Simulate_SteadyTotal_MeansDomainsAndResidualSpreadAreThoseOfR(object row)
    {
        const int Participants = 20_000;
        var reference = (ReferenceRow)row;
        double total = reference.Number("total");
        TrialData data = new TrialSimulator(ItemScenarios.Steady(total, reference.Number("onset") == 1, Participants))
            .Simulate(FalseAlarm.Seed(20_260_201), 0);

        ExpectMean(data.Scores, total);
        for (int d = 0; d < ItemModel.DomainCount; d++)
        {
            double expected = reference.Number(DomainColumns[d]);

            // So near to the ends too few scores differ for a mean to be normal; the curves themselves are tested exactly.
            if (expected is > 0.05 and < 11.95)
            {
                ExpectMean(data.OnEndpoint(d).Scores, expected);
            }
        }

        // Half the squared difference of two visits has the residual variance as its mean.
        var halves = new double[Participants];
        for (int p = 0; p < Participants; p++)
        {
            double difference = data.Scores[(2 * p) + 1] - data.Scores[2 * p];
            halves[p] = difference * difference / 2;
        }

        double residualSd = reference.Number("residualSd");
        (double mean, double error) = MeanOf(halves);
        Assert.That(mean, Is.EqualTo(residualSd * residualSd).Within(FalseAlarm.StandardErrors * error));
    }

    [Test]
    public void Simulate_DefaultItems_RespiratoryFallsLastAndGrossMotorFirst()
    {
        foreach (ReferenceRow row in ReferenceFile.Read("items", "curves").Rows.Where(r => r.Number("onset") == 0 && r.Number("total") > 1))
        {
            Assert.That(row.Number("respiratory"), Is.GreaterThan(row.Number("bulbar")));
            Assert.That(row.Number("bulbar"), Is.GreaterThan(row.Number("fineMotor")));
            Assert.That(row.Number("fineMotor"), Is.GreaterThan(row.Number("grossMotor")));
        }
    }

    [Test]
    public void Simulate_RichTrial_ItemsStayInRangeAndSumToDomainsAndTotal()
    {
        TrialData data = new TrialSimulator(ItemScenarios.Rich).Simulate(20_260_202, 3);
        int missing = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            for (int v = 0; v < data.Visits; v++)
            {
                int cell = (p * data.Visits) + v;
                byte[] items = data.Items(p, v).ToArray();
                if (!data.Observed[cell])
                {
                    missing++;
                    Assert.That(items, Is.Empty);
                    Assert.That(data.OnEndpoint(0).Scores[cell], Is.NaN);
                    continue;
                }

                Assert.That(items, Has.Length.EqualTo(12).And.All.LessThanOrEqualTo(4));
                Assert.That(data.Scores[cell], Is.EqualTo(items.Sum(i => i)));
                for (int d = 0; d < ItemModel.DomainCount; d++)
                {
                    Assert.That(data.OnEndpoint(d).Scores[cell], Is.EqualTo(items.Skip(3 * d).Take(3).Sum(i => i)));
                }
            }
        }

        Assert.That(missing, Is.Positive);
    }

    [Test]
    public void Simulate_WithItems_LeavesEveryOtherDrawWhereItWas()
    {
        TrialData with = new TrialSimulator(ItemScenarios.Rich).Simulate(5, 1);
        TrialData without = new TrialSimulator(TestScenarios.Rich).Simulate(5, 1);

        Assert.That(with.FollowUpMonths.ToArray(), Is.EqualTo(without.FollowUpMonths.ToArray()));
        Assert.That(with.VisitMonths.ToArray(), Is.EqualTo(without.VisitMonths.ToArray()));
        Assert.That(with.Observed.ToArray(), Is.EqualTo(without.Observed.ToArray()));
        Assert.That(with.Arms.ToArray(), Is.EqualTo(without.Arms.ToArray()));
    }

    [Test]
    public void Simulate_AnotherTrialBetween_GivesTheSameItems()
    {
        var simulator = new TrialSimulator(ItemScenarios.Rich);
        double[] first = simulator.Simulate(5, 1).OnEndpoint(2).Scores.ToArray();
        simulator.Simulate(6, 4);

        Assert.That(simulator.Simulate(5, 1).OnEndpoint(2).Scores.ToArray(), Is.EqualTo(first));
    }

    [Test]
    public void Items_TrialWithoutItems_ThrowsSayingWhatWouldHaveWorked() =>
        Assert.That(
            () => new TrialSimulator(TestScenarios.Bare).Simulate(1, 0).Items(0, 0),
            Throws.InvalidOperationException.With.Message.Contains("observation model"));

    [Test]
    public void Validate_EndpointNamedAsADomain_Throws() =>
        Assert.That(
            () => (ItemScenarios.Rich with
            {
                Endpoints = [new BiomarkerEndpoint { Name = "bulbar", Strata = [new BiomarkerStratum()] }],
            }).Validate(),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Endpoints").And.Message.Contains("'bulbar'"));

    [Test]
    [Category("Statistical")]
    public void Run_DomainScores_AreAnalysedAgainstTheirTrueValue()
    {
        const int Replicates = 400;
        PowerResult result = PowerAnalysis.Run(
            ItemScenarios.Rich with
            {
                Observation = new ObservationModel { Items = new ItemModel() },
                AdverseEvents = [],
                Analyses = [.. ItemModel.DomainNames.Select(name => new EndpointAnalysis { Endpoint = name, Analysis = new Ancova { Week = 28 } })],
            },
            options: new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(20_260_203) });

        foreach (OperatingCharacteristics analysis in result.Analyses)
        {
            double error = Math.Sqrt(
                Math.Pow(analysis.MeanEstimateMonteCarloError, 2) + Math.Pow(analysis.TrueValue.MonteCarloError, 2));
            Assert.That(analysis.TrueValue.Value, Is.GreaterThan(0), analysis.Name);
            Assert.That(analysis.Bias, Is.EqualTo(0).Within(FalseAlarm.StandardErrors * error), analysis.Name);
        }
    }

    private static void ExpectMean(ReadOnlySpan<double> scores, double expected)
    {
        // Two visits of a participant count as one observation.
        var means = new double[scores.Length / 2];
        for (int p = 0; p < means.Length; p++)
        {
            means[p] = (scores[2 * p] + scores[(2 * p) + 1]) / 2;
        }

        (double mean, double error) = MeanOf(means);
        Assert.That(mean, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * error));
    }

    private static (double Mean, double Error) MeanOf(double[] values)
    {
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1) / values.Length));
    }
}
