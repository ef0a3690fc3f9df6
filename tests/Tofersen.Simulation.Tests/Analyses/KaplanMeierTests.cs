using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class KaplanMeierTests
{
    private static readonly double[] Times = [5, 1, 3, 8, 3];
    private static readonly bool[] AllEvents = [true, true, true, true, true];

    [Test]
    public void Estimate_NobodyCensored_IsTheShareStillFree()
    {
        SurvivalCurve curve = KaplanMeier.Estimate(Times, AllEvents);
        using (Assert.EnterMultipleScope())
        {
            foreach (double time in (double[])[0, 0.9, 1, 2, 3, 5, 7, 8, 9])
            {
                Assert.That(curve.At(time), Is.EqualTo(Times.Count(t => t > time) / 5.0).Within(1e-14));
            }

            // Binomial standard error √(S (1 − S) / n).
            Assert.That(curve.Points[1].StandardError, Is.EqualTo(Math.Sqrt(0.4 * 0.6 / 5)).Within(1e-14));
            Assert.That(curve.RestrictedMean(10).Mean, Is.EqualTo(4).Within(1e-14));
        }
    }

    [Test]
    public void Estimate_NoEvents_StaysAtOneWithoutMedian()
    {
        SurvivalCurve curve = KaplanMeier.Estimate(Times, [false, false, false, false, false]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(curve.At(100), Is.EqualTo(1));
            Assert.That(curve.Median, Is.NaN);
            Assert.That(curve.RestrictedMean(6), Is.EqualTo((6.0, 0.0)));
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Estimate_TimesInAnyOrder_GivesTheSameCurve(bool descending)
    {
        (double, bool)[] pairs = [(5, true), (1, false), (3, true), (3, false), (8, false), (5, false)];
        (double, bool)[] shuffled = descending ? [.. pairs.OrderDescending()] : [.. pairs.Order()];
        SurvivalCurve expected = KaplanMeier.Estimate([.. pairs.Select(p => p.Item1)], [.. pairs.Select(p => p.Item2)]);
        SurvivalCurve actual = KaplanMeier.Estimate([.. shuffled.Select(p => p.Item1)], [.. shuffled.Select(p => p.Item2)]);
        Assert.That(actual, Is.EqualTo(expected));
    }

    [TestCase(2)]
    [TestCase(0.25)]
    public void Estimate_TimesInAnotherUnit_ScaleTimesAndMeansOnly(double unit)
    {
        SurvivalCurve curve = KaplanMeier.Estimate(Times, AllEvents);
        SurvivalCurve scaled = KaplanMeier.Estimate([.. Times.Select(t => t * unit)], AllEvents);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(scaled.Median, Is.EqualTo(curve.Median * unit));
            Assert.That(scaled.Points.Select(p => p.Survival), Is.EqualTo(curve.Points.Select(p => p.Survival)));
            Assert.That(scaled.RestrictedMean(7 * unit).Mean, Is.EqualTo(curve.RestrictedMean(7).Mean * unit).Within(1e-13));
        }
    }

    [Test]
    public void Estimate_OfAnArm_UsesThatArmAndThoseKindsOnly()
    {
        PlainTrial trial = PlainTrial.OfTimes(
            [0, 1, 0, 1], [1, 2, 3, 4], [EventKind.Death, EventKind.Death, EventKind.PermanentVentilation, 0]);
        TrialData data = trial.ToData();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                KaplanMeier.Estimate(data, 0, [EventKind.Death]), Is.EqualTo(KaplanMeier.Estimate([1, 3], [true, false])));
            Assert.That(
                KaplanMeier.Estimate(data, 1, [EventKind.Death]), Is.EqualTo(KaplanMeier.Estimate([2, 4], [true, false])));
        }
    }

    [Test]
    public void Estimate_LengthsDiffer_ThrowsNamingEvents() =>
        Assert.That(
            () => KaplanMeier.Estimate(Times, [true]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("events").And.Message.Contains("5"));

    [Test]
    public void Estimate_NoTimes_ThrowsNamingTimes() =>
        Assert.That(() => KaplanMeier.Estimate([], []), Throws.ArgumentException.With.Property("ParamName").EqualTo("times"));

    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Estimate_TimeOutOfRange_ThrowsNamingTimes(double time) =>
        Assert.That(
            () => KaplanMeier.Estimate([1, time], [true, true]),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("times"));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void Estimate_AlphaOutOfRange_ThrowsNamingAlpha(double alpha) =>
        Assert.That(
            () => KaplanMeier.Estimate(Times, AllEvents, alpha),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("alpha"));

    [TestCase(2)]
    [TestCase(-1)]
    public void Estimate_NoSuchArm_ThrowsNamingTheArm(int arm)
    {
        TrialData data = PlainTrial.OfTimes([0, 1], [1, 2], [EventKind.Death, EventKind.Death]).ToData();
        Assert.That(
            () => KaplanMeier.Estimate(data, arm, [EventKind.Death]),
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("arm"));
    }

    [TestCase(0)]
    [TestCase(-3)]
    [TestCase(double.NaN)]
    public void RestrictedMean_HorizonOutOfRange_ThrowsNamingHorizon(double horizon) =>
        Assert.That(
            () => KaplanMeier.Estimate(Times, AllEvents).RestrictedMean(horizon),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("horizon"));
}
