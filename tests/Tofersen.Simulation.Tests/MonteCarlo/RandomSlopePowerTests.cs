using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Simulated operating characteristics of the random-slope model against closed forms.</summary>
[Category("Statistical")]
public sealed class RandomSlopePowerTests
{
    private const int Replicates = 20_000;
    private const double MonthScale = 365.25 / 84 / 4.345;

    // Intercept variance 30, slope variance 0.36, residual variance 4, months of 4.345 weeks. The normal formula gives power 0.8 at
    // 46.345 an arm and 0.8563699 at 54; the test has t with 2(n − 1) degrees of freedom when the arms have intercepts of their own,
    // which is a noncentral t (R 4.2.2, power.t.test, strict): 0.8500492 at 54.
    [TestCase(54, 0.8500492)]
    [TestCase(0, 0.05)]
    public void ArmsWithTheirOwnIntercepts_CompleteVisits_HaveThePowerOfTheClosedForm(int perArm, double power)
    {
        bool isNull = perArm == 0;
        perArm = isNull ? 54 : perArm;
        double error = Math.Sqrt(2 * SlopeVariance() / perArm);
        OperatingCharacteristics result = Run(
            perArm, isNull ? 0 : 0.4, new RandomSlopeModel { ThroughWeek = 28, CommonBaseline = false }, seed: 2042);

        Assert.That(
            Normal.CDF(0, 1, (0.4 / Math.Sqrt(2 * SlopeVariance() / 54)) - Normal.InvCDF(0, 1, 0.975)), Is.EqualTo(0.8563699325).Within(1e-9));
        Assert.That(
            2 * SlopeVariance() * Math.Pow((Normal.InvCDF(0, 1, 0.975) + Normal.InvCDF(0, 1, 0.8)) / 0.4, 2),
            Is.EqualTo(46.34519666).Within(1e-7));
        AssertResult(result, power, isNull ? 0 : 0.4, error);
    }

    // With a common baseline the difference of intercepts is known to be zero and adjusts the difference of slopes: the variance of
    // slopes becomes that given the intercepts, s₁₁ − s₀₁²/s₀₀ of Σ = D + σ²(Z′Z)⁻¹.
    [Test]
    public void CommonBaseline_CompleteVisits_HasTheVarianceGivenTheIntercept()
    {
        double[] months = Months();
        double mean = months.Average();
        double squares = months.Sum(t => (t - mean) * (t - mean));
        double s11 = 0.36 + (4 / squares);
        double s01 = -4 * mean / squares;
        double s00 = 30 + (4.0 / months.Length) + (4 * mean * mean / squares);
        double error = Math.Sqrt(2 * (s11 - (s01 * s01 / s00)) / 54);
        OperatingCharacteristics result = Run(54, 0.4, new RandomSlopeModel { ThroughWeek = 28 }, seed: 2043);

        // The adjustment costs about one degree of freedom; the normal formula is off by the t distribution's share.
        double critical = Tofersen.Simulation.Analyses.StudentT.TwoSidedCriticalValue(0.05, 105);
        Assert.That(result.EmpiricalStandardError, Is.EqualTo(error * MonthScale).Within(0.01 * error));
        Assert.That(result.Power, Is.EqualTo(Normal.CDF(0, 1, (0.4 / error) - critical)).Within(FalseAlarm.Proportion(0.85, Replicates) + 0.003));
        Assert.That(result.Coverage, Is.EqualTo(0.95).Within(FalseAlarm.Proportion(0.95, Replicates)));
    }

    private static double[] Months() => [.. Enumerable.Range(0, 8).Select(i => 4 * i / 4.345)];

    private static double SlopeVariance()
    {
        double[] months = Months();
        return 0.36 + (4 / months.Sum(t => (t - months.Average()) * (t - months.Average())));
    }

    private static void AssertResult(OperatingCharacteristics result, double power, double effect, double error)
    {
        double limit = FalseAlarm.StandardErrors * error * MonthScale / Math.Sqrt(Replicates);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Power, Is.EqualTo(power).Within(FalseAlarm.Proportion(power, Replicates)));
            Assert.That(result.MeanEstimate, Is.EqualTo(effect * MonthScale).Within(limit));
            Assert.That(result.EmpiricalStandardError, Is.EqualTo(error * MonthScale).Within(limit / Math.Sqrt(2)));
            Assert.That(result.Coverage, Is.EqualTo(0.95).Within(FalseAlarm.Proportion(0.95, Replicates)));
            Assert.That(result.TrueValue.Value, Is.EqualTo(effect * MonthScale).Within(1e-10));
        }
    }

    private static OperatingCharacteristics Run(int perArm, double effect, RandomSlopeModel model, ulong seed)
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with
            {
                BaselineScoreSd = Math.Sqrt(30),
                DeclineRate = new NormalRate { Mean = MonthScale, Sd = 0.6 * MonthScale },
                ResidualSd = 2,
            }),
            Effect = new ConstantSlowing { PointsPerMonth = effect * MonthScale },
            Design = new ParallelGroup { Participants = 2 * perArm, VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28] },
        };
        return PowerAnalysis.Run(
            scenario,
            [model],
            new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(seed), CollectCourses = false }).Analyses[0];
    }
}
