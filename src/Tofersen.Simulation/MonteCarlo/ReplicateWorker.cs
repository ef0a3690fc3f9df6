using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>One thread's share of a run: simulates replicates, analyses them and keeps a tally.</summary>
internal sealed class ReplicateWorker : IBlockWorker<ReplicateWorker>
{
    private readonly TrialSimulator _simulator;
    private readonly IAnalysisWorker[] _analyses;
    private readonly SequentialWorker? _sequential;
    private readonly ulong _seed;
    private readonly RejectionLog? _log;

    internal ReplicateWorker(Scenario scenario, TrueValue[] truths, RunOptions options, RejectionLog? log = null)
    {
        _simulator = Simulator(scenario, keepsAll: options is { CollectCourses: true, CollectEndpoints: true });
        _seed = options.Seed;
        _log = log;
        TrialLayout layout = _simulator.Data.Layout;
        _analyses = [.. scenario.Analyses.Select(a => a.CreateWorker(layout))];
        _sequential = scenario.Sequential is { } plan ? new SequentialWorker(scenario, plan, layout) : null;
        Tally = new ReplicateTally(scenario, truths, options, layout);
    }

    /// <summary>A simulator of what a scenario's analyses look at, or of everything.</summary>
    internal static TrialSimulator Simulator(Scenario scenario, bool keepsAll) => new(scenario with
    {
        // Without the analyses, which the simulator would only check again; their workers are made elsewhere.
        Analyses = [],
        Sequential = null,
        Endpoints = keepsAll ? scenario.Endpoints : Needed(scenario),
        AdverseEvents = keepsAll || scenario.Analyses.Any(a => a.LooksAtAdverseEvents) ? scenario.AdverseEvents : [],
    });

    // Endpoints and adverse events have streams of their own, so that what nobody looks at can be left out.
    private static ValueList<Endpoint> Needed(Scenario scenario)
    {
        HashSet<string> names = [.. scenario.Analyses.SelectMany(a => a.Endpoints)];
        if (scenario.Sequential?.Reestimation?.Endpoint is { } endpoint)
        {
            names.Add(endpoint);
        }

        return [.. scenario.Endpoints.Where(e => names.Contains(e.Name))];
    }

    internal ReplicateTally Tally { get; }

    public void Run(int index, CancellationToken cancellation)
    {
        try
        {
            TrialData data = _simulator.Simulate(_seed, index, cancellation);
            Span<bool> rejects = Tally.Rejects;
            for (int a = 0; a < _analyses.Length; a++)
            {
                cancellation.ThrowIfCancellationRequested();
                rejects[a] = Tally.Analyses[a].Add(_analyses[a].Run(data));
                if (rejects[a])
                {
                    _log?.Set(a, index);
                }
            }

            if (_sequential is not null)
            {
                Tally.Sequential!.Add(_sequential.Run(data));
            }

            Tally.EndReplicate(data, _simulator.Latent);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new ReplicateException(_seed, index, exception);
        }
    }

    public void Merge(ReplicateWorker other) => Tally.Merge(other.Tally);
}
