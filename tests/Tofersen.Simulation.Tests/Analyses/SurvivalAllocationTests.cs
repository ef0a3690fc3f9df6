using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Common;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Analyses that need follow-up to a horizon, a switch or endpoints, on simulated trials of the extension preset.</summary>
public sealed class SurvivalAllocationTests
{
    private const int Trials = 5;

    private static readonly Scenario Extension = ValorOpenLabelExtension.ToWeek52.Scenario;

    private static IEnumerable<IAnalysis> Analyses() =>
    [
        new CoxRegression { ThroughWeek = 52, Covariates = [Covariates.LogNeurofilamentLight, Covariates.Stratum] },
        new RestrictedMeanSurvival { ThroughWeek = 52 },
        new RankPreservingFailureTime { ThroughWeek = 52, LowestPsi = -10, HighestPsi = 10 },
        new RankPreservingFailureTime { Test = RankPreservingTest.CoxWald, StratifyBy = [Covariates.Stratum] },
        new EndpointAnalysis { Endpoint = "nfl", Analysis = new Mmrm { Week = 28 } },
        new ArmComparison { Active = Extension.Layout.ArmNames[^1], Analysis = new Ancova { Week = 52 } },
    ];

    // A new kind of analysis is tried for allocations here or in the general tests.
    [Test]
    public void Analyses_HereAndInTheGeneralTests_AreOfEveryKindThereIs()
    {
        IEnumerable<Type> kinds = typeof(IAnalysis).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IAnalysis)));

        Assert.That(kinds.Except(Analyses().Concat(AllocationTests.Analyses()).Select(a => a.GetType())), Is.Empty);
    }

    [TestCaseSource(nameof(Analyses))]
    [NonParallelizable]
    public void Run_WarmWorker_AllocatesNothing(IAnalysis analysis)
    {
        // One simulator, as in a run: trial after trial comes in the same data.
        var simulator = new TrialSimulator(Extension);
        IAnalysisWorker worker = analysis.CreateWorker(simulator.Data.Layout);
        int usable = Enumerable.Range(0, Trials).Count(k => worker.Run(simulator.Simulate(7, k)).IsUsable);
        int next = 0;
        long allocated = WarmAllocation.Least(() => worker.Run(simulator.Simulate(7, next++ % Trials)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(usable, Is.GreaterThanOrEqualTo(Trials - 2));
        }
    }
}
