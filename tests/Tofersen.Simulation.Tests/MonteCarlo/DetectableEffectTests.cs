using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Searches for a value of a property; those against closed forms are with the sizes.</summary>
public sealed class DetectableEffectTests
{
    private static readonly Scenario Large = Valor.Preset.Scenario with
    {
        Design = Valor.Preset.Scenario.Design with { Participants = 900 },
    };

    private static DetectableEffectQuery Quick => new() { Analysis = "ancova-28", From = 0.1, To = 0.95, Precision = 0.2, Seed = 21 };

    [Test]
    public void Find_Property_IsThatOfTheSamePowerAsTheFunction()
    {
        DetectableEffectResult byPath = DetectableEffect.Find(Large, "effect.maxReduction", Quick);
        DetectableEffectResult byFunction = DetectableEffect.Find(
            value => new ScenarioProperties(Large).With([("effect.maxReduction", value)]), Quick);

        Assert.That(byPath.Status, Is.EqualTo(PowerSearchStatus.Found));
        Assert.That(byPath.Value, Is.InRange(0.4, 0.95));
        Assert.That(byPath.Path, Is.EqualTo("effect.maxReduction"));
        Assert.That(byFunction with { Path = byPath.Path }, Is.EqualTo(byPath));
    }

    [TestCase(1, 1)]
    [TestCase(2, 7)]
    public void Find_ThreadsAndBlocks_GiveTheSameResult(int parallelism, int blockSize) =>
        Assert.That(
            DetectableEffect.Find(Large, "effect.maxReduction", Quick with { Parallelism = parallelism, BlockSize = blockSize }),
            Is.EqualTo(DetectableEffect.Find(Large, "effect.maxReduction", Quick)));

    [Test]
    public void Find_RangeTooWeak_IsOutOfReachAtItsStrongEnd()
    {
        DetectableEffectResult result = DetectableEffect.Find(Large, "effect.maxReduction", Quick with { To = 0.3 });

        Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.OutOfReach));
        Assert.That(result.Value, Is.Null);
        Assert.That(result.Power.Value, Is.LessThan(0.5));
    }

    [Test]
    public void Find_RangeStrongThroughout_IsReachedAtItsWeakEnd()
    {
        DetectableEffectResult result = DetectableEffect.Find(
            value => CurveAnalysis.Trial(new CurveAnalysis(_ => 0.95 - (0.01 * value))), new DetectableEffectQuery { From = -1, To = 1, Seed = 3 });

        Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.AlreadyReached));
    }

    // The answer is 0: precision is then that of a tenth of the range.
    [Test]
    public void Find_AnswerIsZero_EndsAllTheSame()
    {
        DetectableEffectResult result = DetectableEffect.Find(
            value => CurveAnalysis.Trial(new CurveAnalysis(_ => CurveAnalysis.NormalPower(Math.Pow(1 + value, 2), 1))),
            new DetectableEffectQuery { From = -1, To = 1, Seed = 3, Precision = 0.1 });

        Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.Found));
        Assert.That(result.IsPrecise, Is.True);
        Assert.That(result.Value, Is.Zero.Within(0.05));
        Assert.That((result.Upper - result.Lower) / 2, Is.LessThanOrEqualTo(0.02));
    }

    [TestCase("effect.maxReductio", "Did you mean 'maxReduction'?")]
    [TestCase("effect.maximum.reduction", "effect.maximum.reduction")]
    public void Find_PathThatLeadsNowhere_Throws(string path, string hint) =>
        Assert.That(
            () => DetectableEffect.Find(Large, path, Quick),
            Throws.InstanceOf<ScenarioFormatException>().Or.InstanceOf<ArgumentException>().With.Message.Contains(hint));

    [Test]
    public void Find_ValueThatIsNotAccepted_ThrowsBeforeTheWork() =>
        Assert.That(
            () => DetectableEffect.Find(Large, "effect.maxReduction", Quick with { To = 3 }),
            Throws.InstanceOf<ScenarioFormatException>().With.Message.Contains("maxReduction"));

    [TestCase(0.5, 0.5)]
    [TestCase(0.6, 0.5)]
    public void Find_RangeThatDoesNotRise_Throws(double from, double to) =>
        Assert.That(
            () => DetectableEffect.Find(Large, "effect.maxReduction", Quick with { From = from, To = to }),
            Throws.ArgumentException.With.Message.Contains("must rise"));
}
