using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class PriorDistributionTests
{
    private static IEnumerable<TestCaseData> Rows => ReferenceFile.Cases("priors", "quantiles", "distribution", "probability");

    [TestCaseSource(nameof(Rows))]
    [Category("Reference")]
    public void Quantile_Distribution_MatchesR(object data)
    {
        var row = (ReferenceRow)data;
        IPriorDistribution distribution = Parse(row.Text("distribution").Replace(';', ','));
        double expected = row.Number("quantile");

        Assert.That(distribution.Quantile(row.Number("probability")), Is.EqualTo(expected).Within(1e-12 + (1e-9 * Math.Abs(expected))));
    }

    // Cumulative weights 0.25, 0.75, 1.
    [TestCase(0, 0)]
    [TestCase(0.25, 0)]
    [TestCase(0.2500001, 0.3)]
    [TestCase(0.75, 0.3)]
    [TestCase(0.7500001, 0.6)]
    [TestCase(1, 0.6)]
    public void Quantile_Points_IsTheFirstThatReachesTheProbability(double probability, double value) =>
        Assert.That(Parse("discrete(0.3:2,0:1,0.6:1)").Quantile(probability), Is.EqualTo(value));

    [TestCase("normal(0.4,0.1)", double.NegativeInfinity, double.PositiveInfinity)]
    [TestCase("normal(0.6,0.2,min=0,max=1)", 0, 1)]
    [TestCase("normal(0.6,0.2,max=1)", double.NegativeInfinity, 1)]
    [TestCase("logNormal(2,1)", 0, double.PositiveInfinity)]
    [TestCase("logNormal(2,1,min=0.1,max=7)", 0.1, 7)]
    [TestCase("uniform(0.1,0.7)", 0.1, 0.7)]
    [TestCase("triangular(0.1,0.1,0.7)", 0.1, 0.7)]
    [TestCase("beta(2,2)", 0, 1)]
    [TestCase("beta(2,2,min=-0.1,max=0.7)", -0.1, 0.7)]
    public void Quantile_ZeroAndOne_AreTheLimitsAndAllBetweenRises(string text, double least, double most)
    {
        IPriorDistribution distribution = Parse(text);
        double[] quantiles = [.. Enumerable.Range(0, 1001).Select(i => distribution.Quantile(i / 1000.0))];

        Assert.That((quantiles[0], quantiles[^1]), Is.EqualTo((least, most)));
        Assert.That(quantiles, Is.Ordered.Ascending);
        Assert.That(distribution.Quantile(PriorDraws.Least), Is.GreaterThanOrEqualTo(least).And.Matches<double>(double.IsFinite));
        Assert.That(distribution.Quantile(1 - PriorDraws.Least), Is.LessThanOrEqualTo(most).And.Matches<double>(double.IsFinite));
    }

    [TestCase("normal(0.4,0.1)")]
    [TestCase("normal(0.4,0.1,min=0,max=1)")]
    [TestCase("logNormal(12,0.5,max=50)")]
    [TestCase("uniform(-2,5)")]
    [TestCase("triangular(1,1.9,3)")]
    [TestCase("beta(2,3)")]
    [TestCase("beta(2,3,min=-1,max=0.5)")]
    [TestCase("discrete(0:0.25,0.3:0.5,0.6:0.25)")]
    public void Parse_WhatToStringWrites_IsTheSameDistribution(string text)
    {
        Prior prior = Prior.Parse("effect.maxReduction ~ " + text);

        Assert.That(prior.Distribution.ToString(), Is.EqualTo(text));
        Assert.That(prior.ToString(), Is.EqualTo("effect.maxReduction ~ " + text));
        Assert.That(Parse(prior.Distribution.ToString()!), Is.EqualTo(prior.Distribution));
    }

    [TestCase("NORMAL( sd=0.1, mean = 0.4 )", "normal(0.4,0.1)")]
    [TestCase("normal(0.4,0.1,MAX=1)", "normal(0.4,0.1,max=1)")]
    [TestCase("uniform(max=2,min=1)", "uniform(1,2)")]
    [TestCase("discrete(2:1,1:3)", "discrete(1:3,2:1)")]
    public void Parse_NamesAndOrder_AreFree(string text, string same) => Assert.That(Parse(text).ToString(), Is.EqualTo(same));

    [TestCase("x", "path~distribution")]
    [TestCase("~normal(0,1)", "path~distribution")]
    [TestCase("x~", "is no distribution")]
    [TestCase("x~normal", "is no distribution")]
    [TestCase("x~normal(0,1", "is no distribution")]
    [TestCase("x~gauss(0,1)", "no distribution 'gauss'")]
    [TestCase("x~normal(0)", "sd of normal(mean,sd,[min=],[max=]) is missing")]
    [TestCase("x~normal()", "'' is no number")]
    [TestCase("x~normal(0,1,2)", "'2' is not one of the numbers")]
    [TestCase("x~normal(0,1,mode=2)", "'mode=2' is not one of the numbers")]
    [TestCase("x~normal(0,1,sd=2)", "sd of normal is given twice")]
    [TestCase("x~normal(0,one)", "'one' is no number")]
    [TestCase("x~normal(0,Infinity)", "'Infinity' is no number")]
    [TestCase("x~normal(0,0)", "must lie in (0, 1000000000]")]
    [TestCase("x~normal(0,1,min=2,max=1)", "must hold at least")]
    [TestCase("x~normal(0,1,min=9)", "must hold at least")]
    [TestCase("x~logNormal(0,1)", "must lie in (0, 1000000000]")]
    [TestCase("x~logNormal(1,1,min=-1)", "must lie in [0,")]
    [TestCase("x~uniform(1,1)", "must lie in (1, 1000000000]")]
    [TestCase("x~triangular(0,2,1)", "must lie in [0, 1]")]
    [TestCase("x~beta(0,1)", "must lie in [0.05, 100000]")]
    [TestCase("x~beta(1,1,min=1)", "must lie in (1, 1000000000]")]
    [TestCase("x~discrete(1)", "value:weight")]
    [TestCase("x~discrete(1:0)", "must lie in (0, 1000000000]")]
    [TestCase("x~discrete(1:1,1:2)", "Values must rise")]
    public void Parse_NoPrior_SaysWhatIsValid(string text, string message) =>
        Assert.That(() => Prior.Parse(text), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message).IgnoreCase);

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void Quantile_NoProbability_IsRefused(double probability)
    {
        foreach (string text in (string[])["normal(0,1)", "logNormal(1,1)", "uniform(0,1)", "triangular(0,0,1)", "beta(1,2)", "discrete(1:1)"])
        {
            Assert.That(
                () => Parse(text).Quantile(probability), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("probability"), text);
        }
    }

    private static IPriorDistribution Parse(string text) => Prior.Parse("x~" + text).Distribution;
}
