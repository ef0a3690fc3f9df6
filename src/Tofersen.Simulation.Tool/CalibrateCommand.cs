using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>calibrate</c>.</summary>
internal static class CalibrateCommand
{
    internal static int Run(
        string presetName, string parameterFile, CalibrationOptions options, bool json, ProgressBar bar, TextWriter output, CancellationToken cancellation)
    {
        Preset preset = Presets.Find(presetName) ?? throw new BadInputException(
            $"There is no preset '{presetName}'; there are {string.Join(", ", Completions.PresetNames)}.{NearestName.Hint(presetName, Completions.PresetNames)}");
        CalibrationPlan plan = ReadPlan(parameterFile);
        CalibrationFit fit;
        try
        {
            fit = bar.ShowCalibration(
                progress => Calibrator.Fit(plan.ApplyTo(preset), plan.Parameters, options, progress: progress, cancellation: cancellation));
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
