using System.Text;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting.Scripts;

/// <summary>Programs in R and SAS that read the CSV files of a simulated trial and rerun the analyses of its scenario.</summary>
/// <remarks>
/// <para>Rerun are analyses of covariance, mixed models for repeated measures, random slopes, two-stage slopes, joint ranks, log-rank tests and Cox
/// regressions, also on endpoints besides the ALSFRS-R and on two of several arms. The programs name those that they leave out.</para>
/// <para>The R program is run by this library's tests; the SAS program has never been run, and says so.</para>
/// </remarks>
public static class AnalysisScripts
{
    /// <summary>Writes read-and-analyse.R and read-and-analyse.sas.</summary>
    /// <param name="scenario">The scenario, whose analyses they rerun.</param>
    /// <param name="data">A trial of it.</param>
    /// <param name="folder">The folder with the trial's files, as <see cref="TrialDataSets.Write"/> wrote them.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(Scenario scenario, TrialData data, string folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ScriptStep[] steps = [.. scenario.Analyses.Select(a => ScriptStep.Of(a, data.Layout))];
        File.WriteAllText(Path.Combine(folder, "read-and-analyse.R"), RScript.Make(steps));
        File.WriteAllText(
            Path.Combine(folder, "read-and-analyse.sas"), SasScript.Make(steps, TrialDataSets.Of(data, scenario.Name), cancellation));
    }

    /// <summary>The part of a program that is the same for every trial.</summary>
    internal static string Common(string name)
    {
        using Stream stream = typeof(AnalysisScripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
