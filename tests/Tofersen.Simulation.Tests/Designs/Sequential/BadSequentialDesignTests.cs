using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs.Sequential;

namespace Tofersen.Simulation.Tests.Designs.Sequential;

/// <summary>What designs, shapes and questions refuse, and how they say it.</summary>
public sealed class BadSequentialDesignTests
{
    private static readonly GroupSequentialDesign Valid = new() { InformationFractions = [0.5, 1], Efficacy = new Pocock() };

    private static IEnumerable<TestCaseData> OutOfRange()
    {
        yield return Bad("InformationFractions", 0.5, () => Valid with { InformationFractions = [0.5, 0.5, 1] });
        yield return Bad("InformationFractions", 0.4, () => Valid with { InformationFractions = [0.5, 0.4, 1] });
        yield return Bad("InformationFractions", 0.50001, () => Valid with { InformationFractions = [0.5, 0.50001, 1] });
        yield return Bad("InformationFractions", 0.9, () => Valid with { InformationFractions = [0.5, 0.9] });
        yield return Bad("InformationFractions", 1.1, () => Valid with { InformationFractions = [0.5, 1.1] });
        yield return Bad("InformationFractions", 0, () => Valid with { InformationFractions = [0, 1] });
        yield return Bad("InformationFractions", double.NaN, () => Valid with { InformationFractions = [double.NaN, 1] });
        yield return Bad("Alpha", 0, () => Valid with { Alpha = 0 });
        yield return Bad("Alpha", 0.5, () => Valid with { Alpha = 0.5 });
        yield return Bad("Alpha", double.NaN, () => Valid with { Alpha = double.NaN });
        yield return Bad("Beta", 0, () => new BetaSpending { Shape = new LanDeMetsPocock(), Beta = 0 });
        yield return Bad("Beta", 1, () => new BetaSpending { Shape = new LanDeMetsPocock(), Beta = 1 });
        yield return Bad("Delta", 1.1, () => new WangTsiatis { Delta = 1.1 });
        yield return Bad("Delta", -0.6, () => new WangTsiatis { Delta = -0.6 });
        yield return Bad("Delta", double.NaN, () => new WangTsiatis { Delta = double.NaN });
        yield return Bad("Power", 0, () => new KimDeMets { Power = 0 });
        yield return Bad("Power", 26, () => new KimDeMets { Power = 26 });
        yield return Bad("Gamma", 41, () => new HwangShihDeCani { Gamma = 41 });
        yield return Bad("InterimZ", 0.9, () => new HaybittlePeto { InterimZ = 0.9 });
        yield return Bad("Z", double.NegativeInfinity, () => new FixedFutility { Z = [double.NegativeInfinity] });
        yield return Bad("Z", double.NaN, () => new FixedFutility { Z = [0, double.NaN] });
        yield return Bad("informationFraction", -0.1, () => new LanDeMetsPocock().Spent(-0.1, 0.025));
        yield return Bad("informationFraction", double.NaN, () => new LanDeMetsPocock().Spent(double.NaN, 0.025));
        yield return Bad("total", 0, () => new LanDeMetsPocock().Spent(0.5, 0));
        yield return Bad("total", 1.1, () => new LanDeMetsPocock().Spent(0.5, 1.1));
        yield return Bad("drift", 51, () => Valid.ComputeBoundaries().ProbabilitiesAt(51));
        yield return Bad("drift", double.NaN, () => Valid.ComputeBoundaries().ProbabilitiesAt(double.NaN));
        yield return Bad("power", 0.025, () => Valid.ComputeBoundaries().DriftForPower(0.025));
        yield return Bad(
            "power",
            0.9,
            () => (Valid with { InformationFractions = [0.0001, 1], Futility = new FixedFutility { Z = [0] } }).ComputeBoundaries().DriftForPower(0.9));
        yield return Bad("power", 1, () => Valid.ComputeBoundaries().InflationFactor(1));
    }

    [TestCaseSource(nameof(OutOfRange))]
    public void Value_OutOfRange_ThrowsNamingParameterValueAndRange(string name, double value, Func<object> action)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => action())!;

        Assert.That(error.ParamName, Is.EqualTo(name));
        Assert.That(error.ActualValue, Is.EqualTo(value));
        Assert.That(error.Message, Does.Contain("Must"));
    }

    [Test]
    public void Property_Missing_ThrowsNamingIt()
    {
        Assert.That(() => Valid with { Efficacy = null! }, Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Efficacy"));
        Assert.That(() => Valid with { InformationFractions = [] }, Throws.ArgumentException.With.Message.Contains("InformationFractions"));
        Assert.That(() => Valid with { InformationFractions = null! }, Throws.ArgumentException.With.Message.Contains("InformationFractions"));
        Assert.That(() => new BetaSpending { Shape = null!, Beta = 0.2 }, Throws.ArgumentNullException);
        Assert.That(() => new FixedFutility { Z = null! }, Throws.ArgumentNullException);
    }

    [Test]
    public void InformationFractions_MoreThanTwenty_Throws() =>
        Assert.That(
            () => Valid with { InformationFractions = [.. Enumerable.Range(1, 21).Select(k => k / 21.0)] },
            Throws.ArgumentException.With.Message.Contains("21 looks"));

    [Test]
    public void ComputeBoundaries_WrongNumberOfFutilityBounds_Throws()
    {
        foreach (ValueList<double> z in (ValueList<double>[])[[], [0, 0]])
        {
            Assert.That(
                () => (Valid with { Futility = new FixedFutility { Z = z } }).ComputeBoundaries(),
                Throws.ArgumentException.With.Message.Contains("2 looks need 1"));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ComputeBoundaries_FutilityAboveEfficacy_ThrowsNamingTheLook(bool binding) =>
        Assert.That(
            () => (Valid with { Futility = new FixedFutility { Z = [2.5] }, IsFutilityBinding = binding }).ComputeBoundaries(),
            Throws.ArgumentException.With.Message.Contains("look 1").And.Property("ParamName").EqualTo("Futility"));

    [Test]
    public void ComputeBoundaries_FixedCriticalValueThatSpendsTooMuch_Throws() =>
        Assert.That(
            () => (Valid with { Efficacy = new HaybittlePeto(), Alpha = 0.001 }).ComputeBoundaries(),
            Throws.ArgumentException.With.Message.Contains("InterimZ is 3").And.Property("ParamName").EqualTo("Efficacy"));

    // The critical value of the first look is a hundredth of the constant.
    [Test]
    public void ComputeBoundaries_ShapeThatRisesSteeply_KeepsTheLevel() =>
        Assert.That(
            (Valid with { InformationFractions = [0.0001, 1], Efficacy = new WangTsiatis { Delta = 1 } }).ComputeBoundaries().CumulativeAlpha[^1],
            Is.EqualTo(0.025).Within(1e-14));

    [Test]
    public void ComputeBoundaries_BindingBoundsThatLetTooFewThrough_Throws() =>
        Assert.That(
            () => (Valid with
            {
                Efficacy = new LanDeMetsObrienFleming(),
                Futility = new FixedFutility { Z = [2.3] },
                IsFutilityBinding = true,
            }).ComputeBoundaries(),
            Throws.ArgumentException.With.Message.Contains("cannot be spent").And.Property("ParamName").EqualTo("Futility"));

    [Test]
    public void ComputeBoundaries_BetaAboveOneLessAlpha_Throws() =>
        Assert.That(
            () => (Valid with { Alpha = 0.2, Futility = new BetaSpending { Shape = new LanDeMetsPocock(), Beta = 0.85 } }).ComputeBoundaries(),
            Throws.ArgumentException.With.Message.Contains("0.85"));

    [Test]
    public void Spent_Ends_AreNothingAndAll()
    {
        foreach (SpendingFunction shape in (SpendingFunction[])
            [
                new LanDeMetsObrienFleming(), new LanDeMetsPocock(), new KimDeMets { Power = 0.1 }, new KimDeMets { Power = 25 },
                new HwangShihDeCani { Gamma = 40 }, new HwangShihDeCani { Gamma = -40 }, new HwangShihDeCani { Gamma = 0 },
            ])
        {
            double last = 0;
            Assert.That(shape.Spent(0, 0.025), Is.Zero);
            for (double t = 0.001; t <= 1.2; t += 0.013)
            {
                double spent = shape.Spent(t, 0.025);
                Assert.That(spent, Is.InRange(last, 0.025));
                last = spent;
            }

            Assert.That(shape.Spent(1, 0.025), Is.EqualTo(0.025));
            Assert.That(shape.Spent(7, 0.025), Is.EqualTo(0.025));
        }
    }

    private static TestCaseData Bad(string name, double value, Func<object> action) =>
        new TestCaseData(name, value, action).SetArgDisplayNames(name, FormattableString.Invariant($"{value}"));
}
