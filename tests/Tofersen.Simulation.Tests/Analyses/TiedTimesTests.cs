using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Times that differ in the last digits are tied, as in R's survival::aeqSurv.</summary>
public sealed class TiedTimesTests
{
    [TestCase(1, 1e-8, true)]
    [TestCase(1, 2e-8, false)]
    [TestCase(0.001, 1e-8, true)]
    [TestCase(1000, 1e-5, true)]
    [TestCase(1000, 2e-5, false)]
    public void Unite_NeighbouringTimes_AreTiedWithinTheTolerance(double time, double difference, bool isTied)
    {
        double[] times = [time, time + difference];
        TiedTimes.Unite(times);
        Assert.That(times[1] == times[0], Is.EqualTo(isTied));
    }

    // R: aeqSurv(Surv(c(1, 1 + 1e-8, 1 + 2e-8, 2))) gives 1, 1, 1, 2.
    [Test]
    public void Unite_ChainOfNeighbours_TakesTheFirst()
    {
        double[] times = [1, 1 + 1e-8, 1 + 2e-8, 2];
        TiedTimes.Unite(times);
        Assert.That(times, Is.EqualTo((double[])[1, 1, 1, 2]));
    }

    [Test]
    public void Analyses_TimesThatWentThroughAnotherUnit_GiveTheSameResults()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            PlainTrial trial = RandomTrial.Draw(new Random(seed));
            trial.FollowUpMonths = [.. trial.FollowUpMonths!.Select(t => Math.Round(t))];
            PlainTrial changed = trial.Copy();
            changed.FollowUpMonths = [.. trial.FollowUpMonths.Select((t, p) => t / 3 * 3 * (1 + (p % 5 * 1e-15)))];
            TrialData data = trial.ToData();
            TrialData changedData = changed.ToData();
            IAnalysis[] analyses = [new LogRank(), new CoxRegression(), new CoxRegression { Ties = TieHandling.Breslow }];
            foreach (IAnalysis analysis in analyses)
            {
                AnalysisResult expected = analysis.CreateWorker(data.Layout).Run(data);
                AnalysisResult actual = analysis.CreateWorker(data.Layout).Run(changedData);
                Assert.That(actual.Status, Is.EqualTo(expected.Status), $"seed {seed}, {analysis.Name}");
                Assert.That(actual.Statistic, Nearly.Equal(expected.Statistic, 1e-9, 1), $"seed {seed}, {analysis.Name}");
            }

            byte arm = trial.Arms[0];
            SurvivalCurve curve = KaplanMeier.Estimate(data, arm, [EventKind.Death]);
            SurvivalCurve changedCurve = KaplanMeier.Estimate(changedData, arm, [EventKind.Death]);
            Assert.That(
                changedCurve.Points.Select(p => (p.AtRisk, p.Events, p.Survival)),
                Is.EqualTo(curve.Points.Select(p => (p.AtRisk, p.Events, p.Survival))),
                $"seed {seed}");
        }
    }
}
