using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class PriorDrawsTests
{
    private const int Draws = 20_000;

    private static Prior Normal(string name) => new() { Name = name, Change = (s, _) => s, Distribution = new NormalDistribution { Mean = 1, Sd = 2 } };

    [Test]
    [Category("Statistical")]
    public void Draw_ManyReplicates_FollowTheDistribution()
    {
        double[][] draws = Values(new JointPrior { Priors = [Normal("a"), Prior.Parse("x~beta(2,3)")] }, FalseAlarm.Seed(41));

        Assert.That(
            FalseAlarm.KolmogorovSmirnov(draws[0], x => MathNet.Numerics.Distributions.Normal.CDF(1, 2, x)), Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        Assert.That(FalseAlarm.KolmogorovSmirnov(draws[1], x => Beta.CDF(2, 3, x)), Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        Assert.That(Correlation(draws[0], draws[1]), Is.Zero.Within(FalseAlarm.StandardErrors / Math.Sqrt(Draws)));
    }

    // Fisher's transformation of the correlation of normal scores has standard error 1 / √(n − 3).
    [TestCase(0.6)]
    [TestCase(-0.85)]
    [Category("Statistical")]
    public void Draw_Copula_HasItsCorrelationAndMargins(double correlation)
    {
        var prior = new JointPrior
        {
            Priors = [Normal("a"), Normal("b"), Normal("c")],
            Correlations = [new PriorCorrelation { First = "c", Second = "a", Correlation = correlation }],
        };
        double[][] draws = Values(prior, FalseAlarm.Seed(42));
        double limit = FalseAlarm.StandardErrors / Math.Sqrt(Draws - 3);

        Assert.That(Math.Atanh(Correlation(draws[0], draws[2])), Is.EqualTo(Math.Atanh(correlation)).Within(limit));
        Assert.That(Math.Atanh(Correlation(draws[0], draws[1])), Is.Zero.Within(limit));
        Assert.That(Math.Atanh(Correlation(draws[1], draws[2])), Is.Zero.Within(limit));
        foreach (double[] margin in draws)
        {
            Assert.That(
                FalseAlarm.KolmogorovSmirnov(margin, x => MathNet.Numerics.Distributions.Normal.CDF(1, 2, x)),
                Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        }
    }

    // Each prior has a stream of its name: neither the others nor their order move it.
    [Test]
    public void Draw_OtherPriors_LeaveItWhereItIs()
    {
        double[] alone = Values(new JointPrior { Priors = [Normal("b")] }, 7)[0];

        Assert.That(Values(new JointPrior { Priors = [Normal("a"), Normal("b"), Normal("c")] }, 7)[1], Is.EqualTo(alone));
        Assert.That(Values(new JointPrior { Priors = [Normal("b"), Normal("a")] }, 7)[0], Is.EqualTo(alone));
        Assert.That(Values(new JointPrior { Priors = [Normal("b")] }, 8)[0], Is.Not.EqualTo(alone));
    }

    [Test]
    public void JointPrior_Bad_IsRefused()
    {
        Prior path = Prior.Parse("effect.maxReduction~uniform(0,1)");
        ValueList<Prior> three = [Normal("a"), Normal("b"), Normal("c")];
        PriorCorrelation Of(string first, string second, double r) => new() { First = first, Second = second, Correlation = r };
        using (Assert.EnterMultipleScope())
        {
            Refused(new JointPrior { Priors = [path, path] }, "Two priors are called 'effect.maxReduction'");
            Refused(new JointPrior { Priors = [path, path with { Name = "x" }] }, "Two priors are over 'effect.maxReduction'");
            Refused(new JointPrior { Priors = [path with { Change = (s, _) => s }] }, "either paths or a function");
            Refused(new JointPrior { Priors = [Prior.Parse("analyses[0].alpha~uniform(0,1)")] }, "not over the analyses");
            Refused(new JointPrior { Priors = three, Correlations = [Of("a", "d", 0.5)] }, "There is no prior 'd'; there are a, b, c");
            Refused(new JointPrior { Priors = three, Correlations = [Of("a", "a", 0.5)] }, "two priors");
            Refused(new JointPrior { Priors = three, Correlations = [Of("a", "b", 0.5), Of("b", "a", 0.5)] }, "given once");
            Refused(new JointPrior { Priors = three, Correlations = [Of("a", "b", 0.9), Of("b", "c", 0.9), Of("a", "c", -0.9)] }, "not positive definite");
            Assert.That(() => Of("a", "b", 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new JointPrior { Priors = [] }, Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("Priors"));
            Assert.That(() => new JointPrior { Priors = [path], Parts = 1 }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("[2, 100]"));
            Assert.That(() => path with { Distribution = null! }, Throws.ArgumentNullException);
        }
    }

    private static void Refused(JointPrior prior, string message) =>
        Assert.That(() => new PriorDraws(prior), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

    private static double[][] Values(JointPrior prior, ulong seed)
    {
        var draws = new PriorDraws(prior);
        double[][] values = [.. prior.Priors.Select(_ => new double[Draws])];
        for (int r = 0; r < Draws; r++)
        {
            draws.Draw(seed, r);
            for (int p = 0; p < values.Length; p++)
            {
                values[p][r] = draws.Values[p];
            }
        }

        return values;
    }

    private static double Correlation(double[] x, double[] y) => MathNet.Numerics.Statistics.Correlation.Pearson(x, y);
}
