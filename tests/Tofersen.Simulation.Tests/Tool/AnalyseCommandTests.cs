using System.Globalization;
using System.Text.Json;
using Tofersen.Simulation.Tests.Conventions;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class AnalyseCommandTests
{
    private const string Ancova = """{"method":"ancova","response":"CHG","arm":"ARM","control":"Placebo","covariates":["BASE","SEX"]}""";

    private const string Mmrm = """
        {"method":"mmrm","response":"CHG","participant":"USUBJID","visit":"AVISIT","arm":"ARM","control":"Placebo",
         "covariates":["BASE*AVISIT","SEX"],"covariance":"unstructured","degreesOfFreedom":"satterthwaite","estimation":"reml"}
        """;

    private const string DelayedStart = """
        {"method":"delayedStart","response":"CHG","participant":"USUBJID","visit":"AVISIT","arm":"ARM","control":"Placebo",
         "covariates":["BASE*AVISIT","SEX"],"covariance":"unstructured","degreesOfFreedom":"satterthwaite","estimation":"reml",
         "firstVisit":"28","secondVisit":"52","retention":0.5}
        """;

    private const string RandomSlope = """
        {"method":"randomSlope","response":"AVAL","participant":"USUBJID","time":"MONTH","arm":"ARM","control":"Placebo",
         "covariates":[],"commonBaseline":true,"estimation":"reml","degreesOfFreedom":"satterthwaite"}
        """;

    private const string JointRank =
        """{"method":"jointRank","change":"CHG","deathTime":"DTHDY","arm":"ARM","control":"Placebo","covariates":["BASE"]}""";

    private const string LogRank = """
        {"method":"logRank","time":"AVAL","event":"EVENT","arm":"ARM","control":"0","covariates":[],"strata":[],"ties":"efron"}
        """;

    private const string Cox = """
        {"method":"cox","time":"AVAL","event":"EVENT","arm":"ARM","control":"0","covariates":[],"strata":[],"ties":"efron"}
        """;

    private const string Rpsft =
        """{"method":"rpsft","time":"T","event":"E","arm":"ARM","control":"0","treatedFraction":"RX","censoring":"C"}""";

    private static readonly string[] Answer =
    [
        "method", "status", "observations", "participants", "participantColumn", "rows", "excludedRows", "incompleteRows", "confoundedTerm",
        "estimates", "coefficients", "fit",
    ];

    private static readonly string[] Estimate =
        ["name", "visit", "estimate", "standardError", "degreesOfFreedom", "statistic", "pValue", "lower", "upper"];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    private static IEnumerable<TestCaseData> Documented()
    {
        static TestCaseData Case(string json, string data, string[] names, string?[] visits) =>
            new TestCaseData(json, data, names, visits).SetArgDisplayNames(JsonDocument.Parse(json).RootElement.GetProperty("method").GetString()!);
        const string Contrast = "Tofersen - Placebo";
        yield return Case(Ancova, Wide(), [Contrast], [null]);
        yield return Case(Mmrm, Long(), [Contrast, Contrast, Contrast], ["4", "28", "52"]);
        yield return Case(RandomSlope, Long(), [Contrast], [null]);
        yield return Case(
            JointRank,
            Wide(),
            [
                Contrast + ": unadjusted", Contrast + ": ANCOVA of ranks", Contrast + ": win ratio", Contrast + ": win odds",
                Contrast + ": net benefit", Contrast + ": exact permutation",
            ],
            [null, null, null, null, null, null]);
        yield return Case(LogRank, Times(), ["1 - 0"], [null]);
        yield return Case(Cox, Times(), ["1 - 0"], [null]);
        yield return Case(Rpsft, Times(), ["psi"], [null]);
        yield return Case(DelayedStart, Long(), [Contrast, Contrast, Contrast + ": 52 - 0.5 * 28"], ["28", "52", null]);
    }

    [TestCaseSource(nameof(Documented))]
    public async Task Analyse_DocumentedSpecification_AnswersInTheDocumentedForm(string json, string data, string[] names, string?[] visits)
    {
        ToolRun run = (await Analyse(data, json, "--format", "json")).Succeeded();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement answer = document.RootElement;
        JsonElement[] estimates = [.. answer.GetProperty("estimates").EnumerateArray()];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(answer), Is.EqualTo(Answer));
            Assert.That(answer.GetProperty("status").GetString(), Is.EqualTo("converged").Or.EqualTo("boundary"));
            Assert.That(estimates.Select(e => e.GetProperty("name").GetString()), Is.EqualTo(names));
            Assert.That(estimates.Select(e => e.GetProperty("visit").GetString()), Is.EqualTo(visits));
            Assert.That(estimates.Select(e => e.GetProperty("estimate").ValueKind), Is.All.EqualTo(JsonValueKind.Number));
            Assert.That(
                estimates.Concat(answer.GetProperty("coefficients").EnumerateArray()).Select(Names), Is.All.EqualTo(Estimate));
            Assert.That(
                Names(answer.GetProperty("fit")).Take(3),
                Is.EqualTo((string[])["minusTwoLogLikelihood", "covariance", "residualVariance"]));
        }
    }

    [TestCaseSource(nameof(Documented))]
    public async Task Analyse_AsText_NamesEveryEstimate(string json, string data, string[] names, string?[] visits)
    {
        ToolRun run = (await Analyse(data, json)).Succeeded();
        Assert.That(run.Output, Does.Contain(data.StartsWith("USUBJID", StringComparison.Ordinal) ? " participants, " : " rows, each taken for a participant").And.Contain("Estimates").And.Contain("SE"));
        Assert.That(names.Concat(visits.OfType<string>()), Is.All.Matches<string>(run.Output.Contains));
        Assert.That(run.Output, Does.Not.Contain("NaN").And.Not.Contain("\t"));
    }

    // The place and what is valid.
    [TestCase("", "$", "empty")]
    [TestCase("[]", "$", "object")]
    [TestCase("{", "line 1", "not valid JSON")]
    [TestCase("""{"response":"CHG"}""", "$.method", "ancova, mmrm")]
    [TestCase("""{"method":"anova"}""", "$.method", "'ancova'")]
    [TestCase("""{"method":7}""", "$.method", "ancova")]
    [TestCase("""{"method":"ancova"}""", "$.response", "missing")]
    [TestCase("""{"method":"ancova","response":""}""", "$.response", "")]
    [TestCase("""{"method":"ancova","response":"CHG","arm":""}""", "$.arm", "")]
    [TestCase("""{"method":"ancova","response":"CHG","arms":"ARM"}""", "$.arms", "'arm'")]
    [TestCase("""{"method":"ancova","response":"CHG","arm":3}""", "$.arm", "text")]
    [TestCase("""{"method":"ancova","response":"CHG","covariates":"BASE"}""", "$.covariates", "list")]
    [TestCase("""{"method":"ancova","response":"CHG","covariates":[1]}""", "$.covariates[0]", "text")]
    [TestCase("""{"method":"ancova","response":"CHG","alpha":0.7}""", "$.alpha", "0.5")]
    [TestCase("""{"method":"ancova","response":"CHG","where":[{"column":"A"}]}""", "$.where[0].value", "missing")]
    [TestCase("""{"method":"ancova","response":"CHG","where":[{"column":"A","value":"1","values":["2"]}]}""", "$.where[0].values", "beside value")]
    [TestCase("""{"method":"ancova","response":"CHG","where":[{"column":"A","values":[]}]}""", "$.where[0].values", "at least one")]
    [TestCase("""{"method":"ancova","response":"CHG","response":"AVAL"}""", "", "response")]
    [TestCase("""{"method":"mmrm","response":"C","participant":"P","visit":"V","covariance":"un"}""", "$.covariance", "heterogeneousToeplitz")]
    [TestCase("""{"method":"mmrm","response":"C","participant":"P","visit":"V","degreesOfFreedom":"KR"}""", "$.degreesOfFreedom", "kenwardRogerLinear")]
    [TestCase("""{"method":"mmrm","response":"C","participant":"P","visit":"V","estimation":"REML"}""", "$.estimation", "reml")]
    [TestCase("""{"method":"cox","time":"T","event":"E","ties":"exact"}""", "$.ties", "efron, breslow")]
    [TestCase("""{"method":"logRank","time":"T","event":"E","arm":"A","covariates":["X"]}""", "$.covariates", "cox")]
    [TestCase("""{"method":"delayedStart","response":"C","participant":"P","visit":"V","firstVisit":true,"secondVisit":"52"}""", "$.firstVisit", "text")]
    [TestCase("""{"method":"mmrm","arm":"ARM"}""", "$.response", "So are participant, visit")]
    [TestCase("""{"method":"ancova","response":"CHG","covariates":"BASE"}""", "$.covariates", "[\"BASE\"]")]
    [TestCase("""{"method":"ancova","response":"CHG","weights":"BASE"}""", "$.weights", "alpha, where, response, covariates")]
    public async Task Analyse_BadSpecification_SaysWhereAndWhatIsValid(string json, string place, string valid)
    {
        string line = await RefusalOf(Wide(), json);
        Assert.That(line, Does.Contain("spec.json").And.Contain(place).And.Contain(valid));
    }

    private static IEnumerable<TestCaseData> BadData()
    {
        static TestCaseData Case(string name, string data, string json, params string[] contents) =>
            new TestCaseData(data, json, contents).SetArgDisplayNames(name);
        static string Edit(string json, string what, string with) => json.Contains(what, StringComparison.Ordinal)
            ? json.Replace(what, with, StringComparison.Ordinal)
            : throw new ArgumentException(what);
        yield return Case("empty file", "", Ancova, "is empty");
        yield return Case("short row", Wide() + "x,Placebo\n", Ancova, "line 38");
        yield return Case("missing response", Wide(), Edit(Ancova, "CHG", "chg"), "'chg'", "CHG");
        yield return Case("missing covariate", Wide(), Edit(Ancova, "SEX", "SEXX"), "'SEXX'");
        yield return Case("missing arm", Wide(), Edit(Ancova, "\"ARM\"", "\"TRT\""), "'TRT'");
        yield return Case("text response", Wide() + "x,Placebo,30,F,n.d.,,1,61\n", Ancova, "'CHG'", "'n.d.'", "row 37");
        yield return Case("row number after where",
            Wide() + "x,Placebo,30,Q,12,-3,1,61\ny,Tofersen,30,Q,12,4,2,61\n",
            Edit(JointRank, "\"covariates\"", "\"where\":[{\"column\":\"SEX\",\"value\":\"Q\"}],\"covariates\""), "'DTHDY'", "-3", "row 37");
        yield return Case("no such control", Wide(), Edit(Ancova, "Placebo", "placebo"), "'placebo'", "Placebo, Tofersen");
        yield return Case("one arm", Wide().Replace("Tofersen", "Placebo", StringComparison.Ordinal), Ancova, "'ARM'", "one arm");
        yield return Case("one arm after where", Wide(), Edit(Ancova, "\"arm\"", "\"where\":[{\"column\":\"ARM\",\"value\":\"Placebo\"}],\"arm\""), "one arm");
        yield return Case("where never", Wide(), Edit(Ancova, "\"arm\"", "\"where\":[{\"column\":\"SEX\",\"value\":\"X\"}],\"arm\""), "'SEX'", "'X'");
        yield return Case("where of no column", Wide(), Edit(Ancova, "\"arm\"", "\"where\":[{\"column\":\"sex\",\"value\":\"F\"}],\"arm\""), "'sex'");
        yield return Case("product of itself", Wide(), Edit(Ancova, "\"SEX\"", "\"SEX*SEX\""), "'SEX*SEX'");
        yield return Case("half a product", Wide(), Edit(Ancova, "\"SEX\"", "\"SEX*\""), "'SEX*'");
        yield return Case("arm is response", Wide(), Edit(Ancova, "\"ARM\"", "\"CHG\""), "'CHG'", "response", "arm");
        yield return Case("arm is visit", Long(), Edit(Mmrm, "\"ARM\"", "\"AVISIT\""), "'AVISIT'", "visit", "arm");
        yield return Case("two rows at a visit", Long() + "P3,Placebo,30,F,4,0,30,1\n", Mmrm, "'P3'", "'4'");
        yield return Case("too many visits", Long(), Edit(Mmrm.Replace("*AVISIT", "", StringComparison.Ordinal), "AVISIT\",\"arm", "AVAL\",\"arm"), "'AVAL'", "at most");
        yield return Case("Kenward and Roger with ml", Long(), Edit(Edit(Mmrm, "reml", "ml"), "satterthwaite", "kenwardRoger"), "restricted likelihood", "satterthwaite");
        yield return Case("slope with ml", Long(), Edit(Edit(RandomSlope, "reml", "ml"), "satterthwaite", "kenwardRogerLinear"), "restricted likelihood");
        yield return Case("text time", Long(), Edit(RandomSlope, "MONTH", "SEX"), "'SEX'", "time");
        yield return Case("no such first visit", Long(), Edit(DelayedStart, "\"28\"", "\"27\""), "firstVisit", "'27'", "4, 28, 52");
        yield return Case("no such second visit", Long(), Edit(DelayedStart, "\"52\"", "\"Week 52\""), "secondVisit", "'Week 52'");
        yield return Case("second visit first", Long(), Edit(DelayedStart, "\"52\"", "\"4\""), "secondVisit", "after");
        yield return Case("the same visit twice", Long(), Edit(DelayedStart, "\"52\"", "\"28\""), "secondVisit", "after");
        yield return Case("delayed start without arm", Long(), Edit(DelayedStart, "\"ARM\"", "null"), "delayedStart", "arm");
        yield return Case("event 2", Times() + "1,2,0,0,9,1,2,0\n", Cox, "'EVENT'", "2", "row 41");
        yield return Case("event as text", Times() + "1,yes,0,0,9,1,1,0\n", LogRank, "'EVENT'", "'yes'");
        yield return Case("negative time", Times() + "-1,1,0,0,9,1,1,0\n", LogRank, "'AVAL'", "-1", "at least 0");
        yield return Case("log-rank without arm", Times(), Edit(LogRank, "\"ARM\"", "null"), "arm");
        yield return Case("cox of nothing", Times(), Edit(Cox, "\"ARM\"", "null"), "arm or a covariate");
        yield return Case("fraction above 1", Times() + "1,1,0,1.5,9,1,1,0\n", Rpsft, "'RX'", "1.5");
        yield return Case("censoring before time", Times() + "1,1,0,0,3,4,1,0\n", Rpsft, "'C'", "at least 4");
        yield return Case("negative day of death", Wide() + "x,Placebo,30,F,,-4,1,61\n", JointRank, "'DTHDY'", "-4");
        yield return Case("letter case", Wide(), Edit(Ancova, "CHG", "chg"), "Did you mean 'CHG'?");
        yield return Case("two rows of a participant", Wide() + "P3,Placebo,30,F,2,,1,61\n", Ancova, "'P3'", "4 (line 5) and 37 (line 38)", "where");
        yield return Case("two rows of a participant, ranks", Wide() + "P3,Placebo,30,F,2,,1,61\n", JointRank, "'P3'");
        yield return Case(
            "two rows of a participant, times",
            "USUBJID,AVAL,EVENT,ARM\nA,1,1,0\nB,2,1,1\nA,1,0,0\n",
            LogRank, "'A'", "1 (line 2) and 3 (line 4)");
        yield return Case("two rows of a participant, named", Wide().Replace("USUBJID", "WHO", StringComparison.Ordinal) + "P3,Placebo,30,F,2,,1,61\n", Edit(Ancova, "\"arm\"", "\"participant\":\"WHO\",\"arm\""), "'P3'", "'WHO'", "4 (line 5) and 37 (line 38)");
        yield return Case("two rows of a participant, named, ranks", Wide().Replace("USUBJID", "WHO", StringComparison.Ordinal) + "P3,Placebo,30,F,2,,1,61\n", Edit(JointRank, "\"arm\"", "\"participant\":\"WHO\",\"arm\""), "'P3'", "'WHO'");
        yield return Case("two rows of a participant, named, times", Times() + "1,1,0,0,9,1,1,0\n", Edit(Cox, "\"arm\"", "\"participant\":\"AVAL\",\"arm\""), "'AVAL'", "participant");
        foreach (string name in (string[])["subjid", "Subject ID", "patient_id", "Participant", "Patient"])
        {
            yield return Case($"two rows of a {name}", Wide().Replace("USUBJID", name, StringComparison.Ordinal) + "P3,Placebo,30,F,2,,1,61\n", Ancova, "'P3'", $"'{name}'", "where");
        }

        yield return Case("no such participant", Wide(), Edit(Ancova, "\"arm\"", "\"participant\":\"USUBJD\",\"arm\""), "'USUBJD'", "'USUBJID'");
        yield return Case(
            "number with decimal commas and a slip",
            Wide().Replace(',', ';').Replace(";F;", ",5;F;", StringComparison.Ordinal).Replace(";M;", ",25;M;", StringComparison.Ordinal) + "x;Placebo;k.A.;F;2;;1;61\n",
            Ancova, "'BASE'", "'k.A.'", "row 37 (line 38)", "factor");
        yield return Case("number with a slip and imputation", Long() + "x,Placebo,3O,F,4,1,2,2\n", Edit(Edit(Edit(Mmrm, "mmrm", "ancovaWithImputation"), "\"BASE*AVISIT\",\"SEX\"],\"covariance\":\"unstructured\",\"degreesOfFreedom\":\"satterthwaite\",\"estimation\":\"reml\"", "\"BASE\"],\"atVisit\":\"28\",\"imputation\":{\"predictors\":[]}"), "\"visit\"", "\"visit\""), "'BASE'", "'3O'", "row 109 (line 110)");
        yield return Case("number with a slip", Wide() + "x,Placebo,3O,F,2,,1,61\n", Ancova, "'BASE'", "'3O'");
        yield return Case("ADaM's flag of censorings", Times().Replace("EVENT", "CNSR", StringComparison.Ordinal), Edit(Cox, "EVENT", "CNSR"), "'CNSR'", "'censored'");
        yield return Case("recensoring without times", Times(), Edit(Rpsft, "\"censoring\":\"C\"", "\"recensoring\":\"allArms\""), "'censoring'");
        yield return Case("where excludes all", "ONE,CHG\n1,2\n1,3\n", """{"method":"ancova","response":"CHG","where":[{"column":"ONE","value":1,"exclude":true}]}""", "'ONE'");
        yield return Case("baseline left in", Long() + "P3,Placebo,30,F,0,0,30,0\n", Edit(Mmrm, "CHG", "AVAL"), "'0'", "'AVAL'", "'BASE'", "exclude");
        yield return Case("three arms", Wide() + "x,Other,30,F,2,,1,61\n", JointRank, "Other");
    }

    [TestCaseSource(nameof(BadData))]
    public async Task Analyse_BadData_NamesWhatIsWrong(string data, string json, string[] contents)
    {
        string line = await RefusalOf(data, json);
        Assert.That(contents, Is.All.Matches<string>(line.Contains), line);
    }

    private static IEnumerable<TestCaseData> Undetermined()
    {
        static TestCaseData Case(string name, string data, string json) => new TestCaseData(data, json).SetArgDisplayNames(name);
        const string Header = "USUBJID,ARM,BASE,SEX,CHG,DTHDY\n";
        const string Visits = "USUBJID,ARM,BASE,SEX,AVISIT,MONTH,AVAL,CHG\n";
        yield return Case("flat response", Header + "1,Placebo,3,F,1,\n2,Tofersen,4,M,1,\n3,Placebo,5,F,1,\n4,Tofersen,6,F,1,\n5,Placebo,2,M,1,\n6,Tofersen,3,F,1,\n", Ancova);
        yield return Case("flat repeated response", Flat(), Mmrm);
        yield return Case("flat slopes", Flat(), RandomSlope);
        yield return Case("more parameters than participants", Header + "1,Placebo,3,F,1,\n2,Tofersen,4,M,2,\n3,Placebo,6,M,2,\n", Ancova);
        yield return Case("arm confounded with a covariate", Wide(), Ancova.Replace("\"SEX\"", "\"GROUP\"", StringComparison.Ordinal));
        yield return Case("two participants repeated", Visits + "1,Placebo,3,F,4,1,3,2\n1,Placebo,3,F,8,2,3,4\n2,Tofersen,3,F,4,1,4,3\n2,Tofersen,3,F,8,2,3,1\n", Mmrm);
        yield return Case("one participant an arm", Visits + "1,Placebo,3,F,4,1,3,2\n2,Tofersen,3,F,4,1,4,3\n", RandomSlope);
        yield return Case("no events", Times(), LogRank.Replace("EVENT", "NONE", StringComparison.Ordinal));
        yield return Case("no events, cox", Times(), Cox.Replace("EVENT", "NONE", StringComparison.Ordinal));
        yield return Case("no events, rpsft", Times(), Rpsft.Replace("\"E\"", "\"NONE\"", StringComparison.Ordinal));
        yield return Case("events in one arm alone, cox", "AVAL,EVENT,ARM\n1,1,0\n2,1,0\n3,0,0\n1,0,1\n2,0,1\n5,0,1\n", Cox);
        yield return Case("all tied ranks", Header + "1,Placebo,3,F,1,\n2,Tofersen,4,M,1,\n3,Placebo,5,F,1,\n4,Tofersen,6,F,1,\n", JointRank);
    }

    [TestCaseSource(nameof(Undetermined))]
    public async Task Analyse_UndeterminedByData_SaysSoInTheAnswer(string data, string json)
    {
        ToolRun run = await Analyse(data, json, "--format", "json");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        string status = document.RootElement.GetProperty("status").GetString()!;
        Assert.That(status, Is.EqualTo("notEstimable").Or.EqualTo("notConverged"));
        Assert.That(run.Error, Does.Match(@"\Atofersen-sim: [^\n]+\n\z"), "whoever reads only the numbers shall not miss it");
        Assert.That(
            document.RootElement.GetProperty("estimates").EnumerateArray().Select(e => e.GetProperty("pValue").ValueKind),
            Is.All.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Analyse_ArmWithNobodyAtOneVisit_AnswersForTheOthers()
    {
        string[] lines = [.. Long().Split('\n').Where(l => !(l.Contains("Tofersen", StringComparison.Ordinal) && l.Contains(",28,", StringComparison.Ordinal)))];
        ToolRun run = await Analyse(string.Join('\n', lines), Mmrm, "--format", "json");
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Does.Contain("Tofersen - Placebo at 28"));
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.That(
            document.RootElement.GetProperty("estimates").EnumerateArray().Select(e => e.GetProperty("estimate").ValueKind),
            Is.EqualTo((JsonValueKind[])[JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.Number]));
    }

    [Test]
    public async Task Analyse_CollinearCovariates_LeavesTheLaterOneOut()
    {
        ToolRun run = (await Analyse(Wide(), Ancova.Replace("\"SEX\"", "\"BASE2\"", StringComparison.Ordinal), "--format", "json")).Succeeded();
        ToolRun without = (await Analyse(Wide(), Ancova.Replace(",\"SEX\"", "", StringComparison.Ordinal), "--format", "json")).Succeeded();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        using JsonDocument expected = JsonDocument.Parse(without.Output);
        JsonElement dropped = document.RootElement.GetProperty("coefficients").EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == "BASE2");
        Assert.That(dropped.GetProperty("estimate").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            document.RootElement.GetProperty("estimates")[0].GetProperty("estimate").GetDouble(),
            Is.EqualTo(expected.RootElement.GetProperty("estimates")[0].GetProperty("estimate").GetDouble()).Within(1e-9));
    }

    [Test]
    public async Task Analyse_OneArmOfSeveralUndetermined_SaysWhich()
    {
        const string Data = "T,E,ARM\n5,1,a\n6,1,a\n9,0,a\n5,1,b\n4,0,b\n9,1,b\n1,0,c\n2,0,c\n";
        ToolRun run = await Analyse(Data, """{"method":"restrictedMean","time":"T","event":"E","arm":"ARM","horizon":8}""");
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Does.Contain("c - a").And.Not.Contain("b - a"));
    }

    [TestCase("""{"column":"AVISIT","value":28}""", 36)]
    [TestCase("""{"column":"AVISIT","values":[4,"28"]}""", 72)]
    [TestCase("""{"column":"AVISIT","values":["4","28"],"exclude":true}""", 37)]
    [TestCase("""{"column":"CHG","value":""}""", 1)]
    [TestCase("""{"column":"CHG","value":"","exclude":true}""", 108)]
    public async Task Analyse_Where_ChoosesOrExcludesRows(string condition, int observations)
    {
        string data = Long() + "P99,Placebo,30,F,60,0,30,\n";
        string json = $$"""{"method":"ancova","response":"AVAL","covariates":[],"where":[{{condition}}]}""".Replace("USUBJID", "ID", StringComparison.Ordinal);
        ToolRun run = await Analyse(data.Replace("USUBJID", "ID", StringComparison.Ordinal), json, "--format", "json");
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.That(document.RootElement.GetProperty("observations").GetInt32(), Is.EqualTo(observations));
    }

    // 36 participants at three visits; "28" keeps 36 rows, of which one is made to lack its baseline.
    [Test]
    public async Task Analyse_RowsThatDoNotCount_AreCounted()
    {
        string data = Long().Replace("USUBJID", "ID", StringComparison.Ordinal) + "x,Placebo,,F,28,7,30,-3\n";
        const string Json = """{"method":"ancova","response":"CHG","arm":"ARM","control":"Placebo","covariates":["BASE"],"where":[{"column":"AVISIT","value":"28"}]}""";
        ToolRun text = (await Analyse(data, Json)).Succeeded();
        Assert.That(text.Output, Does.StartWith(
            "ancova: 36 rows, each taken for a participant; converged.\nRows: 109 read, 72 left out by where, 1 without a value that is needed, 36 counted.\n"));
        ToolRun named = (await Analyse(data, Json.Replace("\"arm\"", "\"participant\":\"ID\",\"arm\"", StringComparison.Ordinal), "--format", "json")).Succeeded();
        using JsonDocument document = JsonDocument.Parse(named.Output);
        JsonElement answer = document.RootElement;
        Assert.That(
            ((string[])["rows", "excludedRows", "incompleteRows", "observations", "participants"]).Select(p => answer.GetProperty(p).GetInt32()),
            Is.EqualTo((int[])[109, 72, 1, 36, 36]));
        Assert.That(answer.GetProperty("participantColumn").GetString(), Is.EqualTo("ID"));
    }

    // A level for each row leaves nothing for what stands behind it: BASE and 35 of the 36 names fill the 36 rows.
    [Test]
    public async Task Analyse_NamesAsACovariate_AreNamed()
    {
        ToolRun run = await Analyse(Wide(), Ancova.Replace("\"SEX\"", "\"USUBJID\"", StringComparison.Ordinal));
        Assert.That(run.Error, Does.Contain("USUBJIDP9 cannot be told from the terms before it"));
        Assert.That(run.Output, Does.Contain("USUBJIDP9 cannot be told"));
    }

    // SUBJID may begin anew at each site; USUBJID does not.
    [Test]
    public async Task Analyse_SubjidOfSites_IsNoSecondRowBesideUsubjid()
    {
        string data = "SUBJID," + Wide().Replace("\nP", "\n1,P", StringComparison.Ordinal);
        ToolRun run = (await Analyse(data, Ancova, "--format", "json")).Succeeded();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.That(document.RootElement.GetProperty("participantColumn").GetString(), Is.EqualTo("USUBJID"));
    }

    // Visits as rows and columns of the covariance; every number of a column has the same decimals.
    [Test]
    public async Task Analyse_AsText_LabelsTheCovarianceAndAlignsDecimals()
    {
        string output = (await Analyse(Long(), Mmrm)).Succeeded().Output;
        string[] matrix = [.. output.Split('\n').SkipWhile(l => !l.StartsWith("Covariance", StringComparison.Ordinal))];
        Assert.That(matrix[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo((string[])["Covariance", "(Unstructured)", "4", "28", "52"]));
        Assert.That(matrix[2..5].Select(l => l.Split(' ')[0]), Is.EqualTo((string[])["4", "28", "52"]));
        string[][] rows = [.. output.Split('\n').SkipWhile(l => !l.StartsWith("Coefficients", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.Length > 0)
            .Select(l => l.Split("  ", StringSplitOptions.RemoveEmptyEntries))];
        Assert.That(rows, Has.Length.GreaterThan(5));
        foreach (int column in (int[])[1, 2, 4, 6, 7])
        {
            Assert.That(rows.Select(r => r[column].Trim().Split('.')[1].Length).Distinct().Count(), Is.EqualTo(1), $"column {column}");
        }
    }

    // Death after the visit does not count, and nobody who had a change loses it.
    [Test]
    public async Task Analyse_JointRankHorizon_CountsLaterDeathsAsAlive()
    {
        const string Header = "ARM,CHG,DTHDY\n";
        const string Spec = """{"method":"jointRank","change":"CHG","deathTime":"DTHDY","arm":"ARM"}""";
        string alive = Header + "A,-3,\nB,-1,\nA,,20\nB,-4,\nA,-2,\nB,-6,\n";
        string later = Header + "A,-3,\nB,-1,400\nA,,20\nB,-4,\nA,-2,250\nB,-6,\n";
        ToolRun expected = (await Analyse(alive, Spec, "--format", "json")).Succeeded();
        ToolRun run = (await Analyse(later, Spec.Replace("}", ",\"horizon\":196}", StringComparison.Ordinal), "--format", "json")).Succeeded();
        Assert.That(run.Output, Is.EqualTo(expected.Output));
    }

    // Each file of a simulated trial can be analysed as it is.
    [TestCase("adsl.csv", """{"method":"jointRank","change":"CHGW28","deathTime":"DTHDY","horizon":197,"arm":"ARM","control":"Placebo","covariates":["BASE","ONSETMO"]}""")]
    [TestCase("adsl.csv", """{"method":"ancova","response":"CHGW28","arm":"ARM","control":"Placebo","covariates":["BASE","STRATUM","SEX","BNFL"]}""")]
    [TestCase("adqs.csv", """{"method":"mmrm","response":"CHG","participant":"USUBJID","visit":"AVISIT","arm":"ARM","control":"Placebo","covariates":["BASE*AVISIT","SEX"]}""")]
    [TestCase("adqs.csv", """{"method":"randomSlope","response":"AVAL","participant":"USUBJID","time":"MONTH","arm":"ARM","control":"Placebo"}""")]
    [TestCase("adqs.csv", """{"method":"ancovaWithImputation","response":"CHG","participant":"USUBJID","visit":"AVISIT","atVisit":"Week 28","arm":"ARM","control":"Placebo","covariates":["BASE"],"imputation":{"predictors":["BASE"],"imputations":10}}""")]
    [TestCase("adtte.csv", """{"method":"cox","time":"AVAL","censored":"CNSR","arm":"ARM","control":"Placebo","covariates":["AGE"],"strata":["STRATUM"],"where":[{"column":"PARAMCD","value":"PROGCOMP"}]}""")]
    [TestCase("adtte.csv", """{"method":"rpsft","time":"AVAL","censored":"CNSR","treatedFraction":"TRTFRAC","censoring":"CENSMO","arm":"ARM","control":"Placebo","where":[{"column":"PARAMCD","value":"PROGCOMP"}]}""")]
    public async Task Analyse_FilesOfASimulatedTrial_AreReady(string file, string json)
    {
        (await ToolRun.Of("simulate", "valor", "--out", _folder.FullName)).Succeeded();
        ToolRun run = (await ToolRun.Of(
            "analyse", "--data", Path.Combine(_folder.FullName, file), "--analysis", _folder.Write("spec.json", json), "--format", "json")).Succeeded();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.That(document.RootElement.GetProperty("status").GetString(), Is.EqualTo("converged").Or.EqualTo("boundary"));
        Assert.That(document.RootElement.GetProperty("estimates")[0].GetProperty("estimate").ValueKind, Is.EqualTo(JsonValueKind.Number));
    }

    [Test]
    public async Task Analyse_NoFiles_SaysWhichIsMissing()
    {
        string data = _folder.Write("data.csv", Wide());
        string spec = _folder.Write("spec.json", Ancova);
        Assert.That(await ToolRun.RefusalOf("analyse", "--data", "none.csv", "--analysis", spec), Does.Contain("none.csv"));
        Assert.That(await ToolRun.RefusalOf("analyse", "--data", data, "--analysis", "none.json"), Does.Contain("none.json"));
        Assert.That(await ToolRun.RefusalOf("analyse", "--data", _folder.FullName, "--analysis", spec), Does.Contain("folder"));
        Assert.That(await ToolRun.RefusalOf("analyse", "--data", data), Does.Contain("--analysis"));
        Assert.That(await ToolRun.RefusalOf("analyse", "--data", data, "--analysis", spec, "--format", "xml"), Does.Contain("xml"));
    }

    // The table of methods in the documentation against the schema, which is made from what the reader accepts.
    [Test]
    public async Task Schema_Methods_AreThoseOfTheDocumentation()
    {
        ToolRun run = (await ToolRun.Of("analyse", "schema")).Succeeded();
        using JsonDocument schema = JsonDocument.Parse(run.Output);
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        var rows = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "data.md"))
            .SkipWhile(line => !line.StartsWith("| method | required", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..4]).ToDictionary(r => r[0].Trim('`'));
        var methods = definitions.EnumerateObject()
            .Where(d => d.Value.TryGetProperty("properties", out JsonElement p) && p.TryGetProperty("method", out JsonElement method)
                && method.TryGetProperty("const", out _)).ToArray();
        Assert.That(methods.Select(m => m.Name), Is.EquivalentTo(rows.Keys));
        using (Assert.EnterMultipleScope())
        {
            foreach (JsonProperty method in methods)
            {
                string[] required = [.. method.Value.GetProperty("required").EnumerateArray().Select(r => r.GetString()!)];
                string told = rows[method.Name][1].Replace("as `mmrm`", rows["mmrm"][1], StringComparison.Ordinal);
                string optional = rows[method.Name][2].Replace("as `mmrm`", rows["mmrm"][2], StringComparison.Ordinal);
                string[] common = ["method", "arm", "control", "alpha", "where"];
                string[] all = [.. Names(method.Value.GetProperty("properties")).Except(common)];
                Assert.That(required.Except(common).Select(r => $"`{r}`"), Is.All.Matches<string>(told.Contains), method.Name);
                Assert.That(all.Select(p => $"`{p}`"), Is.All.Matches<string>((told + optional).Contains), method.Name);
            }
        }
    }

    [Test]
    public async Task Help_Analyse_TellsMethodsAndExitCodes()
    {
        string help = (await ToolRun.Of("analyse", "--help")).Succeeded().Output;
        string[] methods = ["ancova", "mmrm", "randomSlope", "jointRank", "logRank", "cox", "rpsft", "delayedStart"];
        Assert.That(methods, Is.All.Matches<string>(help.Contains));
        Assert.That(help, Does.Contain("Exit code 0").And.Contain("2 when"));
    }

    /// <summary>Tables of nasty cells under every method: an answer in the documented form, or one line.</summary>
    [Test]
    public async Task Analyse_RandomTablesAndColumns_NeverBreaks()
    {
        const int Seed = 1_122;
        var random = new Random(Seed);
        string[] cells = ["0", "1", "1", "0", "2", "-3", "1e300", "1e-300", "NA", "", "a", "b", "a b", "4", "28", "52", "0.5", "007", "1e9", "3.25"];
        string[] easy = ["0", "1", "2", "3", "4", "5.5"];
        string[] columns = ["USUBJID", "ARM", "BASE", "SEX", "CHG", "DTHDY", "AVISIT", "MONTH", "AVAL", "EVENT", "RX", "C", "T", "E"];
        string[] specifications = [Ancova, Mmrm, DelayedStart, RandomSlope, JointRank, LogRank, Cox, Rpsft];
        int answers = 0;
        for (int trial = 0; trial < 600; trial++)
        {
            string[][] kinds = [.. columns.Select(_ => random.Next(4) == 0 ? cells : easy[..random.Next(1, 7)])];
            bool hasIds = random.Next(2) == 0;
            string data = string.Join(',', columns) + "\n" + string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(
                row => string.Join(',', kinds.Select((kind, c) => c == 0 && hasIds ? $"{row}" : kind[random.Next(kind.Length)])) + "\n"));
            string json = specifications[random.Next(specifications.Length)]
                .Replace("\"control\":\"Placebo\",", "", StringComparison.Ordinal).Replace("\"control\":\"0\",", "", StringComparison.Ordinal)
                .Replace(":\"28\"", ":\"1\"", StringComparison.Ordinal).Replace(":\"52\"", ":\"2\"", StringComparison.Ordinal);
            if (random.Next(3) == 0)
            {
                json = json.Replace("\"" + columns[random.Next(columns.Length)] + "\"", "\"" + columns[random.Next(columns.Length)] + "\"", StringComparison.Ordinal);
            }

            ToolRun run = await Analyse(data, json, "--format", "json");
            string context = $"seed {Seed}, trial {trial}: {json}\n{data}{run.Error}{run.Output}";
            Assert.That(run.ExitCode, Is.Zero.Or.EqualTo(2), context);
            Assert.That(run.Error, Does.Match(@"\A(tofersen-sim: [^\r\n]+\n)?\z"), context);
            Assert.That(run.Output.Length > 0, Is.EqualTo(run.ExitCode == 0), context);
            if (run.ExitCode == 0)
            {
                answers++;
                CheckAnswer(run.Output, context);
            }
        }

        Assert.That(answers, Is.GreaterThan(100), "most tables are refused, but not nearly all");
    }

    private static void CheckAnswer(string output, string context)
    {
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement answer = document.RootElement;
        Assert.That(Names(answer), Is.EqualTo(Answer), context);
        string status = answer.GetProperty("status").GetString()!;
        JsonElement[] estimates = [.. answer.GetProperty("estimates").EnumerateArray()];
        if (status is "converged" && estimates.Length > 0)
        {
            Assert.That(estimates.Any(e => e.GetProperty("pValue").ValueKind == JsonValueKind.Number), Is.True, context);
        }

        foreach (JsonElement e in estimates.Where(e => e.GetProperty("pValue").ValueKind == JsonValueKind.Number))
        {
            Assert.That(e.GetProperty("pValue").GetDouble(), Is.InRange(0, 1), context);
            Assert.That(e.GetProperty("estimate").ValueKind, Is.EqualTo(JsonValueKind.Number), context);
            if (e.GetProperty("standardError").ValueKind == JsonValueKind.Number)
            {
                Assert.That(e.GetProperty("standardError").GetDouble(), Is.Positive, context);
            }
        }
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private async Task<ToolRun> Analyse(string data, string json, params string[] options) => await ToolRun.Of(
        ["analyse", "--data", _folder.Write("data.csv", data), "--analysis", _folder.Write("spec.json", json), .. options]);

    private async Task<string> RefusalOf(string data, string json) => await ToolRun.RefusalOf(
        "analyse", "--data", _folder.Write("data.csv", data), "--analysis", _folder.Write("spec.json", json));

    private static string Wide()
    {
        var random = new Random(1);
        return "USUBJID,ARM,BASE,SEX,CHG,DTHDY,GROUP,BASE2\n" + string.Concat(Enumerable.Range(0, 36).Select(p =>
        {
            int baseline = random.Next(28, 46);
            int change = random.Next(-14, 4) + (p % 3 == 0 ? 0 : 3);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"P{p},{Arm(p)},{baseline},{(p % 2 == 0 ? "F" : "M")},{change},{(p % 8 == 0 ? 20 + p : "")},{(p % 3 == 0 ? 1 : 2)},{(2 * baseline) + 1}\n");
        }));
    }

    private static string Long()
    {
        var random = new Random(2);
        return "USUBJID,ARM,BASE,SEX,AVISIT,MONTH,AVAL,CHG\n" + string.Concat(
            from p in Enumerable.Range(0, 36)
            let baseline = random.Next(28, 46)
            let own = random.Next(-6, 7)
            from week in (int[])[4, 28, 52]
            let change = Math.Round(own - (week * ((p % 3 == 0 ? 0.25 : 0.15) + (0.1 * random.NextDouble()))), 1)
            select string.Create(
                CultureInfo.InvariantCulture,
                $"P{p},{Arm(p)},{baseline},{(p % 2 == 0 ? "F" : "M")},{week},{week / 4.348:F2},{baseline + change},{change}\n"));
    }

    private static string Times()
    {
        var random = new Random(3);
        return "AVAL,EVENT,ARM,RX,C,T,E,NONE\n" + string.Concat(Enumerable.Range(0, 40).Select(p =>
        {
            double time = Math.Round(1 + (random.NextDouble() * (p % 2 == 0 ? 20 : 30)), 1);
            int isEvent = random.Next(4) == 0 ? 0 : 1;
            return string.Create(
                CultureInfo.InvariantCulture, $"{time},{isEvent},{p % 2},{(p % 2 == 1 ? 1 : p % 3 == 0 ? 0.4 : 0)},40,{time},{isEvent},0\n");
        }));
    }

    private static string Flat() => "USUBJID,ARM,BASE,SEX,AVISIT,MONTH,AVAL,CHG\n" + string.Concat(
        from p in Enumerable.Range(0, 12)
        from week in (int[])[4, 8, 12]
        select string.Create(CultureInfo.InvariantCulture, $"{p},{Arm(p)},{30 + (p * p % 7)},{(p % 2 == 0 ? "F" : "M")},{week},{week},5,5\n"));

    private static string Arm(int participant) => participant % 3 == 0 ? "Placebo" : "Tofersen";
}
