using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Reads what a calibration may move from JSON: <c>{ "parameters": [ { "name": …, "paths": [ … ], "minimum": …, "maximum": … } ] }</c>,
/// with narrower <c>"limits": [ { "target": …, "minimum": …, "maximum": … } ]</c> of targets where asked for.</summary>
public static class CalibrationJson
{
    private static readonly RecordShape<CalibrationParameter> Parameter =
        new RecordShape<CalibrationParameter>(
            "calibrationParameter", new CalibrationParameter { Name = "name", Paths = ["path"], Minimum = 0, Maximum = 1 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v }, required: true)
            .Add("paths", new ListShape<string>(new TextShape()), x => x.Paths, (x, v) => x with { Paths = v }, required: true)
            .Flag("isFactor", x => x.IsFactor, (x, v) => x with { IsFactor = v })
            .Number("minimum", x => x.Minimum, (x, v) => x with { Minimum = v }, -1e6, 1e6, required: true)
            .Number("maximum", x => x.Maximum, (x, v) => x with { Maximum = v }, -1e6, 1e6, required: true);

    private static readonly RecordShape<TargetLimits> Limits =
        new RecordShape<TargetLimits>("targetLimits", new TargetLimits { Target = "target", Minimum = 0, Maximum = 1 })
            .Text("target", x => x.Target, (x, v) => x with { Target = v }, required: true)
            .Number("minimum", x => x.Minimum, (x, v) => x with { Minimum = v }, -1e6, 1e6, required: true)
            .Number("maximum", x => x.Maximum, (x, v) => x with { Maximum = v }, -1e6, 1e6, required: true);

    private static readonly RecordShape<CalibrationPlan> Whole =
        new RecordShape<CalibrationPlan>(
            "calibration",
            new CalibrationPlan { Parameters = [new CalibrationParameter { Name = "name", Paths = ["path"], Minimum = 0, Maximum = 1 }] })
            .Add(
                "parameters",
                new ListShape<CalibrationParameter>(Parameter),
                x => x.Parameters,
                (x, v) => x with { Parameters = v },
                required: true)
            .Add("limits", new ListShape<TargetLimits>(Limits), x => x.Limits, (x, v) => x with { Limits = v });

    /// <summary>Reads a plan, strictly.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ScenarioFormatException">The text is no such object; the message names the place, the value and what is
    /// valid.</exception>
    public static CalibrationPlan Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonObject parsed = ScenarioJson.Parse(json);
        using JsonDocument document = JsonDocument.Parse(parsed.ToJsonString());
        return (CalibrationPlan)Whole.Read(document.RootElement, "$");
    }
}
