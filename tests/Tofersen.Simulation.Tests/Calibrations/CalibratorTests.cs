using System.Text.Json;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Conventions;
using Tofersen.Simulation.Tests.Tool;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>Calibration by simulated moments: closed forms, known answers, and the committed fit.</summary>
public sealed class CalibratorTests
{
    private static readonly CalibrationParameter Rate = new()
    {
        Name = "rate",
        Paths = ["population.strata[0].declineRate.mean"],
        Minimum = 0.5,
        Maximum = 3,
    };

    private static readonly CalibrationParameter Reduction = new()
    {
        Name = "reduction",
        Paths = ["effect.maxReduction"],
        Minimum = 0,
        Maximum = 1,
    };

    // Means are linear in rate and reduction: control −r t, active −r (1 − E) t at t = 28 weeks. So rate = 9 / t and E = 1 − 6 / 9, and by the delta
    // method SE(rate) = 0.6 / t, Var(E) = (0.9/9)² + (6 · 0.6/81)².
    [Test]
    public void Fit_LinearModel_FindsTheClosedForm()
    {
        const double months = 28 / 4.348125;
        CalibrationFit fit = Calibrator.Fit(Line(-9, 0.6, -6, 0.9), [Rate, Reduction], new CalibrationOptions { Replicates = 50 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.HasConverged, Is.True);
            Assert.That(fit.Misfit, Is.LessThan(1e-4).And.LessThan(fit.StartMisfit));
            Assert.That(fit.Parameters[0].Value, Is.EqualTo(9 / months).Within(0.01));
            Assert.That(fit.Parameters[1].Value, Is.EqualTo(1 / 3.0).Within(0.01));
            Assert.That(fit.Parameters[0].StandardError, Is.EqualTo(0.6 / months).Within(0.02 * 0.6 / months));

            // Forward differences of a step of 0.03 of the range see a little of the product's curvature.
            Assert.That(fit.Parameters[1].StandardError, Is.EqualTo(Math.Sqrt(0.01 + Math.Pow(6 * 0.6 / 81, 2))).Within(0.06 * 0.11));
            Assert.That(fit.Parameters.Select(p => p.IsAtLimit), Is.All.False);
        }
    }

    [Test]
    public void Fit_OptimumOutsideTheRange_StopsAtTheLimitWithoutError()
    {
        CalibrationFit fit = Calibrator.Fit(
            Line(-9, 0.6, -6, 0.9), [Rate with { Maximum = 1.2 }, Reduction], new CalibrationOptions { Replicates = 20 });
        Assert.That(fit.Parameters[0].Value, Is.EqualTo(1.2));
        Assert.That(fit.Parameters[0].IsAtLimit, Is.True);
        Assert.That(fit.Parameters[0].StandardError, Is.NaN);
        Assert.That(fit.Parameters[1].StandardError, Is.Positive);
    }

    // A factor on one number is that number; the fit does not depend on threads.
    [Test]
    public void Fit_FactorAndThreads_GiveTheSameScenario()
    {
        Preset preset = Line(-9, 0.6, -6, 0.9);
        CalibrationParameter factor = Rate with { IsFactor = true, Minimum = 0.5, Maximum = 3 };
        CalibrationFit one = Calibrator.Fit(preset, [factor, Reduction], new CalibrationOptions { Replicates = 20, Parallelism = 1 });
        CalibrationFit two = Calibrator.Fit(preset, [Rate, Reduction], new CalibrationOptions { Replicates = 20, Parallelism = 2 });
        Assert.That(one.Parameters.Select(p => p.Value), Is.EqualTo(two.Parameters.Select(p => p.Value)).Within(1e-12));
        Assert.That(one.Targets.Select(t => t.Simulated), Is.EqualTo(two.Targets.Select(t => t.Simulated)));
    }

    [Test]
    public void Fit_ChosenTargets_CountAlone()
    {
        CalibrationFit fit = Calibrator.Fit(Line(-9, 0.6, -6, 0.9), [Rate], new CalibrationOptions { Replicates = 20 }, ["control"]);
        Assert.That(fit.Targets.Select(t => t.Target.Name), Is.EqualTo((string[])["control"]));
    }

    private static IEnumerable<TestCaseData> Misfits()
    {
        static TestCaseData Case(CalibrationParameter parameter, params string[] parts) =>
            new TestCaseData(parameter, parts).SetArgDisplayNames(parts);
        yield return Case(Rate with { Paths = ["effect.nothing"] }, "'effect.nothing'");
        yield return Case(Rate with { Paths = ["population.strata[4].residualSd"] }, "'population.strata[4].residualSd'");
        yield return Case(Rate with { Paths = ["effect"] }, "'effect'");
        yield return Case(Rate with { Paths = ["name"] }, "'name'");
        yield return Case(Rate with { Minimum = 1.5 }, "'rate'", "1.5", "1");
        yield return Case(Rate with { Minimum = 3, Maximum = 2 }, "'rate'");
    }

    [TestCaseSource(nameof(Misfits))]
    public void Fit_BadParameter_NamesIt(CalibrationParameter parameter, string[] parts)
    {
        ArgumentException? exception = Assert.Catch<ArgumentException>(() => Calibrator.Fit(Line(-9, 0.6, -6, 0.9), [parameter]));
        Assert.That(parts, Is.All.Matches<string>(exception!.Message.Contains));
    }

    [Test]
    public void Fit_UnknownTarget_NamesIt() => Assert.That(
        () => Calibrator.Fit(Line(-9, 0.6, -6, 0.9), [Rate], targets: ["contrl"]),
        Throws.ArgumentException.With.Message.Contains("'contrl'"));

    // The committed fit, run again; sums of logarithms may differ between processors in the last digits.
    [Test]
    [Category("Calibration")]
    public async Task CommittedFit_RunAgain_IsTheSame()
    {
        string folder = Path.Combine(SourceTree.Root, "calibrations");
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "valor-ole.fit.json")));
        ToolRun run = await ToolRun.Of(
            "calibrate",
            "valor-ole",
            "--parameters",
            Path.Combine(folder, "valor-ole.parameters.json"),
            "--replicates",
            expected.RootElement.GetProperty("replicates").GetRawText(),
            "--seed",
            expected.RootElement.GetProperty("seed").GetRawText(),
            "--format",
            "json");
        using JsonDocument actual = JsonDocument.Parse(run.Output);
        double[] Numbers(JsonDocument document, string list, string property) =>
            [.. document.RootElement.GetProperty(list).EnumerateArray().Select(e => e.GetProperty(property).GetDouble())];
        Assert.That(run.ExitCode, Is.Zero, "every target is inside its tolerance");
        Assert.That(Numbers(actual, "parameters", "value"), Is.EqualTo(Numbers(expected, "parameters", "value")).Within(1e-6).Percent);
        Assert.That(
            Numbers(actual, "parameters", "standardError"), Is.EqualTo(Numbers(expected, "parameters", "standardError")).Within(1e-4).Percent);
        Assert.That(Numbers(actual, "targets", "simulated"), Is.EqualTo(Numbers(expected, "targets", "simulated")).Within(1e-6).Percent);
    }

    [TestCase("""{"parameters":[]}""", "at least one")]
    [TestCase("""{"parameters":[{"name":"a","paths":["effect.maxReduction"],"minimum":0.4}]}""", "$.parameters[0].maximum")]
    [TestCase("""{"parameters":[{"name":"a","paths":["effect.maxreduction"],"minimum":0.4,"maximum":1}]}""", "'effect.maxreduction'")]
    [TestCase("""{"parameters":[{"name":"a","paths":["effect.maxReduction"],"minimum":0.4,"maximum":1}],"limits":[{"target":"fast","minimum":0,"maximum":1}]}""", "no target 'fast'")]
    [TestCase("""{"parameters":[{"name":"a","paths":["effect.maxReduction"],"minimum":0.4,"maximum":1}],"limits":[{"target":"fast, SD of the change at week 28","minimum":9,"maximum":10}]}""", "must hold the published value, 8.5")]
    public async Task Calibrate_BadFile_SaysWhere(string json, string part)
    {
        using var folder = new TemporaryFolder();
        string line = await ToolRun.RefusalOf("calibrate", "valor", "--parameters", folder.Write("p.json", json));
        Assert.That(line, Does.Contain(part));
    }

    // Two targets that one parameter cannot meet: the fit is the mean weighted by one over the tolerance squared.
    [Test]
    public void Fit_NarrowerLimits_WeighMore()
    {
        Preset preset = Line(-6, 1, -6, 1) with { Scenario = Line(-6, 1, -6, 1).Scenario with { Effect = new NoEffect() } };
        preset = preset with { Targets = [preset.Targets[0], preset.Targets[1] with { Published = -9, Minimum = -10, Maximum = -8 }] };
        var plan = new CalibrationPlan
        {
            Parameters = [Rate],
            Limits = [new TargetLimits { Target = "active", Minimum = -9.5, Maximum = -8.5 }],
        };
        double Change(Preset fitted) =>
            Calibrator.Fit(fitted, plan.Parameters, new CalibrationOptions { Replicates = 20 }).Targets[0].Simulated.Value;

        Assert.That(Change(preset), Is.EqualTo(-7.5).Within(0.01));
        Assert.That(Change(plan.ApplyTo(preset)), Is.EqualTo((-6 - (4 * 9)) / 5.0).Within(0.01));
    }

    private static Preset Line(double control, double controlTolerance, double active, double activeTolerance)
    {
        CalibrationTarget Target(string name, int arm, double published, double tolerance) => new()
        {
            Name = name,
            Kind = TargetKind.Function,
            Published = published,
            Minimum = published - tolerance,
            Maximum = published + tolerance,
            Citation = "a test's own",
            Simulated = courses => new MonteCarloValue(courses.LatentChange(arm, 28).Mean, courses.LatentChange(arm, 28).MonteCarloError),
        };
        return new Preset
        {
            Scenario = new Scenario
            {
                Name = "line",
                Population = new PopulationModel
                {
                    Strata =
                    [
                        new Stratum
                        {
                            Name = "all",
                            Weight = 1,
                            BaselineScoreMean = 40,
                            BaselineScoreSd = 1,
                            DeclineRate = new NormalRate { Mean = 1, Sd = 0 },
                            ResidualSd = 1,
                        },
                    ],
                },
                Trajectory = new LinearDecline(),
                Effect = new SlopeReduction { MaxReduction = 0.8 },
                Design = new ParallelGroup { Participants = 40, VisitWeeks = [0, 28] },
            },
            Sources = [new ParameterSource { Path = "population", Kind = SourceKind.Assumption, Citation = "a test's own" }],
            Targets = [Target("control", 0, control, controlTolerance), Target("active", 1, active, activeTolerance)],
            TargetVisitWeeks = [0, 28],
        };
    }
}
