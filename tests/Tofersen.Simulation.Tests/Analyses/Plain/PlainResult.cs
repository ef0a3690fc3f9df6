namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>What a plain version of an analysis finds; numbers are NaN where the effect is not estimable.</summary>
internal sealed record PlainResult(int Participants, double Estimate, double StandardError, double DegreesOfFreedom)
{
    internal bool IsEstimable => !double.IsNaN(Estimate);

    internal static PlainResult NotEstimable(int participants) => new(participants, double.NaN, double.NaN, double.NaN);
}
