using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Randomness;

public sealed class TrialRandomArgumentTests
{
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    public void NextBelow_LimitBelowOne_ThrowsNamingLimit(int limit)
    {
        TrialRandom random = TrialRandom.Open(1, 0, 0, DrawPurpose.Baseline);

        Assert.That(
            () => random.NextBelow(limit),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
                .With.Property(nameof(ArgumentOutOfRangeException.ParamName)).EqualTo("limit")
                .And.Property(nameof(ArgumentOutOfRangeException.ActualValue)).EqualTo(limit)
                .And.Message.Contains("[1, 2147483647]"));
    }

    [TestCase(0)]
    [TestCase(-0.5)]
    [TestCase(1.1e9)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void NextGamma_ShapeOutOfRange_ThrowsNamingShape(double shape)
    {
        TrialRandom random = TrialRandom.Open(1, 0, 0, DrawPurpose.Baseline);

        Assert.That(
            () => random.NextGamma(shape),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
                .With.Property(nameof(ArgumentOutOfRangeException.ParamName)).EqualTo("shape")
                .And.Property(nameof(ArgumentOutOfRangeException.ActualValue)).EqualTo(shape)
                .And.Message.Contains("(0, 1000000000]"));
    }

    [TestCase(1e9)]
    [TestCase(1e-3)]
    public void NextGamma_ShapeAtTheEdges_IsFinite(double shape)
    {
        TrialRandom random = TrialRandom.Open(1, 0, 0, DrawPurpose.Baseline);

        Assert.That(
            Enumerable.Range(0, 1000).Select(_ => random.NextGamma(shape)),
            Is.All.GreaterThanOrEqualTo(0).And.All.LessThan(double.PositiveInfinity));
    }
}
