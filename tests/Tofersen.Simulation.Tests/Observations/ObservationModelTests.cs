using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.Observations;

public sealed class ObservationModelTests
{
    [Test]
    public void Events_SameKindTwice_Throws() =>
        Assert.That(
            () => new ObservationModel
            {
                Events =
                [
                    new ConstantHazard { Kind = EventKind.Death, PerWeek = 0.1 },
                    TestScenarios.Progression(EventKind.Death, 0.1),
                ],
            },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Events").And.Message.Contains("same kind"));

    [Test]
    public void Lists_NullEntry_ThrowsNamingTheList()
    {
        Assert.That(
            () => new ObservationModel { Events = [new ConstantHazard { Kind = EventKind.Death, PerWeek = 0.1 }, null!] },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Events").And.Message.Contains("Entry 1"));
        Assert.That(
            () => new ObservationModel { MissedVisitBlocks = [null!] },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("MissedVisitBlocks"));
    }

    [Test]
    public void Events_UpperRateLimitBelowTheLower_ThrowsNamingBoth() =>
        Assert.That(
            () => new ObservationModel
            {
                Events = [TestScenarios.Progression(EventKind.Death, 0.1) with { RateMinimum = 3, RateMaximum = 2 }],
            },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Events").And.Message.Contains("3 to 2"));

    [TestCase(EventKind.Completed)]
    [TestCase(EventKind.ExtensionNotEntered)]
    [TestCase((EventKind)17)]
    [TestCase((EventKind)(-1))]
    public void Kind_NotAnEvent_ThrowsNamingKind(EventKind kind) =>
        Assert.That(
            () => new ConstantHazard { Kind = kind, PerWeek = 0.1 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Kind"));

    [Test]
    public void Events_Null_ThrowsNamingEvents() =>
        Assert.That(
            () => new ObservationModel { Events = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Events"));

    [Test]
    public void Rounding_Undefined_ThrowsNamingRounding() =>
        Assert.That(
            () => new ObservationModel { Rounding = (ScoreRounding)5 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Rounding"));

    [Test]
    public void Equality_SameEvents_IsEqual() =>
        Assert.That(
            new ObservationModel { Events = [TestScenarios.Progression(EventKind.Death, 0.1)] },
            Is.EqualTo(new ObservationModel { Events = [TestScenarios.Progression(EventKind.Death, 0.1)] }));
}
