using System.Text.Json;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting;

/// <summary>The results of a sweep as JSON and CSV.</summary>
public static class SweepReport
{
    /// <summary>A sweep as one JSON document, without anything that differs between two runs of the same seed and scenario. What is not defined,
    /// such as the bias of a rank, is null.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(SweepResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonText.OfObject(json =>
        {
            json.WriteString("scenario", result.Scenario.Name);
            json.WriteNumber("seed", result.Seed);
            json.WriteString("layout", result.Sweep.Layout == SweepLayout.OneAtATime ? "oneAtATime" : "fullGrid");
            WriteAxes(json, result);
            json.WriteNumber("reference", result.ReferencePosition);
            json.WriteStartArray("cells");
            foreach (SweepCell cell in result.Cells)
            {
                WriteCell(json, cell);
            }

            json.WriteEndArray();
            if (result.Sweep.Layout == SweepLayout.OneAtATime)
            {
                WriteTornado(json, result);
            }
        });
    }

    /// <summary>Writes a sweep into a folder: sweep.csv with a row a cell and analysis, tornado.csv where one thing was changed at a time, and
    /// scenario.json, the scenario as it is. A scenario with a model that is not the library's own has no form in JSON, and the last file
    /// is left out.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(SweepResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        WriteCells(result, Path.Combine(folder, "sweep.csv"));
        if (result.Sweep.Layout == SweepLayout.OneAtATime)
        {
            WriteBars(result, Path.Combine(folder, "tornado.csv"));
        }

        if (ScenarioJson.TryWrite(result.Scenario) is { } scenario)
        {
            File.WriteAllText(Path.Combine(folder, "scenario.json"), scenario);
        }
    }

    private static void WriteAxes(Utf8JsonWriter json, SweepResult result)
    {
        json.WriteStartArray("axes");
        foreach ((SweepAxis axis, PropertyValue? present) in result.Sweep.Axes.Zip(result.PresentValues))
        {
            json.WriteStartObject();
            json.WriteString("name", axis.Name);
            json.WriteStartArray("paths");
            foreach (string path in axis.Paths)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
            json.WriteValue("present", present);
            json.WriteStartArray("values");
            foreach (PropertyValue value in axis.Values)
            {
                json.WriteRawValue(value.Json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter json, SweepCell cell)
    {
        json.WriteStartObject();
        json.WriteStartObject("settings");
        foreach (SweepSetting setting in cell.Settings)
        {
            json.WriteValue(setting.Axis, setting.Value);
        }

        json.WriteEndObject();
        json.WriteNumber("replicates", cell.Result.Replicates);
        json.WriteStartArray("analyses");
        foreach (OperatingCharacteristics a in cell.Result.Analyses)
        {
            PairedComparison? difference = cell.Difference(a.Name);
            json.WriteStartObject();
            PowerReport.WriteProperties(json, a, cell.Result.Scenario);
            json.WriteDefined("difference", difference?.Difference ?? double.NaN);
            json.WriteDefined("differenceMcse", difference?.MonteCarloError ?? double.NaN);
            json.WriteDefined("differencePValue", difference?.PValue ?? double.NaN);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (cell.Result.Sequential is { } looks)
        {
            SequentialReport.WriteJson(json, looks);
        }

        json.WriteEndObject();
    }

    private static void WriteTornado(Utf8JsonWriter json, SweepResult result)
    {
        json.WriteStartArray("tornado");
        foreach (TornadoBar bar in Bars(result))
        {
            json.WriteStartObject();
            json.WriteString("analysis", bar.Analysis);
            json.WriteString("axis", bar.Axis);
            json.WriteValue("low", bar.Low.Value);
            json.WriteNumber("lowPower", bar.Low.Power);
            json.WriteValue("high", bar.High.Value);
            json.WriteNumber("highPower", bar.High.Power);
            json.WriteNumber("swing", bar.Swing);
            json.WriteNumber("swingMcse", bar.Comparison.MonteCarloError);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(this Utf8JsonWriter json, string name, PropertyValue? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value?.Json ?? "null");
    }

    private static void WriteCells(SweepResult result, string path)
    {
        ValueList<SweepAxis> axes = result.Sweep.Axes;
        using var table = new CsvTable(
            path,
            [
                .. axes.Select(a => a.Name), "analysis", "alpha", "power", "mcse", "lower", "upper", "difference", "differenceMcse",
                "differencePValue", "meanEstimate", "meanEstimateMcse", "trueValue", "bias", "empiricalSe", "modelSe", "coverage", "planned",
                "analysed", "failed", "nonConverged", "isReference",
            ]);
        foreach (SweepCell cell in result.Cells)
        {
            foreach (OperatingCharacteristics a in cell.Result.Analyses)
            {
                for (int i = 0; i < axes.Count; i++)
                {
                    // What was left as it is has its value there, so that every row says what it was run with.
                    table.Value(cell.Setting(axes[i].Name)?.Value ?? result.PresentValues[i]);
                }

                PairedComparison? difference = cell.Difference(a.Name);
                table.Text(a.Name).Number(a.Alpha).Number(a.Power).Number(a.MonteCarloError).Number(a.Lower).Number(a.Upper)
                    .Number(difference?.Difference ?? double.NaN).Number(difference?.MonteCarloError ?? double.NaN)
                    .Number(difference?.PValue ?? double.NaN).Number(a.MeanEstimate).Number(a.MeanEstimateMonteCarloError)
                    .Number(a.TrueValue.Value).Number(a.Bias).Number(a.EmpiricalStandardError).Number(a.ModelStandardError).Number(a.Coverage)
                    .Number((long)a.Planned).Number((long)a.Analysed).Number((long)a.Failed).Number((long)a.NotConverged)
                    .Number(cell.IsReference ? 1L : 0L)
                    .EndRow();
            }
        }
    }

    private static void WriteBars(SweepResult result, string path)
    {
        using var table = new CsvTable(path, "analysis", "axis", "low", "lowPower", "high", "highPower", "swing", "swingMcse");
        foreach (TornadoBar bar in Bars(result))
        {
            PropertyValue? present = result.PresentValues[result.Sweep.Axes.Select(a => a.Name).ToList().IndexOf(bar.Axis)];
            table.Text(bar.Analysis).Text(bar.Axis)
                .Value(bar.Low.Value ?? present).Number(bar.Low.Power).Value(bar.High.Value ?? present).Number(bar.High.Power)
                .Number(bar.Swing).Number(bar.Comparison.MonteCarloError)
                .EndRow();
        }
    }

    private static IEnumerable<TornadoBar> Bars(SweepResult result) =>
        result.Reference.Result.Analyses.SelectMany(a => result.Tornado(a.Name));

    private static CsvTable Value(this CsvTable table, PropertyValue? value) =>
        value?.Number is { } number ? table.Number(number) : table.Text(value?.ToString() ?? "");
}
