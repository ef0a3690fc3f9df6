using Tofersen.Simulation.Calibrations;

namespace Tofersen.Simulation.Reporting;

/// <summary>Results of a calibration as text and as JSON.</summary>
public static class CalibrationReport
{
    /// <summary>One JSON document: options, parameters with standard errors, targets beside what the fit gives.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="options">The options that it was made with.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(CalibrationFit fit, CalibrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(options);
        return JsonText.OfObject(json =>
        {
            json.WriteString("scenario", fit.Scenario.Name);
            json.WriteNumber("seed", options.Seed);
            json.WriteNumber("replicates", options.Replicates);
            json.WriteNumber("steps", fit.Steps);
            json.WriteBoolean("converged", fit.HasConverged);
            json.WriteDefined("startMisfit", fit.StartMisfit);
            json.WriteDefined("misfit", fit.Misfit);
            json.WriteStartArray("parameters");
            foreach (CalibratedParameter parameter in fit.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter.Parameter.Name);
                json.WriteDefined("start", parameter.Start);
                json.WriteDefined("value", parameter.Value);
                json.WriteDefined("standardError", parameter.StandardError);
                json.WriteBoolean("atLimit", parameter.IsAtLimit);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("targets");
            foreach (CalibrationResult result in fit.Targets)
            {
                json.WriteStartObject();
                json.WriteString("name", result.Target.Name);
                json.WriteNumber("published", result.Target.Published);
                json.WriteNumber("minimum", result.Target.Minimum);
                json.WriteNumber("maximum", result.Target.Maximum);
                json.WriteDefined("simulated", result.Simulated.Value);
                json.WriteDefined("mcse", result.Simulated.MonteCarloError);
                json.WriteBoolean("inside", result.IsInside);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>The same for people.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="options">The options that it was made with.</param>
    /// <returns>The text, ending with a line feed.</returns>
    public static string ToText(CalibrationFit fit, CalibrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(options);
        var parameters = new TextTable("parameter", "start", "fitted", "range", "");
        foreach (CalibratedParameter p in fit.Parameters)
        {
            parameters.Row(
                p.Parameter.Name,
                TextTable.Number(p.Start, 4),
                TextTable.WithError(p.Value, p.StandardError, 4),
                $"{TextTable.Number(p.Parameter.Minimum, 3)} to {TextTable.Number(p.Parameter.Maximum, 3)}",
                p.IsAtLimit ? "at its limit" : "");
        }

        string end = fit.HasConverged ? "converged" : "not converged";
        return FormattableString.Invariant(
            $"{fit.Scenario.Name}: {options.Replicates} simulated trials an evaluation, seed {options.Seed}; {fit.Steps} steps, {end}\n")
            + FormattableString.Invariant($"Misfit {fit.StartMisfit:F2} at the start, {fit.Misfit:F2} at the end, {fit.Targets.Count} targets.\n")
            + "Simulated data: no evidence about a medicine. ± is one standard error, of a parameter that of the published results.\n\n"
            + parameters + "\n" + CheckTable.Make(fit.Targets);
    }
}
