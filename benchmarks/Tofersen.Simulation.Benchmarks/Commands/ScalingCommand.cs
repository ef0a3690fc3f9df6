using System.Diagnostics;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>Measures how time and memory grow with threads, participants, replicates and visits, and writes a CSV file for each.</summary>
/// <remarks>Every round goes over all points of a curve, so that a slow spell of the machine raises a round and does not tilt the curve.
/// <c>benchmarks/r/scaling.R</c> takes medians over rounds, fits slopes and draws.</remarks>
internal static class ScalingCommand
{
    private const ulong Seed = 1;
    private const int VisitsParticipants = 250;
    private const int LargestUnstructured = 20;
    private const int PeopleRead = 40_000;

    private static readonly (string Name, int Server, int Concurrent)[] Collectors =
        [("workstation", 0, 0), ("workstation, concurrent", 0, 1), ("server", 1, 0)];

    /// <summary>Measures curves.</summary>
    /// <param name="folder">Receives a CSV file for each.</param>
    /// <param name="sizes">How far they go.</param>
    /// <param name="curves">Their names; none for all.</param>
    /// <returns>0; 2 where there is no curve of a name.</returns>
    internal static int Run(string folder, ScalingSizes sizes, string[] curves)
    {
        (string Name, Action<string, ScalingSizes> Measure)[] all =
        [
            ("threads", MeasureThreads), ("replicates", MeasureReplicates), ("participants", MeasureParticipants), ("visits", MeasureVisits),
        ];
        if (Array.Find(curves, c => all.All(known => known.Name != c)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no curve '{unknown}'; there are {string.Join(", ", all.Select(a => a.Name))}.");
            return 2;
        }

        Directory.CreateDirectory(folder);
        RuntimeText.Write(folder);
        foreach ((string name, Action<string, ScalingSizes> measure) in all)
        {
            if (curves.Length == 0 || curves.Contains(name))
            {
                measure(Path.Combine(folder, name + ".csv"), sizes);
            }
        }

        return 0;
    }

    private static void MeasureThreads(string path, ScalingSizes sizes)
    {
        int cores = Environment.ProcessorCount;
        string[] threads = [.. Enumerable.Range(1, cores).Append(2 * cores).Select(t => CsvLines.Line(t))];
        var lines = new List<string>();
        for (int round = 1; round <= sizes.Rounds; round++)
        {
            foreach ((string name, int server, int concurrent) in Collectors)
            {
                string output = RunChild(["scaling-threads", CsvLines.Line(sizes.ThreadReplicates), "1", .. threads], server, concurrent);
                foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    string[] cells = line.Split(',');
                    if (bool.Parse(cells[0]) != (server == 1))
                    {
                        throw new InvalidOperationException($"The child did not run with the collector '{name}'.");
                    }

                    lines.Add($"\"{name}\",{round},{string.Join(',', cells[2..])}");
                }
            }
        }

        CsvLines.Write(path, "collector,round,threads,replicates,seconds,processorSeconds", lines);
    }

    private static void MeasureReplicates(string path, ScalingSizes sizes)
    {
        var lines = new List<string>();
        for (int round = 1; round <= sizes.Rounds; round++)
        {
            foreach (int replicates in sizes.Replicates)
            {
                // One long run says enough about itself, and two about the memory.
                if (replicates < 1_000_000 || round <= 2)
                {
                    string output = RunChild(["scaling-replicates", CsvLines.Line(replicates)], server: 0, concurrent: 1);
                    lines.Add($"{round},{output.Trim()}");
                }
            }
        }

        CsvLines.Write(path, "round,replicates,seconds,processorSeconds,peakMebibytes,allocatedMebibytes", lines);
    }

    private static void MeasureParticipants(string path, ScalingSizes sizes) =>
        MeasurePoints(path, "work,participants,round,microseconds", sizes, sizes.Participants.Select(ByParticipants));

    private static void MeasureVisits(string path, ScalingSizes sizes) =>
        MeasurePoints(path, "work,visits,round,microseconds", sizes, sizes.Visits.Select(ByVisits));

    private static void MeasurePoints(string path, string header, ScalingSizes sizes, IEnumerable<IEnumerable<ScalingPoint>> points)
    {
        ScalingPoint[] all = [.. points.SelectMany(p => p)];
        foreach (ScalingPoint point in all)
        {
            ProcessorTime.WarmUp(point.Work, sizes.WarmUpSeconds, calls: 3);
        }

        var lines = new List<string>();
        for (int round = 1; round <= sizes.Rounds; round++)
        {
            foreach (ScalingPoint point in all)
            {
                double microseconds = ProcessorTime.Microseconds(point.Work, sizes.Seconds);
                lines.Add(CsvLines.Line(point.Name, point.Size, round, microseconds));
            }
        }

        CsvLines.Write(path, header, lines);
    }

    // The trial of the preset, with more people.
    private static IEnumerable<ScalingPoint> ByParticipants(int participants)
    {
        Scenario scenario = Alone(ValorOpenLabelExtension.ToWeek52.Scenario);
        scenario = scenario with { Design = (DelayedStart)scenario.Design with { Participants = participants } };
        return Points(scenario, participants, new ComparedAnalyses(28, 52).All);
    }

    // A trial of 40 weeks with visits as evenly spread as whole weeks let them be, and a switch half-way.
    private static IEnumerable<ScalingPoint> ByVisits(int visits)
    {
        const double EndWeek = 40;
        Scenario scenario = Alone(ValorOpenLabelExtension.ToWeek52.Scenario);
        scenario = scenario with
        {
            Design = (DelayedStart)scenario.Design with
            {
                Participants = VisitsParticipants,
                VisitWeeks = [.. Enumerable.Range(0, visits + 1).Select(v => Math.Round(EndWeek * v / visits))],
                SwitchWeeks = EndWeek / 2,
            },
        };
        var compared = new ComparedAnalyses(EndWeek, EndWeek);
        return Points(
            scenario,
            visits,
            compared.All.Where(a => a.Analysis is RandomSlopeModel || (a.Analysis is Mmrm && visits <= LargestUnstructured)));
    }

    private static Scenario Alone(Scenario scenario) => scenario with { Endpoints = [], AdverseEvents = [], Analyses = [] };

    private static IEnumerable<ScalingPoint> Points(Scenario scenario, int size, IEnumerable<(string Name, IAnalysis Analysis)> analyses)
    {
        var simulator = new TrialSimulator(scenario);
        long replicate = 0;
        yield return new ScalingPoint("trial", size, () => simulator.Simulate(Seed, replicate++));

        // The same number of people at every size: with few small trials the processor would learn their branches by heart, which
        // makes sorting twice as fast, and the curve too steep.
        int trials = Math.Max(4, PeopleRead / scenario.Design.Participants);
        TrialData[] data = [.. Enumerable.Range(0, trials).Select(t => new TrialSimulator(scenario).Simulate(Seed, t))];
        foreach ((string name, IAnalysis analysis) in analyses)
        {
            IAnalysisWorker worker = analysis.CreateWorker(scenario.Layout);

            // A trial in which nobody, or one arm alone, has an event is no work for a test of the time to it.
            TrialData[] usable = [.. data.Where(trial => worker.Run(trial).IsUsable)];
            if (2 * usable.Length < data.Length)
            {
                throw new InvalidOperationException($"Most fits of '{name}' at size {size} failed; their time would say nothing.");
            }

            int next = 0;
            yield return new ScalingPoint(name, size, () => worker.Run(usable[next = (next + 1) % usable.Length]));
        }
    }

    private static string RunChild(IEnumerable<string> arguments, int server, int concurrent)
    {
        // The program is run as this one is: by its own host, or by dotnet with the path of the assembly.
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("The process has no path.");
        string assembly = typeof(ScalingCommand).Assembly.Location;
        bool isDotnet = Path.GetFileNameWithoutExtension(host) == "dotnet";
        var start = new ProcessStartInfo(host, isDotnet ? [assembly, .. arguments] : arguments) { RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = CsvLines.Line(server);
        start.Environment["DOTNET_gcConcurrent"] = CsvLines.Line(concurrent);
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"The child ended with exit code {child.ExitCode}: {string.Join(' ', arguments)}");
    }

    private sealed record ScalingPoint(string Name, int Size, Action Work);
}
