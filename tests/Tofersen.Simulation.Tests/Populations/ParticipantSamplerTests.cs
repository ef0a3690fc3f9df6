using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Populations;

/// <summary>Traits of 200,000 drawn participants against their stratum.</summary>
[Category("Statistical")]
public sealed class ParticipantSamplerTests
{
    private const int Draws = 200_000;

    private static readonly Trait[] Traits =
        [.. Enum.GetValues<Trait>().Where(t => t <= Trait.SlowVitalCapacity)];

    private Participant[] _plain = [];

    [OneTimeSetUp]
    public void Draw() => _plain = TestStrata.Draw(TestStrata.Plain, Draws, FalseAlarm.Seed(501));

    [Test]
    public void Draw_BaselineScore_IsNormal() =>
        AssertFollows(_plain.Select(p => p.BaselineScore), x => Normal.CDF(36, 6, x));

    [Test]
    public void Draw_Age_IsNormal() => AssertFollows(_plain.Select(p => p.AgeYears), x => Normal.CDF(55, 11, x));

    [Test]
    public void Draw_NeurofilamentLight_IsLogNormalAboutItsGeometricMean() =>
        AssertFollows(_plain.Select(p => p.LogNeurofilamentLight), x => Normal.CDF(Math.Log(80), 0.6, x));

    // σ² = ln(1 + (0.8 / 1.2)²) = ln(13 / 9), μ = ln 1.2 − σ² / 2.
    [Test]
    public void Draw_DeclineRate_IsLogNormal() =>
        AssertFollows(
            _plain.Select(p => p.DeclinePerMonth),
            x => LogNormal.CDF(Math.Log(1.2) - (Math.Log(13.0 / 9) / 2), Math.Sqrt(Math.Log(13.0 / 9)), x));

    [Test]
    public void Draw_LogNormalRate_HasTheStatedMeanAndSd()
    {
        double[] rates = [.. _plain.Select(p => p.DeclinePerMonth)];

        // With w = 13/9 the kurtosis of the log-normal is w⁴ + 2w³ + 3w² − 3; Var s² = σ⁴ (kurtosis − 1) / n.
        const double W = 13.0 / 9;
        double kurtosis = (W * W * W * W) + (2 * W * W * W) + (3 * W * W) - 3;
        double sdError = 0.8 * Math.Sqrt((kurtosis - 1) / Draws) / 2;
        Assert.That(rates.Mean(), Is.EqualTo(1.2).Within(FalseAlarm.StandardErrors * 0.8 / Math.Sqrt(Draws)));
        Assert.That(rates.StandardDeviation(), Is.EqualTo(0.8).Within(FalseAlarm.StandardErrors * sdError));
    }

    [Test]
    public void Draw_NormalRate_IsNormal() =>
        AssertFollows(
            TestStrata.Draw(
                TestStrata.Plain with { DeclineRate = new NormalRate { Mean = 0.8, Sd = 1.1 } }, Draws, FalseAlarm.Seed(502))
                .Select(p => p.DeclinePerMonth),
            x => Normal.CDF(0.8, 1.1, x));

    // Shape (1 / 0.7)², rate 1 / 0.49.
    [Test]
    public void Draw_GammaRate_IsGamma() =>
        AssertFollows(
            TestStrata.Draw(
                TestStrata.Plain with { DeclineRate = new GammaRate { Mean = 1, Sd = 0.7 } }, Draws, FalseAlarm.Seed(503))
                .Select(p => p.DeclinePerMonth),
            x => Gamma.CDF(1 / 0.49, 1 / 0.49, x));

    [Test]
    public void Draw_BinaryTraits_OccurAtTheirProbabilities()
    {
        AssertShare(p => p.IsMale, 0.57);
        AssertShare(p => p.HasBulbarOnset, 0.13);
        AssertShare(p => p.TakesRiluzole, 0.62);
        AssertShare(p => p.TakesEdaravone, 0.08);
    }

    [Test]
    public void Draw_MonthsSinceOnset_FollowFromScoreAndSlope()
    {
        foreach (Participant p in _plain.Take(1000))
        {
            double lost = Math.Max(0, 48 - p.BaselineScore);
            Assert.That(p.MonthsSinceOnset, Is.EqualTo(lost / p.PreRandomisationSlopePerMonth).Within(1e-12).Percent);
        }
    }

    [Test]
    public void Draw_NoCriteria_ScreensOneCandidateEach() =>
        Assert.That(_plain.Select(p => p.CandidatesScreened), Is.All.EqualTo(1));

    [Test]
    public void Draw_FullCopula_CorrelatesAsStated()
    {
        double[,] correlations =
        {
            { 1, -0.2, -0.1, -0.15, 0.25, 0.4 },
            { -0.2, 1, 0.5, 0.6, -0.3, -0.35 },
            { -0.1, 0.5, 1, 0.3, 0, -0.2 },
            { -0.15, 0.6, 0.3, 1, 0.1, -0.1 },
            { 0.25, -0.3, 0, 0.1, 1, -0.15 },
            { 0.4, -0.35, -0.2, -0.1, -0.15, 1 },
        };
        Stratum stratum = TestStrata.Plain with { Correlations = [.. Pairs(correlations)] };

        Participant[] participants = TestStrata.Draw(stratum, Draws, FalseAlarm.Seed(504));

        AssertCorrelations(participants, (i, j) => correlations[i, j]);
    }

    [Test]
    public void Draw_NoCorrelations_TraitsAreUncorrelated() => AssertCorrelations(_plain, (_, _) => 0);

    [Test]
    public void Draw_CorrelatedGammaRates_KeepTheRankCorrelationOfTheCopula()
    {
        Stratum stratum = TestStrata.Plain with
        {
            DeclineRate = new GammaRate { Mean = 1, Sd = 0.8 },
            Correlations = [new TraitCorrelation { First = Trait.DeclineRate, Second = Trait.Age, Value = 0.6 }],
        };
        Participant[] participants = TestStrata.Draw(stratum, Draws, FalseAlarm.Seed(505));

        double spearman = Correlation.Spearman(
            participants.Select(p => p.DeclinePerMonth), participants.Select(p => p.AgeYears));

        // Spearman's ρ of a Gaussian copula is (6 / π) asin(r / 2); its error is below 1.1 / √n.
        Assert.That(
            spearman,
            Is.EqualTo(6 / Math.PI * Math.Asin(0.3)).Within(FalseAlarm.StandardErrors * 1.1 / Math.Sqrt(Draws)));
    }

    private static IEnumerable<TraitCorrelation> Pairs(double[,] correlations)
    {
        for (int i = 0; i < Traits.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // Named in both orders: the copula is symmetric.
                (int first, int second) = (i + j) % 2 == 0 ? (i, j) : (j, i);
                yield return new TraitCorrelation
                {
                    First = (Trait)first,
                    Second = (Trait)second,
                    Value = correlations[i, j],
                };
            }
        }
    }

    private static void AssertCorrelations(Participant[] participants, Func<int, int, double> expected)
    {
        double[][] columns = [.. Traits.Select(t => participants.Select(p => TestStrata.NormalScale(p, t)).ToArray())];
        for (int i = 0; i < columns.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // Fisher's z has variance 1 / (n − 3).
                double z = Math.Atanh(Correlation.Pearson(columns[i], columns[j]));
                Assert.That(
                    z,
                    Is.EqualTo(Math.Atanh(expected(i, j))).Within(FalseAlarm.StandardErrors / Math.Sqrt(Draws - 3)),
                    $"{(Trait)i} and {(Trait)j}");
            }
        }
    }

    private static void AssertFollows(IEnumerable<double> sample, Func<double, double> distribution) =>
        Assert.That(
            FalseAlarm.KolmogorovSmirnov([.. sample], distribution), Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));

    private void AssertShare(Func<Participant, bool> has, double probability) =>
        Assert.That(
            _plain.Count(has) / (double)Draws,
            Is.EqualTo(probability).Within(FalseAlarm.Proportion(probability, Draws)));
}
