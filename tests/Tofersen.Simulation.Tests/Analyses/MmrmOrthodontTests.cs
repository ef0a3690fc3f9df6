using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Potthoff and Roy's dental data (doi 10.1093/biomet/51.3-4.313) with the numbers that nlme and SAS print; boys are the active
/// arm.</summary>
[Category("Reference")]
public sealed class MmrmOrthodontTests
{
    // The printed matrices come from an optimiser that stops early; the likelihoods agree in all their digits.
    private const double PrintedCovariance = 1e-4;

    private static readonly double[] Ages = [8, 10, 12, 14];

    [Test]
    public void Fit_SaturatedUnstructuredReml_GivesThePublishedFit()
    {
        MmrmFit fit = Saturated(LikelihoodEstimation.Reml);
        double[] contrasts = [1.693182, 1.693182 - 0.107955, 1.693182 + 0.934659, 1.693182 + 1.684659];
        double[][] sigma = [[5.4155, 2.7168, 3.9102, 2.7102], [4.1848, 2.9272, 3.3172], [6.4557, 4.1307], [4.9857]];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.MinusTwoLogLikelihood, Is.EqualTo(414.034801).Within(6e-7));
            Assert.That(fit.Contrasts[0].StandardError, Is.EqualTo(0.911472).Within(1e-6));
            for (int j = 0; j < 4; j++)
            {
                Assert.That(fit.Contrasts[j].Estimate, Is.EqualTo(contrasts[j]).Within(1.1e-6));
                Assert.That(fit.Contrasts[j].DegreesOfFreedom, Is.EqualTo(25).Within(1e-9));
                for (int k = j; k < 4; k++)
                {
                    Assert.That(fit.Covariance[j][k], Is.EqualTo(sigma[j][k - j]).Within(PrintedCovariance));
                }
            }
        }
    }

    [Test]
    public void Fit_SaturatedUnstructuredMl_GivesThePublishedLikelihood() =>
        Assert.That(Saturated(LikelihoodEstimation.Ml).MinusTwoLogLikelihood, Is.EqualTo(416.509302).Within(6e-7));

    [Test]
    public void Fit_LinearUnstructuredMl_GivesThePublishedFit()
    {
        RepeatedMeasuresModel model = Linear(LikelihoodEstimation.Ml, 0);
        double[] beta = [17.425369, -1.583080, 0.476365, 0.350439];
        double[][] sigma = [[5.1192, 2.4409, 3.6105, 2.5222], [3.9280, 2.7175, 3.0624], [5.9798, 3.8234], [4.6180]];
        Assert.That(model.Fit(), Is.EqualTo(AnalysisStatus.Converged));
        Check(model, 419.477048, beta, sigma);
    }

    [Test]
    public void Fit_LinearUnstructuredReml_GivesThePublishedFit()
    {
        RepeatedMeasuresModel model = Linear(LikelihoodEstimation.Reml, 11);
        double[][] sigma = [[5.4252, 2.7092, 3.8411, 2.7152], [4.1906, 2.9745, 3.3137], [6.2632, 4.1333], [4.9862]];
        Assert.That(model.Fit(), Is.EqualTo(AnalysisStatus.Converged));
        Check(model, 2 * 212.2734001, [], sigma);
        AnalysisResult interaction = model.Test([0, 0, 0, 1], 0.05);
        using (Assert.EnterMultipleScope())
        {
            // gls prints 0.3504389995 and stops with a log likelihood that is 2e-9 short of the optimum.
            Assert.That(interaction.Estimate, Is.EqualTo(0.3504389995).Within(1e-5 * 0.1288));
            Assert.That(interaction.StandardError, Is.EqualTo(0.12881040).Within(1e-6 * 0.1288));
        }
    }

    private static void Check(RepeatedMeasuresModel model, double likelihood, double[] beta, double[][] sigma)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.MinusTwoLogLikelihood, Is.EqualTo(likelihood).Within(1e-6));
            for (int c = 0; c < beta.Length; c++)
            {
                Assert.That(model.Beta[c], Is.EqualTo(beta[c]).Within(6e-7 + (1e-6 * Math.Abs(beta[c]))));
            }

            for (int j = 0; j < 4; j++)
            {
                for (int k = j; k < 4; k++)
                {
                    Assert.That(model.Sigma[(j * VectorKernels.Padded(4)) + k], Is.EqualTo(sigma[j][k - j]).Within(PrintedCovariance));
                }
            }
        }
    }

    internal static MmrmFit Saturated(LikelihoodEstimation estimation)
    {
        (double[] male, double[][] scores) = Read();
        var trial = new PlainTrial
        {
            VisitWeeks = [0, .. Ages],
            Arms = [.. male.Select(m => (byte)m)],
            Scores = [.. scores.Select(s => (double[])[double.NaN, .. s])],
        };
        return new Mmrm { Week = 14, Covariates = [], Response = AncovaResponse.Score, Estimation = estimation }.Fit(trial.ToData());
    }

    // 1, male, age − origin and their product: columns that do not span the visits.
    private static RepeatedMeasuresModel Linear(LikelihoodEstimation estimation, double origin)
    {
        (double[] male, double[][] scores) = Read();
        var patterns = new VisitPatterns(4, 2, male.Length);
        for (int p = 0; p < male.Length; p++)
        {
            patterns.Add([1, male[p]], [.. scores[p], .. new double[VectorKernels.Padded(4) - 4]], 0b1111);
        }

        patterns.Complete();
        ColumnEntry[] Column(int basis, Func<double, double> value) =>
            [.. Ages.Select((age, visit) => new ColumnEntry(basis, visit, value(age)))];
        var columns = new FixedEffects(
            4, 2, [Column(0, _ => 1), Column(1, _ => 1), Column(0, age => age - origin), Column(1, age => age - origin)]);
        return new RepeatedMeasuresModel(
            patterns, columns, [CovarianceStructure.Unstructured], estimation, DegreesOfFreedomMethod.Satterthwaite);
    }

    private static (double[] Male, double[][] Scores) Read()
    {
        ReferenceFile file = ReferenceFile.Read("mmrm", "orthodont");
        double[][] visits = [.. Enumerable.Range(1, 4).Select(j => file.Numbers($"s{j}"))];
        double[] male = file.Numbers("arm");
        return (male, [.. male.Select((_, p) => visits.Select(v => v[p]).ToArray())]);
    }
}
