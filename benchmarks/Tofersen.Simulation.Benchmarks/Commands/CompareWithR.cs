using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>Our side of the comparison with R, which <c>benchmarks/r/compare.sh</c> runs: the trials, our answers, and our times.</summary>
internal static class CompareWithR
{
    private const ulong Seed = 1;
    private const int Measurements = 5;
    private const int WarmUpShare = 10;

    private static readonly ComparedAnalyses Compared = new(28, 52);

    // The ALSFRS-R alone, which is what the script in R simulates.
    private static readonly Scenario Whole =
        ValorOpenLabelExtension.ToWeek52.Scenario with { Endpoints = [], AdverseEvents = [], Analyses = [] };

    private static readonly (string Name, Scenario Scenario)[] Simulations =
        [("trial-without-events", Whole with { Observation = new ObservationModel() }), ("trial-with-events", Whole)];

    // The preset's trials, and the same with missed visits, for the model that has a closed form without them.
    private static readonly TrialSet[] Sets =
    [
        new("", Whole, Compared.All),
        new(
            "-gaps",
            Whole with { Observation = Whole.Observation with { IntermittentMissingProbability = 0.03 } },
            [("mmrm-gaps", Compared.RepeatedMeasures)]),
    ];

    /// <summary>Writes trials of VALOR with its extension, what our analyses say of them, and figures of simulated trials.</summary>
    /// <param name="folder">Receives participants.csv, scores.csv, the same with missed visits (-gaps), answers-ours.csv, simulated-ours.csv and
    /// runtime.txt.</param>
    /// <param name="trials">Number of trials to analyse.</param>
    /// <param name="simulated">Number of trials to compare simulations by.</param>
    internal static int Export(string folder, int trials, int simulated)
    {
        Directory.CreateDirectory(folder);
        RuntimeText.Write(folder);
        var answers = new List<string>();
        foreach (TrialSet set in Sets)
        {
            TrialData[] data = set.Draw(trials);
            CsvLines.Write(
                Path.Combine(folder, $"participants{set.Suffix}.csv"),
                "trial,id,arm,baseline,nfl,riluzole,edaravone,months,end",
                data.SelectMany(Participants));
            CsvLines.Write(Path.Combine(folder, $"scores{set.Suffix}.csv"), "trial,id,week,months,score", data.SelectMany(Scores));
            answers.AddRange(set.Analyses.SelectMany(a => Answers(a.Name, a.Analysis, data)));
        }

        CsvLines.Write(Path.Combine(folder, "answers-ours.csv"), "work,fit,trial,status,estimate,se,df,p", answers);
        CsvLines.Write(
            Path.Combine(folder, "simulated-ours.csv"),
            "model,trial,arm,week,seen,mean,sd",
            Simulations.SelectMany(s => Summaries(s.Name, s.Scenario, simulated)));
        return 0;
    }

    /// <summary>Times every analysis on the trials, and the simulation, and appends to times.csv.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="trials">Number of trials, the same as were written.</param>
    /// <param name="round">Number of the round.</param>
    /// <param name="seconds">Least processor time of a measurement.</param>
    internal static int Time(string folder, int trials, int round, double seconds)
    {
        foreach (TrialSet set in Sets)
        {
            TrialData[] data = set.Draw(trials);
            foreach ((string name, IAnalysis analysis) in set.Analyses)
            {
                IAnalysisWorker worker = analysis.CreateWorker(data[0].Layout);

                // R is timed on the same ones: where a fit ends on an edge, the two stop at different places.
                TrialData[] converged = [.. data.Where(trial => worker.Run(trial).Status == AnalysisStatus.Converged)];
                int next = 0;
                TimeWork(folder, name, round, seconds, () => worker.Run(converged[next = (next + 1) % converged.Length]));
            }
        }

        foreach ((string name, Scenario scenario) in Simulations)
        {
            var simulator = new TrialSimulator(scenario);
            long replicate = 0;
            TimeWork(folder, name, round, seconds, () => simulator.Simulate(Seed, replicate++));
        }

        return 0;
    }

    private static IEnumerable<string> Participants(TrialData data, int trial)
    {
        string[] columns = [Covariates.Baseline, Covariates.LogNeurofilamentLight, Covariates.Riluzole, Covariates.Edaravone];
        int[] positions = [.. columns.Select(c => data.Layout.Covariates.ToList().FindIndex(known => known.Name == c))];
        for (int p = 0; p < data.Participants; p++)
        {
            yield return CsvLines.Line(
                [trial, p, data.Arms[p], .. positions.Select(c => (object)data.Covariate(c)[p]), data.FollowUpMonths[p], data.FollowUpEnds[p]]);
        }
    }

    private static IEnumerable<string> Scores(TrialData data, int trial)
    {
        for (int cell = 0; cell < data.Participants * data.Visits; cell++)
        {
            if (data.Observed[cell])
            {
                yield return CsvLines.Line(
                    trial, cell / data.Visits, data.Layout.VisitWeeks[cell % data.Visits], data.VisitMonths[cell], data.Scores[cell]);
            }
        }
    }

    private static IEnumerable<string> Answers(string name, IAnalysis analysis, TrialData[] data)
    {
        IAnalysisWorker worker = analysis.CreateWorker(data[0].Layout);
        return data.Select((trial, t) =>
        {
            AnalysisResult result = worker.Run(trial);
            return CsvLines.Line(
                name, "ours", t, result.Status, result.Estimate, result.StandardError, result.DegreesOfFreedom, result.PValue);
        });
    }

    private static IEnumerable<string> Summaries(string name, Scenario scenario, int trials)
    {
        var simulator = new TrialSimulator(scenario);
        for (int t = 0; t < trials; t++)
        {
            // Replicates beyond those that are analysed.
            TrialData data = simulator.Simulate(Seed, 1_000_000 + t);
            foreach (double week in (double[])[28, 52])
            {
                for (int arm = 0; arm < data.Layout.ArmNames.Count; arm++)
                {
                    double[] changes = [.. Changes(data, arm, data.Layout.VisitAt(week))];
                    double mean = changes.Average();
                    double sd = Math.Sqrt(changes.Sum(c => (c - mean) * (c - mean)) / (changes.Length - 1));
                    yield return CsvLines.Line(name, t, arm, week, changes.Length, mean, sd);
                }
            }
        }
    }

    private static List<double> Changes(TrialData data, int arm, int visit)
    {
        var changes = new List<double>();
        for (int p = 0; p < data.Participants; p++)
        {
            double change = data.Scores[(p * data.Visits) + visit] - data.Scores[p * data.Visits];
            if (data.Arms[p] == arm && double.IsFinite(change))
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    private static void TimeWork<T>(string folder, string name, int round, double seconds, Func<T> work)
    {
        void Once() => work();
        ProcessorTime.WarmUp(Once, WarmUpShare * seconds, calls: 200);
        CsvLines.Append(
            Path.Combine(folder, "times.csv"),
            "work,fit,round,measurement,microseconds",
            Enumerable.Range(1, Measurements).Select(m => CsvLines.Line(name, "ours", round, m, ProcessorTime.Microseconds(Once, seconds))));
    }

    private sealed record TrialSet(string Suffix, Scenario Scenario, IEnumerable<(string Name, IAnalysis Analysis)> Analyses)
    {
        // A simulator keeps the data of its last trial, so each trial has one of its own.
        internal TrialData[] Draw(int trials) =>
            [.. Enumerable.Range(0, trials).Select(t => new TrialSimulator(Scenario).Simulate(Seed, t))];
    }
}
