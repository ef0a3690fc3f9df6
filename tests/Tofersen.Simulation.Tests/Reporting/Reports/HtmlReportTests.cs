using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Reporting.Reports;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.MonteCarlo;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting.Reports;

/// <summary>What the report says, and that it is HTML.</summary>
public sealed class HtmlReportTests
{
    private static readonly Lazy<string> HostileHtml = new(() => HtmlReport.ToHtml(ReportedResult.Hostile));
    private static readonly Lazy<ReportPage> HostilePage = new(() => new ReportPage(HostileHtml.Value));

    private static IEnumerable<string> PresetNames => Presets.All.Select(p => p.Name);

    private static ReportPage Page => HostilePage.Value;

    [Test]
    public void ToHtml_SameResult_GivesTheSameBytes() =>
        Assert.That(HtmlReport.ToHtml(ReportedResult.Hostile), Is.EqualTo(HostileHtml.Value));

    [Test]
    public void ToHtml_ResultFromDisk_GivesTheSameBytes()
    {
        using var files = new TemporaryFolder();
        ResultFile.TryWrite(ReportedResult.Hostile, files.At("result.study"));

        Assert.That(HtmlReport.ToHtml(ResultFile.Read(files.At("result.study"))), Is.EqualTo(HostileHtml.Value));
    }

    [Test]
    public void ToHtml_HostileTexts_AreTexts()
    {
        Assert.That(Page.All("script").Concat(Page.All("img")).Concat(Page.All("b")).Concat(Page.All("i")), Is.Empty);
        Assert.That(Page.All("h1").Single().Value, Is.EqualTo(ReportedResult.HostileName));
        Assert.That(Page.Rows("power").Select(r => r[0]), Has.Member(ReportedResult.HostileAnalysis));
        Assert.That(Page.All("p").Select(p => p.Value), Has.Member("A \"quoted\" & <b>bold</b> 'text'\uFFFD\uFFFD"));
    }

    [Test]
    public void ToHtml_Attributes_NeedNothingFromElsewhereAndRunNothing()
    {
        Assert.That(Page.Values("src").Concat(Page.Values("srcset")).Concat(Page.Values("action")), Is.Empty);
        Assert.That(Page.Values("href"), Is.All.StartsWith("#"));
        Assert.That(HostileHtml.Value, Does.Not.Match(@"url\((?!#)").And.Not.Contain("@import").And.Not.Contain("javascript:"));
        Assert.That(Page.All("meta").Select(m => (string?)m.Attribute("content")), Has.Some.StartsWith("default-src 'none'"));
    }

    [Test]
    public void ToHtml_Page_HasLanguageLandmarksAndASkipLinkThatLeadsSomewhere()
    {
        Assert.That(Page.Language, Is.EqualTo("en-GB"));
        foreach (string landmark in (string[])["header", "nav", "main", "footer", "title"])
        {
            Assert.That(Page.All("body").Single().Elements(landmark).Count() + Page.All("head").Single().Elements(landmark).Count(), Is.EqualTo(1), landmark);
        }

        foreach (string target in Page.Values("href"))
        {
            Assert.That(() => Page.ById(target[1..]), Throws.Nothing, target);
        }
    }

    [Test]
    public void ToHtml_Identifiers_AreUniqueAndThoseReferredToExist()
    {
        string[] ids = [.. Page.Values("id")];

        Assert.That(ids, Is.Unique);
        Assert.That(Page.Values("aria-labelledby").SelectMany(v => v.Split(' ')), Is.SubsetOf(ids));
    }

    [Test]
    public void ToHtml_Headings_BeginWithOneH1AndSkipNoLevel()
    {
        int[] levels = [.. Page.All("body").Single().Descendants().Select(e => e.Name.LocalName)
            .Where(n => n is "h1" or "h2" or "h3" or "h4").Select(n => n[1] - '0')];

        Assert.That(levels[0], Is.EqualTo(1));
        Assert.That(levels.Count(l => l == 1), Is.EqualTo(1));
        Assert.That(levels.Zip(levels.Skip(1), (above, below) => below - above), Is.All.LessThanOrEqualTo(1));
    }

    [Test]
    public void ToHtml_Tables_HaveCaptionsAndHeadersWithScopes()
    {
        foreach (XElement table in Page.All("table"))
        {
            Assert.That(table.Element("caption")!.Value, Is.Not.Empty);
            Assert.That(table.Element("thead")!.Descendants("th").Select(h => (string?)h.Attribute("scope")), Is.All.EqualTo("col"));
            Assert.That(table.Element("tbody")!.Elements("tr").Select(r => (string?)r.Element("th")!.Attribute("scope")), Is.All.EqualTo("row"));
        }
    }

    [Test]
    public void ToHtml_AnyResult_SaysThatTheDataAreSimulated() =>
        Assert.That(Page.All("header").Single().Value, Does.Contain("Simulated data").And.Contain("no evidence about a medicine"));

    [Test]
    public void ToHtml_OperatingCharacteristics_AreThoseOfTheResult()
    {
        PowerResult result = ReportedResult.Hostile;
        OperatingCharacteristics analysis = result.Analyses[1];

        string[] power = Page.Row("power", "week 52");
        string[] estimates = Page.Row("estimates", "week 52");

        Assert.That(power[1], Is.EqualTo(FormattableString.Invariant($"{analysis.Power:F4} ± {analysis.MonteCarloError:F4}")));
        Assert.That(Page.Section("summary").Value, Does.Contain($"week 52: {power[1]}"));
        Assert.That(power[2], Is.EqualTo(FormattableString.Invariant($"{analysis.Lower:F4} to {analysis.Upper:F4}")));
        Assert.That(estimates[^1], Is.EqualTo(FormattableString.Invariant($"{analysis.Coverage:F4}")));
    }

    [Test]
    public void ToHtml_AnalysisThatAlwaysFails_IsInTheSummaryTheLedgerAndTheBounds()
    {
        Assert.That(Page.Row("ledger", "never"), Is.EqualTo((string[])["never", "60", "0", "60", "60", "0", "0"]));
        Assert.That(Page.Row("power", "never")[3], Is.EqualTo("0.0000 to 1.0000"));
        Assert.That(Page.Section("summary").Value, Does.Contain("failed in 60 of 60 trials"));
    }

    [Test]
    public void ToHtml_ChangedScenario_NamesWhatHasNoSource()
    {
        Assert.That(Page.Row("changes", "effect.maxReduction"), Is.EqualTo((string[])["effect.maxReduction", "0.8", "0.5"]));
        Assert.That(Page.Row("changes", "design.participants"), Is.EqualTo((string[])["design.participants", "108", "60"]));
        Assert.That(Page.Row("changes", "design.enrolment.weeks"), Is.EqualTo((string[])["design.enrolment.weeks", "–", "104"]));
        Assert.That(Page.Rows("sources-effect").Select(r => r[0]), Has.No.Member("effect.maxReduction").And.Member("effect.lagWeeks"));
        Assert.That(Page.Rows("changes").Select(r => r[0]), Has.None.Contain("Name"));
    }

    // The preset's events are death, ventilation, withdrawal for progression and, fourth, other withdrawal at a constant 0.0019 a week.
    [Test]
    public void ToHtml_EventsInAnotherOrder_AreComparedByWhatTheyAre()
    {
        ReportPage page = PageOf(
            """
            { "version": 1, "base": "valor", "observation": { "events": [
              { "type": "constant", "kind": "otherWithdrawal", "perWeek": 0.006 },
              { "type": "constant", "kind": "death", "perWeek": 0.001 } ] } }
            """);

        Assert.That(page.Rows("changes").Take(2), Is.EqualTo((string[][])
        [
            ["observation.events[].perWeek (otherWithdrawal)", "0.0019", "0.006"],
            ["observation.events[] (death)", "not in the preset", "constant, kind death, perWeek 0.001"],
        ]));
        Assert.That(page.Rows("changes").Skip(2).Select(r => (r[0], r[2])), Is.EqualTo(((string, string)[])
        [
            ("observation.events[] (death)", "left out"),
            ("observation.events[] (permanentVentilation)", "left out"),
            ("observation.events[] (withdrawalForProgression)", "left out"),
        ]));
    }

    // The same two strata, the slow one first: nothing has changed but the order, and each has its own sources.
    [Test]
    public void ToHtml_StrataInAnotherOrder_KeepTheirSources()
    {
        JsonObject turned = JsonNode.Parse(ScenarioJson.Write(Valor.Preset.Scenario))!.AsObject();
        JsonArray strata = turned["population"]!["strata"]!.AsArray();
        JsonNode fast = strata[0]!;
        strata.RemoveAt(0);
        strata.Add(fast);

        ReportPage page = PageOf(turned.ToJsonString());

        Assert.That(page.Section("assumptions").Value, Does.Contain("All numbers of the model and the design are those of the preset 'valor'."));
        Assert.That(page.Rows("sources-population").Select(r => r[1]), Has.Member("60").And.Member("48"));
    }

    private static ReportPage PageOf(string json)
    {
        Scenario scenario = Presets.ReadScenario(json);
        PowerResult run = PowerAnalysis.Run(
            scenario with { Analyses = [] }, options: new RunOptions { Replicates = 2, TrueValues = false, CollectCourses = false });
        return new ReportPage(HtmlReport.ToHtml(run with { Scenario = scenario }, new HtmlReportOptions { Figures = [] }));
    }

    // What the format adds by itself is not told, nor are lists that are empty.
    [Test]
    public void ToHtml_Analyses_AreToldByWhatIsNotTheDefault()
    {
        ReportPage page = PageOf(
            """
            { "version": 1, "base": "valor", "analyses": [
              { "method": "jointRank", "name": "plain", "week": 28 },
              { "method": "jointRank", "name": "odds", "week": 28, "test": "winOdds", "winVariance": "underNull" },
              { "method": "compareArms", "name": "wrapped", "active": "Tofersen", "analysis": { "method": "ancova", "week": 20, "covariates": ["baseline"] } } ] }
            """);

        Assert.That(page.Row("analyses", "plain")[^1], Does.Contain("week: 28").And.Not.Contain("winVariance").And.Not.Contain("incomplete"));
        Assert.That(page.Row("analyses", "odds")[^1], Does.Contain("test: winOdds").And.Contain("winVariance: underNull").And.Not.Contain("incomplete"));
        Assert.That(page.Row("analyses", "wrapped")[^1], Does.Contain("ancova").And.Contain("week 20").And.Contain("covariates baseline").And.Not.Contain("variance"));
    }

    [Test]
    public void ToHtml_LimitsThatAreNone_AreCalledSo()
    {
        ReportPage page = PageOf(
            """
            { "version": 1, "base": "valor", "endpoints": [
              { "type": "function", "name": "walk", "unit": "m", "residualSd": 20, "strata": [{ "lossPerMonth": 4, "baselineMean": 300 }] } ] }
            """);

        Assert.That(page.Rows("changes").Select(r => r[2]), Has.None.Contain("1000000"));
    }

    [TestCase(0.90, "hold the true value less often than they claim")]
    [TestCase(0.99, "hold the true value more often than they claim")]
    public void ToHtml_CoverageThatIsOff_SaysInWhichDirection(double coverage, string expected)
    {
        Scenario quick = Presets.ReadScenario(ToolRun.QuickScenario);
        PowerResult run = PowerAnalysis.Run(quick, options: new RunOptions { Replicates = 10, TrueValues = false, CollectCourses = false });
        PowerResult result = run with { Analyses = [run.Analyses[0] with { Coverage = coverage, Analysed = 10_000 }] };

        Assert.That(new ReportPage(HtmlReport.ToHtml(result, new HtmlReportOptions { Figures = [] })).Section("summary").Value, Does.Contain(expected));
    }

    [TestCaseSource(nameof(PresetNames))]
    public void ToHtml_PresetAsItIs_GivesEverySourceAndNoChange(string name)
    {
        Preset preset = Presets.Find(name)!;
        RunOptions options = new() { Replicates = 2, TrueValues = false, CollectCourses = false };
        Scenario scenario = preset.Scenario with { Analyses = [], Sequential = null };
        PowerResult result = PowerAnalysis.Run(scenario, options: options) with { Scenario = preset.Scenario };

        var page = new ReportPage(HtmlReport.ToHtml(result, new HtmlReportOptions { Figures = [] }));

        XElement section = page.Section("assumptions");
        Assert.That(section.Value, Does.Contain($"All numbers of the model and the design are those of the preset '{preset.Name}'."));
        string[] citations = [.. section.Descendants("tbody").Elements("tr").Select(r => r.Elements().Last().Value)];
        Assert.That(preset.Sources.Select(s => s.Citation).Distinct(), Is.SubsetOf(citations));
        Assert.That(citations.Distinct(), Is.SubsetOf(preset.Sources.Select(s => s.Citation).Distinct()));
    }

    [Test]
    public void ToHtml_LookOfTheScenario_IsDescribed()
    {
        string[] look = Page.Row("look-boundaries", "1");

        Assert.That(look[1], Does.Contain("end of the placebo-controlled period"));
        Assert.That(look[3], Is.EqualTo("0.600"));
        Assert.That(Page.Row("look-boundaries", "end")[2], Is.EqualTo("week 52"));
    }

    [Test]
    public void ToHtml_Design_IsTold()
    {
        string design = Page.Section("design").Value;

        Assert.That(design, Does.Contain("2:1 active to control, in permuted blocks of 6 within strata").And.Contain("Evenly over 104 weeks"));
        Assert.That(Page.Row("arms", "<i>early</i>")[1], Is.EqualTo("From week 0 on"));
        Assert.That(Page.Row("arms", "Delayed start")[1], Is.EqualTo("From week 28 on"));
    }

    [Test]
    public void ToHtml_ChangedScenario_GivesItsTextTheHashOfThatTextAndACommandThatReadsIt()
    {
        string scenario = ScenarioJson.Write(ReportedResult.Hostile.Scenario);
        XElement section = Page.Section("reproduction");

        Assert.That(section.Value, Does.Contain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scenario)))));
        Assert.That(section.Value, Does.Contain("tofersen-sim power scenario.json --replicates 60 --seed 701"));
        Assert.That(section.Element("details")!.Element("pre")!.Value, Is.EqualTo(scenario));
        Assert.That(section.Value, Does.Contain(StudyPlan.Version));
    }

    [Test]
    public void ToHtml_Today_IsNotOnThePage() =>
        Assert.That(HostileHtml.Value, Does.Not.Contain(Environment.MachineName + " ").And.Not.Match($@"\b{TimeProvider.System.GetUtcNow().Year}-\d\d-\d\d"));

    [Test]
    public void ToHtml_ModelOfOnesOwn_IsReportedWithoutItsJson()
    {
        Scenario own = Presets.Find("valor")!.Scenario with { Analyses = [new FunctionAnalysis(data => AnalysisResult.NotEstimable(data.Participants)) { Name = "own" }] };
        PowerResult result = PowerAnalysis.Run(own, options: new RunOptions { Replicates = 3, TrueValues = false });

        var page = new ReportPage(HtmlReport.ToHtml(result));

        Assert.That(page.Row("analyses", "own")[1], Is.EqualTo(nameof(FunctionAnalysis)));
        Assert.That(page.Section("reproduction").Value, Does.Contain("a model of the user's own"));
        Assert.That(page.Section("assumptions").Value, Does.Contain("a model of the user's own"));
    }

    [Test]
    public void ToHtml_PrecisionAskedFor_IsToldAndTheCommandHasTheNumberOfTrials()
    {
        Scenario quick = Presets.ReadScenario(ToolRun.QuickScenario);
        PowerResult result = PowerAnalysis.Run(quick, options: new RunOptions { Replicates = 50_000, Precision = 0.016, TrueValues = false, CollectCourses = false });

        string text = HtmlReport.ToHtml(result, new HtmlReportOptions { Figures = [] });

        Assert.That(text, Does.Contain("at most 0.016"));
        Assert.That(text, Does.Contain(FormattableString.Invariant($"--replicates {result.Replicates} --seed 1")));
    }

    [Test]
    public void ToHtml_ChecksAndSweeps_AreSections()
    {
        Scenario quick = Presets.ReadScenario(ToolRun.QuickScenario);
        var options = new RunOptions { Replicates = 20, TrueValues = false };
        PowerResult result = PowerAnalysis.Run(quick, options: options);
        SweepResult grid = Sweep.Run(quick, new Sweep { Axes = [SweepAxis.Of("effect.maxReduction", 0.2, 0.8)] }, options);
        SweepResult tornado = Sweep.Run(quick, new Sweep { Axes = grid.Sweep.Axes, Layout = SweepLayout.OneAtATime }, options);
        Preset valor = Presets.Find("valor")!;

        var page = new ReportPage(HtmlReport.ToHtml(
            result, new HtmlReportOptions { Checks = valor.Check(options: options), Sweeps = [grid, tornado] }));

        Assert.That(page.Rows("targets").Count(), Is.EqualTo(valor.Targets.Count));
        Assert.That(page.Rows("sweep-1-1").Select(r => r[0]), Has.Member("effect.maxReduction = 0.2"));
        Assert.That(page.Rows("sweep-2-1-tornado").Select(r => r[0]), Is.EqualTo((string[])["effect.maxReduction"]));
        Assert.That(page.Values("id"), Is.Unique);
    }

    [Test]
    public void Figures_OfTheResult_AreDrawnIntoThePage()
    {
        string[] names = [.. ResultFigures.Of(ReportedResult.Hostile).Select(f => f.Title)];

        Assert.That(Page.All("figure").Select(f => (string?)f.Attribute("aria-label")), Is.EqualTo(names));
        Assert.That(Page.All("svg").Count(), Is.EqualTo(names.Length));
        Assert.That(Regex.Count(HostileHtml.Value, "<desc "), Is.EqualTo(names.Length));
    }

    [Test]
    public void Renderer_OfSomethingElseThanSvg_IsRefused() =>
        Assert.That(() => new HtmlReportOptions { Renderer = new PixelRenderer() }, Throws.ArgumentException);

    private sealed class PixelRenderer : IFigureRenderer
    {
        public string MediaType => "image/png";

        public string FileExtension => ".png";

        public void Render(Figure figure, TextWriter output, string? idPrefix = null) => throw new NotSupportedException();
    }
}
