using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>One thread's share of a run: simulates replicates, analyses them and keeps the tallies.</summary>
internal sealed class ReplicateWorker : IBlockWorker<ReplicateWorker>
{
    private readonly TrialSimulator _simulator;
    private readonly IAnalysisWorker[] _analyses;
    private readonly ulong _seed;

    internal ReplicateWorker(Scenario scenario, TrueValue[] truths, RunOptions options)
    {
        // Without the analyses, which the simulator would only check again; their workers are made below.
        bool keepsAll = options is { CollectCourses: true, CollectEndpoints: true };
        _simulator = new TrialSimulator(scenario with
        {
            Analyses = [],
            Endpoints = keepsAll ? scenario.Endpoints : Needed(scenario),
            AdverseEvents = keepsAll || scenario.Analyses.Any(a => a.LooksAtAdverseEvents) ? scenario.AdverseEvents : [],
        });
        _seed = options.Seed;
        TrialLayout layout = _simulator.Data.Layout;
        _analyses = [.. scenario.Analyses.Select(a => a.CreateWorker(layout))];
        Tallies = [.. scenario.Analyses.Select((a, i) => new AnalysisTally(a.Alpha, truths[i].Value))];
        Courses = options.CollectCourses ? new CourseTally(layout) : null;
    }

    // Endpoints and adverse events have streams of their own, so that what nobody looks at can be left out.
    private static ValueList<Endpoint> Needed(Scenario scenario)
    {
        HashSet<string> names = [.. scenario.Analyses.SelectMany(a => a.Endpoints)];
        return [.. scenario.Endpoints.Where(e => names.Contains(e.Name))];
    }

    /// <summary>Shape of the data, with the endpoints that are simulated.</summary>
    internal TrialLayout Layout => _simulator.Data.Layout;

    internal AnalysisTally[] Tallies { get; }

    internal CourseTally? Courses { get; }

    public void Run(int index, CancellationToken cancellation)
    {
        try
        {
            TrialData data = _simulator.Simulate(_seed, index, cancellation);
            for (int a = 0; a < _analyses.Length; a++)
            {
                cancellation.ThrowIfCancellationRequested();
                Tallies[a].Add(_analyses[a].Run(data));
            }

            Courses?.Add(data, _simulator.Latent);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new ReplicateException(_seed, index, exception);
        }
    }

    public void Merge(ReplicateWorker other)
    {
        for (int a = 0; a < Tallies.Length; a++)
        {
            Tallies[a].Merge(other.Tallies[a]);
        }

        Courses?.Merge(other.Courses!);
    }
}
