using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>calibrate</c>.</summary>
internal static class CalibrateCommand
{
    internal static int Run(
        string presetName, string parameterFile, CalibrationOptions options, bool json, TextWriter output, CancellationToken cancellation)
    {
        Preset preset = Presets.Find(presetName) ?? throw new BadInputException(
            $"There is no preset '{presetName}'; there are {string.Join(", ", Presets.All.Select(p => p.Name))}.");
        CalibrationPlan plan = ReadPlan(parameterFile);
        CalibrationFit fit;
        try
        {
            fit = Calibrator.Fit(plan.ApplyTo(preset), plan.Parameters, options, cancellation: cancellation);
        }
        catch (Exception exception) when (exception is ArgumentException or ScenarioFormatException)
        {
            throw new BadInputException($"{parameterFile}: {BadInput.MessageOf(exception)}");
        }

        output.Write(json ? CalibrationReport.ToJson(fit, options) : CalibrationReport.ToText(fit, options));
        return fit.Targets.All(t => t.IsInside) ? ExitCode.Done : ExitCode.OutsideTolerance;
    }

    private static CalibrationPlan ReadPlan(string file)
    {
        if (!File.Exists(file))
        {
            throw new BadInputException($"There is no file '{file}'.");
        }

        try
        {
            return CalibrationJson.Read(File.ReadAllText(file));
        }
        catch (ScenarioFormatException exception)
        {
            throw new BadInputException($"{file}: {exception.Message}");
        }
    }
}
