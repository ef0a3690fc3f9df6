using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Simulates one analysis at one value after another and keeps count.</summary>
/// <remarks>Each batch has replicate numbers of its own, from where the batch before it ended, so that all batches of a search are independent, at
/// one value and at different ones. Replicate k at value x is the trial that <see cref="TrialSimulator"/> gives for that scenario, the
/// search's seed and k.</remarks>
internal sealed class PowerSampler
{
    /// <summary>Replicates of what counts as one power figure.</summary>
    internal const int FigureReplicates = 10_000;

    private readonly Func<double, Scenario> _scenarioAt;
    private readonly Func<double, string> _describe;
    private readonly PowerSearch _search;
    private readonly CancellationToken _cancellation;
    private readonly ThrottledProgress _progress;
    private readonly SortedDictionary<double, SimulatedPower> _tried = [];

    // What is under way: the analysis, what has been seen at the value, and the threads that see more, if any are at work.
    private (string Analysis, SimulatedPower Seen, BlockRunner<ReplicateWorker>? Runner)? _running;

    /// <param name="scenarioAt">Gives the scenario at a value.</param>
    /// <param name="describe">Names a value in reports.</param>
    /// <param name="search">Seed and threads.</param>
    /// <param name="progress">Told how far the search has come.</param>
    /// <param name="cancellation">Ends the search early.</param>
    internal PowerSampler(
        Func<double, Scenario> scenarioAt,
        Func<double, string> describe,
        PowerSearch search,
        IProgress<RunProgress>? progress,
        CancellationToken cancellation)
    {
        (_scenarioAt, _describe, _search, _cancellation) = (scenarioAt, describe, search, cancellation);
        _progress = new ThrottledProgress(progress, Running);
    }

    internal int Replicates { get; private set; }

    internal long Participants { get; private set; }

    internal ValueList<SimulatedPower> Tried => [.. _tried.Values];

    /// <summary>Number of replicates that the search is thought to take, for the progress.</summary>
    internal int Planned { get; set; }

    /// <summary>The scenario at a value.</summary>
    internal Scenario ScenarioAt(double value) => _scenarioAt(value);

    /// <summary>What has been seen at a value; nothing yet, perhaps.</summary>
    internal SimulatedPower At(double value) => _tried.TryGetValue(value, out SimulatedPower power) ? power : new SimulatedPower(value, 0, 0, 0);

    /// <summary>Simulates more replicates at a value and returns what has been seen there in all.</summary>
    internal SimulatedPower Run(double value, int replicates)
    {
        Scenario scenario = PowerAnalysis.Complete(_scenarioAt(value));
        var options = new RunOptions
        {
            Replicates = replicates,
            Seed = _search.Seed,
            Parallelism = _search.Parallelism,
            BlockSize = _search.BlockSize,
            CollectCourses = false,
            TrueValues = false,
        };
        TrueValue[] truths = PowerAnalysis.Truths(scenario, options, _cancellation);
        int blocks = ((replicates - 1) / _search.BlockSize) + 1;
        var runner = new BlockRunner<ReplicateWorker>(
            Math.Min(BlockRunner.Threads(_search.Parallelism), blocks), () => new ReplicateWorker(scenario, truths, options));
        SimulatedPower before = At(value);
        _running = (scenario.Analyses[0].Name, before, runner);
        // More than this batch takes: the search says itself when it is at its end.
        (_progress.Planned, _progress.Part) = (Math.Max(Planned, Replicates + replicates + 1), _describe(value));
        runner.RunRange(Replicates, Replicates + replicates, _search.BlockSize, _progress.Report, _cancellation);
        AnalysisTally tally = runner.Total().Tally.Analyses[0];

        var now = new SimulatedPower(
            value,
            before.Replicates + replicates,
            before.Rejected + tally.Rejected,
            before.Failed + tally.Planned - tally.Usable);
        _tried[value] = now;
        _running = (scenario.Analyses[0].Name, now, null);
        Replicates += replicates;
        Participants += (long)replicates * scenario.Design.Participants;
        return now;
    }

    /// <summary>Says that the search is at its end.</summary>
    internal void Finish() => _progress.Finish(Replicates);

    // Read while the threads count; see PowerAnalysis.Running.
    private ValueList<RunningPower> Running()
    {
        if (_running is not { } running)
        {
            return [];
        }

        (long rejected, long replicates) = (running.Seen.Rejected, running.Seen.Replicates);
        foreach (ReplicateWorker worker in running.Runner?.Workers ?? [])
        {
            (long more, long of) = worker.Tally.Test(0);
            (rejected, replicates) = (rejected + more, replicates + of);
        }

        return [new RunningPower(running.Analysis, rejected, replicates)];
    }
}
