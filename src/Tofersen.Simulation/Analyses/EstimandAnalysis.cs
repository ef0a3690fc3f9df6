using Tofersen.Simulation.Analyses.Estimands;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>An analysis that sees the data as an estimand's strategies have them, and is judged against that estimand's true value.
/// </summary>
/// <remarks>Scores alone are changed: composite and while-on-treatment strategies fill the visits after an event, hypothetical ones take
/// scores after a switch away. Times of events stay as they are, for analyses of time to event.</remarks>
public sealed record EstimandAnalysis : WrappedAnalysis
{
    /// <summary>The strategies.</summary>
    public required Estimand Strategies { get; init => field = Require.NotNull(value); }

    private protected override string DefaultName => Analysis.Name + "-estimand";

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout = layout with { Endpoints = [] };
        return new EstimandWorker(Strategies, Analysis.CreateWorker(layout), layout);
    }

    /// <inheritdoc/>
    public override LatentContrast? Estimand(TrialLayout layout) =>
        Analysis.Estimand(layout) is { } contrast ? contrast with { Strategies = Strategies } : null;

    /// <summary>The data of a trial as the strategies have them.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>Data of their own.</returns>
    public TrialData Apply(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var view = new EstimandView(Strategies, data.Layout with { Endpoints = [] });
        return view.Apply(data);
    }
}
