using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tests.Reporting.Reports;

/// <summary>A result whose texts are hostile and whose scenario has most of what a report shows.</summary>
internal static class ReportedResult
{
    internal const string HostileName = "<script>alert(1)</script>";
    internal const string HostileAnalysis = "\"><img src=x onerror=alert(1)>";

    /// <summary>A change to a preset with an interim look, failing analyses, and markup wherever a file may hold a text.</summary>
    internal const string ScenarioJson = """
        {
          "version": 1,
          "base": "valor-ole",
          "name": "<script>alert(1)</script>",
          "description": "A \"quoted\" & <b>bold</b> 'text'\u0000\u001b",
          "effect": { "maxReduction": 0.5 },
          "design": { "participants": 60, "earlyName": "<i>early</i>", "enrolment": { "type": "uniform", "weeks": 104 } },
          "observation": { "events": [] },
          "analyses": [
            { "method": "ancova", "name": "\"><img src=x onerror=alert(1)>", "week": 28, "covariates": ["baseline", "stratum"] },
            { "method": "ancova", "name": "week 52", "week": 52 },
            { "method": "logRank", "name": "never" }
          ],
          "sequential": {
            "boundaries": {
              "informationFractions": [0.6, 1],
              "efficacy": { "type": "lanDeMetsObrienFleming" },
              "futility": { "type": "fixedFutility", "z": [0] }
            },
            "looks": [{ "timing": { "type": "firstPeriod" }, "analysis": "\"><img src=x onerror=alert(1)>" }],
            "analysis": "week 52"
          }
        }
        """;

    private static readonly Lazy<PowerResult> Once = new(() => PowerAnalysis.Run(
        Presets.ReadScenario(ScenarioJson), options: new RunOptions { Replicates = 60, Seed = 701, CollectEndpoints = true }));

    internal static PowerResult Hostile => Once.Value;
}
