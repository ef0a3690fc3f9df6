using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;

namespace Tofersen.Simulation.Tests.Designs;

public sealed class TrialDesignTests
{
    [TestCase(0, 1, "active")]
    [TestCase(1, 0, "control")]
    [TestCase(-1, 1, "active")]
    [TestCase(101, 1, "active")]
    [TestCase(1, 101, "control")]
    public void AllocationRatio_TermOutOfRange_ThrowsNamingTheTerm(int active, int control, string name) =>
        Assert.That(
            () => new AllocationRatio(active, control),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
                .With.Property(nameof(ArgumentException.ParamName)).EqualTo(name)
                .And.Message.Contains("[1, 100]"));

    [Test]
    public void AllocationRatio_DefaultValue_IsOneToOne()
    {
        AllocationRatio ratio = default;

        Assert.That((ratio.Active, ratio.Control), Is.EqualTo((1, 1)));
        Assert.That(new AllocationRatio(2, 1).ToString(), Is.EqualTo("2:1"));
    }

    [TestCase(new double[] { 0, 8, 4 }, "greater than the entry before it, 8")]
    [TestCase(new double[] { 0, 4, 4 }, "greater than the entry before it, 4")]
    [TestCase(new double[] { 4, 8 }, "baseline, week 0")]
    [TestCase(new double[] { -4, 0, 8 }, "baseline, week 0")]
    [TestCase(new double[] { 0, double.NaN }, "[0, 2000]")]
    [TestCase(new double[] { double.NaN, 4 }, "baseline, week 0")]
    [TestCase(new double[] { 0, double.PositiveInfinity }, "[0, 2000]")]
    [TestCase(new double[] { 0, 2001 }, "[0, 2000]")]
    [TestCase(new double[] { 0 }, "from 2 to 200")]
    [TestCase(new double[] { }, "from 2 to 200")]
    public void VisitWeeks_NotASchedule_ThrowsNamingVisitWeeks(double[] weeks, string message) =>
        Assert.That(
            () => new ParallelGroup { Participants = 10, VisitWeeks = ValueList.Create<double>(weeks) },
            Throws.InstanceOf<ArgumentException>()
                .With.Property(nameof(ArgumentException.ParamName)).EqualTo("VisitWeeks")
                .And.Message.Contains(message));

    [Test]
    public void VisitWeeks_MoreThan200_Throws() =>
        Assert.That(
            () => new ParallelGroup { Participants = 10, VisitWeeks = [.. Enumerable.Range(0, 201).Select(i => (double)i)] },
            Throws.ArgumentException.With.Message.Contains("201"));

    [Test]
    public void VisitWeeks_Null_ThrowsNamingVisitWeeks() =>
        Assert.That(
            () => new ParallelGroup { Participants = 10, VisitWeeks = null! },
            Throws.ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("VisitWeeks"));

    [TestCase(2, 1, 2)]
    [TestCase(3, 3, 5)]
    public void Validate_FewerParticipantsThanTheRatioHasTerms_Throws(int active, int control, int participants)
    {
        ParallelGroup design = Parallel() with
        {
            Participants = participants,
            Allocation = new AllocationRatio(active, control),
        };

        Assert.That(
            design.Validate,
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("Participants")
                .And.Message.Contains(FormattableString.Invariant($"at least {active + control}")));
        Assert.That((design with { Participants = active + control }).Validate, Throws.Nothing);
    }

    [Test]
    public void Validate_ArmsOfTheSameName_ThrowsNamingIt()
    {
        Assert.That(
            (Parallel() with { ActiveName = "A", ControlName = "A" }).Validate,
            Throws.ArgumentException.With.Message.Contains("'A'"));
        Assert.That(
            new DelayedStart
            {
                Participants = 10,
                VisitWeeks = [0, 28, 52],
                SwitchWeeks = 28,
                EarlyName = "B",
                DelayedName = "B",
            }.Validate,
            Throws.ArgumentException.With.Message.Contains("'B'"));
    }

    [Test]
    public void ParallelGroup_Arms_AreUntreatedControlAndTreatedActive()
    {
        Assert.That(Parallel().Arms[TrialDesign.ControlArm].Exposure, Is.Empty);
        Assert.That(Parallel().Arms[TrialDesign.ActiveArm].Exposure[0].StartMonths, Is.Zero);
        Assert.That(Parallel().Arms[TrialDesign.ActiveArm].Exposure[0].StopMonths, Is.EqualTo(double.PositiveInfinity));
    }

    // 24 weeks are 168 days, 168 / 30.4375 months.
    [Test]
    public void ParallelGroup_TreatmentWeeks_EndExposure() =>
        Assert.That(
            (Parallel() with { TreatmentWeeks = 24 }).Arms[TrialDesign.ActiveArm].Exposure[0].StopMonths,
            Is.EqualTo(168 / 30.4375).Within(1e-14));

    [Test]
    public void EndWeeks_Visits_IsTheLastVisit() => Assert.That(Parallel().EndWeeks, Is.EqualTo(28));

    private static ParallelGroup Parallel() => new() { Participants = 10, VisitWeeks = [0, 12, 28] };
}
