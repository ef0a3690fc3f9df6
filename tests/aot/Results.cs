using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.AheadOfTime;

/// <summary>Digests of what the library gives, a line for each thing, so that a difference is seen with its place.</summary>
internal static class Results
{
    private const ulong Seed = 20_261_123;
    private const int Trials = 3;
    private const int Replicates = 20;

    internal static IEnumerable<string> Lines() =>
    [
        .. Presets.All.SelectMany(p => OfPreset(p.Scenario)),
        .. AnalysisCase.All.Select(c => $"analysis {c.Name} {OfAnalysis(c)}"),
    ];

    private static IEnumerable<string> OfPreset(Scenario scenario)
    {
        string json = ScenarioJson.Write(scenario);
        Scenario read = Presets.ReadScenario(json);
        if (!read.Equals(scenario) || ScenarioJson.Write(read) != json)
        {
            throw new InvalidOperationException($"The preset '{scenario.Name}' changes when it is written and read.");
        }

        yield return $"json {scenario.Name} {new Digest().Add(json)}";
        var simulator = new TrialSimulator(read);
        for (int k = 0; k < Trials; k++)
        {
            yield return $"trial {scenario.Name} {k} {OfTrial(simulator.Simulate(Seed, k))}";
        }

        var options = new RunOptions { Replicates = Replicates, Seed = Seed, Parallelism = 2, TrueValues = false };
        PowerResult power = PowerAnalysis.Run(read, options: options);
        yield return $"power {scenario.Name} {new Digest().Add(PowerReport.ToJson(power))}";
    }

    private static Digest OfTrial(TrialData data)
    {
        Digest digest = OfScores(new Digest(), data)
            .Add(data.Arms).Add(data.Strata).Add(data.FollowUpMonths).Add(data.FollowUpEnds).Add(data.PhenoconversionMonths)
            .Add(data.TreatmentStopMonths).Add(data.RescueMonths);
        for (int c = 0; c < data.Layout.Covariates.Count; c++)
        {
            digest.Add(data.Covariate(c));
        }

        for (int e = 0; e < data.Layout.Endpoints.Count; e++)
        {
            OfScores(digest, data.OnEndpoint(e));
        }

        for (int a = 0; a < data.Layout.AdverseEvents.Count; a++)
        {
            digest.Add(data.AdverseEvents.Counts(a)).Add(data.AdverseEvents.FirstMonths(a));
        }

        return digest;
    }

    private static Digest OfScores(Digest digest, TrialData data) =>
        digest.Add(data.Scores).Add(data.Observed).Add(data.VisitMonths);

    private static Digest OfAnalysis(AnalysisCase @case)
    {
        (IAnalysisWorker worker, TrialData[] trials) = @case.Prepare(Seed, Trials);
        var digest = new Digest();
        foreach (TrialData trial in trials)
        {
            AnalysisResult result = worker.Run(trial);
            digest.Add((double)result.Status).Add(result.Participants)
                .Add(result.Estimate).Add(result.StandardError).Add(result.DegreesOfFreedom).Add(result.Statistic)
                .Add(result.PValue).Add(result.Lower).Add(result.Upper);
        }

        return digest;
    }
}
