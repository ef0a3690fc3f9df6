using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>What a study adds to its replicates: one block of a thousand, alone, and with clearing the tally and writing the block to
/// disk.</summary>
[MemoryDiagnoser]
public class StudyBenchmarks
{
    private const int Block = 1_000;

    private readonly TallyClearer _clearer = new();
    private string _folder = "";
    private StudyPlan _plan = null!;
    private ReplicateWorker _worker = null!;

    private static Scenario Scenario => ValorOpenLabelExtension.ToWeek52.Scenario with
    {
        Analyses = [new Ancova { Week = 52, Covariates = ["baseline", "stratum"] }, new JointRank { Week = 52 }, new LogRank()],
    };

    [Params(false, true)]
    public bool Courses { get; set; }

    [GlobalSetup]
    public void MakePlan()
    {
        _folder = Directory.CreateTempSubdirectory("study-benchmark-").FullName;
        _plan = StudyPlan.Make(Scenario, new RunOptions { Replicates = Block, BlockSize = Block, CollectCourses = Courses });
        _worker = _plan.CreateWorker();
    }

    [GlobalCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true, OperationsPerInvoke = Block)]
    public void Replicates()
    {
        for (int replicate = 0; replicate < Block; replicate++)
        {
            _worker.Run(replicate, CancellationToken.None);
        }
    }

    [Benchmark(OperationsPerInvoke = Block)]
    public void BlockOnDisk()
    {
        _worker.Tally.Visit(_clearer);
        Replicates();
        BlockFile.Write(_folder, _plan, 0, _worker.Tally, ".writing");
    }
}

/// <summary>Boundaries of looks: as planned, and at fractions that are known at the look only.</summary>
[MemoryDiagnoser]
public class BoundaryBenchmarks
{
    private static readonly double[] TwoLooks = [0.47, 1];
    private static readonly double[] FiveLooks = [0.17, 0.42, 0.61, 0.83, 1];

    private readonly SequentialMonitor _two = new(Design([0.5, 1]).ComputeBoundaries());
    private readonly SequentialMonitor _five = new(Design([0.2, 0.4, 0.6, 0.8, 1]).ComputeBoundaries());

    [Benchmark]
    public SequentialBoundaries FivePlannedLooks() => Design([0.2, 0.4, 0.6, 0.8, 1]).ComputeBoundaries();

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
