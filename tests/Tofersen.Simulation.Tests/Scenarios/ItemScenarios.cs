using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Scenarios with items and adverse events.</summary>
internal static class ItemScenarios
{
    /// <summary>A bit of everything, items and adverse events included.</summary>
    internal static Scenario Rich { get; } = TestScenarios.Rich with
    {
        Name = "rich-items",
        Observation = TestScenarios.Rich.Observation with { Items = new ItemModel() },
        AdverseEvents = ValorAdverseEvents.Classes,
    };

    /// <summary>Everybody at the same latent total at all visits, with or without bulbar onset.</summary>
    internal static Scenario Steady(double total, bool hasBulbarOnset, int participants) => TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike with
        {
            BaselineScoreMean = total,
            DeclineRate = new NormalRate { Mean = 0, Sd = 0 },
            BulbarOnsetProbability = hasBulbarOnset ? 1 : 0,
        }),
        Design = new ParallelGroup { Participants = participants, VisitWeeks = [0, 28] },
        Observation = new ObservationModel { Items = new ItemModel() },
    };
}
