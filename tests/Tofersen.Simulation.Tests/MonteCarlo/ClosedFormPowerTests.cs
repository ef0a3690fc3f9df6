using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Simulated power against formulas.</summary>
[Category("Statistical")]
public sealed class ClosedFormPowerTests
{
    private const int Replicates = 40_000;
    private const double MonthScale = 365.25 / 84 / 4.345;

    // Noncentral t with 106 degrees of freedom, both sides; R 4.2.2 (rpact 3.3.4 agrees to 3e-7).
    [TestCase(0, 0.05)]
    [TestCase(0.5, 0.0725972)]
    [TestCase(1, 0.1429124)]
    [TestCase(1.2, 0.1851251)]
    [TestCase(2, 0.4229270)]
    [TestCase(3.5, 0.8705939)]
    public void Ancova_NoCovariates_HasThePowerOfTheTwoSampleT(double effect, double power)
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with { BaselineScoreMean = 24, BaselineScoreSd = 5.5 }),
            Effect = new SymptomaticOffset { Points = effect },
            Design = new ParallelGroup { Participants = 108, Allocation = new AllocationRatio(2, 1), VisitWeeks = [0, 28] },
        };

        OperatingCharacteristics result = Run(
            scenario, new Ancova { Week = 28, Covariates = [], Response = AncovaResponse.Score }, seed: 1041);

        AssertPower(result, power);
        AssertNormalEstimate(result, effect, 5.5 * Math.Sqrt((1 / 72.0) + (1 / 36.0)));
    }

    // Slope variance 0.36 + 4 / Σ(t − t̄)², months of 4.345 weeks; with 54 an arm the normal formula gives 0.8563699 and the
    // noncentral t of a comparison of two-stage slopes 0.8500492 (R 4.2.2, power.t.test, strict).
    [Test]
    public void SlopeAnalysis_CompleteVisits_HasThePowerOfTheClosedForm()
    {
        double[] months = [.. Enumerable.Range(0, 8).Select(i => 4 * i / 4.345)];
        double variance = 0.36 + (4 / months.Sum(t => (t - months.Average()) * (t - months.Average())));
        double error = Math.Sqrt(2 * variance / 54);
        Scenario scenario = TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with
            {
                BaselineScoreSd = Math.Sqrt(30),
                DeclineRate = new NormalRate { Mean = MonthScale, Sd = 0.6 * MonthScale },
                ResidualSd = 2,
            }),
            Effect = new ConstantSlowing { PointsPerMonth = 0.4 * MonthScale },
            Design = new ParallelGroup { Participants = 108, VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28] },
        };

        OperatingCharacteristics result = Run(scenario, new SlopeAnalysis { ThroughWeek = 28 }, seed: 1042);

        Assert.That(
            Normal.CDF(0, 1, (0.4 / error) - Normal.InvCDF(0, 1, 0.975)), Is.EqualTo(0.8563699325).Within(1e-9));
        AssertPower(result, 0.8500492);
        AssertNormalEstimate(result, 0.4 * MonthScale, error * MonthScale);
        Assert.That(result.TrueValue.Value, Is.EqualTo(0.4 * MonthScale).Within(1e-10));
    }

    [TestCase(1, 0.02)]
    [TestCase(0.75, 0.02)]
    [TestCase(0.6, 0.01)]
    public void LogRank_ConstantHazards_HasThePowerOfTheLargeSampleFormula(double ratio, double perWeek)
    {
        const int Participants = 600;
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
                        Kind = EventKind.Death, PerWeek = perWeek, RateExponent = 1, ScoreCoefficient = 0,
                    },
                ],
            },
        };

        OperatingCharacteristics result = Run(scenario, new LogRank(), seed: 1043);

        var moments = LogRankMoments.Of(ratio, perWeek, Participants / 2, Participants / 2, 52);

        // What the first-order formula leaves out is of the order of one over the number of events.
        Assert.That(
            result.Power,
            Is.EqualTo(moments.Power).Within(FalseAlarm.Proportion(moments.Power, Replicates) + (1 / moments.Events)));
        Assert.That(result.MeanEstimate, Is.EqualTo(moments.Drift / moments.Estimated).Within(
            (FalseAlarm.StandardErrors * result.MeanEstimateMonteCarloError) + (1 / moments.Events)));
    }

    private static void AssertPower(OperatingCharacteristics result, double power) =>
        Assert.That(result.Power, Is.EqualTo(power).Within(FalseAlarm.Proportion(power, Replicates)));

    private static void AssertNormalEstimate(OperatingCharacteristics result, double mean, double error)
    {
        double limit = FalseAlarm.StandardErrors * error / Math.Sqrt(Replicates);
        Assert.That(result.MeanEstimate, Is.EqualTo(mean).Within(limit));
        Assert.That(result.EmpiricalStandardError, Is.EqualTo(error).Within(limit / Math.Sqrt(2)));
        Assert.That(result.Coverage, Is.EqualTo(0.95).Within(FalseAlarm.Proportion(0.95, Replicates)));
    }

    private static OperatingCharacteristics Run(Scenario scenario, IAnalysis analysis, ulong seed) =>
        PowerAnalysis.Run(
            scenario,
            [analysis],
            new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(seed), CollectCourses = false }).Analyses[0];
}
