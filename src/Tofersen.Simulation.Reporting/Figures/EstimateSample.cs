using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>The estimates of single replicates, which a power analysis does not keep.</summary>
/// <remarks>They are those of the replicates of a power analysis with the same scenario and seed.</remarks>
public sealed record EstimateSample
{
    private const int BlockSize = 32;

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of replicates, from the first on.</summary>
    public required int Replicates { get; init; }

    /// <summary>The estimates, in the order of the scenario's analyses.</summary>
    public required ValueList<AnalysisEstimates> Analyses { get; init; }

    /// <summary>Simulates and analyses the first replicates of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="replicates">Number of replicates, from 1 to 1,000,000.</param>
    /// <param name="parallelism">Number of threads, from 1 to 1,024; as many as processors where null. It changes no number.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The estimates.</returns>
    /// <exception cref="ArgumentException">The parts of the scenario do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static EstimateSample Draw(
        Scenario scenario, ulong seed, int replicates = 1_000, int? parallelism = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Require.InRange(replicates, 1, 1_000_000, nameof(replicates));
        int threads = Require.InRange(parallelism ?? Environment.ProcessorCount, 1, 1_024, nameof(parallelism));
        var estimates = new double[scenario.Analyses.Count][];
        for (int a = 0; a < estimates.Length; a++)
        {
            estimates[a] = new double[replicates];
        }

        // Made once before the threads, so that a scenario that does not fit together is the caller's error and not a thread's.
        var first = new Worker(scenario);
        Parallel.For(
            0,
            ((replicates - 1) / BlockSize) + 1,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => Interlocked.Exchange(ref first, null) ?? new Worker(scenario),
            (block, _, worker) =>
            {
                worker.Run(seed, block * BlockSize, Math.Min(replicates, (block + 1) * BlockSize), estimates, cancellation);
                return worker;
            },
            _ => { });
        return new EstimateSample
        {
            Seed = seed,
            Replicates = replicates,
            Analyses = [.. scenario.Analyses.Select((a, i) => new AnalysisEstimates(a.Name, ValueList.Create<double>(estimates[i])))],
        };
    }

    private sealed class Worker
    {
        private readonly TrialSimulator _simulator;
        private readonly IAnalysisWorker[] _analyses;

        internal Worker(Scenario scenario)
        {
            _simulator = new TrialSimulator(scenario);
            _analyses = [.. scenario.Analyses.Select(a => a.CreateWorker(_simulator.Data.Layout))];
        }

        internal void Run(ulong seed, int from, int to, double[][] estimates, CancellationToken cancellation)
        {
            for (int replicate = from; replicate < to; replicate++)
            {
                TrialData data = _simulator.Simulate(seed, replicate, cancellation);
                for (int a = 0; a < _analyses.Length; a++)
                {
                    AnalysisResult result = _analyses[a].Run(data);
                    estimates[a][replicate] = result.IsUsable ? result.Estimate : double.NaN;
                }
            }
        }
    }
}
