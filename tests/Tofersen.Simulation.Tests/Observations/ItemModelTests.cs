using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.Observations;

public sealed class ItemModelTests
{
    [TestCase(new double[] { 0, 1, 1, 2 }, "greater than the entry before it")]
    [TestCase(new double[] { 0, 2, 1, 3 }, "greater than the entry before it")]
    [TestCase(new double[] { 0, 1, 2, double.NaN }, "[-20, 20]")]
    [TestCase(new double[] { -21, 1, 2, 3 }, "[-20, 20]")]
    [TestCase(new double[] { 0, 1, 2 }, "there are 3")]
    public void Thresholds_NotFourThatRise_ThrowsNamingThem(double[] thresholds, string message) =>
        Assert.That(
            () => new AlsfrsrItem { Discrimination = 1, Thresholds = [.. thresholds] },
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("Thresholds").And.Message.Contains(message));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(20.1)]
    [TestCase(double.NaN)]
    public void Discrimination_OutOfRange_ThrowsNamingIt(double value) =>
        Assert.That(
            () => new AlsfrsrItem { Discrimination = value, Thresholds = [0, 1, 2, 3] },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Discrimination"));

    [Test]
    public void Items_NotTwelve_ThrowsNamingThem() =>
        Assert.That(
            () => new ItemModel { Items = [.. new ItemModel().Items.Skip(1)] },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Items").And.Message.Contains("there are 11"));

    [Test]
    public void Correlations_NotPositiveDefinite_ThrowsNamingThePivot() =>
        Assert.That(
            () => new ItemModel
            {
                Correlations =
                [
                    Pair(AlsfrsrDomain.Bulbar, AlsfrsrDomain.FineMotor, 0.9),
                    Pair(AlsfrsrDomain.Bulbar, AlsfrsrDomain.GrossMotor, 0.9),
                    Pair(AlsfrsrDomain.FineMotor, AlsfrsrDomain.GrossMotor, -0.9),
                ],
            },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Correlations")
                .And.Message.Contains("at GrossMotor").And.Message.Contains("pivot -"));

    [Test]
    public void Correlations_PairTwice_Throws() =>
        Assert.That(
            () => new ItemModel
            {
                Correlations =
                [
                    Pair(AlsfrsrDomain.Bulbar, AlsfrsrDomain.FineMotor, 0.1),
                    Pair(AlsfrsrDomain.FineMotor, AlsfrsrDomain.Bulbar, 0.1),
                ],
            },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Correlations").And.Message.Contains("twice"));

    [Test]
    public void Equality_SameParameters_IsEqual() => Assert.That(new ItemModel { VisitErrorSd = 0.08 }, Is.EqualTo(new ItemModel()));

    [TestCase(-0.1, 1, "RatePerYearOffDrug")]
    [TestCase(1, 366, "RatePerYearOnDrug")]
    [TestCase(1, double.NaN, "RatePerYearOnDrug")]
    public void AdverseEventClass_RateOutOfRange_ThrowsNamingIt(double offDrug, double onDrug, string name) =>
        Assert.That(
            () => new AdverseEventClass { Name = "event", RatePerYearOffDrug = offDrug, RatePerYearOnDrug = onDrug },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));

    private static DomainCorrelation Pair(AlsfrsrDomain first, AlsfrsrDomain second, double value) =>
        new() { First = first, Second = second, Value = value };
}
