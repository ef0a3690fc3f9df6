using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Trials in which treatment acts through the chain from dose to function.</summary>
internal static class ChainScenarios
{
    /// <summary>The preset's effect with doses that are missed and late.</summary>
    internal static DoseToFunction Late { get; } = (DoseToFunction)ValorOpenLabelExtension.ThroughChain.Scenario.Effect with
    {
        Regimen = new DosingRegimen { MissedProbability = 0.1, LatenessSdDays = 4 },
    };

    /// <summary>Biomarkers that follow the chain, events, jitter, gaps, refusals, missed and late doses.</summary>
    internal static Scenario Rich { get; } = TestScenarios.Rich with
    {
        Name = "rich chain",
        Effect = Late,
        Endpoints = ValorOpenLabelExtension.ThroughChain.Scenario.Endpoints,
    };
}
