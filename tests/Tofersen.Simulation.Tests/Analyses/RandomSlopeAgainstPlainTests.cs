using MathNet.Numerics.LinearAlgebra;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.RandomSlopes;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>The engine against <see cref="PlainRandomSlopes"/> on random trials: few and many participants, one to nine rows each, equal
/// times, columns of all kinds, and variances on the boundary. The seed of a trial is in the message of a failure.</summary>
public sealed class RandomSlopeAgainstPlainTests
{
    private const int TrialsPerSeed = 100;

    // A search takes a thousand times as long as the engine.
    private const int SearchEvery = 5;

    [Test]
    public void Fit_RandomTrials_IsTheLowestPointThatASearchFinds([Range(1, 10)] int seed)
    {
        int compared = 0;
        for (int i = 0; i < TrialsPerSeed; i++)
        {
            string trial = $"trial {(seed * 1000) + i}";
            Random random = new((seed * 1000) + i);
            RandomRows rows = RandomRows.Draw(random);
            PlainRandomSlopes plain = rows.Plain();
            RandomSlopeEngine engine = rows.Engine(DegreesOfFreedomMethod.Satterthwaite);
            AnalysisStatus status = engine.Fit();
            if (plain.Rows <= engine.Data.Rank || plain.WithinDegreesOfFreedom() <= 0)
            {
                Assert.That(status, Is.EqualTo(AnalysisStatus.NotEstimable), trial);
                continue;
            }

            Assert.That(status, Is.EqualTo(AnalysisStatus.Converged).Or.EqualTo(AnalysisStatus.Boundary), trial);
            double[] lambda = Lambda(engine);
            double[] beta = plain.Coefficients(lambda);
            Matrix<double> unscaled = plain.Unscaled(lambda);
            double criterion = engine.MinusTwoLogLikelihood;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(criterion, Nearly.Equal(plain.Deviance(lambda), 1e-10, 10), trial);
                if (i % SearchEvery == 0)
                {
                    Assert.That(criterion, Is.LessThanOrEqualTo(plain.Search(rows.TimeScale) + 1e-6), trial);
                }

                Assert.That(engine.ResidualVariance, Nearly.Equal(plain.ResidualVariance(lambda), 1e-8), trial);
                for (int k = 0; k < beta.Length; k++)
                {
                    (double estimate, double error, _) = engine.Coefficient(k);
                    if (double.IsNaN(error))
                    {
                        continue;
                    }

                    compared++;
                    double plainError = Math.Sqrt(plain.ResidualVariance(lambda) * unscaled[k, k]);
                    Assert.That(estimate, Nearly.Equal(beta[k], 1e-7, plainError), trial);
                    Assert.That(error, Nearly.Equal(plainError, 1e-7), trial);
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(2 * TrialsPerSeed));
    }

    [Test]
    public void DegreesOfFreedom_RandomTrials_EqualThoseOfNumericDerivatives([Range(1, 6)] int seed)
    {
        int compared = 0;
        for (int i = 0; i < 40; i++)
        {
            string trial = $"trial {(seed * 1000) + i}";
            RandomRows rows = RandomRows.Draw(new Random((seed * 1000) + i));
            PlainRandomSlopes plain = rows.Plain();
            RandomSlopeEngine engine = rows.Engine(DegreesOfFreedomMethod.Satterthwaite);
            AnalysisStatus status = engine.Fit();
            double[] lambda = Lambda(engine);

            // Numeric derivatives need a point that is clearly inside, or exactly on the face.
            if (status != AnalysisStatus.Boundary && (status != AnalysisStatus.Converged || !IsWellInside(lambda, rows.TimeScale)))
            {
                continue;
            }

            int[] free = engine.Boundary switch
            {
                RandomSlopeBoundary.None => [0, 1, 2],
                RandomSlopeBoundary.NoVariance => [],
                _ => [0, 1],
            };
            for (int k = 0; k < engine.Data.Rank; k++)
            {
                // Where a variance is not determined, numeric derivatives see rounding.
                double actual = engine.Coefficient(k).DegreesOfFreedom;
                if (!double.IsNaN(actual) && plain.Satterthwaite(lambda, free, k, rows.TimeScale) is { } expected)
                {
                    compared++;
                    Assert.That(actual, Nearly.Equal(expected, 1e-4), trial);
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(50));
    }

    [Test]
    public void KenwardRoger_RandomTrials_EqualsTheMatricesOfThePaper([Range(1, 10)] int seed)
    {
        int compared = 0;
        for (int i = 0; i < 40; i++)
        {
            string trial = $"trial {(seed * 1000) + i}";
            RandomRows rows = RandomRows.Draw(new Random((seed * 1000) + i), restricted: true);
            PlainRandomSlopes plain = rows.Plain();
            RandomSlopeEngine engine = rows.Engine(DegreesOfFreedomMethod.KenwardRogerLinear);
            AnalysisStatus status = engine.Fit();
            if (plain.Rows > 80 || status is not (AnalysisStatus.Converged or AnalysisStatus.Boundary))
            {
                continue;
            }

            if (plain.KenwardRoger(Lambda(engine)) is not { } expected)
            {
                continue;
            }

            (Matrix<double> adjusted, double[] degreesOfFreedom) = expected;
            for (int k = 0; k < degreesOfFreedom.Length; k++)
            {
                (_, double error, double df) = engine.Coefficient(k);
                compared++;
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(error * error, Nearly.Equal(adjusted[k, k], 1e-6), trial);
                    Assert.That(df, Nearly.Equal(degreesOfFreedom[k], 1e-5), trial);
                    Assert.That(
                        engine.Covariance(k, 0),
                        Nearly.Equal(adjusted[k, 0], 1e-6, Math.Sqrt(Math.Abs(adjusted[k, k] * adjusted[0, 0]))),
                        trial);
                }
            }
        }

        Assert.That(compared, Is.GreaterThan(50));
    }

    private static bool IsWellInside(double[] lambda, double timeScale) =>
        Math.Abs(lambda[0]) > 0.1 && Math.Abs(lambda[2]) * timeScale > 0.1;

    private static double[] Lambda(RandomSlopeEngine engine)
    {
        (double a, double b, double c) = engine.RelativeFactor;
        return [a, b, c];
    }
}
