using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Estimands;

/// <summary>Runs an <see cref="EstimandAnalysis"/>.</summary>
internal sealed class EstimandWorker(Estimand strategies, IAnalysisWorker analysis, TrialLayout layout) : IAnalysisWorker
{
    private readonly EstimandView _view = new(strategies, layout);

    public AnalysisResult Run(TrialData data) => analysis.Run(_view.Apply(data));
}
