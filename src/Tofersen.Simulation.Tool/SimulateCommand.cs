using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Scripts;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>simulate</c>.</summary>
internal static class SimulateCommand
{
    internal static int Run(string nameOrFile, int replicate, ulong seed, string folder, TextWriter output, CancellationToken cancellation)
    {
        (Scenario scenario, _) = ScenarioFiles.Find(nameOrFile);
        return Run(scenario, replicate, seed, folder, output, cancellation);
    }

    internal static int Run(Scenario scenario, int replicate, ulong seed, string folder, TextWriter output, CancellationToken cancellation)
    {
        TrialData data = new TrialSimulator(scenario).Simulate(seed, replicate, cancellation);
        OutputFolder.Write(folder, path =>
        {
            TrialDataSets.Write(data, scenario.Name, path, cancellation);
            AnalysisScripts.Write(scenario, data, path, cancellation);
        });
        output.WriteLine(FormattableString.Invariant(
            $"Replicate {replicate} of '{scenario.Name}', seed {seed}: {data.Participants} simulated participants written to {folder}."));
        return ExitCode.Done;
    }
}
