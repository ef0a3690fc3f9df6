using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>An analysis of the data that the strategies make hits the true value of its own estimand: no bias, and intervals that hold it as
/// often as they say.</summary>
[Category("Statistical")]
public sealed class EstimandCoverageTests
{
    private const int Replicates = 4_000;

    private static readonly EventStrategy[] OfDeath = [EventStrategy.Composite, EventStrategy.WhileOnTreatment];
    private static readonly bool[] Adjusted = [true, false];

    private static readonly Scenario Scenario = EstimandTrueValueTests.Deadly with
    {
        Population = TestStrata.Population(TestScenarios.Alike with
        {
            BaselineScoreSd = 4,
            DeclineRate = new NormalRate { Mean = 1.5, Sd = 0.3 },
            ResidualSd = 1.5,
        }),
        Design = new ParallelGroup { Participants = 200, VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28] },
    };

    private PowerResult? _result;

    [OneTimeSetUp]
    public void Run() => _result = PowerAnalysis.Run(
        Scenario,
        [.. OfDeath.SelectMany(strategy => Adjusted.Select(adjusted => new EstimandAnalysis
        {
            Name = Name(strategy, adjusted),
            Analysis = new Ancova { Week = 28, Covariates = adjusted ? ["baseline"] : [] },
            Strategies = new Estimand { Death = strategy },
        }))],
        new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(1751), CollectCourses = false });

    [Test]
    public void Run_AnalysisOfItsEstimandsData_HasNoBiasAndNominalCoverage(
        [ValueSource(nameof(OfDeath))] EventStrategy strategy, [Values] bool adjusted)
    {
        OperatingCharacteristics result = _result!.Analyses.Single(a => a.Name == Name(strategy, adjusted));
        double error = Math.Sqrt(
            Math.Pow(result.MeanEstimateMonteCarloError, 2) + Math.Pow(result.TrueValue.MonteCarloError, 2));
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"true {result.TrueValue.Value:F4}, bias {result.Bias:F4} ± {error:F4}, coverage {result.Coverage:F4}"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failed, Is.Zero);
            Assert.That(result.Bias, Is.EqualTo(0).Within(FalseAlarm.StandardErrors * error));
            Assert.That(result.Coverage, Is.EqualTo(0.95).Within(FalseAlarm.Proportion(0.95, Replicates)));
        }
    }

    // The two ask different questions, and the answers differ by far more than their errors.
    [Test]
    public void Run_OtherStrategy_HasAnotherTrueValue()
    {
        TrueValue[] values = [.. _result!.Analyses.Select(a => a.TrueValue)];

        Assert.That(values[0].Value - values[2].Value, Is.GreaterThan(1));
        Assert.That(values[1], Is.EqualTo(values[0]));
    }

    private static string Name(EventStrategy strategy, bool adjusted) => $"{strategy}-{adjusted}";
}
