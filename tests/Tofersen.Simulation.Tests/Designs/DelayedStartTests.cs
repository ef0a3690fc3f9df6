using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Designs;

public sealed class DelayedStartTests
{
    private const double Forever = double.PositiveInfinity;
    private const double DaysPerMonth = 30.4375;

    private static readonly DelayedStart Design = new() { Participants = 108, VisitWeeks = [0, 28, 52], SwitchWeeks = 28 };

    [Test]
    public void Arms_NoGap_DelayedStartsAtTheSwitchAndEarlyNeverStops()
    {
        Assert.That(Delayed(Design), Is.EqualTo((ExposureInterval[])[new(196 / DaysPerMonth, Forever)]));
        Assert.That(Early(Design), Is.EqualTo((ExposureInterval[])[new(0, Forever)]));
    }

    [Test]
    public void Arms_Gap_InterruptsEarlyStartersAndPutsOffDelayedOnes()
    {
        DelayedStart design = Design with { GapMinimumWeeks = 4, GapMaximumWeeks = 4 };

        Assert.That(Delayed(design), Has.Length.EqualTo(1));
        Assert.That(Delayed(design)[0].StartMonths, Is.EqualTo(224 / DaysPerMonth).Within(1e-14));
        Assert.That(Early(design), Has.Length.EqualTo(2));
        Assert.That(Early(design)[0].StartMonths, Is.Zero);
        Assert.That(Early(design)[0].StopMonths, Is.EqualTo(196 / DaysPerMonth).Within(1e-14));
        Assert.That(Early(design)[1].StartMonths, Is.EqualTo(224 / DaysPerMonth).Within(1e-14));
        Assert.That(Early(design)[1].StopMonths, Is.EqualTo(Forever));
    }

    [Test]
    public void Arms_BridgedGap_LeavesEarlyStartersOnDrug()
    {
        DelayedStart design = Design with { GapMinimumWeeks = 4, GapMaximumWeeks = 6, EarlyStartBridgesGap = true };

        Assert.That(Early(design), Is.EqualTo((ExposureInterval[])[new(0, Forever)]));
        Assert.That(Delayed(design)[0].StartMonths, Is.EqualTo(224 / DaysPerMonth).Within(1e-14));
    }

    [Test]
    public void Arms_Names_AreDelayedFirst()
    {
        Assert.That(Design.Arms[0].Name, Is.EqualTo("Delayed start"));
        Assert.That(Design.Arms[1].Name, Is.EqualTo("Early start"));
    }

    [TestCase(52)]
    [TestCase(60)]
    public void Validate_SwitchNotBeforeTheLastVisit_ThrowsNamingBoth(double switchWeeks) =>
        Assert.That(
            (Design with { SwitchWeeks = switchWeeks }).Validate,
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("SwitchWeeks")
                .And.Message.Contains(FormattableString.Invariant($"week {switchWeeks}")).And.Message.Contains("week 52"));

    [Test]
    public void Validate_SwitchJustBeforeTheLastVisit_IsFine() =>
        Assert.That((Design with { SwitchWeeks = 51.9 }).Validate, Throws.Nothing);

    [Test]
    public void Validate_LongestGapBelowTheShortest_ThrowsNamingBoth() =>
        Assert.That(
            (Design with { GapMinimumWeeks = 4, GapMaximumWeeks = 2 }).Validate,
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("GapMaximumWeeks")
                .And.Message.Contains("2 weeks").And.Message.Contains("4 weeks"));

    private static ExposureInterval[] Delayed(DelayedStart design) => [.. design.Arms[TrialDesign.ControlArm].Exposure];

    private static ExposureInterval[] Early(DelayedStart design) => [.. design.Arms[TrialDesign.ActiveArm].Exposure];
}
