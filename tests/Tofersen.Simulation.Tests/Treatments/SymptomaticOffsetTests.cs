using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

public sealed class SymptomaticOffsetTests
{
    private const double Forever = double.PositiveInfinity;

    private static readonly double[] Weeks = [0.5, 3, 9.5, 12.5, 24.5, 27.5, 30, 36.5, 41, 60.5, 90, 148];

    private static IEnumerable<TestCaseData> Courses =>
    [
        Case("from the start", 12, 8, (0, Forever)),
        Case("delayed", 12, 8, (28, Forever)),
        Case("stop", 12, 8, (0, 24)),
        Case("stop and restart", 12, 8, (0, 24), (36, 60), (61, Forever)),
        Case("at once", 0, 0, (0, 24), (36, Forever)),
        Case("at once, slow wash-out", 0, 10, (0, 24), (36, 60)),
        Case("slow onset, wash-out at once", 10, 0, (0, 24), (36, 60)),
    ];

    // The offset follows the same equation as the response of a slope reduction: o' = k (points − o) or −w o.
    [TestCaseSource(nameof(Courses))]
    public void Fill_Course_MatchesNumericalIntegration(EffectReference reference)
    {
        var effect = new SymptomaticOffset
        {
            Points = -2.5,
            HalfTimeWeeks = reference.HalfTime,
            WashoutHalfTimeWeeks = reference.Washout,
        };
        double[] months = [.. Weeks.Select(StudyTime.MonthsFromWeeks)];

        var table = new EffectTable(effect, reference.Intervals, months);

        for (int i = 0; i < Weeks.Length; i++)
        {
            Assert.That(
                table.ScoreOffset[i], Is.EqualTo(-2.5 * reference.At(Weeks[i]).Fraction).Within(1e-9), $"Week {Weeks[i]}");
        }

        Assert.That(table.DiseaseMonths, Is.EqualTo(months));
        Assert.That(table.RateMultiplier, Is.All.EqualTo(1));
    }

    [TestCaseSource(nameof(Courses))]
    public void Fill_TimesInAnyOrder_GivesTheSameBits(EffectReference reference)
    {
        var effect = new SymptomaticOffset
        {
            Points = 2,
            HalfTimeWeeks = reference.HalfTime,
            WashoutHalfTimeWeeks = reference.Washout,
        };
        double[] months = [.. Weeks.Select(StudyTime.MonthsFromWeeks)];

        var rising = new EffectTable(effect, reference.Intervals, months);
        var falling = new EffectTable(effect, reference.Intervals, [.. months.Reverse()]);

        Assert.That(falling.ScoreOffset.Reverse(), Is.EqualTo(rising.ScoreOffset));
    }

    [Test]
    public void Fill_NoExposure_EqualsNoEffectExactly()
    {
        double[] months = [0, .. Weeks.Select(StudyTime.MonthsFromWeeks)];

        var none = new EffectTable(new NoEffect(), [], months);
        var table = new EffectTable(new SymptomaticOffset { Points = 3, HalfTimeWeeks = 4 }, [], months);

        Assert.That(table.DiseaseMonths, Is.EqualTo(none.DiseaseMonths));
        Assert.That(table.RateMultiplier, Is.EqualTo(none.RateMultiplier));
        Assert.That(table.ScoreOffset, Is.EqualTo(none.ScoreOffset));
    }

    [Test]
    public void Fill_WholeHalfTimes_IsHalfThenThreeQuarters()
    {
        var effect = new SymptomaticOffset { Points = 4, HalfTimeWeeks = 6, WashoutHalfTimeWeeks = 3 };
        double[] months = [.. ((double[])[6, 12, 15, 18]).Select(StudyTime.MonthsFromWeeks)];

        var table = new EffectTable(effect, [new(0, StudyTime.MonthsFromWeeks(12))], months);

        Assert.That(table.ScoreOffset, Is.EqualTo((double[])[2, 3, 1.5, 0.75]).Within(1e-12));
    }

    // Late starters catch up: the offset forgets when it began.
    [Test]
    public void Fill_LongAfterBothStarted_EarlyAndDelayedAgree()
    {
        var effect = new SymptomaticOffset { Points = 4, HalfTimeWeeks = 4 };
        double month = StudyTime.MonthsFromWeeks(28 + (4 * 40));

        var early = new EffectTable(effect, [new(0, Forever)], [month]);
        var delayed = new EffectTable(effect, [new(StudyTime.MonthsFromWeeks(28), Forever)], [month]);

        Assert.That(delayed.ScoreOffset[0], Is.EqualTo(early.ScoreOffset[0]).Within(1e-11));
    }

    private static TestCaseData Case(
        string name, double halfTime, double washout, params (double Start, double Stop)[] exposure) =>
        new TestCaseData(new EffectReference { HalfTime = halfTime, Washout = washout, Exposure = exposure })
            .SetArgDisplayNames(name);
}
