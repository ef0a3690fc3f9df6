using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>An analysis given by a function of the data.</summary>
internal sealed class FunctionAnalysis(Func<TrialData, AnalysisResult> function) : IAnalysis, IAnalysisWorker
{
    public string Name { get; init; } = "function";

    public double Alpha { get; init; } = 0.05;

    internal LatentContrast? Contrast { get; init; }

    public IAnalysisWorker CreateWorker(TrialLayout layout) => this;

    public LatentContrast? Estimand(TrialLayout layout) => Contrast;

    public AnalysisResult Run(TrialData data) => function(data);
}
