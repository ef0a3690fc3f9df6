using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Tool;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class ProgressTextTests
{
    [Test]
    public void Hear_TwoReports_GivesRateAndTimeLeft()
    {
        ProgressText text = Heard((0, 100, 10_000), (2, 2_600, 10_000));

        // 2,500 in two seconds; 7,400 are left.
        Assert.That(text.Rate, Is.EqualTo("1,250 trials/s"));
        Assert.That(text.Left, Is.EqualTo("6 s left"));
        Assert.That(text.Share, Is.EqualTo(0.26));
    }

    // Ten a second, and so many left.
    [TestCase(590, "59 s left")]
    [TestCase(600, "1 min left")]
    [TestCase(601, "2 min left")]
    [TestCase(36_000, "1 h 0 min left")]
    [TestCase(50_000, "1 h 24 min left")]
    [TestCase(144_000_000, "4,000 h 0 min left")]
    public void Left_TimeToGo_IsInWordsThatFit(long left, string expected) =>
        Assert.That(Heard((0, 0, 10 + left), (1, 10, 10 + left)).Left, Is.EqualTo(expected));

    [Test]
    public void Rate_SlowRun_HasADecimal() => Assert.That(Heard((0, 0, 100), (4, 3, 100)).Rate, Is.EqualTo("0.8 trials/s"));

    [Test]
    public void Rate_FirstReport_IsNotKnown()
    {
        ProgressText text = Heard((0.1, 64, 10_000));

        Assert.That((text.Rate, text.Left), Is.EqualTo(("", "")));
    }

    // What was long ago does not count: 20 s at ten a second, then 40 s at a hundred.
    [Test]
    public void Rate_SpeedChanges_FollowsTheLastMoments()
    {
        var text = new ProgressText();
        for (int second = 0; second <= 60; second++)
        {
            text.Hear(new RunProgress(second <= 20 ? 10 * second : 200 + (100 * (second - 20)), 1_000_000), TimeSpan.FromSeconds(second));
        }

        Assert.That(text.Rate, Is.EqualTo("100 trials/s"));
    }

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(6, 6)]
    [TestCase(7, 6)]
    [TestCase(40, 6)]
    public void Lines_Analyses_AreAtMostSix(int analyses, int lines)
    {
        var text = new ProgressText();
        text.Hear(
            new RunProgress(100, 200) { Analyses = [.. Enumerable.Range(0, analyses).Select(i => new RunningPower($"a{i}", 20, 100))] }, TimeSpan.Zero);

        Assert.That(text.Lines, Has.Count.EqualTo(lines));
        if (analyses > lines)
        {
            Assert.That(text.Lines[^1], Is.EqualTo($"and {analyses - 5} more"));
        }
    }

    // √(0.2 · 0.8 / 100) = 0.04.
    [Test]
    public void Lines_PartAndAnalyses_AreInColumns()
    {
        var text = new ProgressText();
        text.Hear(
            new RunProgress(100, 200) { Part = "1 of 2: valor", Analyses = [new RunningPower("slopes", 20, 100), new RunningPower("mmrm", 0, 0)] },
            TimeSpan.Zero);

        Assert.That(text.Lines, Is.EqualTo((string[])["1 of 2: valor", "slopes  0.200 ± 0.040", "mmrm    –"]));
    }

    [Test]
    public void OneLine_Run_HasEverything()
    {
        var text = new ProgressText();
        text.Hear(new RunProgress(100, 400), TimeSpan.Zero);
        text.Hear(new RunProgress(200, 400) { Analyses = [new RunningPower("slopes", 20, 100)] }, TimeSpan.FromSeconds(10));

        Assert.That(text.OneLine, Is.EqualTo("50 %, 10 trials/s, 20 s left, slopes  0.200 ± 0.040"));
    }

    [Test]
    public void Hear_Calibration_HasNoEnd()
    {
        var text = new ProgressText();
        text.Hear(new CalibrationProgress(1, 500, 9.5), TimeSpan.Zero);
        text.Hear(new CalibrationProgress(3, 500, 2.25), TimeSpan.FromSeconds(2));

        Assert.That(text.OneLine, Is.EqualTo("500 trials/s, evaluation 3, lowest misfit 2.250"));
        Assert.That(text.Share, Is.NaN);
    }

    private static ProgressText Heard(params (double Seconds, long Completed, long Planned)[] reports)
    {
        var text = new ProgressText();
        foreach ((double seconds, long completed, long planned) in reports)
        {
            text.Hear(new RunProgress(completed, planned), TimeSpan.FromSeconds(seconds));
        }

        return text;
    }
}
