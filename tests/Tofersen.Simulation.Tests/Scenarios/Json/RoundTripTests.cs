using System.Text.Json.Nodes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

public sealed class RoundTripTests
{
    private static IEnumerable<Scenario> Scenarios => [.. Presets.All.Select(p => p.Scenario), .. ScenarioExamples.All];

    [Test]
    public void Write_EveryScenario_ReadsBackEqual()
    {
        foreach (Scenario scenario in Scenarios)
        {
            Assert.That(ScenarioJson.Read(ScenarioJson.Write(scenario)), Is.EqualTo(scenario), scenario.Name);
        }
    }

    [Test]
    public void Write_WhatWasRead_IsTheSameText()
    {
        foreach (Scenario scenario in Scenarios)
        {
            string text = ScenarioJson.Write(scenario);

            Assert.That(ScenarioJson.Write(ScenarioJson.Read(text)), Is.EqualTo(text), scenario.Name);
        }
    }

    // Without this the other tests would not see a property that somebody adds.
    [Test]
    public void TestScenarios_Together_UseEveryPropertyOfTheSchema()
    {
        JsonObject definitions = JsonNode.Parse(ScenarioJson.Schema())!["$defs"]!.AsObject();
        IEnumerable<string> used = ScenarioExamples.All
            .SelectMany(s => SchemaPlace.Of(definitions, JsonNode.Parse(ScenarioJson.Write(s))!.AsObject()))
            .Where(p => p.Value is JsonObject && p.Schema["properties"] is not null)
            .SelectMany(p => p.Value.AsObject().Select(v => $"{p.Key}.{v.Key}"));
        IEnumerable<string> known = definitions
            .Where(d => !d.Key.EndsWith("Change", StringComparison.Ordinal) && d.Value!["properties"] is not null)
            .SelectMany(d => d.Value!["properties"]!.AsObject().Select(p => $"{d.Key}.{p.Key}"));

        Assert.That(used.Distinct(), Is.EquivalentTo(known));
    }

    [Test]
    public void Write_Scenario_IsIndentedTextThatEndsWithOneLineFeed()
    {
        string text = ScenarioJson.Write(ScenarioExamples.Full);

        Assert.That(text, Does.StartWith("{\n  \"version\": 1,\n  \"name\": \"Größe – Ω 試験").And.EndWith("\n}\n"));
        Assert.That(text, Does.Not.Contain("\r"));
    }

    [Test]
    public void Write_AnalysesWithoutNamesOfTheirOwn_ReadBackEqual()
    {
        Scenario scenario = ScenarioExamples.Parallel with
        {
            Analyses =
            [
                new Ancova { Week = 12 },
                new JointRank { Week = 24 },
                new LogRank(),
                new LogRank { ThroughWeek = 12.5 },
                new CoxRegression(),
                new CoxRegression { ThroughWeek = 12.5 },
                new RestrictedMeanSurvival { ThroughWeek = 12 },
                new RankPreservingFailureTime(),
                new SlopeAnalysis { ThroughWeek = 24 },
                new RandomSlopeModel { ThroughWeek = 24 },
            ],
        };

        Assert.That(ScenarioJson.Read(ScenarioJson.Write(scenario)), Is.EqualTo(scenario));
    }

    [TestCase(-0.0)]
    [TestCase(5e-324)]
    [TestCase(-5e-324)]
    [TestCase(2.2250738585072014e-308)]
    [TestCase(0.1 + 0.2)]
    [TestCase(-23.999999999999996)]
    public void Write_AwkwardNumber_ReadsBackWithTheSameBits(double points)
    {
        Scenario scenario = ScenarioExamples.Parallel with { Effect = new SymptomaticOffset { Points = points } };

        var effect = (SymptomaticOffset)ScenarioJson.Read(ScenarioJson.Write(scenario)).Effect;

        Assert.That(BitConverter.DoubleToInt64Bits(effect.Points), Is.EqualTo(BitConverter.DoubleToInt64Bits(points)));
    }

    [Test]
    public void Write_OptionalPropertiesLeftOut_StayOut()
    {
        Scenario scenario = ScenarioExamples.Parallel with
        {
            Effect = new SlopeReduction { MaxReduction = 0.5 },
            Analyses = [new LogRank { Name = "all" }],
        };
        string text = ScenarioJson.Write(scenario);

        Assert.That(text, Does.Not.Contain("fading").And.Not.Contain("throughWeek").And.Not.Contain("null"));
        Assert.That(ScenarioJson.Read(text), Is.EqualTo(scenario));
    }

    [Test]
    public void Write_ModelOfTheUsersOwn_ThrowsNamingItsType() =>
        Assert.That(
            () => ScenarioJson.Write(ScenarioExamples.Parallel with { Population = new OwnPopulation() }),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains(nameof(OwnPopulation)));

    [Test]
    public void Read_MinimalScenario_HasTheDefaultsOfTheSpecifications()
    {
        const string Json = """
            {
              "version": 1,
              "name": "minimal",
              "population": {
                "type": "strata",
                "strata": [
                  {
                    "name": "all", "weight": 1, "baselineScoreMean": 37, "baselineScoreSd": 6,
                    "declineRate": { "type": "normal", "mean": 1, "sd": 0.5 }, "residualSd": 1.5
                  }
                ]
              },
              "trajectory": { "type": "linear" },
              "design": { "type": "parallelGroup", "participants": 10, "visitWeeks": [0, 4] }
            }
            """;
        var stratum = new Stratum
        {
            Name = "all",
            Weight = 1,
            BaselineScoreMean = 37,
            BaselineScoreSd = 6,
            DeclineRate = new NormalRate { Mean = 1, Sd = 0.5 },
            ResidualSd = 1.5,
        };

        Scenario read = ScenarioJson.Read(Json);

        Assert.That(((PopulationModel)read.Population).Strata, Is.EqualTo((Stratum[])[stratum]));
        Assert.That(read.Effect, Is.EqualTo(new NoEffect()));
        Assert.That(read.Observation, Is.EqualTo(new ObservationModel()));
        Assert.That(read.Analyses, Is.Empty);
        Assert.That(read.Description, Is.Empty);
    }

    private sealed class OwnPopulation : IPopulationModel
    {
        public ValueList<string> StratumNames => ["one"];

        public ValueList<double> StratumShares => [1];

        public StratumComposition Composition => StratumComposition.Fixed;

        public IParticipantSampler CreateSampler() => throw new NotSupportedException();
    }
}
