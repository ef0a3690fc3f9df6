using Tofersen.Simulation.Populations;

namespace Tofersen.Simulation.Tests.Populations;

public sealed class PopulationModelTests
{
    [Test]
    public void Strata_NoStratum_ThrowsNamingStrata() =>
        Assert.That(
            () => new PopulationModel { Strata = [] },
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("Strata"));

    [Test]
    public void Strata_SameNameTwice_ThrowsNamingIt() =>
        Assert.That(
            () => TestStrata.Population(TestStrata.Plain, TestStrata.Plain with { Weight = 2 }),
            Throws.ArgumentException.With.Message.Contains("'plain'")
                .And.Property(nameof(ArgumentException.ParamName)).EqualTo("Strata"));

    [Test]
    public void Strata_NamesThatDifferInCase_AreDifferent() =>
        Assert.That(
            TestStrata.Population(TestStrata.Plain, TestStrata.Plain with { Name = "Plain" }).StratumNames,
            Is.EqualTo((string[])["plain", "Plain"]));

    [Test]
    public void StratumShares_UnequalWeights_AreWeightsOverTheirSum() =>
        Assert.That(
            TestStrata.Population(
                TestStrata.Plain with { Name = "fast", Weight = 60 },
                TestStrata.Plain with { Name = "slow", Weight = 48 }).StratumShares,
            Is.EqualTo((double[])[60.0 / 108, 48.0 / 108]));

    // 1 − 0.9² · 2 − 0 < 0: score with rate and with slope 0.9 each, rate with slope −0.9.
    [Test]
    public void Correlations_NotPositiveDefinite_ThrowsNamingTheStratum() =>
        Assert.That(
            () => WithCorrelations(
                Pair(Trait.BaselineScore, Trait.DeclineRate, 0.9),
                Pair(Trait.BaselineScore, Trait.PreRandomisationSlope, 0.9),
                Pair(Trait.DeclineRate, Trait.PreRandomisationSlope, -0.9)),
            Throws.ArgumentException.With.Message.Contains("'plain'").And.Message.Contains("positive definite"));

    [TestCase(1)]
    [TestCase(-1)]
    public void Correlations_PerfectPair_ThrowsAsSingular(double value) =>
        Assert.That(
            () => WithCorrelations(Pair(Trait.Age, Trait.DeclineRate, value)),
            Throws.ArgumentException.With.Message.Contains("positive definite"));

    [Test]
    public void Correlations_SamePairTwice_ThrowsNamingThePair() =>
        Assert.That(
            () => WithCorrelations(Pair(Trait.Age, Trait.DeclineRate, 0.1), Pair(Trait.Age, Trait.DeclineRate, 0.1)),
            Throws.ArgumentException.With.Message.Contains("Age with DeclineRate"));

    [Test]
    public void Correlations_SamePairTurnedRound_ThrowsNamingThePair() =>
        Assert.That(
            () => WithCorrelations(Pair(Trait.Age, Trait.DeclineRate, 0.1), Pair(Trait.DeclineRate, Trait.Age, 0.1)),
            Throws.ArgumentException.With.Message.Contains("DeclineRate with Age"));

    [Test]
    public void Correlations_TraitWithItself_Throws() =>
        Assert.That(
            () => WithCorrelations(Pair(Trait.Age, Trait.Age, 0.1)),
            Throws.ArgumentException.With.Message.Contains("Age with Age"));

    [Test]
    public void Equality_SameContents_IsEqual() =>
        Assert.That(
            TestStrata.Population(TestStrata.Plain with { Correlations = [Pair(Trait.Age, Trait.DeclineRate, 0.1)] }),
            Is.EqualTo(
                TestStrata.Population(TestStrata.Plain with { Correlations = [Pair(Trait.Age, Trait.DeclineRate, 0.1)] })));

    [Test]
    public void Name_Blank_ThrowsNamingName([Values("", " ", null)] string? name) =>
        Assert.That(
            () => TestStrata.Plain with { Name = name! },
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("Name"));

    [Test]
    public void DeclineRate_Null_ThrowsNamingDeclineRate() =>
        Assert.That(
            () => TestStrata.Plain with { DeclineRate = null! },
            Throws.ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("DeclineRate"));

    [Test]
    public void Trait_Undefined_ThrowsNamingTheProperty()
    {
        Assert.That(
            () => new InclusionCriterion { Trait = (Trait)17 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("BaselineScore"));
        Assert.That(
            () => new PopulationModel { Strata = [TestStrata.Plain], Composition = (StratumComposition)2 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Random"));
    }

    private static PopulationModel WithCorrelations(params TraitCorrelation[] correlations) =>
        TestStrata.Population(TestStrata.Plain with { Correlations = [.. correlations] });

    private static TraitCorrelation Pair(Trait first, Trait second, double value) =>
        new() { First = first, Second = second, Value = value };
}
