using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>What the mechanisms of dropout mean for analyses. Scores are normal, so that an MMRM with unstructured covariance is the right
/// likelihood; treatment saves half a point a month, so that the control arm loses more and, where losses drive people out, more of its
/// fast participants leave.</summary>
[Category("Statistical")]
public sealed class DropoutBiasTests
{
    private const int Replicates = 2_000;

    private static readonly Scenario Complete = TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike with
        {
            BaselineScoreSd = 4,
            DeclineRate = new NormalRate { Mean = 1.3, Sd = 0.8 },
            ResidualSd = 1.2,
        }),
        Effect = new ConstantSlowing { PointsPerMonth = 0.5 },
        Design = new ParallelGroup { Participants = 200, VisitWeeks = [0, 8, 16, 24, 32] },
    };

    [Test]
    public void Run_Mcar_NeitherMmrmNorObservedMeansAreBiased()
    {
        PowerResult result = Run(MissingnessMechanism.Mcar, 0.012, 0);

        AssertUnbiased(result, "mmrm");
        AssertUnbiased(result, "means");
    }

    [Test]
    public void Run_Mar_MmrmIsUnbiasedAndObservedMeansAreNot()
    {
        PowerResult result = Run(MissingnessMechanism.Mar, 0.004, 0.25);

        AssertUnbiased(result, "mmrm");

        // Those who lost most have left, more of them in the control arm: the observed difference is too small.
        AssertBiasedDownwards(result, "means");
    }

    [Test]
    public void Run_Mnar_MmrmIsBiasedAgainstTreatment()
    {
        PowerResult result = Run(MissingnessMechanism.Mnar, 0.004, 0.25);

        AssertBiasedDownwards(result, "mmrm");
        AssertBiasedDownwards(result, "means");
    }

    // Where leaving is an outcome, the true value must leave at the same moments as the participants of a trial.
    [Test]
    public void Run_WithdrawalComposite_HitsItsTrueValue([Values] MissingnessMechanism mechanism)
    {
        PowerResult result = Run(mechanism, 0.004, mechanism == MissingnessMechanism.Mcar ? 0 : 0.25, missing: 0);

        AssertUnbiased(result, "composite");
    }

    private static PowerResult Run(MissingnessMechanism mechanism, double perWeek, double strength, double missing = 0.04) => PowerAnalysis.Run(
        Complete with
        {
            Observation = Complete.Observation with
            {
                IntermittentMissingProbability = missing,
                Events =
                [
                    new DropoutHazard { Kind = EventKind.OtherWithdrawal, PerWeek = perWeek, Mechanism = mechanism, Strength = strength },
                ],
            },
        },
        [
            new Mmrm { Name = "mmrm", Week = 32 },
            new Ancova { Name = "means", Week = 32, Covariates = [] },
            new EstimandAnalysis
            {
                Name = "composite",

                // Not the change: the error at baseline is part of what decides who stays.
                Analysis = new Ancova { Week = 32, Covariates = [], Response = AncovaResponse.Score },
                Strategies = new Estimand { Withdrawal = EventStrategy.Composite },
            },
        ],
        new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(2111), CollectCourses = false });

    private static void AssertUnbiased(PowerResult result, string name)
    {
        (double bias, double error) = Bias(result, name);
        Assert.That(bias, Is.EqualTo(0).Within(FalseAlarm.StandardErrors * error), name);
    }

    private static void AssertBiasedDownwards(PowerResult result, string name)
    {
        (double bias, double error) = Bias(result, name);
        Assert.That(bias, Is.LessThan(-FalseAlarm.StandardErrors * error), name);
    }

    private static (double Bias, double Error) Bias(PowerResult result, string name)
    {
        OperatingCharacteristics analysis = result.Analyses.Single(a => a.Name == name);
        double error = Math.Sqrt(
            Math.Pow(analysis.MeanEstimateMonteCarloError, 2) + Math.Pow(analysis.TrueValue.MonteCarloError, 2));
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{name}: true {analysis.TrueValue.Value:F4}, bias {analysis.Bias:F4} ± {error:F4}, failed {analysis.Failed}"));
        Assert.That(analysis.Failed, Is.Zero);
        return (analysis.Bias, error);
    }
}
