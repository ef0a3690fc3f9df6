using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

public sealed class CombinedEffectTests
{
    private static readonly double[] Months = [0, 0.5, 2, 3, 6.25, 12, 40];
    private static readonly ExposureInterval[] Exposure = [new(1, 5), new(6, double.PositiveInfinity)];
    private static readonly SlopeReduction Slope = new() { MaxReduction = 0.5, HalfTimeWeeks = 10, WashoutHalfTimeWeeks = 9 };
    private static readonly SymptomaticOffset Offset = new() { Points = 3, HalfTimeWeeks = 4, WashoutHalfTimeWeeks = 5 };

    [Test]
    public void Fill_RateAndOffset_TakesEachFromItsOwn()
    {
        var table = new EffectTable(new CombinedEffect { OnRate = Slope, OnScore = Offset }, Exposure, Months);

        Assert.That(table.DiseaseMonths, Is.EqualTo(new EffectTable(Slope, Exposure, Months).DiseaseMonths));
        Assert.That(table.RateMultiplier, Is.EqualTo(new EffectTable(Slope, Exposure, Months).RateMultiplier));
        Assert.That(table.ScoreOffset, Is.EqualTo(new EffectTable(Offset, Exposure, Months).ScoreOffset));
    }

    [Test]
    public void Fill_OffsetOnBothSides_AddsThem()
    {
        double[] single = new EffectTable(Offset, Exposure, Months).ScoreOffset;

        var table = new EffectTable(new CombinedEffect { OnRate = Offset, OnScore = Offset }, Exposure, Months);

        Assert.That(table.ScoreOffset, Is.EqualTo(single.Select(o => 2 * o).ToArray()));
        Assert.That(table.DiseaseMonths, Is.EqualTo(Months));
    }

    [Test]
    public void Fill_RateEffectAsOffset_ItsDiseaseAgeIsIgnored()
    {
        var table = new EffectTable(new CombinedEffect { OnRate = new NoEffect(), OnScore = Slope }, Exposure, Months);

        Assert.That(table.DiseaseMonths, Is.EqualTo(Months));
        Assert.That(table.ScoreOffset, Is.All.Zero);
    }

    [Test]
    public void Fill_MoreTimesThanFitOnTheStack_GivesTheSame()
    {
        double[] many = [.. Enumerable.Range(0, 3000).Select(i => i / 100.0)];

        var table = new EffectTable(new CombinedEffect { OnRate = Slope, OnScore = Offset }, Exposure, many);

        Assert.That(table.ScoreOffset, Is.EqualTo(new EffectTable(Offset, Exposure, many).ScoreOffset));
    }

    [Test]
    public void DependsOnParticipant_EitherPartDepends_IsTrue()
    {
        var dependent = new ParticipantEffect();

        Assert.That(new CombinedEffect { OnRate = Slope, OnScore = Offset }.DependsOnParticipant, Is.False);
        Assert.That(new CombinedEffect { OnRate = dependent, OnScore = Offset }.DependsOnParticipant, Is.True);
        Assert.That(new CombinedEffect { OnRate = Slope, OnScore = dependent }.DependsOnParticipant, Is.True);
    }

    [Test]
    public void Parts_Null_ThrowNamingThePart()
    {
        Assert.That(
            () => new CombinedEffect { OnRate = null!, OnScore = Offset },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("OnRate"));
        Assert.That(
            () => new CombinedEffect { OnRate = Slope, OnScore = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("OnScore"));
    }

    [Test]
    public void NoEffect_AnyExposure_LeavesEverythingAsItIs()
    {
        var table = new EffectTable(new NoEffect(), Exposure, Months);

        Assert.That(table.DiseaseMonths, Is.EqualTo(Months));
        Assert.That(table.RateMultiplier, Is.All.EqualTo(1));
        Assert.That(table.ScoreOffset, Is.All.Zero);
    }

    private sealed class ParticipantEffect : ITreatmentEffect
    {
        public bool DependsOnParticipant => true;

        public void Fill(
            in Participant participant,
            ReadOnlySpan<ExposureInterval> exposure,
            ReadOnlySpan<double> months,
            ref TrialRandom random,
            in EffectCourse course) => throw new NotSupportedException();
    }
}
