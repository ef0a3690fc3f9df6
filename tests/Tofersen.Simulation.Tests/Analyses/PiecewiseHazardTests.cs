using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class PiecewiseHazardTests
{
    // 2, 3 and 5 months, the last two events; cut at 3: 8 months and 1 event, then 2 months and 1 event.
    [Test]
    public void Estimate_SmallSample_CountsByHand()
    {
        ValueList<HazardRate> rates = PiecewiseHazard.Estimate([2, 3, 5], [false, true, true], [3]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rates, Has.Count.EqualTo(2));
            Assert.That((rates[0].Events, rates[0].Exposure, rates[0].Rate), Is.EqualTo((1, 8.0, 0.125)));
            Assert.That((rates[1].Events, rates[1].Exposure, rates[1].Rate), Is.EqualTo((1, 2.0, 0.5)));
            Assert.That((rates[0].To, rates[1].From, rates[1].To), Is.EqualTo((3.0, 3.0, double.PositiveInfinity)));
        }
    }

    // Without events the upper limit is −ln(α / 2) / E.
    [Test]
    public void Estimate_NoEvents_HasTheLimitOfTheExponential()
    {
        HazardRate rate = PiecewiseHazard.Estimate([4, 6], [false, false], [])[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((rate.Rate, rate.Lower), Is.EqualTo((0.0, 0.0)));
            Assert.That(rate.Upper, Nearly.Equal(-Math.Log(0.025) / 10, 1e-12));
        }
    }

    [Test]
    public void Estimate_NobodyAtRisk_HasNoRate()
    {
        HazardRate rate = PiecewiseHazard.Estimate([1], [true], [2])[1];
        Assert.That((rate.Events, rate.Exposure, rate.Rate), Is.EqualTo((0, 0.0, double.NaN)));
    }

    [Test]
    public void Estimate_OfAnArm_UsesThatArmOnly()
    {
        TrialData data = PlainTrial.OfTimes([0, 1, 0], [2, 4, 6], [EventKind.Death, EventKind.Death, 0]).ToData();
        Assert.That(
            PiecewiseHazard.Estimate(data, 0, [EventKind.Death], []),
            Is.EqualTo(PiecewiseHazard.Estimate([2, 6], [true, false], [])));
    }

    [Test]
    public void Estimate_BadInput_ThrowsNamingIt()
    {
        TrialData data = PlainTrial.OfTimes([0, 1], [2, 4], [0, 0]).ToData();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => PiecewiseHazard.Estimate([1], [true, false], []), Names("events"));
            Assert.That(() => PiecewiseHazard.Estimate([-1], [true], []), Names("times"));
            Assert.That(() => PiecewiseHazard.Estimate([double.NaN], [true], []), Names("times"));
            Assert.That(() => PiecewiseHazard.Estimate([1], [true], [0]), Names("cuts"));
            Assert.That(() => PiecewiseHazard.Estimate([1], [true], [2, 2]), Names("cuts"));
            Assert.That(() => PiecewiseHazard.Estimate([1], [true], [], alpha: 1), Names("alpha"));
            Assert.That(() => PiecewiseHazard.Estimate(data, 2, [EventKind.Death], []), Names("arm"));
            Assert.That(() => KaplanMeier.Estimate([1], [true]).Quantile(1), Names("probability"));
            Assert.That(() => KaplanMeier.Estimate([1], [true]).Quantile(0), Names("probability"));
        }
    }

    private static NUnit.Framework.Constraints.EqualStringConstraint Names(string parameter) =>
        Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(parameter);
}
