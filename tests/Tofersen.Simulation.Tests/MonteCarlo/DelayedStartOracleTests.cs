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
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>A delayed-start trial whose power is known by hand: random intercept and slope, a drug that wins 0.4 points a month for
/// everybody, known variance, one-sided level 0.025.</summary>
/// <remarks>72 early and 36 delayed starters, switch at week 28, intercept variance 25, slope variance 0.36, residual variance 4,
/// natural slope −1 a month. The numbers are for months of 4.345 weeks: slopes are scaled to the library's months, so that
/// scores at the visits are the same. Var(Y(t) − Y(0)) = 0.36 t² + 8, Cov(28, 52) = 0.36 · t₁ t₂ + 4, with R 4.2.2.</remarks>
[Category("Statistical")]
public sealed class DelayedStartOracleTests
{
    private const int Replicates = 60_000;
    private const double GapAt28 = 2.577675489;
    private const double ErrorAt28 = 0.9778787541;
    private const double ErrorAt52 = 1.575356901;
    private const double ErrorOfRetention = 1.182076568;

    // Weeks in a library month over weeks in one of the oracle's months.
    private const double Scale = 365.25 / 84 / 4.345;

    private static readonly double[] Weeks = [0, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52];

    private ValueList<OperatingCharacteristics> _results = [];

    [OneTimeSetUp]
    public void Run()
    {
        var scenario = new Scenario
        {
            Name = "oracle",
            Population = TestStrata.Population(TestScenarios.Alike with
            {
                BaselineScoreMean = 36,
                BaselineScoreSd = 5,
                DeclineRate = new NormalRate { Mean = Scale, Sd = 0.6 * Scale },
                ResidualSd = 2,
            }),
            Trajectory = new LinearDecline(),
            Effect = new ConstantSlowing { PointsPerMonth = 0.4 * Scale },
            Design = new DelayedStart
            {
                Participants = 108,
                Allocation = new AllocationRatio(2, 1),
                VisitWeeks = ValueList.Create<double>(Weeks),
                SwitchWeeks = 28,
            },
            Observation = new ObservationModel { Rounding = ScoreRounding.None },
        };
        _results = PowerAnalysis.Run(
            scenario,
            [Test("gap-28", 1), Test("gap-52", 2), Test("retention", 3), Test("all-three", 4)],
            new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(1031), CollectCourses = false }).Analyses;
    }

    [TestCase(0, 0.7504869206)]
    [TestCase(1, 0.3730767527)]
    [TestCase(2, 0.1922465764)]
    [TestCase(3, 0.1903)]
    public void Run_KnownVarianceTests_HaveThePowerWorkedOutByHand(int analysis, double power) =>
        Assert.That(_results[analysis].Power, Is.EqualTo(power).Within(FalseAlarm.Proportion(power, Replicates)));

    [TestCase(0, GapAt28, ErrorAt28)]
    [TestCase(1, GapAt28, ErrorAt52)]
    [TestCase(2, GapAt28 / 2, ErrorOfRetention)]
    public void Run_Estimates_HaveTheirMeanAndStandardErrorWorkedOutByHand(int analysis, double mean, double error)
    {
        OperatingCharacteristics result = _results[analysis];

        Assert.That(result.MeanEstimate, Is.EqualTo(mean).Within(FalseAlarm.StandardErrors * error / Math.Sqrt(Replicates)));
        Assert.That(
            result.EmpiricalStandardError,
            Is.EqualTo(error).Within(FalseAlarm.StandardErrors * error / Math.Sqrt(2.0 * Replicates)));
    }

    // The contrast of latent scores has no error at all: everybody gains the same.
    [TestCase(0, GapAt28)]
    [TestCase(1, GapAt28)]
    [TestCase(2, GapAt28 / 2)]
    public void Run_TrueValues_AreTheGapsWorkedOutByHand(int analysis, double gap)
    {
        Assert.That(_results[analysis].TrueValue.Value, Is.EqualTo(gap).Within(1e-8));
        Assert.That(_results[analysis].TrueValue.MonteCarloError, Is.LessThan(1e-8));
    }

    private static FunctionAnalysis Test(string name, int which)
    {
        int at28 = Array.IndexOf(Weeks, 28), at52 = Array.IndexOf(Weeks, 52);
        double[] weights = new double[Weeks.Length];
        weights[at28] = which == 1 ? 1 : which == 2 ? 0 : -0.5;
        weights[at52] = which == 1 ? 0 : 1;
        weights[0] = -(weights[at28] + weights[at52]);
        return new FunctionAnalysis(data => Analyse(data, which, at28, at52))
        {
            Name = name,
            Alpha = 0.025,
            Contrast = which == 4 ? null : new LatentContrast(ValueList.Create<double>(weights), []),
        };
    }

    private static AnalysisResult Analyse(TrialData data, int which, int at28, int at52)
    {
        double gap28 = Gap(data, at28);
        double gap52 = Gap(data, at52);
        double retention = gap52 - (0.5 * gap28);
        (double estimate, double z) = which switch
        {
            1 => (gap28, gap28 / ErrorAt28),
            2 => (gap52, gap52 / ErrorAt52),
            3 => (retention, retention / ErrorOfRetention),
            _ => (retention, Math.Min(gap28 / ErrorAt28, Math.Min(gap52 / ErrorAt52, retention / ErrorOfRetention))),
        };
        return new AnalysisResult
        {
            Status = AnalysisStatus.Converged,
            Estimate = estimate,
            PValue = Normal.CDF(0, 1, -z),
        };
    }

    private static double Gap(TrialData data, int visit)
    {
        double difference = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            double change = data.Scores[(p * data.Visits) + visit] - data.Scores[p * data.Visits];
            difference += data.Arms[p] == TrialDesign.ActiveArm ? change / 72 : -change / 36;
        }

        return difference;
    }
}
