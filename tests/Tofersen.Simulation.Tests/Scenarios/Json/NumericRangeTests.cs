using System.Text.Json;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Every number of the format at and just beyond the ends of the range that the schema states.</summary>
public sealed class NumericRangeTests
{
    // Limits that are in range and still refused, because values must fit together.
    private static readonly Dictionary<string, string> Misfits = new()
    {
        ["traitCorrelation.value -1"] = "positive definite",
        ["traitCorrelation.value 1"] = "positive definite",
        ["stratum.diagnosticDelayShareMinimum 1"] = "upper share must not be below the lower",
        ["stratum.diagnosticDelayShareMaximum 0"] = "upper share must not be below the lower",
        ["domainCorrelation.value -1"] = "positive definite",
        ["domainCorrelation.value 1"] = "positive definite",
        ["alsfrsrItem.thresholds -20"] = "greater than the entry before it",
        ["delayedStart.visitWeeks 0"] = "greater than the entry before it",
        ["biomarker.visitWeeks 0"] = "greater than the entry before it",
        ["enrolmentPeriod.perWeek 0"] = "last period must be above 0",
        ["parallelGroup.visitWeeks 0"] = "greater than the entry before it",
        ["doseRanging.visitWeeks 0"] = "greater than the entry before it",
        ["presymptomaticTrial.visitWeeks 0"] = "greater than the entry before it",
        ["groupSequentialDesign.informationFractions 0.0001"] = "greater than the entry before it",
        ["doseCohort.doseMg 1000"] = "doses must differ",
    };

    private static IEnumerable<TestCaseData> Leaves =>
        NumericLeaf.All.Select(l => new TestCaseData(l.Key).SetArgDisplayNames(l.Key));

    private static IEnumerable<TestCaseData> WholeLeaves =>
        NumericLeaf.All.Where(l => l.IsInteger).Select(l => new TestCaseData(l.Key).SetArgDisplayNames(l.Key));

    [TestCaseSource(nameof(Leaves))]
    public void Read_JustOutsideTheRange_FailsWithPathValueAndRange(string key)
    {
        NumericLeaf leaf = Leaf(key);
        foreach (double value in leaf.Outside)
        {
            string text = NumericLeaf.Text(value);

            ScenarioFormatException error = ScenarioError.OfEdit(leaf.Scenario, leaf.Path, text);

            // A list is checked as a whole, so its entries are reported under its path.
            Assert.That(error.Path, Is.EqualTo(leaf.Path).Or.EqualTo(leaf.Path[..Math.Max(0, leaf.Path.LastIndexOf('['))]), text);
            Assert.That(error.Message, Does.Contain($" {text} ").And.Contain(leaf.Range), text);
        }
    }

    [TestCaseSource(nameof(Leaves))]
    public void Read_JustInsideTheRange_PassesAndRoundTrips(string key)
    {
        NumericLeaf leaf = Leaf(key);
        foreach (double value in leaf.Inside)
        {
            string text = NumericLeaf.Text(value);
            string edited = JsonEdit.Set(ScenarioJson.Write(leaf.Scenario), leaf.Path, text);
            if (Misfits.TryGetValue($"{key} {text}", out string? reason))
            {
                Assert.That(ScenarioError.Of(edited).Message, Does.Contain(reason));
                continue;
            }

            Scenario read = ReadParts(edited);

            Assert.That(ReadParts(Shapes.Scenario.Write(read).ToJsonString()), Is.EqualTo(read), text);
        }
    }

    [TestCaseSource(nameof(Leaves))]
    public void Read_NumberThatNoDoubleHolds_FailsWithPathAndRange(string key)
    {
        NumericLeaf leaf = Leaf(key);
        foreach (string text in (string[])["1e999", "-1e999", "123456789012345678901234567890e300"])
        {
            ScenarioFormatException error = ScenarioError.OfEdit(leaf.Scenario, leaf.Path, text);

            Assert.That(error.Path, Is.EqualTo(leaf.Path));
            Assert.That(error.Message, Does.Contain(text).And.Contain(leaf.Range));
        }
    }

    [TestCaseSource(nameof(Leaves))]
    public void Read_OtherKindThanNumber_FailsWithPathAndRange(string key)
    {
        NumericLeaf leaf = Leaf(key);
        foreach (string text in (string[])["\"1\"", "\"NaN\"", "null", "true", "[1]", "{}"])
        {
            ScenarioFormatException error = ScenarioError.OfEdit(leaf.Scenario, leaf.Path, text);

            Assert.That(error.Path, Is.EqualTo(leaf.Path), text);
            Assert.That(error.Message, Does.Contain(leaf.Range), text);
        }
    }

    [TestCaseSource(nameof(WholeLeaves))]
    public void Read_FractionOfAWholeNumber_Fails(string key)
    {
        NumericLeaf leaf = Leaf(key);
        ScenarioFormatException error = ScenarioError.OfEdit(leaf.Scenario, leaf.Path, "2.5");

        Assert.That(error.Path, Is.EqualTo(leaf.Path));
        Assert.That(error.Message, Does.Contain("2.5 is not a whole number").And.Contain(leaf.Range));
    }

    private static NumericLeaf Leaf(string key) => NumericLeaf.All.Single(l => l.Key == key);

    // Without the checks that the parts fit together, so that each number can be put at its limits alone.
    private static Scenario ReadParts(string json)
    {
        using JsonDocument document = JsonDocument.Parse(
            json.Contains("\"version\"", StringComparison.Ordinal) ? JsonEdit.Remove(json, "$.version") : json);
        return (Scenario)Shapes.Scenario.Read(document.RootElement, "$");
    }
}
