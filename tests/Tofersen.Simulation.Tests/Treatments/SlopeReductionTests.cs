using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

public sealed class SlopeReductionTests
{
    private const double Forever = double.PositiveInfinity;

    // Between, but not on, the changes of exposure of the cases: there a half-time of zero makes a jump.
    private static readonly double[] Weeks =
        [0.5, 3.9, 4.1, 9, 12.5, 18, 23.7, 24.3, 27.9, 28.1, 31.5, 33, 36.5, 41, 47, 52.5, 60, 75, 100, 148, 240];

    private static IEnumerable<TestCaseData> Courses
    {
        get
        {
            EffectReference fromStart = new() { Max = 0.65, HalfTime = 12, Washout = 8, Exposure = [(0, Forever)] };
            EffectReference restart = With(fromStart, [(0, 24), (36, 60), (61, Forever)]);
            yield return Case("from the start", fromStart);
            yield return Case("delayed", With(fromStart, [(28, Forever)]));
            yield return Case("stop", With(fromStart, [(0, 24)]));
            yield return Case("stop and restart", restart);
            yield return Case("lag", With(fromStart, [(0, Forever)], lag: 4));
            yield return Case("lag, stop and restart", With(fromStart, [(0, 24), (36, 47.5)], lag: 4));
            yield return Case("lag longer than treatment", With(fromStart, [(0, 3), (20, 22)], lag: 6));
            yield return Case("at once", new EffectReference { Max = 0.5, Exposure = [(0, 24), (36, Forever)] });
            yield return Case("at once, slow wash-out", new EffectReference { Max = 0.5, Washout = 10, Exposure = [(0, 24)] });
            yield return Case(
                "slow onset, wash-out at once", new EffectReference { Max = 0.5, HalfTime = 10, Exposure = [(0, 24), (30, 50)] });
            yield return Case("all of the rate", new EffectReference { HalfTime = 6, Washout = 6, Exposure = [(2, 40)] });
            yield return Case("harm", new EffectReference { Max = -1, HalfTime = 6, Washout = 20, Exposure = [(2, 40)] });
            yield return Case("nothing", new EffectReference { Max = 0, HalfTime = 6, Exposure = [(2, 40)] });
            yield return Case("never treated", new EffectReference { HalfTime = 6 });
            yield return Case("fading", Fading(20, 15, [(0, Forever)]));
            yield return Case("fading from the first day", Fading(0, 30, [(4, Forever)]));
            yield return Case("fading with restart", Fading(20, 15, [(0, 12), (30, 46), (50, Forever)]));
            yield return Case("fading in a pause", Fading(24, 15, [(0, 30), (50, 70)], lag: 3));
            yield return Case(
                "fading, at once", new EffectReference { Max = 0.6, FadeAfter = 10, FadeHalfTime = 26, Exposure = [(0, 30), (36, 90)] });
        }
    }

    [TestCaseSource(nameof(Courses))]
    public void Fill_Course_MatchesNumericalIntegration(EffectReference reference)
    {
        var table = new EffectTable(Effect(reference), reference.Intervals, [.. Weeks.Select(StudyTime.MonthsFromWeeks)]);

        for (int i = 0; i < Weeks.Length; i++)
        {
            (double fraction, double age) = reference.At(Weeks[i]);
            Assert.That(table.RateMultiplier[i], Is.EqualTo(1 - fraction).Within(1e-9), $"1 − E in week {Weeks[i]}");
            Assert.That(table.DiseaseMonths[i], Is.EqualTo(age).Within(1e-9), $"A in week {Weeks[i]}");
            Assert.That(table.ScoreOffset[i], Is.Zero);
        }
    }

    [TestCaseSource(nameof(Courses))]
    public void Fill_TimesInAnyOrder_GivesTheSameBits(EffectReference reference)
    {
        double[] months = [0, .. Weeks.Select(StudyTime.MonthsFromWeeks)];
        int[] order = [.. Enumerable.Range(0, months.Length).OrderBy(i => i * 7919 % 23)];
        var rising = new EffectTable(Effect(reference), reference.Intervals, months);

        var mixed = new EffectTable(Effect(reference), reference.Intervals, [.. order.Select(i => months[i])]);

        Assert.That(mixed.DiseaseMonths, Is.EqualTo(order.Select(i => rising.DiseaseMonths[i]).ToArray()));
        Assert.That(mixed.RateMultiplier, Is.EqualTo(order.Select(i => rising.RateMultiplier[i]).ToArray()));
    }

    // E(t) = MaxReduction · (1 − 2^(−(t − s − lag) / half-time)); over one, two and three half-times 1/2, 3/4 and 7/8.
    [TestCase(0, 0)]
    [TestCase(10, 0)]
    [TestCase(14, 0)]
    [TestCase(26, 0.3)]
    [TestCase(38, 0.45)]
    [TestCase(50, 0.525)]
    public void Fill_WholeHalfTimesAfterTheLag_RemovesTheClosedForm(double week, double expected)
    {
        var effect = new SlopeReduction { MaxReduction = 0.6, LagWeeks = 4, HalfTimeWeeks = 12 };
        ExposureInterval[] exposure = [new(StudyTime.MonthsFromWeeks(10), Forever)];

        var table = new EffectTable(effect, exposure, [StudyTime.MonthsFromWeeks(week)]);

        Assert.That(1 - table.RateMultiplier[0], Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Fill_AtTimeZero_IsUntreatedAndUnaged()
    {
        foreach (double halfTime in (double[])[0, 12])
        {
            var effect = new SlopeReduction { MaxReduction = 0.6, LagWeeks = 2, HalfTimeWeeks = halfTime };
            var table = new EffectTable(effect, [new(0, Forever)], [0]);

            Assert.That(table.RateMultiplier[0], Is.EqualTo(1));
            Assert.That(table.DiseaseMonths[0], Is.Zero);
        }
    }

    [Test]
    public void Fill_NoExposure_EqualsNoEffectExactly()
    {
        double[] months = [0, .. Weeks.Select(StudyTime.MonthsFromWeeks)];
        var effect = new SlopeReduction
        {
            MaxReduction = 0.65,
            LagWeeks = 4,
            HalfTimeWeeks = 12,
            WashoutHalfTimeWeeks = 7,
            Fading = new EffectFading { AfterWeeks = 3, HalfTimeWeeks = 9 },
        };

        var none = new EffectTable(new NoEffect(), [], months);
        var table = new EffectTable(effect, [], months);

        Assert.That(table.DiseaseMonths, Is.EqualTo(none.DiseaseMonths));
        Assert.That(table.RateMultiplier, Is.EqualTo(none.RateMultiplier));
        Assert.That(table.ScoreOffset, Is.EqualTo(none.ScoreOffset));
    }

    [Test]
    public void Fill_WholeRateRemovedAtOnce_StopsTheDiseaseClock()
    {
        var effect = new SlopeReduction { MaxReduction = 1 };
        var table = new EffectTable(effect, [new(2, 5)], [1, 2, 3, 5, 6.5]);

        Assert.That(table.DiseaseMonths, Is.EqualTo((double[])[1, 2, 2, 2, 3.5]).Within(1e-15));
    }

    [Test]
    public void Fill_HarmOfOneAtOnce_DoublesTheDiseaseClock()
    {
        var effect = new SlopeReduction { MaxReduction = -1 };
        var table = new EffectTable(effect, [new(2, 5)], [1, 2, 3, 5, 6.5]);

        Assert.That(table.DiseaseMonths, Is.EqualTo((double[])[1, 2, 4, 8, 9.5]).Within(1e-15));
    }

    [Test]
    public void Fill_TreatmentInTwoAdjacentIntervals_IsThatOfOne()
    {
        var effect = new SlopeReduction { MaxReduction = 0.7, LagWeeks = 4, HalfTimeWeeks = 12, WashoutHalfTimeWeeks = 6 };
        double[] months = [1, 3, 5, 7, 11];

        var one = new EffectTable(effect, [new(0, 9)], months);
        var two = new EffectTable(effect, [new(0, 4), new(4, 9)], months);

        Assert.That(two.DiseaseMonths, Is.EqualTo(one.DiseaseMonths).Within(1e-13));
        Assert.That(two.RateMultiplier, Is.EqualTo(one.RateMultiplier).Within(1e-13));
    }

    // Mean reduction over 28 and 52 weeks of the evidence sheet's effect, rounded as printed there.
    [TestCase(28, 0.26)]
    [TestCase(52, 0.40)]
    public void Fill_EvidenceSheetEffect_RemovesThePrintedMeanFraction(double weeks, double printed)
    {
        var effect = new SlopeReduction { MaxReduction = 0.65, LagWeeks = 4, HalfTimeWeeks = 12 };
        double end = StudyTime.MonthsFromWeeks(weeks);

        var table = new EffectTable(effect, [new(0, Forever)], [end]);

        Assert.That(Math.Round(1 - (table.DiseaseMonths[0] / end), 2), Is.EqualTo(printed));
    }

    private static SlopeReduction Effect(EffectReference reference) => new()
    {
        MaxReduction = reference.Max,
        LagWeeks = reference.Lag,
        HalfTimeWeeks = reference.HalfTime,
        WashoutHalfTimeWeeks = reference.Washout,
        Fading = double.IsFinite(reference.FadeAfter)
            ? new EffectFading { AfterWeeks = reference.FadeAfter, HalfTimeWeeks = reference.FadeHalfTime }
            : null,
    };

    private static EffectReference With(EffectReference course, (double Start, double Stop)[] exposure, double lag = 0) => new()
    {
        Max = course.Max,
        HalfTime = course.HalfTime,
        Washout = course.Washout,
        Lag = lag,
        Exposure = exposure,
    };

    private static EffectReference Fading(
        double after, double halfTime, (double Start, double Stop)[] exposure, double lag = 0) => new()
        {
            Max = 0.65,
            HalfTime = 12,
            Washout = 8,
            Lag = lag,
            FadeAfter = after,
            FadeHalfTime = halfTime,
            Exposure = exposure,
        };

    private static TestCaseData Case(string name, EffectReference reference) =>
        new TestCaseData(reference).SetArgDisplayNames(name);
}
