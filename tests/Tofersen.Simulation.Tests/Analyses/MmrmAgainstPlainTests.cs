using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Fits against the likelihood by its definition and numeric derivatives, on random trials. The seed of a trial is in the
/// message of a failure.</summary>
public sealed class MmrmAgainstPlainTests
{
    private const int Seeds = 12;
    private const int TrialsPerSeed = 50;

    [Test]
    public void Fit_RandomTrials_IsAnOptimumAndItsTestsFollow([Range(1, Seeds)] int seed)
    {
        int converged = 0;
        int judged = 0;
        for (int t = 0; t < TrialsPerSeed; t++)
        {
            int number = (seed * 1000) + t;
            var random = new Random(number);
            RandomMmrmTrial drawn = RandomMmrmTrial.Draw(random);
            Mmrm mmrm = RandomMmrmTrial.Model(random, drawn.Trial);
            string name = FormattableString.Invariant(
                $"random trial {number}: {mmrm.Covariance}, {mmrm.Estimation}, {mmrm.DegreesOfFreedom}, {mmrm.Covariates}");
            MmrmFit fit = mmrm.Fit(drawn.Trial.ToData());
            var plain = new PlainMmrm(drawn.Trial, mmrm, fit.Structure);
            CheckStatus(fit, plain, drawn.IsEasy, name);
            if (fit.Status == AnalysisStatus.Converged)
            {
                converged++;
                judged += Check(mmrm, fit, plain, random, name) ? 1 : 0;
            }
        }

        Assert.That(converged, Is.GreaterThan(TrialsPerSeed / 2));
        Assert.That(judged, Is.GreaterThan(0.9 * converged));
    }

    private static void CheckStatus(MmrmFit fit, PlainMmrm plain, bool isEasy, string name)
    {
        bool isHopeless = !plain.BothArms || plain.Observations <= plain.Rank;
        using (Assert.EnterMultipleScope())
        {
            if (isHopeless)
            {
                Assert.That(fit.Status, Is.EqualTo(AnalysisStatus.NotEstimable), name);
            }

            if (isEasy)
            {
                Assert.That(fit.Status, Is.EqualTo(AnalysisStatus.Converged), name);
            }

            if (fit.Status != AnalysisStatus.Converged)
            {
                Assert.That(fit.Contrasts.All(c => c.Status == fit.Status && double.IsNaN(c.Estimate)), name);
            }
        }
    }

    // False where differences do not give enough digits to judge degrees of freedom.
    private static bool Check(Mmrm mmrm, MmrmFit fit, PlainMmrm plain, Random random, string name)
    {
        Assert.That(fit.Participants, Is.EqualTo(plain.Participants), name);
        Assert.That(fit.Observations, Is.EqualTo(plain.Observations), name);
        if (mmrm.DegreesOfFreedom == DegreesOfFreedomMethod.Satterthwaite)
        {
            Assert.That(fit.Coefficients.Count(c => !double.IsNaN(c.Estimate)), Is.EqualTo(plain.Rank), name);
        }

        if (!plain.AllVisitsSeen)
        {
            // The plain version keeps the covariance of a visit that nobody had, which nothing determines.
            return true;
        }

        int m = fit.Contrasts.Count;
        var sigma = new double[m, m];
        for (int a = 0; a < m; a++)
        {
            for (int b = 0; b < m; b++)
            {
                sigma[a, b] = fit.Covariance[a][b];
            }
        }

        double[] theta = plain.Structure.Of(sigma);
        PlainMmrmFit at = plain.Fit(theta)!;
        Assert.That(fit.MinusTwoLogLikelihood, Nearly.Equal(at.MinusTwoLogLikelihood, 1e-9, fit.Observations), name);
        PlainCurvature? curvature = PlainCurvature.At(plain.MinusTwoLogLikelihood, theta, plain.Steps(theta));
        Assert.That(curvature, Is.Not.Null, name + ": a saddle");
        CheckNeighbours(plain, theta, curvature!.InverseInformation, at.MinusTwoLogLikelihood, random, name);
        if (curvature.Uncertainty > 1e-6)
        {
            return false;
        }

        Assert.That(curvature.Distance, Is.LessThan(1e-6), name + ": not stationary");
        CheckTests(mmrm, fit, plain, at, plain.Infer(theta, curvature.InverseInformation), name);
        return true;
    }

    private static void CheckNeighbours(
        PlainMmrm plain, double[] theta, double[,] w, double best, Random random, string name)
    {
        for (int i = 0; i < 10; i++)
        {
            double size = Math.Pow(10, (-2 * random.NextDouble()) - 0.5);
            double[] neighbour =
                [.. theta.Select((t, k) => t + (size * Math.Sqrt(w[k, k]) * ((2 * random.NextDouble()) - 1)))];
            Assert.That(plain.MinusTwoLogLikelihood(neighbour), Is.GreaterThan(best - 1e-9), name);
        }
    }

    private static void CheckTests(
        Mmrm mmrm, MmrmFit fit, PlainMmrm plain, PlainMmrmFit at, PlainMmrmInference inference, string name)
    {
        double[,] covariance = inference.Covariance(mmrm.DegreesOfFreedom);
        int m = fit.Contrasts.Count;
        using (Assert.EnterMultipleScope())
        {
            for (int j = 0; j < m; j++)
            {
                double[] contrast = plain.Difference(j);
                string what = FormattableString.Invariant($"{name}, visit {j + 1}");
                double[] kept = plain.Kept(contrast);
                double se = Math.Sqrt(PlainMatrix.Form(kept, covariance, kept));

                // Kenward and Roger's adjustment can make a variance negative where there are very few participants.
                bool isEstimable = plain.IsEstimable(contrast) && se > 0;
                AnalysisResult actual = fit.Contrasts[j];
                Assert.That(
                    actual.Status, Is.EqualTo(isEstimable ? AnalysisStatus.Converged : AnalysisStatus.NotEstimable), what);
                if (!isEstimable)
                {
                    Assert.That(actual.Estimate, Is.NaN);
                    continue;
                }

                Assert.That(actual.Estimate, Nearly.Equal(PlainMatrix.Dot(kept, at.Beta), 1e-8, se), what);
                Assert.That(actual.StandardError, Nearly.Equal(se, 1e-6), what);
                Assert.That(actual.DegreesOfFreedom, Nearly.Equal(inference.DegreesOfFreedom(kept), 1e-5), what);
                for (int k = 0; k < j; k++)
                {
                    double[] other = plain.Difference(k);
                    if (plain.IsEstimable(other) && fit.Contrasts[k].IsUsable)
                    {
                        double expected = PlainMatrix.Form(kept, covariance, plain.Kept(other));
                        Assert.That(fit.ContrastCovariance[j][k], Nearly.Equal(expected, 1e-6, se * fit.Contrasts[k].StandardError), what);
                    }
                }

                for (int arm = 0; arm < 2; arm++)
                {
                    double[] mean = plain.Mean(arm, j);
                    Coefficient reported = (arm == 0 ? fit.ControlMeans : fit.ActiveMeans)[j];
                    double[] keptMean = plain.Kept(mean);
                    double meanSe = Math.Sqrt(PlainMatrix.Form(keptMean, covariance, keptMean));
                    bool hasMean = plain.IsEstimable(mean) && meanSe > 0;
                    Assert.That(double.IsNaN(reported.Estimate), Is.EqualTo(!hasMean), what);
                    if (hasMean)
                    {
                        Assert.That(reported.Estimate, Nearly.Equal(PlainMatrix.Dot(keptMean, at.Beta), 1e-8, meanSe), what);
                        Assert.That(reported.StandardError, Nearly.Equal(meanSe, 1e-6), what);
                    }
                }
            }
        }
    }
}
