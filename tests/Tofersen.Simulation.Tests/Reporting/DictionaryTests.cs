using System.Globalization;
using System.Text;
using System.Text.Json;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.DataSets;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>The data dictionary against the files that it describes.</summary>
public sealed class DictionaryTests
{
    private static IEnumerable<TestCaseData> Scenarios => Presets.All.Select(p => p.Scenario).Append(ItemScenarios.Rich).Append(MissingScenarios.Rich)
        .Select(s => new TestCaseData(s).SetArgDisplayNames(s.Name));

    [TestCaseSource(nameof(Scenarios))]
    public void Write_EachFile_HasTheColumnsOfTheDictionaryWithinTheLimitsOfAdam(Scenario scenario)
    {
        using var folder = new TemporaryFolder();
        TrialDataSets.Write(new TrialSimulator(scenario).Simulate(5, 0), scenario.Name, folder.FullName);
        CsvFile dictionary = CsvFile.Read(folder.FullName, "dictionary.csv");
        string[] files = [.. folder.Entries.Where(e => e.StartsWith("ad", StringComparison.Ordinal))];

        Assert.That(dictionary.Rows.Select(r => r["DATASET"].ToLowerInvariant() + ".csv").Distinct(), Is.EquivalentTo(files));
        foreach (string name in files)
        {
            CsvFile file = CsvFile.Read(folder.FullName, name);
            CsvFileRow[] own = [.. dictionary.Rows.Where(r => $"{r["DATASET"]}.csv".Equals(name, StringComparison.OrdinalIgnoreCase))];
            Assert.That(file.Columns, Is.EqualTo(own.Select(r => r["VARIABLE"])).And.Unique);
            Assert.That(own.Select(r => r["VARIABLE"]), Is.All.Match("^[A-Z][A-Z0-9]{0,7}$"));
            Assert.That(own.Select(r => r["LABEL"].Length), Is.All.InRange(1, 40));
            foreach (CsvFileRow variable in own)
            {
                AssertFits(variable, [.. file.Rows.Select(r => r[variable["VARIABLE"]])]);
            }
        }
    }

    [TestCaseSource(nameof(Scenarios))]
    public void Write_CodedColumns_HaveNoOtherValuesAndEachParameterIsListed(Scenario scenario)
    {
        using var folder = new TemporaryFolder();
        TrialDataSets.Write(new TrialSimulator(scenario).Simulate(5, 0), scenario.Name, folder.FullName);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(folder.At("dictionary.json")));
        foreach (JsonElement dataSet in document.RootElement.GetProperty("dataSets").EnumerateArray())
        {
            CsvFile file = CsvFile.Read(folder.FullName, dataSet.GetProperty("file").GetString()!);
            Assert.That(dataSet.GetProperty("records").GetInt32(), Is.EqualTo(file.Rows.Count));
            string[] keys = [.. dataSet.GetProperty("keys").EnumerateArray().Select(k => k.GetString()!)];
            Assert.That(file.Rows.Select(r => string.Join('|', keys.Select(k => r[k]))), Is.Unique);
            foreach (JsonElement variable in dataSet.GetProperty("variables").EnumerateArray())
            {
                string name = variable.GetProperty("name").GetString()!;
                var codes = variable.GetProperty("codes").EnumerateArray()
                    .ToDictionary(c => c.GetProperty("code").GetString()!, c => c.GetProperty("meaning").GetString());
                if (codes.Count > 0)
                {
                    Assert.That(file.Rows.Select(r => r[name]).Distinct().Where(v => v.Length > 0), Is.SubsetOf(codes.Keys), name);
                }

                if (name == "PARAMCD")
                {
                    Assert.That(codes.Keys, Is.All.Match("^[A-Z][A-Z0-9]{0,7}$"));
                    Assert.That(file.Rows.Select(r => codes[r["PARAMCD"]]), Is.EqualTo(file.Rows.Select(r => r["PARAM"])));
                }
            }
        }
    }

    // Both names begin with the same eight letters; the third begins with a digit, which no code may.
    [Test]
    public void Of_EndpointsAlikeInEightLetters_HaveCodesOfTheirOwn()
    {
        Scenario scenario = TestScenarios.Rich;
        FunctionEndpoint first = ReportedTrial.Scenario.Endpoints.OfType<FunctionEndpoint>().First();
        TrialData data = new TrialSimulator(scenario with
        {
            Endpoints = [first with { Name = "vital capacity lying" }, first with { Name = "vital capacity sitting" }, first with { Name = "6-minute walk" }],
        }).Simulate(1, 0);

        DataSetColumn code = TrialDataSets.Of(data, "s").Single(d => d.Name == "ADFN").Columns.Single(c => c.Name == "PARAMCD");

        Assert.That(code.Codes.Select(c => c.Code), Is.EqualTo((string[])["VITALCAP", "VITALCA2", "EP6MINUT"]));
    }

    // A week of many decimals has no name of eight characters; two weeks never have one name.
    [Test]
    public void Of_WeeksOfManyDecimals_AreNumberedAsVisits()
    {
        Scenario scenario = TestScenarios.Bare;
        TrialData data = new TrialSimulator(scenario with
        {
            Analyses = [],
            Design = scenario.Design with { VisitWeeks = [0, 1.5, 10.25, 104.125] },
        }).Simulate(1, 0);

        Assert.That(
            TrialDataSets.Of(data, "s")[0].Columns.Select(c => c.Name).Where(n => n.StartsWith("CHG", StringComparison.Ordinal)),
            Is.EqualTo((string[])["CHGW1P5", "CHGV2", "CHGV3"]));
    }

    [TestCase("TOOLONGNAME", "label")]
    [TestCase("name", "label")]
    [TestCase("1NAME", "label")]
    [TestCase("NAME", "")]
    [TestCase("NAME", "A label of more than forty characters is no label of a transport file")]
    public void DataSetColumn_BeyondTheLimits_IsRefused(string name, string label) => Assert.That(
        () => new DataSetColumn { Name = name, Label = label, Kind = DataSetValueKind.Text }, Throws.ArgumentException);

    private static void AssertFits(CsvFileRow variable, string[] values)
    {
        string name = variable["VARIABLE"];
        string[] present = [.. values.Where(v => v.Length > 0)];
        int length = int.Parse(variable["LENGTH"], CultureInfo.InvariantCulture);
        switch (variable["TYPE"])
        {
            case "text":
                Assert.That(length, Is.EqualTo(values.Select(Encoding.UTF8.GetByteCount).Append(1).Max()), name);
                break;
            case "integer":
                Assert.That(present, Is.All.Match("^-?[0-9]+$"), name);
                Assert.That(length, Is.EqualTo(8), name);
                break;
            case "float":
                Assert.That(present.Select(v => double.Parse(v, NumberStyles.Float, CultureInfo.InvariantCulture)), Is.All.Not.NaN, name);
                Assert.That(length, Is.EqualTo(8), name);
                break;
            default:
                Assert.Fail($"{name} has the type {variable["TYPE"]}.");
                break;
        }
    }
}
