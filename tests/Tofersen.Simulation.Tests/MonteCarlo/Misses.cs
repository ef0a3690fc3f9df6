using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>An analysis that "rejects" where the confidence interval of another misses a value: its power is 1 − coverage. For effects
/// that are no contrast of latent scores.</summary>
internal sealed class Misses(IAnalysis inner, double value) : IAnalysis
{
    public string Name => inner.Name;

    public double Alpha => inner.Alpha;

    public IAnalysisWorker CreateWorker(TrialLayout layout) => new Worker(inner.CreateWorker(layout), value);

    private sealed class Worker(IAnalysisWorker inner, double value) : IAnalysisWorker
    {
        public AnalysisResult Run(TrialData data)
        {
            AnalysisResult result = inner.Run(data);
            return result with { PValue = result.Lower <= value && value <= result.Upper ? 1 : 0 };
        }
    }
}
