using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>The closed form for monotone gaps against the iteration on the same trials. A model whose arm counts as 2 is the same model
/// in other units, and is iterated.</summary>
public sealed class MmrmClosedFormTests
{
    private const int Trials = 60;

    [Test]
    public void Fit_MonotoneGaps_ClosedFormEqualsIteration(
        [Values] LikelihoodEstimation estimation,
        [Values(DegreesOfFreedomMethod.Satterthwaite, DegreesOfFreedomMethod.KenwardRogerLinear, DegreesOfFreedomMethod.KenwardRoger)]
        DegreesOfFreedomMethod method)
    {
        int steps = 0;
        for (int seed = 1; seed <= Trials; seed++)
        {
            PlainTrial trial = RandomMmrmTrial.Draw(new Random(seed), easy: true, monotone: true).Trial;
            int visits = trial.VisitWeeks.Length - 1;
            RepeatedMeasuresEngine closed = Fit(trial, 1, estimation, method);
            RepeatedMeasuresEngine iterated = Fit(trial, 2, estimation, method);
            steps += iterated.Iterations;
            double units = estimation == LikelihoodEstimation.Reml ? 2 * visits * Math.Log(2) : 0;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(closed.Iterations, Is.Zero, $"seed {seed}");
                Assert.That(
                    closed.MinusTwoLogLikelihood,
                    Nearly.Equal(iterated.MinusTwoLogLikelihood - units, 1e-10, closed.Observations),
                    $"seed {seed}");
                for (int j = 0; j < visits; j++)
                {
                    AnalysisResult one = closed.Test(Arm(visits, j, 1), 0.05);
                    AnalysisResult two = iterated.Test(Arm(visits, j, 2), 0.05);
                    Assert.That(one.Estimate, Nearly.Equal(two.Estimate, 1e-7, one.StandardError), $"seed {seed}");
                    Assert.That(one.StandardError, Nearly.Equal(two.StandardError, 1e-7), $"seed {seed}");
                    Assert.That(one.DegreesOfFreedom, Nearly.Equal(two.DegreesOfFreedom, 1e-6), $"seed {seed}");
                    for (int k = j; k < visits; k++)
                    {
                        double scale = Math.Sqrt(closed.Sigma(j, j) * closed.Sigma(k, k));
                        Assert.That(closed.Sigma(j, k), Nearly.Equal(iterated.Sigma(j, k), 1e-7, scale), $"seed {seed}");
                    }
                }
            }
        }

        // Complete data need no step: they begin at the optimum.
        Assert.That(steps, Is.GreaterThan(Trials));
    }

    // Visits, the arm at each visit and the baseline at each visit.
    private static RepeatedMeasuresEngine Fit(
        PlainTrial trial, double armValue, LikelihoodEstimation estimation, DegreesOfFreedomMethod method)
    {
        int visits = trial.VisitWeeks.Length - 1;
        var plan = new ColumnPlan(visits, 3);
        for (int basis = 0; basis < 3; basis++)
        {
            for (int j = 0; j < visits; j++)
            {
                plan.Add([new ColumnEntry(basis, j, basis == 1 ? armValue : 1)]);
            }
        }

        var engine = new RepeatedMeasuresEngine(plan, trial.Participants, [CovarianceStructure.Unstructured], estimation, method);
        engine.Begin();
        for (int p = 0; p < trial.Participants; p++)
        {
            ulong mask = 0;
            for (int j = 0; j < visits; j++)
            {
                mask |= double.IsNaN(trial.Scores[p][j + 1]) ? 0 : 1UL << j;
            }

            engine.Add([1, trial.Arms[p], trial.Scores[p][0]], trial.Scores[p].AsSpan(1), mask);
        }

        Assert.That(engine.Fit(), Is.EqualTo(AnalysisStatus.Converged));
        return engine;
    }

    private static double[] Arm(int visits, int visit, double value)
    {
        var contrast = new double[3 * visits];
        contrast[visits + visit] = value;
        return contrast;
    }
}
