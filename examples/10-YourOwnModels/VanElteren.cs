using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Examples.YourOwnModels;

/// <summary>Van Elteren's test of the participants' slopes: Wilcoxon's within each stratum, combined with weights 1 / (n + 1).</summary>
/// <remarks>
/// <para>The slope of a participant is that of least squares through the visits up to <see cref="ThroughWeek"/>; who has fewer than two does not count.
/// The estimate is the weighted mean over strata of P(active better) + P(equal)/2 − 1/2, weights m n / (m + n + 1), from −1/2 to 1/2; its standard
/// error is the one under the null hypothesis, ties counted, so that their ratio is the test's z.</para>
/// <para>Source: van Elteren, Bulletin de l'Institut International de Statistique 37 (1960) 351–361. It has no true value in terms of mean scores,
/// so there is no <see cref="IAnalysis.Estimand"/>: bias and coverage are left blank.</para>
/// <para>The specification is immutable and shared. What changes from trial to trial belongs to the worker, of which every thread has its own.</para>
/// </remarks>
internal sealed record VanElteren : IAnalysis
{
    public required string Name { get; init; }

    public double Alpha { get; init; } = 0.05;

    /// <summary>Last visit that counts, in weeks; one of the design.</summary>
    public required double ThroughWeek { get; init; }

    // Called once a thread: whatever has a length that the layout tells is allocated here, and mistakes are thrown here.
    public IAnalysisWorker CreateWorker(TrialLayout layout) => new VanElterenWorker(this, layout);
}
