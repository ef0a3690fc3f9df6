using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>What holds for any valid scenario.</summary>
public sealed class RandomRoundTripTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_260_101, 297);

    [Test]
    public void Write_AnyScenario_ReadsBackEqualAndConformsToTheSchema()
    {
        var validator = new SchemaValidator(JsonNode.Parse(ScenarioJson.Schema())!.AsObject());

        Prop.ForAll(Arb.From(ScenarioGenerators.Scenario), scenario =>
        {
            string text = ScenarioJson.Write(scenario);

            Assert.That(ScenarioJson.Read(text), Is.EqualTo(scenario));
            Assert.That(ScenarioJson.Write(ScenarioJson.Read(text)), Is.EqualTo(text));
            Assert.That(validator.Validate(JsonNode.Parse(text)), Is.Empty);
        }).Check(Fixed);
    }

    [Test]
    public void Read_AnyScenarioAsABase_IsThatScenario() =>
        Prop.ForAll(Arb.From(ScenarioGenerators.Scenario), scenario =>
        {
            Scenario read = ScenarioJson.Read("""{ "version": 1, "base": "it" }""", name => name == "it" ? scenario : null);

            Assert.That(read, Is.EqualTo(scenario));
        }).Check(Fixed);

    [Test]
    public void Read_AnyScenarioOverAnyBase_IsThatScenario() =>
        Prop.ForAll(Arb.From(ScenarioGenerators.Scenario), Arb.From(ScenarioGenerators.Scenario), (scenario, other) =>
        {
            string text = JsonEdit.Set(ScenarioJson.Write(scenario), "$.base", "\"other\"");

            // A plan that the base has names the base's analyses.
            Scenario read = ScenarioJson.Read(text, _ => other with { Sequential = null });

            // A property that the scenario leaves out keeps the base's value; the optional ones alone can be left out.
            Assert.That(read.Name, Is.EqualTo(scenario.Name));
            Assert.That(read.Population, Is.EqualTo(scenario.Population));
            Assert.That(
                read.Observation,
                Is.EqualTo(scenario.Observation with
                {
                    Items = scenario.Observation.Items ?? other.Observation.Items,
                    IntermittentMissingness = scenario.Observation.IntermittentMissingness ?? other.Observation.IntermittentMissingness,
                    StopTreatment = scenario.Observation.StopTreatment ?? other.Observation.StopTreatment,
                }));
            Assert.That(read.Analyses, Is.EqualTo(scenario.Analyses));
            Assert.That(read.Sequential, Is.EqualTo(scenario.Sequential));
        }).Check(Fixed);
}
