using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>Trials that the calls of a benchmark go round: so many that no branch is learnt by heart.</summary>
internal sealed class TrialSet
{
    /// <summary>The four covariates of the analyses that have some.</summary>
    internal static readonly ValueList<string> FourCovariates =
        [Covariates.Baseline, Covariates.LogNeurofilamentLight, Covariates.Riluzole, Covariates.Edaravone];

    private readonly TrialData[] _trials;
    private readonly PlainParticipant[][] _plain;
    private int _next;
    private int _nextPlain;

    internal TrialSet(TrialData[] trials)
    {
        _trials = trials;
        _plain = [.. trials.Select(PlainParticipant.Of)];
    }

    internal TrialLayout Layout => _trials[0].Layout;

    internal IReadOnlyList<TrialData> All => _trials;

    /// <summary>Trials of VALOR with its extension, without endpoints and adverse events, which would only fill the caches.</summary>
    internal static TrialSet Valor(int participants)
    {
        int trials = participants > 108 ? 40 : 400;
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        scenario = scenario with
        {
            Design = (DelayedStart)scenario.Design with { Participants = participants },
            Endpoints = [],
            AdverseEvents = [],
        };
        return new TrialSet([.. Enumerable.Range(0, trials).Select(i => new TrialSimulator(scenario).Simulate(1, i))]);
    }

    internal TrialData Next() => _trials[_next = (_next + 1) % _trials.Length];

    internal PlainParticipant[] NextPlain() => _plain[_nextPlain = (_nextPlain + 1) % _plain.Length];

    /// <summary>Refuses an analysis whose plain version finds something else in any of the first trials.</summary>
    internal void Check(
        IAnalysisWorker ours, Func<PlainParticipant[], PlainResult> plain, string what, int trials = 10, double tolerance = 1e-8)
    {
        for (int i = 0; i < Math.Min(trials, _trials.Length); i++)
        {
            Agreement.Check(ours.Run(_trials[i]), plain(_plain[i]), $"{what}, trial {i}", tolerance);
        }
    }
}
