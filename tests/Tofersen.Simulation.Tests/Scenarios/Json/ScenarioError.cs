using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>What reading a faulty scenario says, with the promises checked that every such message makes.</summary>
internal static class ScenarioError
{
    /// <summary>Reads a text that must be refused.</summary>
    internal static ScenarioFormatException Of(string json)
    {
        ScenarioFormatException error = Assert.Throws<ScenarioFormatException>(() => Presets.ReadScenario(json))!;
        Assert.That(error.Message, Does.StartWith(error.Path + ": "));
        Assert.That(error.Message, Does.Not.Match(@"[\r\n\u0085\u2028\u2029]"), "one line");
        Assert.That(error.Message, Does.Not.Contain("   at ").And.Not.Contain("Exception").And.Not.Contain("(Parameter"));
        Assert.That(error.Path, Does.StartWith("$").Or.StartWith("line "));
        return error;
    }

    /// <summary>Reads a change to the preset <c>valor-ole</c> that must be refused.</summary>
    internal static ScenarioFormatException OfChange(string properties) =>
        Of("""{ "version": 1, "base": "valor-ole", """ + properties + " }");

    /// <summary>Reads a scenario of the tests with one value replaced, which must be refused.</summary>
    internal static ScenarioFormatException OfEdit(Scenario scenario, string path, string value) =>
        Of(JsonEdit.Set(ScenarioJson.Write(scenario), path, value));
}
