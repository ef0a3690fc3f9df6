using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>The rank-preserving failure-time model with its interval in trials of VALOR with its extension, 108 participants. The plain version
/// computes every log-rank test anew.</summary>
public class RankPreservingBenchmarks
{
    private static readonly EventKind[] Events = [EventKind.Death, EventKind.PermanentVentilation];

    private TrialSet _trials = null!;
    private IAnalysisWorker _model = null!;

    /// <summary>The test is a step function of ψ, whose first crossing is the plain version's; trials with one crossing of 0 are compared.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(108);
        _model = new RankPreservingFailureTime { ThroughWeek = 52, Events = [.. Events] }.CreateWorker(_trials.Layout);
        int compared = 0;
        foreach (TrialData trial in _trials.All.Take(20))
        {
            AnalysisResult ours = _model.Run(trial);
            if (ours.Status is AnalysisStatus.Converged or AnalysisStatus.Boundary)
            {
                (double psi, _, _) = PlainSwitching.Fit(PlainParticipant.Of(trial), 52, Events);
                Agreement.Check(ours.Estimate, psi, $"psi of trial {compared}", 1, 1e-6);
                compared++;
            }
        }

        Agreement.Check(Math.Min(compared, 5), 5, "number of trials that were compared");
    }

    [Benchmark(Baseline = true)]
    public double Plain() => PlainSwitching.Fit(_trials.NextPlain(), 52, Events).Psi;

    [Benchmark]
    public AnalysisResult Library() => _model.Run(_trials.Next());
}
