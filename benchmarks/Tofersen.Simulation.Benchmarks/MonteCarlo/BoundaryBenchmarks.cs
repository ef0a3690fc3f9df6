using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Designs.Sequential;

namespace Tofersen.Simulation.Benchmarks.MonteCarlo;

/// <summary>Boundaries of looks: as planned, and at fractions that are known at the look only. The plain version integrates on a fixed grid with
/// MathNet's normal distribution.</summary>
public class BoundaryBenchmarks
{
    private static readonly double[] FivePlanned = [0.2, 0.4, 0.6, 0.8, 1];
    private static readonly double[] TwoLooks = [0.47, 1];
    private static readonly double[] FiveLooks = [0.17, 0.42, 0.61, 0.83, 1];

    private readonly SequentialMonitor _two = new(Design([0.5, 1]).ComputeBoundaries());
    private readonly SequentialMonitor _five = new(Design(FivePlanned).ComputeBoundaries());

    [GlobalSetup]
    public void Setup() => Agreement.Check(
        [.. FivePlannedLooks().EfficacyZ], PlainBoundaries.LanDeMetsObrienFleming(FivePlanned, 0.025), "boundaries");

    [Benchmark(Baseline = true)]
    public double PlainFivePlannedLooks() => PlainBoundaries.LanDeMetsObrienFleming(FivePlanned, 0.025)[^1];

    [Benchmark]
    public SequentialBoundaries FivePlannedLooks() => Design(FivePlanned).ComputeBoundaries();

    [Benchmark]
    public double TwoLooksOffThePlan() => Monitor(_two, TwoLooks);

    [Benchmark]
    public double FiveLooksOffThePlan() => Monitor(_five, FiveLooks);

    private static GroupSequentialDesign Design(double[] fractions) =>
        new() { InformationFractions = [.. fractions], Efficacy = new LanDeMetsObrienFleming() };

    private static double Monitor(SequentialMonitor monitor, double[] fractions)
    {
        monitor.Reset();
        double last = 0;
        for (int look = 0; look < fractions.Length; look++)
        {
            last = monitor.NextEfficacy(fractions[look], look == fractions.Length - 1);
        }

        return last;
    }
}
