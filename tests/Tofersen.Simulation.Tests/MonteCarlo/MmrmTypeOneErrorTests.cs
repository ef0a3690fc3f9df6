using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Without an effect a mixed model for repeated measures of VALOR rejects at its level at week 28, and its interval covers zero.
/// </summary>
/// <remarks>With an unstructured covariance: rates of decline that vary make variances and covariances grow with time, which the other
/// structures do not follow, and their model standard errors are then too small.</remarks>
[Category("Statistical")]
public sealed class MmrmTypeOneErrorTests
{
    private const int Replicates = 4_000;

    private static readonly Scenario Null = Valor.Preset.Scenario with { Effect = new NoEffect() };

    [TestCase(DegreesOfFreedomMethod.Satterthwaite)]
    [TestCase(DegreesOfFreedomMethod.KenwardRogerLinear)]
    public void Mmrm_NoEffect_RejectsAtItsLevelAndCoversZero(DegreesOfFreedomMethod method)
    {
        var mmrm = new Mmrm
        {
            Week = 28,
            Covariates = ["baseline*visit", "stratum*visit"],
            DegreesOfFreedom = method,
        };

        OperatingCharacteristics result = PowerAnalysis.Run(
            Null, [mmrm], new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(2611), CollectCourses = false }).Analyses[0];
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"rejects {result.Power:F4}, covers {result.Coverage:F4}, Monte Carlo error {result.MonteCarloError:F4}, bias {result.MeanEstimate:F4}"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failed, Is.Zero);
            Assert.That(result.Power, Is.EqualTo(0.05).Within(FalseAlarm.Proportion(0.05, Replicates)));
            Assert.That(result.Coverage, Is.EqualTo(0.95).Within(FalseAlarm.Proportion(0.05, Replicates)));
            Assert.That(
                result.MeanEstimate, Is.EqualTo(0).Within(FalseAlarm.StandardErrors * result.MeanEstimateMonteCarloError));

            // A standard deviation of n draws has a relative standard error of about 1 / √(2n).
            double share = FalseAlarm.StandardErrors / Math.Sqrt(2.0 * Replicates);
            Assert.That(
                result.ModelStandardError, Is.EqualTo(result.EmpiricalStandardError).Within(share * result.EmpiricalStandardError));
        }
    }
}
