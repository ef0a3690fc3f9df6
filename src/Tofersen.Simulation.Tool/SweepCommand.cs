using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>What <c>sweep</c> was asked for.</summary>
internal sealed record SweepRequest(
    string Scenario, string[] Vary, bool OneAtATime, string[] Reference, string? Analyses, RunOptions Options, bool Json, string? Folder);

/// <summary>The command <c>sweep</c>.</summary>
internal static class SweepCommand
{
    internal static int Run(SweepRequest request, ProgressBar bar, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        Scenario scenario = request.Analyses is null
            ? ScenarioFiles.Find(request.Scenario).Scenario
            : ChosenAnalyses.Of(ScenarioFiles.FindWholeTrial(request.Scenario, error), request.Analyses);
        RunOptions options = request.Options with { CollectCourses = false };
        SweepResult result = BadInput.Of(() =>
        {
            Sweep sweep = Read(request);
            return RunCommand.Into(
                request.Folder,
                () => bar.Show(progress => Sweep.Run(scenario, sweep, options, progress, cancellation)),
                (found, path) =>
                {
                    SweepReport.Write(found, path);
                    FigureFiles.Write(SweepFigures.Of(found), path);
                });
        });
        output.Write(request.Json ? SweepReport.ToJson(result) : SweepText.Describe(result));
        return FailureLimit.Check(result.Cells.SelectMany(c => c.Result.Analyses), error);
    }

    private static Sweep Read(SweepRequest request)
    {
        var sweep = new Sweep
        {
            Axes = [.. request.Vary.Select(SweepAxis.Parse)],
            Layout = request.OneAtATime ? SweepLayout.OneAtATime : SweepLayout.FullGrid,
        };
        return request.Reference.Length == 0 ? sweep : sweep with { Reference = Reference(sweep.Axes, request.Reference) };
    }

    // In the order of the axes, whatever the order on the command line.
    private static ValueList<PropertyValue> Reference(ValueList<SweepAxis> axes, string[] texts)
    {
        SweepAxis[] given = [.. texts.Select(SweepAxis.Parse)];
        foreach (SweepAxis axis in given)
        {
            SweepAxis varied = axes.FirstOrDefault(a => a.Name == axis.Name) ?? throw new BadInputException(
                $"--reference {axis.Name} must be a property that is varied: {string.Join(", ", axes.Select(a => a.Name))}.{NearestName.Hint(axis.Name, axes.Select(a => a.Name))}");
            if (axis.Values.Count != 1 || !varied.Values.Contains(axis.Values[0]))
            {
                throw new BadInputException(
                    $"--reference {axis.Name} is {string.Join(',', axis.Values)}; it must be one of the values in --vary: {string.Join(", ", varied.Values)}.");
            }
        }

        return
        [
            .. axes.Select(axis => given.LastOrDefault(g => g.Name == axis.Name)?.Values[0]
                ?? throw new BadInputException($"--reference has no value of {axis.Name}; give one for each --vary.")),
        ];
    }
}
