using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

public sealed class DoseToFunctionTests
{
    private const double Forever = double.PositiveInfinity;

    private static readonly ExposureInterval[] Always = [new(0, Forever)];

    // One compartment by hand: half-life 28 days, doses in days 0, 14 and 28, then every 28 days.
    [Test]
    public void Course_LabelRegimen_HasTheAmountsOfOneCompartment()
    {
        ChainCourse course = new DoseToFunction().Course(Always, 400);

        Assert.That(course.CsfAmountMg[4], Is.EqualTo(100 * (1 + Math.Sqrt(0.5) + 0.5)).Within(1e-10));
        Assert.That(course.CsfAmountMg[400], Is.EqualTo(200).Within(1e-9));
    }

    // Reductions of SOD1 by dose, means over a steady-state interval, from 0.45 d^1.5 / (45^1.5 + d^1.5).
    [TestCase(20, 0.1029)]
    [TestCase(40, 0.2052)]
    [TestCase(60, 0.2728)]
    [TestCase(100, 0.3457)]
    public void Course_DoseOfTheInterval_GivesTheDoseResponse(double mg, double reduction)
    {
        ChainCourse course = new DoseToFunction().Course([new(0, Forever, mg)], 203);

        Assert.That(1 - course.Sod1Ratio.Skip(200).Average(), Is.EqualTo(reduction).Within(5e-4));
    }

    [Test]
    public void Course_Stopped_ReturnsToTheUntreatedRate()
    {
        ChainCourse course = new DoseToFunction().Course([new(0, StudyTime.MonthsFromWeeks(28))], 300);

        Assert.That(course.CsfAmountMg[28] / course.CsfAmountMg[24], Is.EqualTo(0.5).Within(1e-12), "no dose at the stop");
        Assert.That(course.RateMultiplier[30], Is.LessThan(0.4));
        Assert.That(course.RateMultiplier[300], Is.EqualTo(1).Within(1e-9));
    }

    // Drug halves every four weeks and is felt for weeks after: a year after the last dose less than a hundredth of the effect is left.
    [Test]
    public void Course_Stopped_ReturnsSteadilyAndKeepsWhatWasSaved()
    {
        ChainCourse course = new DoseToFunction().Course([new(0, StudyTime.MonthsFromWeeks(28))], 120);
        double[] saved = [.. course.DiseaseMonths.Select((age, week) => StudyTime.MonthsFromWeeks(week) - age)];

        Assert.That(course.RateMultiplier.Skip(45), Is.Ordered.Ascending);
        Assert.That(course.RateMultiplier[24 + 52], Is.EqualTo(1).Within(0.01));
        Assert.That(saved, Is.Ordered.Ascending);
        Assert.That(saved[120] - saved[24 + 52], Is.LessThan(0.02));
    }

    [Test]
    public void Course_HigherDose_IsLowerInEveryLink()
    {
        ChainCourse last = new DoseToFunction().Course([], 80);
        foreach (double mg in (double[])[1, 5, 20, 40, 60, 100, 200, 1_000])
        {
            ChainCourse course = new DoseToFunction().Course([new(0, Forever, mg)], 80);
            for (int week = 20; week <= 80; week++)
            {
                Assert.That(course.TissueAmountMg[week], Is.GreaterThan(last.TissueAmountMg[week]));
                Assert.That(course.Sod1Ratio[week], Is.LessThan(last.Sod1Ratio[week]));
                Assert.That(course.NeurofilamentRatio[week], Is.LessThan(last.NeurofilamentRatio[week]));
                Assert.That(course.RateMultiplier[week], Is.LessThan(last.RateMultiplier[week]));
                Assert.That(course.DiseaseMonths[week], Is.LessThan(last.DiseaseMonths[week]));
            }

            last = course;
        }
    }

    // A pause of exactly 84 days goes on with maintenance; a longer one begins with loading again. Amounts two weeks after the restart.
    [TestCase(24, 1)]
    [TestCase(25, 2)]
    public void Course_Restarted_LoadsAgainAfterALongPause(int restartWeek, int doses)
    {
        ChainCourse course = new DoseToFunction().Course(
            [new(0, StudyTime.MonthsFromWeeks(12)), new(StudyTime.MonthsFromWeeks(restartWeek), Forever)], 60);
        double Left(int week) => course.CsfAmountMg[8] * Math.Pow(0.5, (week - 8) / 4.0);
        double root = Math.Sqrt(0.5);

        Assert.That(course.CsfAmountMg[restartWeek], Is.EqualTo(Left(restartWeek) + 100).Within(1e-10));
        Assert.That(
            course.CsfAmountMg[restartWeek + 2],
            Is.EqualTo(Left(restartWeek + 2) + (doses == 1 ? 100 * root : 100 * (root + 1))).Within(1e-10));
    }

    // Everything but the first dose missed is a single dose; one in 364 days is one in the first year.
    [Test]
    public void Fill_EveryDoseMissed_IsTheFirstDoseAlone()
    {
        double[] months = [.. Enumerable.Range(0, 100).Select(i => i / 9.0)];
        var missed = new DosingRegimen { MissedProbability = 1 };
        var single = new DosingRegimen { LoadingDoses = 1, MaintenanceIntervalDays = 364 };

        Assert.That(Drawn(new DoseToFunction { Regimen = missed }, Always, months), Is.EqualTo(Drawn(new DoseToFunction { Regimen = single }, Always, months)));
    }

    [Test]
    public void Fill_OtherTimesAskedFor_DoNotChangeAValue()
    {
        var effect = new DoseToFunction { Regimen = new DosingRegimen { MissedProbability = 0.2, LatenessSdDays = 5 } };
        double[] months = [.. Enumerable.Range(0, 80).Select(w => StudyTime.MonthsFromWeeks(w)), .. Enumerable.Range(0, 50).Select(i => i / 3.0)];
        double[][] all = Drawn(effect, Always, months);
        for (int i = 0; i < months.Length; i++)
        {
            double[][] alone = Drawn(effect, Always, [months[i]]);

            Assert.That(alone.Select(row => row[0]), Is.EqualTo(all.Select(row => row[i])), $"month {months[i]}");
        }
    }

    // The stream goes on from the same place after any exposure, dose or times, so that nothing drawn later moves.
    [Test]
    public void Fill_ExposureDoseAndTimes_DoNotMoveTheStream()
    {
        var effect = new DoseToFunction { Regimen = new DosingRegimen { MissedProbability = 0.2, LatenessSdDays = 5 } };
        ulong[] next =
        [
            .. new (DoseToFunction Effect, ExposureInterval[] Exposure, double[] Months)[]
            {
                (effect, Always, [1, 2, 3]),
                (effect, [], [1, 2, 3]),
                (effect, [new(2, 3, 20), new(4, 5, 40)], [10]),
                (effect with { ExposureLogSd = 0, RateExponentLogSd = 2 }, Always, []),
            }.Select(c =>
            {
                TrialRandom random = TrialRandom.Open(1, 2, 3, DrawPurpose.Response);
                c.Effect.Fill(default, c.Exposure, c.Months, ref random, Rows(c.Months.Length).Course);
                return random.NextBits();
            }),
        ];

        Assert.That(next.Distinct().Count(), Is.EqualTo(1));
    }

    // Ends of every range, in random combinations: no result leaves its range, let alone the numbers.
    [Test]
    public void Fill_EndsOfTheRanges_StaysWithinBounds()
    {
        TrialRandom pick = TrialRandom.Open(20_260_101, 0, 0, DrawPurpose.Response);
        double Either(double low, double high) => pick.NextUniform() < 0.5 ? low : high;
        double[] months = [.. Enumerable.Range(0, 300).Select(i => i / 7.0)];
        for (int trial = 0; trial < 400; trial++)
        {
            var effect = new DoseToFunction
            {
                Regimen = new DosingRegimen
                {
                    DoseMg = Either(1e-9, 1_000),
                    LoadingIntervalDays = Either(1, 364),
                    MaintenanceIntervalDays = Either(1, 364),
                    MissedProbability = Either(0, 0.9),
                    LatenessSdDays = Either(0, 28),
                },
                CsfHalfLifeWeeks = Either(0.01, 520),
                TissueHalfLifeWeeks = Either(0.01, 520),
                Sod1HalfLifeWeeks = Either(0.01, 520),
                NeurofilamentHalfLifeWeeks = Either(0.01, 520),
                MaxInhibition = Either(0, 0.99),
                HalfMaximalAmountMg = Either(0.001, 1e5),
                HillExponent = Either(0.1, 10),
                NeurofilamentExponent = Either(0, 10),
                StratumNeurofilamentFactors = [Either(0, 10)],
                DelayWeeks = (int)Either(0, 30),
                RateExponent = Either(0, 10),
                ExposureLogSd = Either(0, 2),
                RateExponentLogSd = Either(0, 2),
            };

            double[][] rows = Drawn(effect, [new(0.3, 8), new(12, 20)], months);

            for (int i = 0; i < months.Length; i++)
            {
                Assert.That(rows[0][i], Is.InRange(0, months[i] + 1e-12), $"disease months of {effect}");
                Assert.That(rows[1][i], Is.InRange(0, 1), $"multiplier of {effect}");
                Assert.That(rows[2][i], Is.InRange(-5, 0), $"ln SOD1 of {effect}");
                Assert.That(rows[3][i], Is.InRange(-28, 0), $"ln neurofilament of {effect}");
            }
        }
    }

    [Test]
    public void BadInput_Throws()
    {
        Assert.That(() => new DoseToFunction { CsfHalfLifeWeeks = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("CsfHalfLifeWeeks"));
        Assert.That(() => new DoseToFunction { StratumNeurofilamentFactors = [1, 11] }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new DoseToFunction { Regimen = null! }, Throws.ArgumentNullException);
        Assert.That(() => new DoseToFunction().Course([], -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new DoseToFunction().Course([], 2_001), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new DoseToFunction().Course([new(double.NaN, 5)], 10), Throws.ArgumentException);
        Assert.That(() => new DosingRegimen { DoseMg = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ExposureInterval(0, 1, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new DoseToFunction().Course([new(3, 5), new(1, 2)], 10), Throws.ArgumentException.With.Message.Contains("out of order"));
    }

    private static double[][] Drawn(DoseToFunction effect, ExposureInterval[] exposure, double[] months)
    {
        TrialRandom random = TrialRandom.Open(1, 2, 3, DrawPurpose.Response);
        ChainRows rows = Rows(months.Length);
        effect.Fill(default, exposure, months, ref random, rows.Course);
        return rows.Values;
    }

    private static ChainRows Rows(int length) => new([.. Enumerable.Range(0, 5).Select(_ => new double[length])]);

    private readonly record struct ChainRows(double[][] Values)
    {
        internal EffectCourse Course => new()
        {
            DiseaseMonths = Values[0],
            RateMultiplier = Values[1],
            LogSod1Ratio = Values[2],
            LogNeurofilamentRatio = Values[3],
            ScoreOffset = Values[4],
        };
    }
}
