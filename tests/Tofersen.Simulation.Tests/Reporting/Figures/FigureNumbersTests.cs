using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Reporting.Figures;

/// <summary>What figures draw is what was simulated.</summary>
public sealed class FigureNumbersTests
{
    // Everybody is observed, so that the difference of means is what an analysis without covariates estimates.
    private static readonly Scenario Scenario = Valor.Preset.Scenario with
    {
        Observation = new ObservationModel(),
        Analyses = [new Ancova { Name = "difference", Week = 28, Covariates = [] }],
    };

    private PowerResult _result = null!;
    private EstimateSample _sample = null!;

    [OneTimeSetUp]
    public void Run()
    {
        _result = PowerAnalysis.Run(Scenario, options: new RunOptions { Replicates = 1_000, Seed = 4 });
        _sample = EstimateSample.Draw(Scenario, seed: 4, replicates: 1_000);
    }

    [Test]
    public void EstimateSample_SameSeed_HoldsTheEstimatesOfTheRun() =>
        Assert.That(_sample.Analyses[0].Values.Average(), Is.EqualTo(_result.Analyses[0].MeanEstimate).Within(1e-12));

    [Test]
    public void EstimateSample_AnyThreads_IsTheSame() =>
        Assert.That(EstimateSample.Draw(Scenario, seed: 4, replicates: 100, parallelism: 3).Analyses[0].Values, Is.EqualTo(_sample.Analyses[0].Values.Take(100)));

    // Arms differ by a participant or two between trials, which the line weighs and the mean of estimates does not: some thousandths of a point.
    [Test]
    public void Gap_LineAtTheEnd_IsTheMeanEstimate()
    {
        CurveMark line = CourseFigures.Gap(_result).Panels[0].Marks.OfType<CurveMark>().Single();
        Assert.That(line.Points[^1].X, Is.EqualTo(28));
        Assert.That(line.Points[^1].Y, Is.EqualTo(_result.Analyses[0].MeanEstimate).Within(0.01));
    }

    // Tolerance: 4.9 standard errors of a share of 0.95, about one in a million by chance. The band takes arms to have the same size in every trial.
    [Test]
    public void Gap_Band_HoldsNineteenOfTwentyTrials()
    {
        BandPoint band = CourseFigures.Gap(_result).Panels[0].Marks.OfType<BandMark>().Single().Points[^1];
        double share = _sample.Analyses[0].Values.Count(v => v >= band.Lower && v <= band.Upper) / 1_000.0;
        Assert.That(share, Is.EqualTo(0.95).Within(4.9 * Math.Sqrt(0.95 * 0.05 / 1_000)));
    }

    [Test]
    public void MeanChange_Lines_AreTheMeansByArm()
    {
        CurveMark[] lines = [.. CourseFigures.MeanChange(_result).Panels[0].Marks.OfType<CurveMark>().Where(c => c.Emphasis == Emphasis.Main)];
        for (int arm = 0; arm < 2; arm++)
        {
            Assert.That(lines[arm].Label, Is.EqualTo(_result.Courses!.Layout.ArmNames[arm]));
            Assert.That(lines[arm].Points.Select(p => p.Y), Is.EqualTo(lines[arm].Points.Select(p => _result.Courses.LatentChange(arm, p.X).Mean)));
        }
    }

    // Four doses and placebo: bands of five arms in one panel would cover each other.
    [Test]
    public void MeanChange_ManyArms_HasAPanelForEachBesideTheControl()
    {
        PowerResult result = PowerAnalysis.Run(Presets.Find("phase-1-2")!.Scenario, options: new RunOptions { Replicates = 20, Seed = 5 });

        Figure means = CourseFigures.MeanChange(result);
        Figure gaps = CourseFigures.Gap(result);

        Assert.That(means.Panels.Select(p => p.Title), Is.EqualTo((string[])["20 mg", "40 mg", "60 mg", "100 mg"]));
        Assert.That(means.Panels.Select(p => p.Marks.OfType<BandMark>().Count()), Is.All.EqualTo(2));
        Assert.That(gaps.Panels.Select(p => p.Marks.OfType<BandMark>().Count()), Is.EqualTo((int[])[1, 1, 1, 1]));
    }

    [Test]
    public void Estimates_Bars_CountEveryTrial()
    {
        TileMark bars = PowerFigures.Estimates(_sample, _result).Panels[0].Marks.OfType<TileMark>().Single();
        Assert.That(bars.Tiles.Sum(t => t.Top), Is.EqualTo(1_000));
    }

    // By hand: four participants an arm. Control: deaths at weeks 4 and 12, withdrawal at week 8: 3/4, then 3/4 · 1/2.
    [Test]
    public void KaplanMeier_FourParticipants_StepsAsByHand()
    {
        var layout = new TrialLayout { Participants = 5, VisitWeeks = [0, 8, 16], ArmNames = ["control", "active"], StratumNames = ["all"], Covariates = [] };
        TrialData data = TrialData.FromRecords(layout,
        [
            Record(0, 4, EventKind.Death), Record(0, 8, EventKind.OtherWithdrawal), Record(0, 12, EventKind.Death), Record(0, 16, EventKind.Completed),
            Record(1, 16, EventKind.Completed),
        ]);
        Panel panel = SurvivalFigures.KaplanMeier(data, [EventKind.Death]).Panels[0];
        CurveMark control = panel.Marks.OfType<CurveMark>().First();

        string points = string.Join(", ", control.Points.Select(p => FormattableString.Invariant($"{Math.Round(p.X, 9)} {Math.Round(p.Y, 12)}")));
        Assert.That(points, Is.EqualTo("0 1, 4 0.75, 12 0.375, 16 0.375"));
        Assert.That(string.Join(' ', panel.Rows[0].Numbers.Select(n => n.Text)), Is.EqualTo("4 3 1"));
        Assert.That(string.Join(' ', panel.Rows[1].Numbers.Select(n => n.Text)), Is.EqualTo("1 1 1"));
    }

    [Test]
    public void ByAnalysis_Points_ArePowersWithTheirIntervals()
    {
        IntervalPoint point = PowerFigures.ByAnalysis(_result).Panels[0].Marks.OfType<IntervalMark>().Single().Points.Single();
        OperatingCharacteristics analysis = _result.Analyses[0];
        Assert.That((point.Value, point.Lower, point.Upper), Is.EqualTo((analysis.Power, analysis.Lower, analysis.Upper)));
    }

    [Test]
    public void Of_EveryPreset_GivesFiguresWithDifferentNames()
    {
        foreach (Preset preset in Presets.All)
        {
            PowerResult result = PowerAnalysis.Run(preset.Scenario, options: new RunOptions { Replicates = 3, CollectEndpoints = true });
            string[] names = [.. ResultFigures.Of(result).Select(f => f.Name)];
            Assert.That(names, Is.Unique, preset.Name);
            Assert.That(names, Has.Some.EqualTo("mean-change"), preset.Name);
        }
    }

    private static ParticipantRecord Record(byte arm, double weeks, EventKind end) => new()
    {
        Arm = arm,
        Scores = [40, double.NaN, double.NaN],
        FollowUpMonths = StudyTime.MonthsFromWeeks(weeks),
        FollowUpEnd = end,
    };
}
