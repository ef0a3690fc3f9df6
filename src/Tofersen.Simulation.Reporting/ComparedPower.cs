using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting;

/// <summary>Two powers that were compared replicate by replicate: of two analyses of one scenario, or of two scenarios.</summary>
/// <param name="FirstScenario">Name of the first scenario.</param>
/// <param name="First">Operating characteristics of the first analysis.</param>
/// <param name="SecondScenario">Name of the second scenario.</param>
/// <param name="Second">Operating characteristics of the second analysis.</param>
/// <param name="Comparison">In how many replicates both, one or none rejects.</param>
public sealed record ComparedPower(
    string FirstScenario, OperatingCharacteristics First, string SecondScenario, OperatingCharacteristics Second, PairedComparison Comparison);
