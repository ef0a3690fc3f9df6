namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>How many replicates the large Monte Carlo tests take: a tenth, so that the whole suite takes minutes, or all of them where
/// TOFERSEN_FULL_MONTE_CARLO is 1. Tolerances follow the number.</summary>
internal static class Replications
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("TOFERSEN_FULL_MONTE_CARLO") == "1";

    internal static int Of(int full) => IsFull ? full : full / 10;
}
