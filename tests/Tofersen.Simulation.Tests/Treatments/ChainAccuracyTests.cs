using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

/// <summary>The chain's weekly grid against R, against fine Runge–Kutta steps and against shorter steps of its own.</summary>
/// <remarks>The errors that the type's remarks state: see <see cref="DoseToFunction"/>.</remarks>
public sealed class ChainAccuracyTests
{
    private const double Forever = double.PositiveInfinity;
    private const double Until = 80;
    private const double MonthsError = 0.02;
    private const double RatioError = 0.01;
    private const double MonthsErrorOnTheGrid = 0.004;
    private const double RatioErrorOnTheGrid = 0.002;
    private const double DrawnMonthsError = 0.02;
    private const double DrawnRatioError = 0.01;

    private static readonly DoseToFunction Typical = new()
    {
        ExposureLogSd = 0,
        HalfMaximalAmountLogSd = 0,
        NeurofilamentExponentLogSd = 0,
        RateExponentLogSd = 0,
    };

    // On the grid and between its points.
    private static readonly double[] Weeks = [.. Enumerable.Range(0, 81), .. Enumerable.Range(0, 200).Select(i => (0.37 + (i * 0.7919)) % Until)];

    private static readonly (double Start, double Stop, double? Mg)[] Always = [(0, Forever, null)];

    private static TestCaseData[] OnTheGrid { get; } =
    [
        Case("label", new DosingRegimen(), Always),
        Case("other dose", new DosingRegimen(), (0, Forever, 35.0)),
        Case("delayed", new DosingRegimen(), (28, Forever, null)),
        Case("stopped and restarted", new DosingRegimen(), (0, 20, null), (30, 44, null), (60, Forever, null)),
        Case("missed", new DosingRegimen { MissedProbability = 0.4 }, Always),
    ];

    private static TestCaseData[] Regimens { get; } =
    [
        .. OnTheGrid,
        Case("between points of the grid", new DosingRegimen(), (2.3, 28.4, null), (30.6, Forever, 60.0)),
        Case(
            "intervals of no whole weeks",
            new DosingRegimen { LoadingDoses = 5, LoadingIntervalDays = 9.5, MaintenanceIntervalDays = 24.25 },
            Always),
        Case("late", new DosingRegimen { LatenessSdDays = 5 }, (0, 28, null), (30.5, Forever, null)),
        Case("so late that they meet", new DosingRegimen { LatenessSdDays = 28, LoadingIntervalDays = 1 }, Always),
        Case(
            "missed, late, stopped, restarted",
            new DosingRegimen { LatenessSdDays = 10, MissedProbability = 0.3 },
            (0, 28, null),
            (48.5, 66, 80.0),
            (68.2, Forever, null)),
    ];

    private static IEnumerable<TestCaseData> ReferenceCases =>
        ReferenceFile.Read("chain", "courses").Texts("case").Distinct().Select(name => new TestCaseData(name).SetArgDisplayNames(name));

    [TestCaseSource(nameof(Regimens))]
    public void Fill_AnyRegimen_IsNearFineRungeKuttaSteps(DosingRegimen regimen, (double Start, double Stop, double? Mg)[] exposure)
    {
        DoseToFunction effect = Typical with { Regimen = regimen };
        for (int participant = 0; participant < (regimen.IsRandom ? 20 : 1); participant++)
        {
            TrialRandom random = TrialRandom.Open(7, 0, participant, DrawPurpose.Response);
            List<(double Week, double Mg)> doses = ChainReference.Doses(regimen, exposure, random.Fork(), Until);

            double[][] rows = Filled(effect, exposure, random);

            double[][] expected = new ChainReference(effect).At(doses, Weeks);
            Assert.That(rows[0], Is.EqualTo(expected[0]).Within(MonthsError), $"disease months of participant {participant}");
            Assert.That(rows[1], Is.EqualTo(expected[1]).Within(RatioError), $"multiplier of participant {participant}");
            Assert.That(rows[2], Is.EqualTo(expected[2]).Within(RatioError), $"ln SOD1 of participant {participant}");
            Assert.That(rows[3], Is.EqualTo(expected[3]).Within(RatioError), $"ln neurofilament of participant {participant}");
        }
    }

    // Participants whose factors are far from the median have a steeper course, and larger errors.
    [Test]
    public void Fill_DrawnParticipants_AreNearFineRungeKuttaSteps()
    {
        var effect = new DoseToFunction();
        for (int participant = 0; participant < 100; participant++)
        {
            TrialRandom random = TrialRandom.Open(7, 0, participant, DrawPurpose.Response);
            TrialRandom draws = random;
            double exposure = Math.Exp(effect.ExposureLogSd * draws.NextNormal());
            DoseToFunction own = Typical with
            {
                HalfMaximalAmountMg = effect.HalfMaximalAmountMg * Math.Exp(effect.HalfMaximalAmountLogSd * draws.NextNormal()),
                NeurofilamentExponent = effect.NeurofilamentExponent * Math.Exp(effect.NeurofilamentExponentLogSd * draws.NextNormal()),
                RateExponent = effect.RateExponent * Math.Exp(effect.RateExponentLogSd * draws.NextNormal()),
            };
            List<(double Week, double Mg)> doses =
                [.. ChainReference.Doses(effect.Regimen, Always, draws, Until).Select(d => (d.Week, exposure * d.Mg))];

            double[][] rows = Filled(effect, Always, random);

            double[][] expected = new ChainReference(own).At(doses, Weeks, 10 * ChainReference.StepWeeks);
            Assert.That(rows[0], Is.EqualTo(expected[0]).Within(DrawnMonthsError), $"disease months of participant {participant}");
            for (int r = 1; r < expected.Length; r++)
            {
                Assert.That(rows[r], Is.EqualTo(expected[r]).Within(DrawnRatioError), $"row {r} of participant {participant}");
            }
        }
    }

    // The plain solver itself: its own steps halved.
    [Test]
    public void Reference_HalvedSteps_ChangesNothing()
    {
        List<(double, double)> doses = [(0, 100), (1.7, 100), (4, 50), (20.4, 100)];

        double[][] coarse = new ChainReference(Typical).At(doses, Weeks);
        double[][] fine = new ChainReference(Typical).At(doses, Weeks, ChainReference.StepWeeks / 2);

        for (int row = 0; row < coarse.Length; row++)
        {
            Assert.That(coarse[row], Is.EqualTo(fine[row]).Within(1e-7), $"row {row}");
        }
    }

    // Tissue fills as t, inhibition as t^1.5, so that the first step has an error of order 2.5 and halving it leaves less than a third.
    [TestCaseSource(nameof(OnTheGrid))]
    public void Fill_HalvedSteps_ErrorFallsAtLeastToAThird(DosingRegimen regimen, (double Start, double Stop, double? Mg)[] exposure)
    {
        DoseToFunction effect = Typical with { Regimen = regimen };
        TrialRandom draws = TrialRandom.Open(7, 0, 1, DrawPurpose.Response);
        double[][] truth = new ChainReference(effect).At(ChainReference.Doses(regimen, exposure, draws, Until), Weeks);
        double[] last = [MonthsErrorOnTheGrid, RatioErrorOnTheGrid, RatioErrorOnTheGrid, RatioErrorOnTheGrid];
        foreach (int steps in (int[])[1, 2, 4, 8])
        {
            double[][] rows = NewRows();
            effect.Fill(steps, Intervals(exposure), Months, draws, Course(rows));
            double[] errors = [.. truth.Select((row, r) => row.Zip(rows[r], (a, b) => Math.Abs(a - b)).Max())];

            for (int r = 0; r < errors.Length; r++)
            {
                Assert.That(errors[r], Is.LessThan(last[r] / (steps == 1 ? 1 : 3)), $"row {r}, {steps} steps a week");
            }

            last = errors;
        }
    }

    [TestCaseSource(nameof(ReferenceCases))]
    [Category("Reference")]
    public void Course_PublishedModel_MatchesR(string name)
    {
        ReferenceRow[] rows = [.. ReferenceFile.Read("chain", "courses").Rows.Where(row => row.Text("case") == name)];

        ChainCourse course = Typical.Course(Intervals(ReferenceExposure(name)), 64);

        bool isOnTheGrid = name != "late";
        double ratioError = isOnTheGrid ? RatioErrorOnTheGrid : RatioError, monthsError = isOnTheGrid ? MonthsErrorOnTheGrid : MonthsError;
        foreach (ReferenceRow row in rows)
        {
            int week = row.Count("week");
            Assert.That(course.CsfAmountMg[week], Is.EqualTo(row.Number("csf")).Within(1e-9), $"fluid, week {week}");
            Assert.That(course.TissueAmountMg[week], Is.EqualTo(row.Number("tissue")).Within(1e-9), $"tissue, week {week}");
            Assert.That(course.Sod1Ratio[week], Is.EqualTo(row.Number("sod1")).Within(ratioError), $"SOD1, week {week}");
            Assert.That(course.NeurofilamentRatio[week], Is.EqualTo(row.Number("neurofilament")).Within(ratioError), $"neurofilament, week {week}");
            Assert.That(course.RateMultiplier[week], Is.EqualTo(row.Number("multiplier")).Within(ratioError), $"rate, week {week}");
            Assert.That(
                course.DiseaseMonths[week], Is.EqualTo(StudyTime.MonthsFromWeeks(row.Number("age"))).Within(monthsError), $"age, week {week}");
        }
    }

    // A missed dose splits an interval around it; the pauses are too short to load again.
    private static (double Start, double Stop, double? Mg)[] ReferenceExposure(string name) => name switch
    {
        "label" => [(0, Forever, null)],
        "forty" => [(0, Forever, 40.0)],
        "delayed" => [(28, Forever, null)],
        "stopped" => [(0, 28, null)],
        "missed" => [(0, 12, null), (16, Forever, null)],
        "late" => [(0, 12, null), (12.375, 16, null), (16, Forever, null)],
        "restarted" => [(0, 12, null), (16, 28, null), (44, Forever, null)],
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a case of the reference."),
    };

    private static TestCaseData Case(string name, DosingRegimen regimen, params (double Start, double Stop, double? Mg)[] exposure) =>
        new TestCaseData(regimen, exposure).SetArgDisplayNames(name);

    private static double[] Months => [.. Weeks.Select(StudyTime.MonthsFromWeeks)];

    private static ExposureInterval[] Intervals((double Start, double Stop, double? Mg)[] exposure) =>
        [.. exposure.Select(e => new ExposureInterval(StudyTime.MonthsFromWeeks(e.Start), StudyTime.MonthsFromWeeks(e.Stop), e.Mg))];

    private static double[][] Filled(DoseToFunction effect, (double Start, double Stop, double? Mg)[] exposure, TrialRandom random)
    {
        double[][] rows = NewRows();
        effect.Fill(default, Intervals(exposure), Months, ref random, Course(rows));
        return rows;
    }

    private static double[][] NewRows() => [.. Enumerable.Range(0, 5).Select(_ => new double[Weeks.Length])];

    private static EffectCourse Course(double[][] rows) => new()
    {
        DiseaseMonths = rows[0],
        RateMultiplier = rows[1],
        LogSod1Ratio = rows[2],
        LogNeurofilamentRatio = rows[3],
        ScoreOffset = rows[4],
    };
}
