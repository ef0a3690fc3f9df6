using MathNet.Numerics.Statistics;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Tests.Common;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Populations;

/// <summary>Mixtures of log-normal rates; expected values from R, see ReferenceData/natural-history/README.md.</summary>
public sealed class LatentClassRateTests
{
    private static readonly string[] Names = ["overlapping", "apart", "rare", "three", "single"];

    private static IEnumerable<TestCaseData> Quantiles() => ReferenceFile.Cases("natural-history", "mixtures", "name", "z");

    [Category("Reference")]
    [TestCaseSource(nameof(Quantiles))]
    public void AtNormalScore_Mixture_MatchesReference(object quantile)
    {
        var row = (ReferenceRow)quantile;
        LatentClassRate rate = Mixture(row.Text("name"));
        double z = row.Number("z");

        Assert.That(rate.AtNormalScore(z), Nearly.Equal(row.Number("value"), 1e-9));
        Assert.That(new RateSampler(rate).AtNormalScore(z), Nearly.Equal(row.Number("value"), 1e-6));
    }

    [Category("Reference")]
    [Test]
    public void Moments_Mixture_MatchReference()
    {
        foreach (ReferenceRow row in ReferenceFile.Read("natural-history", "mixture-moments").Rows)
        {
            LatentClassRate rate = Mixture(row.Text("name"));
            Assert.That(rate.MeanPerMonth, Nearly.Equal(row.Number("mean"), 1e-8));
            Assert.That(rate.SdPerMonth, Nearly.Equal(row.Number("sd"), 1e-8));
        }
    }

    // Between knots, and in the gap between classes that do not overlap, where the table gives way to the computation.
    [Test]
    public void AtNormalScore_SamplerBetweenKnots_AgreesWithTheQuantile([ValueSource(nameof(Names))] string name)
    {
        LatentClassRate rate = Mixture(name);
        var sampler = new RateSampler(rate);
        for (double z = -6; z <= 6; z += 0.0137)
        {
            Assert.That(sampler.AtNormalScore(z), Nearly.Equal(rate.AtNormalScore(z), 2e-7), $"z = {z}");
        }
    }

    [Test]
    public void AtNormalScore_ClassesFarApart_RisesThroughTheGap()
    {
        LatentClassRate rate = Of((1, 0.1, 0.001), (1, 40, 0.001));
        var sampler = new RateSampler(rate);
        double[] quantiles = [.. Enumerable.Range(-2_000, 4_001).Select(i => sampler.AtNormalScore(i / 400.0))];

        Assert.That(quantiles, Is.All.InRange(0.09, 41));
        for (int i = 1; i < quantiles.Length; i++)
        {
            Assert.That(quantiles[i], Is.GreaterThanOrEqualTo(quantiles[i - 1] * (1 - 1e-7)));
        }

        Assert.That(sampler.AtNormalScore(-0.01), Is.EqualTo(0.1).Within(0.005));
        Assert.That(sampler.AtNormalScore(0.01), Is.EqualTo(40).Within(0.01));
    }

    [Test]
    public void AtNormalScore_OneClass_IsTheLogNormal()
    {
        var logNormal = new LogNormalRate { Mean = 1.2, Sd = 0.8 };
        LatentClassRate rate = Of((7, 1.2, 0.8));
        for (double z = -8; z <= 8; z += 0.5)
        {
            Assert.That(rate.AtNormalScore(z), Nearly.Equal(logNormal.AtNormalScore(z), 1e-13));
        }
    }

    [Test]
    public void AtNormalScore_WeightsScaled_IsTheSame() =>
        Assert.That(
            Of((6, 1, 0.5), (10, 3, 1)).AtNormalScore(0.7),
            Nearly.Equal(Of((3, 1, 0.5), (5, 3, 1)).AtNormalScore(0.7), 1e-14));

    [Category("Statistical")]
    [Test]
    public void Draw_Mixture_HasItsMeanAndShares()
    {
        const int Draws = 200_000;
        LatentClassRate rate = Mixture("apart");

        double[] rates = [.. TestStrata.Draw(TestStrata.Plain with { DeclineRate = rate }, Draws, FalseAlarm.Seed(901))
            .Select(p => p.DeclinePerMonth)];

        Assert.That(
            rates.Mean(), Is.EqualTo(rate.MeanPerMonth).Within(FalseAlarm.StandardErrors * rate.SdPerMonth / Math.Sqrt(Draws)));
        Assert.That(
            rates.Count(r => r > 1.1) / (double)Draws,
            Is.EqualTo(63.0 / 173).Within(FalseAlarm.Proportion(63.0 / 173, Draws)));
    }

    [Test]
    public void AtNormalScore_WarmSampler_AllocatesNothing()
    {
        var sampler = new RateSampler(Of((1, 0.1, 0.001), (1, 40, 0.001)));
        double sum = 0;
        void Run()
        {
            for (double z = -0.5; z < 0.5; z += 0.001)
            {
                sum += sampler.AtNormalScore(z);
            }
        }

        Run();
        Assert.That(WarmAllocation.Least(Run), Is.Zero);
        Assert.That(sum, Is.Positive);
    }

    [Test]
    public void Classes_None_Throws() =>
        Assert.That(
            () => new LatentClassRate { Classes = [] },
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("Classes"));

    private static LatentClassRate Of(params (double Weight, double Mean, double Sd)[] classes) => new()
    {
        Classes = [.. classes.Select(c => new RateClass { Weight = c.Weight, Mean = c.Mean, Sd = c.Sd })],
    };

    private static LatentClassRate Mixture(string name) => Of([
        .. ReferenceFile.Read("natural-history", "mixture-classes").Rows.Where(r => r.Text("name") == name)
            .Select(r => (r.Number("weight"), r.Number("mean"), r.Number("sd"))),
    ]);
}
