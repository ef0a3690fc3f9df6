using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Reports;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>report</c>.</summary>
internal static class ReportCommand
{
    private const string PlanFile = "plan.json";

    internal static int Run(string resultPath, string file, string? presetName, TextWriter output, CancellationToken cancellation)
    {
        Preset? preset = presetName is null ? null : FindPreset(presetName);
        PowerResult result = Read(resultPath);
        OutputFile.Write(file, writer => HtmlReport.Write(result, writer, new HtmlReportOptions { Preset = preset }, cancellation));
        output.WriteLine(FormattableString.Invariant(
            $"Report on {result.Replicates} simulated trials of '{result.Scenario.Name}' written to {file}."));
        return ExitCode.Done;
    }

    /// <summary>The result in a file or folder of <c>power --out</c> and <c>merge --out</c>, or in a study folder that is complete.</summary>
    private static PowerResult Read(string path)
    {
        if (Directory.Exists(path))
        {
            string file = Path.Combine(path, ResultFile.FileName);
            return File.Exists(file) ? ReadFile(file)
                : File.Exists(Path.Combine(path, PlanFile)) ? StudyFolder.Open(path).Merge()
                : throw new BadInputException(
                    $"There is no result in '{path}'; it needs {ResultFile.FileName}, which 'power SCENARIO --out DIR' and 'merge PLAN --out DIR' write, or the plan of a finished study.");
        }

        return File.Exists(path)
            ? ReadFile(path)
            : throw new BadInputException($"There is no folder and no file '{path}'; make a result with 'power SCENARIO --out DIR' and give DIR.");
    }

    private static PowerResult ReadFile(string file)
    {
        try
        {
            return ResultFile.Read(file);
        }
        catch (InvalidDataException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }

    private static Preset FindPreset(string name) => Presets.Find(name)
        ?? throw new BadInputException($"There is no preset '{name}'; there are {string.Join(", ", Presets.All.Select(p => p.Name))}.");
}
