using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;
using Tofersen.Simulation.Tests.Common;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class AllocationTests
{
    private const int WarmRuns = 5;
    private const int Runs = 50;

    internal static IEnumerable<IAnalysis> Analyses()
    {
        foreach (RobustVariance variance in Enum.GetValues<RobustVariance>())
        {
            yield return new Ancova { Week = 28, Covariates = ["baseline", "stratum", "age"], Variance = variance };
        }

        foreach (IncompleteFollowUp rule in Enum.GetValues<IncompleteFollowUp>())
        {
            yield return new JointRank { Week = 28, Incomplete = rule };
            yield return new JointRank { Week = 28, Incomplete = rule, Test = JointRankTest.Unadjusted };
            yield return new JointRank { Week = 28, Incomplete = rule, Test = JointRankTest.WinRatio };
            yield return new JointRank { Week = 28, Incomplete = rule, Test = JointRankTest.NetBenefit, StratifyBy = ["stratum"] };
        }

        yield return new JointRank { Week = 28, Test = JointRankTest.ExactPermutation, StratifyBy = ["stratum"] };
        yield return new ResponderAnalysis { Week = 28, Threshold = -6, StratifyBy = ["stratum"] };
        yield return new EventProportion { ThroughWeek = 28, Missing = MissingOutcome.Excluded };
        yield return new PosteriorProbability { Analysis = new Ancova { Week = 28 }, Prior = new NormalPrior { Sd = 2 } };

        foreach (ReferenceBasedImputation reference in Enum.GetValues<ReferenceBasedImputation>())
        {
            yield return new AncovaWithImputation
            {
                Week = 28,
                Imputation = new MultipleImputation
                {
                    Imputations = 5,
                    Cycles = 2,
                    Reference = reference,
                    DeltaAdjustment = DeltaAdjustment.Sequential,
                    ActiveDelta = -1,
                },
            };
        }

        yield return new AncovaWithImputation
        {
            Week = 28,
            Covariates = ["baseline", "stratum"],
            Imputation = new MultipleImputation { Imputations = 5, Cycles = 2, Method = ImputationMethod.Chained, ByArm = false },
        };
        yield return new JointRankWithImputation { Week = 28, Imputation = new MultipleImputation { Imputations = 5 } };
        foreach (CovarianceStructure structure in Enum.GetValues<CovarianceStructure>())
        {
            yield return new Mmrm { Name = $"{structure}", Week = 28, Covariance = structure };
        }

        yield return new DelayedStartAnalysis { FirstWeek = 12, SecondWeek = 28, Covariance = CovarianceStructure.HeterogeneousAr1 };
        yield return new LogRank();
        yield return new LogRank { StratifyBy = ["stratum", "site"], ThroughWeek = 20, Strata = ["fast", "slow"] };
        foreach (CoxTest test in Enum.GetValues<CoxTest>())
        {
            yield return new CoxRegression { Test = test };
            yield return new CoxRegression { Test = test, Covariates = ["age", "site"], StratifyBy = ["stratum"], Ties = TieHandling.Breslow };
        }

        yield return new SlopeAnalysis { ThroughWeek = 28, Covariates = ["baseline", "site"], Strata = ["slow"] };
        foreach (DelayedStartHypothesis hypothesis in Enum.GetValues<DelayedStartHypothesis>())
        {
            yield return new DelayedStartAnalysis
            {
                FirstWeek = 12,
                SecondWeek = 28,
                Hypothesis = hypothesis,
                DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRoger,
            };
            yield return new DelayedStartAnalysis
            {
                FirstWeek = 12,
                SecondWeek = 28,
                Hypothesis = hypothesis,
                Covariance = CovarianceStructure.Ar1,
            };
        }

        foreach (AdagioHypothesis hypothesis in Enum.GetValues<AdagioHypothesis>())
        {
            yield return new AdagioAnalysis
            {
                FirstFromWeek = 0,
                FirstToWeek = 12,
                SecondFromWeek = 16,
                SecondToWeek = 28,
                MarginPerMonth = 0.1,
                Hypothesis = hypothesis,
                Covariance = CovarianceStructure.CompoundSymmetry,
            };
        }

        foreach (EventStrategy strategy in (EventStrategy[])[EventStrategy.Composite, EventStrategy.WhileOnTreatment])
        {
            yield return new EstimandAnalysis
            {
                Analysis = new Ancova { Week = 28 },
                Strategies = new Estimand { Death = strategy, PermanentVentilation = strategy, Withdrawal = strategy },
            };
        }

        foreach (DegreesOfFreedomMethod method in Enum.GetValues<DegreesOfFreedomMethod>())
        {
            yield return new RandomSlopeModel { ThroughWeek = 28, DegreesOfFreedom = method };
            yield return new RandomSlopeModel
            {
                ThroughWeek = 28,
                CommonBaseline = false,
                Covariates = ["age", "site*time"],
                DegreesOfFreedom = method,
            };
        }

        foreach (DegreesOfFreedomMethod method in Enum.GetValues<DegreesOfFreedomMethod>())
        {
            yield return new Mmrm { Name = $"unstructured-{method}", Week = 12, DegreesOfFreedom = method };
            yield return new Mmrm
            {
                Name = $"structured-{method}",
                Week = 12,
                Covariates = ["baseline*visit", "male"],
                Covariance = CovarianceStructure.HeterogeneousAr1,
                DegreesOfFreedom = method,
            };
        }

        yield return new Mmrm { Week = 12, Covariates = ["baseline*visit", "male"], Estimation = LikelihoodEstimation.Ml };
    }

    // A worker remembers a critical value for each number of degrees of freedom, so the trials that warm it are those that are timed.
    [TestCaseSource(nameof(Analyses))]
    [NonParallelizable]
    public void Run_WarmWorker_AllocatesNothing(IAnalysis analysis)
    {
        TrialData[] trials = [.. Enumerable.Range(1, WarmRuns).Select(seed => Trial(seed).ToData())];
        IAnalysisWorker worker = analysis.CreateWorker(trials[0].Layout);
        int usable = 0;
        foreach (TrialData trial in trials)
        {
            usable += worker.Run(trial).IsUsable ? 1 : 0;
        }

        long allocated = WarmAllocation.Least(() =>
        {
            for (int i = 0; i < Runs; i++)
            {
                worker.Run(trials[i % WarmRuns]);
            }
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(usable, Is.EqualTo(WarmRuns));
        }
    }

    private static PlainTrial Trial(int seed)
    {
        var random = new Random(seed);
        PlainTrial trial;
        do
        {
            trial = RandomTrial.Draw(random, 8);
        }
        while (trial.Participants < 100 || trial.Scores.Count(s => !double.IsNaN(s[0] + s[7])) < 30
            || !trial.Ends!.Contains(EventKind.Death) || trial.Arms.Distinct().Count() < 2);

        return trial.Reordered([.. Enumerable.Range(0, 100)]);
    }
}
