using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;
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

    [Test]
    public void Simulate_DoseOfZero_IsTheTrialWithoutEffect()
    {
        var none = new TrialSimulator(TestScenarios.Rich with { Effect = new NoEffect() });
        var zero = new TrialSimulator(TestScenarios.Rich with
        {
            Effect = new DoseToFunction { Regimen = new DosingRegimen { DoseMg = 0, MissedProbability = 0.1, LatenessSdDays = 3 } },
        });

        Assert.That(zero.Simulate(3, 1).Scores.ToArray(), Is.EqualTo(none.Simulate(3, 1).Scores.ToArray()));
    }

    // The weekly grid against eight steps a week, on time: errors of ln ratios and of months.
    [Test]
    public void Fill_ShorterSteps_ChangesLittle()
    {
        var effect = new DoseToFunction();
        double[] months = [.. Enumerable.Range(0, 160).Select(i => i / 10.0)];

        double[][] weekly = Filled(effect, 1, months);
        double[][] fine = Filled(effect, 8, months);

        for (int row = 0; row < fine.Length; row++)
        {
            Assert.That(weekly[row], Is.EqualTo(fine[row]).Within(2e-3), $"row {row}");
        }
    }

    [Test]
    public void BadInput_Throws()
    {
        Assert.That(() => new DoseToFunction { CsfHalfLifeWeeks = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new DosingRegimen { DoseMg = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ExposureInterval(0, 1, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new DoseToFunction().Course([new(3, 5), new(1, 2)], 10), Throws.ArgumentException.With.Message.Contains("out of order"));
    }

    private static double[][] Filled(DoseToFunction effect, int stepsPerWeek, double[] months)
    {
        double[][] rows = [.. Enumerable.Range(0, 5).Select(_ => new double[months.Length])];
        TrialRandom none = default;
        effect.Fill(stepsPerWeek, Always, months, none, new EffectCourse
        {
            DiseaseMonths = rows[0],
            RateMultiplier = rows[1],
            ScoreOffset = rows[2],
            LogSod1Ratio = rows[3],
            LogNeurofilamentRatio = rows[4],
        });
        return rows;
    }
}
