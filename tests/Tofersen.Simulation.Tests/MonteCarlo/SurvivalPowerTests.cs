using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Simulated power and type I error of analyses of the time to an event against formulas. Hazards are constant, λ a week in the
/// control arm and θ λ in the active arm, 1:1, to week 52.</summary>
[Category("Statistical")]
public sealed class SurvivalPowerTests
{
    private const int Replicates = 10_000;
    private const int Participants = 400;
    private const double PerWeek = 0.02;

    // The estimate is normal about log θ with variance 1 / I, I = n ∫ y₀ y₁ θ λ / (y₀ + θ y₁), y₀ and y₁ the shares at risk.
    [TestCase(0.75)]
    [TestCase(0.65)]
    public void Cox_ConstantHazards_HasThePowerOfTheLargeSampleFormula(double ratio)
    {
        OperatingCharacteristics result = Run(ratio, 1061, new CoxRegression())[0];
        double information = Integral(t =>
        {
            double y0 = AtRisk(t, 1), y1 = AtRisk(t, ratio);
            return y0 * y1 * ratio * PerWeek / (y0 + (ratio * y1));
        });
        double critical = Normal.InvCDF(0, 1, 0.975);
        double drift = -Math.Log(ratio) * Math.Sqrt(information);
        double power = Normal.CDF(0, 1, drift - critical) + Normal.CDF(0, 1, -drift - critical);

        // What the first-order formula leaves out is of the order of one over the number of events.
        double slack = 1 / Events(ratio);
        double error = 1 / Math.Sqrt(information);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Power, Is.EqualTo(power).Within(FalseAlarm.Proportion(power, Replicates) + slack));
            Assert.That(
                result.MeanEstimate,
                Is.EqualTo(Math.Log(ratio)).Within((FalseAlarm.StandardErrors * error / Math.Sqrt(Replicates)) + slack));
            Assert.That(result.ModelStandardError, Is.EqualTo(error).Within(error * slack * 2));
            Assert.That(result.Failed, Is.Zero);
        }
    }

    // Schoenfeld: the statistic is normal about √(d / 4) log θ with variance 1. Good for hazard ratios near 1: at 0.75 it is
    // 0.004 above the formula of the test before.
    [Test]
    public void CoxAndLogRank_HazardRatioNearOne_HaveSchoenfeldsPower()
    {
        const double Ratio = 0.75;
        double drift = Math.Sqrt(Events(Ratio) / 4) * -Math.Log(Ratio);
        double power = Normal.CDF(0, 1, drift - Normal.InvCDF(0, 1, 0.975));
        ValueList<OperatingCharacteristics> results = Run(
            Ratio,
            1062,
            new LogRank(),
            new CoxRegression(),
            new CoxRegression { Name = "score", Test = CoxTest.Score },
            new CoxRegression { Name = "ratio", Test = CoxTest.LikelihoodRatio });
        double limit = FalseAlarm.Proportion(power, Replicates) + (1 / Events(Ratio)) + 0.004;
        using (Assert.EnterMultipleScope())
        {
            foreach (OperatingCharacteristics result in results)
            {
                Assert.That(result.Power, Is.EqualTo(power).Within(limit), result.Name);
            }
        }
    }

    [Test]
    public void Analyses_NoEffect_RejectAtNominalAlpha()
    {
        ValueList<OperatingCharacteristics> results = Run(
            1,
            1063,
            new CoxRegression(),
            new CoxRegression { Name = "score", Test = CoxTest.Score, Covariates = [Covariates.Age] },
            new CoxRegression { Name = "ratio", Test = CoxTest.LikelihoodRatio, Covariates = [Covariates.Age, Covariates.Male] },
            new RestrictedMeanSurvival { ThroughWeek = 52 });
        using (Assert.EnterMultipleScope())
        {
            foreach (OperatingCharacteristics result in results)
            {
                TestContext.Out.WriteLine(FormattableString.Invariant($"{result.Name}: {result.Power:F4}"));
                Assert.That(
                    result.Power, Is.EqualTo(0.05).Within(FalseAlarm.Proportion(0.05, Replicates) + (1 / Events(1))), result.Name);
                Assert.That(
                    result.MeanEstimate,
                    Is.Zero.Within(FalseAlarm.StandardErrors * result.EmpiricalStandardError / Math.Sqrt(Replicates)),
                    result.Name);
                Assert.That(
                    result.ModelStandardError, Is.EqualTo(result.EmpiricalStandardError).Within(5).Percent, result.Name);
            }
        }
    }

    private static double AtRisk(double week, double ratio) => Math.Exp(-PerWeek * ratio * week) / 2;

    private static double Events(double ratio) =>
        Participants / 2.0 * (2 - Math.Exp(-52 * PerWeek) - Math.Exp(-52 * PerWeek * ratio));

    private static double Integral(Func<double, double> rate)
    {
        const int Steps = 5_200;
        const double Step = 52.0 / Steps;
        return Participants * Step * Enumerable.Range(0, Steps).Sum(i => rate((i + 0.5) * Step));
    }

    private static ValueList<OperatingCharacteristics> Run(double ratio, ulong seed, params IAnalysis[] analyses)
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with { DeclineRate = new NormalRate { Mean = 1, Sd = 0 } }),
            Effect = new ConstantSlowing { RateMultiplier = ratio },
            Design = new ParallelGroup { Participants = Participants, VisitWeeks = [0, 52] },
            Observation = new ObservationModel
            {
                Events =
                [
                    new ProgressionHazard
                    {
                        Kind = EventKind.Death, PerWeek = PerWeek, RateExponent = 1, ScoreCoefficient = 0,
                    },
                ],
            },
        };
        var options = new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(seed), CollectCourses = false };
        return PowerAnalysis.Run(scenario, [.. analyses], options).Analyses;
    }
}
