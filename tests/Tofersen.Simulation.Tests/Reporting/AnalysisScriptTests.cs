using System.Diagnostics;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Scripts;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>The programs in R and SAS that go with a trial's files.</summary>
public sealed class AnalysisScriptTests
{
    private static readonly string[] Mixed = ["mmrm", "random-slope"];

    private static IEnumerable<TestCaseData> Scenarios => new[]
    {
        Everything("Delayed start", "fast"),
        Quick(Everything("=früh \"A\"\\n 試験 & %b", "'s\nt")),
        PhaseOneTwo.Preset.Scenario,
        Atlas.Preset.Scenario,
        GeneralAls.Preset.Scenario,
    }.Select((s, i) => new TestCaseData(s).SetArgDisplayNames($"{i} {s.Name}"));

    // R's numbers beside ours, from the same files. Closed forms and Newton's method agree to rounding; nlme stops at a relative tolerance, and its
    // degrees of freedom are others, so that of mixed models estimates and standard errors are compared to a thousandth of the standard error.
    [TestCaseSource(nameof(Scenarios))]
    [Category("Reference")]
    public void RScript_RunOnATrial_FindsWhatOurAnalysesFind(Scenario scenario)
    {
        if (!Requirements.HasPrograms("Rscript"))
        {
            Requirements.Missing("R with nlme and survival: install r-base-core, r-cran-nlme and r-cran-survival");
        }

        using var folder = new TemporaryFolder();
        TrialData data = new TrialSimulator(scenario).Simulate(20_261_123, 0);
        TrialDataSets.Write(data, scenario.Name, folder.FullName);
        AnalysisScripts.Write(scenario, data, folder.FullName);
        string messages = RunR(folder.At("read-and-analyse.R"), folder.At("results.csv"));
        var rows = CsvFile.Read(folder.FullName, "results.csv").Rows.ToDictionary(r => r["ANALYSIS"]);

        Assert.That(rows, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in scenario.Analyses)
            {
                if (!rows.TryGetValue(analysis.Name, out CsvFileRow? row))
                {
                    Assert.That(messages, Does.Contain($"Not rerun here: {analysis.Name} ("));
                    continue;
                }

                AnalysisResult ours = analysis.CreateWorker(data.Layout).Run(data);
                bool isMixed = Mixed.Any(m => analysis.Name.Contains(m, StringComparison.Ordinal));
                double tolerance = isMixed ? 1e-3 : 1e-8;
                Assert.That(ours.IsUsable, Is.True, analysis.Name);
                Assert.That(row.Number("ESTIMATE"), Is.EqualTo(ours.Estimate).Within(tolerance * ours.StandardError), analysis.Name);
                Assert.That(row.Number("SE"), Is.EqualTo(ours.StandardError).Within(tolerance * ours.StandardError), analysis.Name);
                double statistic = IsLogHazard(analysis) ? -ours.Statistic : ours.Statistic;
                Assert.That(row.Number("STATISTIC"), Is.EqualTo(statistic).Within(2 * tolerance * (1 + Math.Abs(statistic))), analysis.Name);
                Assert.That(row.Number("STATISTIC") * row.Number("ESTIMATE"), Is.Not.Negative, analysis.Name);
                if (!isMixed)
                {
                    Assert.That(row.Number("P"), Is.EqualTo(ours.PValue).Within(1e-7), analysis.Name);
                }
            }
        }
    }

    // R's coxph gives a log hazard ratio a z of its own sign; our statistics say in whose favour they are.
    private static bool IsLogHazard(IAnalysis analysis) => analysis switch
    {
        LogRank or CoxRegression => true,
        ArmComparison c => IsLogHazard(c.Analysis),
        EndpointAnalysis e => IsLogHazard(e.Analysis),
        _ => false,
    };

    [Test]
    public void SasScript_AnyTrial_ReadsEveryColumnWithItsLabelAndSaysThatItNeverRan()
    {
        using var folder = new TemporaryFolder();
        Scenario scenario = ItemScenarios.Rich;
        TrialData data = new TrialSimulator(scenario).Simulate(1, 0);
        TrialDataSets.Write(data, scenario.Name, folder.FullName);
        AnalysisScripts.Write(scenario, data, folder.FullName);
        string program = File.ReadAllText(folder.At("read-and-analyse.sas"));

        Assert.That(program, Does.Contain("has never been run"));
        foreach (CsvFileRow variable in CsvFile.Read(folder.FullName, "dictionary.csv").Rows)
        {
            string length = (variable["TYPE"] == "text" ? "$" : "") + variable["LENGTH"];
            string step = program[program.IndexOf($"data {variable["DATASET"]} ", StringComparison.Ordinal)..];
            Assert.That(step[..step.IndexOf("run;", StringComparison.Ordinal)], Does.Contain($"attrib {variable["VARIABLE"]} length={length} label='{variable["LABEL"]}';"));
        }
    }

    // PROC REG makes a slope of 0 from one visit, and PHREG stops at a text that is not a class.
    [Test]
    public void SasScript_SlopesAndCox_CountVisitsAndNameClasses()
    {
        using var folder = new TemporaryFolder();
        Scenario scenario = Presets.Find("phase-1-2")!.Scenario with
        {
            Analyses =
            [
                new ArmComparison { Active = "100 mg", Analysis = new SlopeAnalysis { Name = "slopes", ThroughWeek = 12, MinimumVisits = 3 } },
                new ArmComparison { Active = "100 mg", Analysis = new CoxRegression { Name = "cox", Covariates = ["cohort", "baseline"] } },
            ],
        };
        AnalysisScripts.Write(scenario, new TrialSimulator(scenario).Simulate(1, 0), folder.FullName);
        string program = File.ReadAllText(folder.At("read-and-analyse.sas"));

        Assert.That(program, Does.Contain("count(distinct MONTH) as VISITS").And.Contain("if VISITS >= 3;"));
        Assert.That(program, Does.Contain("class ARM (ref='Placebo') COHORT / param=ref;"));
    }

    [Test]
    public void Write_OwnAnalysis_IsNamedAsNotRerun()
    {
        using var folder = new TemporaryFolder();
        Scenario scenario = TestScenarios.Bare with { Analyses = [new EventProportion { Name = "deaths", ThroughWeek = 28 }] };
        AnalysisScripts.Write(scenario, new TrialSimulator(scenario).Simulate(1, 0), folder.FullName);

        Assert.That(File.ReadAllText(folder.At("read-and-analyse.R")), Does.Contain("not_rerun(\"deaths\", \"EventProportion\")"));
        Assert.That(File.ReadAllText(folder.At("read-and-analyse.sas")), Does.Contain("title 'deaths';\n%put NOTE:"));
    }

    private static Scenario Everything(string control, string stratum)
    {
        Scenario scenario = ReportedTrial.Scenario;
        var population = (PopulationModel)scenario.Population;
        string[] all = [Covariates.Baseline, Covariates.Stratum, Covariates.Male, Covariates.LogNeurofilamentLight];
        return scenario with
        {
            Name = "everything",
            Population = population with { Strata = [population.Strata[0] with { Name = stratum }, population.Strata[1]] },
            Design = (DelayedStart)scenario.Design with { Participants = 100, DelayedName = control },
            Analyses =
            [
                new Ancova { Week = 28, Covariates = [.. all] },
                new Ancova { Name = "score in one stratum", Week = 52, Response = AncovaResponse.Score, Strata = [stratum], Covariates = [.. all] },
                new Mmrm { Week = 12, ThroughWeek = 20, Covariates = [Covariates.Stratum, "baseline*visit"] },
                new Mmrm { Name = "mmrm ar1", Week = 16, Covariance = CovarianceStructure.HeterogeneousAr1, Estimation = LikelihoodEstimation.Ml },
                new Mmrm { Name = "mmrm cs", Week = 16, Covariance = CovarianceStructure.CompoundSymmetry, Covariates = [Covariates.Age] },
                new RandomSlopeModel { ThroughWeek = 28 },
                new RandomSlopeModel { Name = "random-slope own", ThroughWeek = 52, CommonBaseline = false, Covariates = ["stratum*time", Covariates.Age] },
                new RandomSlopeModel { Name = "random-slope ml", ThroughWeek = 52, Estimation = LikelihoodEstimation.Ml },
                new SlopeAnalysis { Name = "slopes", ThroughWeek = 28, MinimumVisits = 4, Covariates = [Covariates.Stratum] },
                .. Enum.GetValues<IncompleteFollowUp>().Select(rule => new JointRank { Name = $"joint rank {rule}", Week = 28, Incomplete = rule, Covariates = [.. all] }),
                new JointRank { Name = "joint rank z", Week = 52, Test = JointRankTest.Unadjusted, PermanentVentilationIsDeath = false },
                new LogRank { Name = "log-rank" },
                new LogRank { Name = "log-rank stratified", ThroughWeek = 28, StratifyBy = [Covariates.Stratum] },
                new CoxRegression { Name = "cox", Covariates = [.. all] },
                new CoxRegression { Name = "cox breslow", ThroughWeek = 40, Ties = TieHandling.Breslow, StratifyBy = [Covariates.Stratum], Covariates = [Covariates.Age] },
                new EndpointAnalysis { Endpoint = "nfl", Analysis = new Ancova { Week = 28, Covariates = [.. all] } },
                new EndpointAnalysis { Endpoint = "svc", Analysis = new SlopeAnalysis { ThroughWeek = 28 } },
                new EventProportion { Name = "deaths", ThroughWeek = 28 },
            ],
        };
    }

    private static Scenario Quick(Scenario scenario) => scenario with
    {
        Name = "awkward names",
        Analyses = [.. scenario.Analyses.Where(a => a is Ancova or LogRank or CoxRegression)],
    };

    private static string RunR(string script, string results)
    {
        var start = new ProcessStartInfo("Rscript", ["--vanilla", script, results]) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The program means the same in every locale.
        start.Environment["LC_ALL"] = "C";
        using Process r = Process.Start(start)!;
        Task<string> errors = r.StandardError.ReadToEndAsync();
        string output = r.StandardOutput.ReadToEnd();
        r.WaitForExit();
        Assert.That(r.ExitCode, Is.Zero, errors.Result);
        return output + errors.Result;
    }
}
