using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.MonteCarlo;

/// <summary>What a study adds to its replicates: one block of a thousand, alone, and with clearing the tally and writing the block to
/// disk. The baseline is the replicates alone.</summary>
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
