using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>One thread's share of an assurance: draws the assumptions of a replicate, simulates it under them, analyses it and keeps a tally.</summary>
/// <remarks>Every replicate has a simulator of its own, but the workers of the analyses stay while the shape of the data does.</remarks>
internal sealed class AssuranceWorker : IBlockWorker<AssuranceWorker>
{
    private readonly PriorScenarios _scenarios;
    private readonly PriorDraws? _draws;
    private readonly PriorParts[] _parts;
    private readonly ValueList<IAnalysis> _specifications;
    private readonly ulong _seed;
    private readonly IAnalysisWorker[] _analyses;
    private TrialSimulator _simulator;

    /// <param name="scenarios">Makes scenarios of drawn values.</param>
    /// <param name="prior">The priors; null to leave every prior at its median.</param>
    /// <param name="seed">Seed of the run.</param>
    internal AssuranceWorker(PriorScenarios scenarios, JointPrior? prior, ulong seed)
    {
        _scenarios = scenarios;
        _draws = prior is null ? null : new PriorDraws(prior);
        _parts = prior is null ? [] : [.. prior.Priors.Select(p => new PriorParts(p, prior.Parts))];
        _specifications = scenarios.AtMedians.Analyses;
        _seed = seed;
        _simulator = ReplicateWorker.Simulator(scenarios.AtMedians, keepsAll: false);
        _analyses = [.. _specifications.Select(a => a.CreateWorker(_simulator.Data.Layout))];
        Tally = new AssuranceTally(_specifications, _parts);
    }

    internal AssuranceTally Tally { get; }

    public void Run(int index, CancellationToken cancellation)
    {
        try
        {
            if (_draws is not null)
            {
                _draws.Draw(_seed, index);
                Replace(_scenarios.With(_draws.Values));
            }

            TrialData data = _simulator.Simulate(_seed, index, cancellation);
            for (int p = 0; p < _parts.Length; p++)
            {
                Tally.Priors[p].Add(_parts[p].Of(_draws!.Probabilities[p]), _draws.Values[p]);
            }

            for (int a = 0; a < _analyses.Length; a++)
            {
                cancellation.ThrowIfCancellationRequested();
                AssuranceTally.SuccessTally tally = Tally.Analyses[a];
                bool succeeds = tally.Add(_analyses[a].Run(data));
                for (int p = 0; succeeds && p < _parts.Length; p++)
                {
                    tally.GivenSuccess[p].Add(_parts[p].Of(_draws!.Probabilities[p]), _draws.Values[p]);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new ReplicateException(_seed, index, exception);
        }
    }

    public void Merge(AssuranceWorker other) => Tally.Merge(other.Tally);

    private void Replace(Scenario scenario)
    {
        TrialLayout before = _simulator.Data.Layout;
        _simulator = ReplicateWorker.Simulator(scenario, keepsAll: false);
        if (!_simulator.Data.Layout.Equals(before))
        {
            for (int a = 0; a < _analyses.Length; a++)
            {
                _analyses[a] = _specifications[a].CreateWorker(_simulator.Data.Layout);
            }
        }
    }
}
