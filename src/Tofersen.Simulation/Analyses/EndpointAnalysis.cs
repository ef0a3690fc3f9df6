using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>An analysis of an endpoint besides the ALSFRS-R total: the analysis sees its values as the scores, and its baseline as the covariate
/// of that name.</summary>
/// <remarks>Of a logarithmic endpoint, such as a biomarker, changes are logarithms of ratios to baseline and differences of them logarithms of
/// ratios of geometric means. Points in the descriptions of an analysis are then units of the endpoint. Estimands go inside:
/// this analysis of an <see cref="EstimandAnalysis"/>.</remarks>
public sealed record EndpointAnalysis : WrappedAnalysis
{
    /// <summary>Name of the endpoint.</summary>
    public required string Endpoint { get; init => field = Require.Text(value); }

    /// <inheritdoc/>
    public override ValueList<string> Endpoints => [Endpoint];

    private protected override string DefaultName => Endpoint + "-" + Analysis.Name;

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new Worker(layout.EndpointAt(Endpoint), Analysis.CreateWorker(layout with { Endpoints = [] }));
    }

    /// <inheritdoc/>
    public override LatentContrast? Estimand(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Analysis.Estimand(layout with { Endpoints = [] }) is { } contrast ? contrast with { Endpoint = Endpoint } : null;
    }

    private sealed class Worker(int endpoint, IAnalysisWorker analysis) : IAnalysisWorker
    {
        public AnalysisResult Run(TrialData data) => analysis.Run(data.OnEndpoint(endpoint));
    }
}
