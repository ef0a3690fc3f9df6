using System.Text;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>check</c>.</summary>
internal static class CheckCommand
{
    internal static int Run(
        string nameOrFile, RunOptions options, bool json, string? figure, ProgressBar bar, TextWriter output, CancellationToken cancellation)
    {
        (Scenario scenario, Preset? preset) = ScenarioFiles.Find(nameOrFile);
        if (preset is null)
        {
            throw new BadInputException(
                $"'{nameOrFile}' is not a preset and has none as its base; only presets have published results to check against.");
        }

        ValueList<CalibrationResult> results;
        try
        {
            results = RunCommand.Drawn(
                figure,
                () => bar.Show(progress => preset.Check(scenario, options, progress, cancellation)),
                found => CheckFigures.Forest(found, scenario.Name));
        }
        catch (ArgumentException exception)
        {
            throw new BadInputException($"{nameOrFile}: {BadInput.MessageOf(exception)}");
        }

        int outside = results.Count(r => !r.IsInside);
        output.Write(json ? ToJson(scenario, options, results) : ToText(scenario, options, results, outside));
        return outside == 0 ? ExitCode.Done : ExitCode.OutsideTolerance;
    }

    private static string ToText(Scenario scenario, RunOptions options, ValueList<CalibrationResult> results, int outside)
    {
        var table = CheckTable.Make(results);
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant(
            $"{scenario.Name}: published beside simulated, {options.Replicates} simulated trials, seed {options.Seed}\n"));
        text.Append("Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.\n\n");
        text.Append(table);
        text.Append(FormattableString.Invariant($"\n{results.Count - outside} of {results.Count} inside their tolerance.\n"));
        return text.ToString();
    }

    private static string ToJson(Scenario scenario, RunOptions options, ValueList<CalibrationResult> results) =>
        JsonText.OfObject(json =>
        {
            json.WriteString("scenario", scenario.Name);
            json.WriteNumber("seed", options.Seed);
            json.WriteNumber("replicates", options.Replicates);
            json.WriteStartArray("targets");
            foreach (CalibrationResult result in results)
            {
                json.WriteStartObject();
                json.WriteString("name", result.Target.Name);
                json.WriteString("kind", result.Target.Kind.ToString().ToLowerInvariant());
                json.WriteNumber("published", result.Target.Published);
                json.WriteNumber("minimum", result.Target.Minimum);
                json.WriteNumber("maximum", result.Target.Maximum);
                json.WriteDefined("simulated", result.Simulated.Value);
                json.WriteDefined("mcse", result.Simulated.MonteCarloError);
                json.WriteBoolean("inside", result.IsInside);
                json.WriteString("source", result.Target.Citation);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
}
