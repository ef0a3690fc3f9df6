using System.Globalization;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>What <c>assurance</c> was asked for.</summary>
internal sealed record AssuranceRequest(
    string Scenario, string[] Priors, string[] Correlations, string? Analyses, RunOptions Options, bool Json, string? Folder);

/// <summary>The command <c>assurance</c>.</summary>
internal static class AssuranceCommand
{
    internal static int Run(AssuranceRequest request, ProgressBar bar, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        Scenario scenario = ChosenAnalyses.Of(ScenarioFiles.FindWholeTrial(request.Scenario, error), request.Analyses);
        AssuranceResult result = BadInput.Of(() =>
        {
            var prior = new JointPrior
            {
                Priors = [.. request.Priors.Select(Prior.Parse)],
                Correlations = [.. request.Correlations.Select(Correlation)],
            };
            return RunCommand.Into(
                request.Folder,
                () => bar.Show(progress => AssuranceAnalysis.Run(scenario, prior, request.Options, progress, cancellation)),
                AssuranceReport.Write);
        });
        output.Write(request.Json ? AssuranceReport.ToJson(result) : AssuranceText.Describe(result));
        return FailureLimit.Check(result.Analyses.Select(a => (a.Name, a.Failed, a.Success.Replicates)), error);
    }

    private static PriorCorrelation Correlation(string text)
    {
        string[] sides = text.Split('=');
        string[] names = sides[0].Split(',', StringSplitOptions.TrimEntries);
        return sides.Length == 2 && names.Length == 2
            && double.TryParse(sides[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double correlation) && correlation is > -1 and < 1
            ? new PriorCorrelation { First = names[0], Second = names[1], Correlation = correlation }
            : throw new BadInputException($"--correlation is '{text}'; write PATH,PATH=R, with two of the priors and a number above -1 and below 1.");
    }
}
