using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios.Json;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Setting a number quickly gives what setting it in the JSON gives.</summary>
public sealed class ScenarioNumberTests
{
    // Names of analyses may follow from their numbers, and stay as they are in the JSON; a prior is over no analysis.
    private static IEnumerable<TestCaseData> Leaves =>
        NumericLeaf.All.Where(l => !l.Path.StartsWith("$.analyses", StringComparison.Ordinal)).Select(l => new TestCaseData(l.Key).SetArgDisplayNames(l.Key));

    [TestCaseSource(nameof(Leaves))]
    public void Set_EveryNumberOfTheFormat_GivesWhatTheJsonGives(string key)
    {
        NumericLeaf leaf = NumericLeaf.All.First(l => l.Key == key);
        string path = leaf.Path[2..];
        var properties = new ScenarioProperties(leaf.Scenario);
        double present = properties.Number(path);
        double[] values = leaf.IsInteger ? [present, present + 1, present - 1] : [present, present * 1.01, present + 1e-3, leaf.Minimum, leaf.Maximum];
        foreach (double value in values)
        {
            Assert.That(
                Outcome(() => new ScenarioNumber(properties, path).Set(leaf.Scenario, value)),
                Is.EqualTo(Outcome(() => properties.With([(path, value)]))),
                NumericLeaf.Text(value));
        }
    }

    [TestCaseSource(nameof(Leaves))]
    public void Set_JustOutsideTheRange_FailsAsTheJsonDoes(string key)
    {
        NumericLeaf leaf = NumericLeaf.All.First(l => l.Key == key);
        foreach (double value in leaf.Outside)
        {
            var number = new ScenarioNumber(new ScenarioProperties(leaf.Scenario), leaf.Path[2..]);

            Assert.That(() => number.Set(leaf.Scenario, value), Throws.InstanceOf<ScenarioFormatException>().With.Message.Contains(leaf.Range));
        }
    }

    [Test]
    public void Set_NamedEntry_IsThatEntry()
    {
        Scenario scenario = Presets.Find("valor-ole")!.Scenario;
        var properties = new ScenarioProperties(scenario);
        foreach (string path in (string[])["population.strata.slow.residualSd", "population.strata[1].residualSd"])
        {
            Scenario changed = new ScenarioNumber(properties, path).Set(scenario, 2.25);

            Assert.That(new ScenarioProperties(changed).Number("population.strata.slow.residualSd"), Is.EqualTo(2.25), path);
            Assert.That(changed, Is.EqualTo(properties.With([(path, 2.25)])), path);
            Assert.That(changed, Is.Not.EqualTo(scenario), path);
        }
    }

    [TestCase("effect.maxReductio", "unknown property")]
    [TestCase("effect.type", "cannot be changed alone")]
    [TestCase("effect", "not an object")]
    [TestCase("name", "not a text")]
    public void Set_NoNumber_NamesThePath(string path, string problem)
    {
        Scenario scenario = Presets.Find("valor-ole")!.Scenario;

        Assert.That(
            () => new ScenarioNumber(new ScenarioProperties(scenario), path).Set(scenario, 1),
            Throws.InstanceOf<ScenarioFormatException>().With.Message.StartsWith("$." + path).And.Message.Contains(problem));
    }

    // Whether parts of a scenario still fit together is checked later where it is set quickly, and at once in the JSON.
    private static object Outcome(Func<Scenario> make)
    {
        try
        {
            Scenario scenario = make();
            scenario.Validate();
            return scenario;
        }
        catch (Exception exception) when (exception is ScenarioFormatException or ArgumentException)
        {
            return "refused";
        }
    }
}
