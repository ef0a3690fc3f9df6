using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Common;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>A warm replicate allocates nothing.</summary>
public sealed class AllocationTests
{
    private const int WarmUp = 20;
    private const int Replicates = 100;

    private static IEnumerable<TestCaseData> AllScenarios =>
        Presets.All.Select(p => p.Scenario).Append(TestScenarios.Rich).Append(ItemScenarios.Rich).Append(ChainScenarios.Rich).Append(MissingScenarios.Rich).Select(s => new TestCaseData(s).SetArgDisplayNames(s.Name));

    [TestCaseSource(nameof(AllScenarios))]
    public void Simulate_WarmReplicate_AllocatesNothing(Scenario scenario)
    {
        var simulator = new TrialSimulator(scenario);

        Assert.That(Allocated(replicate => simulator.Simulate(1, replicate)), Is.Zero);
    }

    [TestCaseSource(nameof(AllScenarios))]
    public void Run_WarmReplicateWithAnalysesAndTallies_AllocatesNothing(Scenario scenario)
    {
        TrueValue[] truths = [.. scenario.Analyses.Select(_ => new TrueValue(0, 0))];
        var worker = new ReplicateWorker(scenario, truths, new RunOptions());

        Assert.That(Allocated(replicate => worker.Run(replicate, CancellationToken.None)), Is.Zero);
    }

    private static long Allocated(Action<int> run)
    {
        for (int replicate = 0; replicate < WarmUp; replicate++)
        {
            run(replicate);
        }

        return WarmAllocation.Least(() =>
        {
            for (int replicate = WarmUp; replicate < WarmUp + Replicates; replicate++)
            {
                run(replicate);
            }
        });
    }
}
