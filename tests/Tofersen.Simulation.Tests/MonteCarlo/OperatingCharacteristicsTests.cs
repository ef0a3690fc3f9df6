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

/// <summary>Power, type I error and coverage of analyses of scores at 100,000 replicates, in trials of VALOR's size: 72 and 36, eight
/// visits to week 28, normal scores, 0.4 points a month won by everybody; complete, or missing at random.</summary>
/// <remarks>Intercept variance 30, slope variance 0.36, residual variance 4, natural slope −1 a month. Where theory is exact, only Monte
/// Carlo error is allowed; otherwise the term that first-order theory leaves out, stated at each test.</remarks>
[Category("Statistical")]
[Category("Slow")]
public sealed class OperatingCharacteristicsTests
{
    private static readonly int Replicates = Replications.Of(100_000);
    private const int Active = 72;
    private const int Control = 36;
    private const double Effect = 0.4;
    private const double WithdrawalPerWeek = 0.006;
    private const string AncovaName = "ancova";
    private const string MmrmName = "mmrm";
    private const string OwnName = "random-slope, own intercepts";
    private const string CommonName = "random-slope, common baseline";
    private const string AdjustedMmrmName = MmrmName + ", Kenward–Roger";
    private const string AdjustedCommonName = CommonName + ", Kenward–Roger";

    // The variance of an estimate that weights by an estimated covariance is estimated a little too small, and t is approximate. With 36
    // in the smaller arm level and coverage are off by less than α/12 = 0.004, with Satterthwaite's method and with Kenward and Roger's.
    private const double Approximate = 0.004;

    private static readonly double[] Weeks = [0, 4, 8, 12, 16, 20, 24, 28];

    private static readonly double[] Months = [.. Weeks.Select(StudyTime.MonthsFromWeeks)];

    private static readonly IAnalysis[] Analyses =
    [
        new Ancova { Name = AncovaName, Week = 28 },
        new Mmrm { Name = MmrmName, Week = 28 },
        new RandomSlopeModel { Name = OwnName, ThroughWeek = 28, CommonBaseline = false },
        new RandomSlopeModel { Name = CommonName, ThroughWeek = 28 },
        new Mmrm { Name = AdjustedMmrmName, Week = 28, DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear },
        new RandomSlopeModel
        {
            Name = AdjustedCommonName, ThroughWeek = 28, DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear,
        },
    ];

    private static readonly IAnalysis[] AtRandom = [.. Analyses.Skip(1).Select(a => new MissingAtRandom(a))];

    private static readonly Lazy<PowerResult> Complete = new(() => Run(Effect, [], Analyses, 3_001));
    private static readonly Lazy<PowerResult> CompleteNull = new(() => Run(0, [], Analyses, 3_002));
    private static readonly Lazy<PowerResult> Withdrawn = new(() => Run(Effect, Withdrawal, Analyses, 3_003));
    private static readonly Lazy<PowerResult> WithdrawnNull = new(() => Run(0, Withdrawal, Analyses, 3_004));
    private static readonly Lazy<PowerResult> Missing = new(() => Run(Effect, [], AtRandom, 3_005));
    private static readonly Lazy<PowerResult> MissingNull = new(() => Run(0, [], AtRandom, 3_006));

    private static ValueList<EventHazard> Withdrawal =>
        [new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = WithdrawalPerWeek }];

    // ANCOVA is exact, and without gaps the repeated-measures model with the baseline at each visit is the same test. Slopes of arms with
    // intercepts of their own are the two-sample t test of least-squares slopes.
    [TestCase(AncovaName)]
    [TestCase(MmrmName)]
    [TestCase(AdjustedMmrmName)]
    [TestCase(OwnName)]
    public void Complete_ExactTests_HaveTheirExactPowerLevelAndCoverage(string name)
    {
        double power = name == OwnName
            ? NoncentralT.Power(Effect / Error(SlopeMoments().Slope), 106)
            : NoncentralT.PowerWithCovariate(Effect * Months[^1] / Error(ChangeVariance()), 108);
        Check(Complete.Value, name, power, 0);
        Check(CompleteNull.Value, name, 0.05, 0);
    }

    // With a common baseline the variance is that of slopes given intercepts, and t has about 105 degrees of freedom: the coefficient that
    // adjusts is estimated, which moves power by less than 0.004.
    [TestCase(CommonName)]
    [TestCase(AdjustedCommonName)]
    public void Complete_CommonBaseline_HasThePowerGivenTheIntercept(string name)
    {
        (double slope, double covariance, double intercept) = SlopeMoments();
        double variance = slope - (covariance * covariance / intercept);
        Check(Complete.Value, name, NoncentralT.Power(Effect / Error(variance), 105), Approximate);
        Check(CompleteNull.Value, name, 0.05, Approximate);
    }

    // Withdrawal completely at random. ANCOVA of those who are left is exact given their number; power is averaged over it, which the
    // expected numbers give to 0.005. The model for repeated measures has the variance that the expected information gives; that the
    // covariance is estimated costs it up to 0.01.
    [Test]
    public void Withdrawal_CompletelyAtRandom_LeavesPowerLevelAndCoverage()
    {
        double kept = Math.Exp(-WithdrawalPerWeek * 28);
        double left = NoncentralT.PowerWithCovariate(
            Effect * Months[^1] / Error(ChangeVariance() / kept), (int)Math.Round(kept * (Active + Control)));
        double repeated = NoncentralT.Power(Effect * Months[^1] / Error(VarianceFromTheInformation()), 0.95 * (Active + Control));
        Check(Withdrawn.Value, AncovaName, left, 0.005);
        Check(WithdrawnNull.Value, AncovaName, 0.05, 0);
        Check(Withdrawn.Value, MmrmName, repeated, 0.01);
        Check(Withdrawn.Value, AdjustedMmrmName, repeated, 0.01);
        foreach (string name in (string[])[OwnName, CommonName, AdjustedCommonName])
        {
            Check(Withdrawn.Value, name, null, Approximate);
        }

        foreach (string name in (string[])[MmrmName, AdjustedMmrmName, OwnName, CommonName, AdjustedCommonName])
        {
            Check(WithdrawnNull.Value, name, 0.05, Approximate);
        }
    }

    // No closed form; likelihood keeps level and coverage, and the estimate stays unbiased.
    [TestCase(MmrmName)]
    [TestCase(OwnName)]
    [TestCase(CommonName)]
    [TestCase(AdjustedMmrmName)]
    [TestCase(AdjustedCommonName)]
    public void Missing_AtRandom_LeavesLevelAndCoverage(string name)
    {
        Check(Missing.Value, name, null, Approximate);
        Check(MissingNull.Value, name, 0.05, Approximate);
    }

    private static void Check(PowerResult results, string name, double? power, double allowance)
    {
        OperatingCharacteristics result = results.Analyses.Single(a => a.Name == name);
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{name}: rejects {result.Power:F5} ± {result.MonteCarloError:F5}, expected {power ?? double.NaN:F5}, ")
            + FormattableString.Invariant($"coverage {result.Coverage:F5}, true {result.TrueValue.Value:F5}, ")
            + FormattableString.Invariant($"mean {result.MeanEstimate:F5} ± {result.MeanEstimateMonteCarloError:F5}, ")
            + FormattableString.Invariant($"SE {result.EmpiricalStandardError:F5}, by the model {result.ModelStandardError:F5}, ")
            + FormattableString.Invariant($"failed {result.Failed}, at the boundary {result.Boundary}"));
        using (Assert.EnterMultipleScope())
        {
            if (power is { } expected)
            {
                Assert.That(
                    result.Power, Is.EqualTo(expected).Within(FalseAlarm.Proportion(expected, Replicates) + allowance), name);
            }

            Assert.That(result.Coverage, Is.EqualTo(0.95).Within(FalseAlarm.Proportion(0.95, Replicates) + allowance), name);
            Assert.That(
                result.MeanEstimate,
                Is.EqualTo(result.TrueValue.Value).Within(FalseAlarm.StandardErrors * result.MeanEstimateMonteCarloError),
                name);
            Assert.That(result.Failed, Is.LessThanOrEqualTo(Replicates / 10_000), name);
        }
    }

    private static double Error(double variance) => Math.Sqrt(variance * ((1.0 / Active) + (1.0 / Control)));

    // Cov(Y(s), Y(t)) = 30 + 0.36 s t, and 4 more where s = t.
    private static double Covariance(int s, int t) => 30 + (0.36 * Months[s] * Months[t]) + (s == t ? 4 : 0);

    private static double CovarianceGivenBaseline(int s, int t) =>
        Covariance(s, t) - (Covariance(s, 0) * Covariance(t, 0) / Covariance(0, 0));

    private static double ChangeVariance() => CovarianceGivenBaseline(7, 7);

    /// <summary>Variances of least-squares slope and intercept and their covariance: D + σ²(Z′Z)⁻¹.</summary>
    private static (double Slope, double Covariance, double Intercept) SlopeMoments()
    {
        double mean = Months.Average();
        double squares = Months.Sum(t => (t - mean) * (t - mean));
        return (0.36 + (4 / squares), -4 * mean / squares, 30 + (4.0 / Months.Length) + (4 * mean * mean / squares));
    }

    /// <summary>Variance of one participant's share in the mean at the last visit: last element of the inverse of the expected
    /// information Σₖ P(last visit k) (Σₖ)⁻¹, Σₖ the covariance of visits 1 to k given the baseline (Lu, Luo and Chen 2008, doi
    /// 10.2202/1557-4679.1098).</summary>
    private static double VarianceFromTheInformation()
    {
        int visits = Weeks.Length - 1;
        var information = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(visits, visits);
        for (int k = 1; k <= visits; k++)
        {
            double reaches = Math.Exp(-WithdrawalPerWeek * Weeks[k]);
            double share = k == visits ? reaches : reaches - Math.Exp(-WithdrawalPerWeek * Weeks[k + 1]);
            var sigma = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(k, k, (i, j) => CovarianceGivenBaseline(i + 1, j + 1));
            var inverse = sigma.Inverse() * share;
            for (int i = 0; i < k; i++)
            {
                for (int j = 0; j < k; j++)
                {
                    information[i, j] += inverse[i, j];
                }
            }
        }

        return information.Inverse()[visits - 1, visits - 1];
    }

    private static PowerResult Run(double effect, ValueList<EventHazard> events, IAnalysis[] analyses, ulong seed)
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with
            {
                BaselineScoreSd = Math.Sqrt(30),
                DeclineRate = new NormalRate { Mean = 1, Sd = 0.6 },
                ResidualSd = 2,
            }),
            Effect = new ConstantSlowing { PointsPerMonth = effect },
            Design = new ParallelGroup
            {
                Participants = Active + Control,
                Allocation = new AllocationRatio(2, 1),
                VisitWeeks = ValueList.Create<double>(Weeks),
            },
            Observation = new ObservationModel { Rounding = ScoreRounding.None, Events = events },
        };
        return PowerAnalysis.Run(
            scenario,
            [.. analyses],
            new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(seed), CollectCourses = false });
    }
}
