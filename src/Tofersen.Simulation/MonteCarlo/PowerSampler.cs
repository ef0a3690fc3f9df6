using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Simulates one analysis at one value after another and keeps count.</summary>
/// <remarks>Each batch has replicate numbers of its own, from where the batch before it ended, so that all batches of a search are independent, at
/// one value and at different ones. Replicate k at value x is the trial that <see cref="TrialSimulator"/> gives for that scenario, the
/// search's seed and k.</remarks>
internal sealed class PowerSampler(
    Func<double, Scenario> scenarioAt, PowerSearch search, IProgress<RunProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Replicates of what counts as one power figure.</summary>
    internal const int FigureReplicates = 10_000;

    private readonly SortedDictionary<double, SimulatedPower> _tried = [];
    private readonly Lock _lock = new();
    private int _reported;

    internal int Replicates { get; private set; }

    internal long Participants { get; private set; }

    internal ValueList<SimulatedPower> Tried => [.. _tried.Values];

    /// <summary>Number of replicates that the search is thought to take, for the progress.</summary>
    internal int Planned { get; set; }

    /// <summary>The scenario at a value.</summary>
    internal Scenario ScenarioAt(double value) => scenarioAt(value);

    /// <summary>What has been seen at a value; nothing yet, perhaps.</summary>
    internal SimulatedPower At(double value) => _tried.TryGetValue(value, out SimulatedPower power) ? power : new SimulatedPower(value, 0, 0, 0);

    /// <summary>Simulates more replicates at a value and returns what has been seen there in all.</summary>
    internal SimulatedPower Run(double value, int replicates)
    {
        Scenario scenario = PowerAnalysis.Complete(scenarioAt(value));
        var options = new RunOptions
        {
            Replicates = replicates,
            Seed = search.Seed,
            Parallelism = search.Parallelism,
            BlockSize = search.BlockSize,
            CollectCourses = false,
            TrueValues = false,
        };
        TrueValue[] truths = PowerAnalysis.Truths(scenario, options, cancellation);
        int blocks = ((replicates - 1) / search.BlockSize) + 1;
        var runner = new BlockRunner<ReplicateWorker>(
            Math.Min(BlockRunner.Threads(search.Parallelism), blocks), () => new ReplicateWorker(scenario, truths, options));
        runner.RunRange(Replicates, Replicates + replicates, search.BlockSize, Report, cancellation);
        AnalysisTally tally = runner.Total().Tally.Analyses[0];

        SimulatedPower before = At(value);
        var now = new SimulatedPower(
            value,
            before.Replicates + replicates,
            before.Rejected + tally.Rejected,
            before.Failed + tally.Planned - tally.Usable);
        _tried[value] = now;
        Replicates += replicates;
        Participants += (long)replicates * scenario.Design.Participants;
        return now;
    }

    /// <summary>Says that the search is at its end.</summary>
    internal void Finish() => progress?.Report(new RunProgress(Replicates, Replicates));

    private void Report(int completed)
    {
        if (progress is null)
        {
            return;
        }

        lock (_lock)
        {
            int planned = Math.Max(Planned, completed);
            if (completed - _reported >= planned / 200)
            {
                _reported = completed;
                progress.Report(new RunProgress(completed, planned));
            }
        }
    }
}
