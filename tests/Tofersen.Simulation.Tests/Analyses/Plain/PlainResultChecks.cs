using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Compares results of the library with those of plain versions.</summary>
internal static class PlainResultChecks
{
    /// <summary>Compares a result of the library with that of a plain version.</summary>
    /// <param name="expected">The result of the plain version.</param>
    /// <param name="actual">The result of the library.</param>
    /// <param name="trial">Which trial it is, for the message.</param>
    /// <param name="statisticSign">−1 where a negative estimate favours treatment.</param>
    internal static void Check(this PlainResult expected, AnalysisResult actual, string trial, int statisticSign = 1)
    {
        Assert.That(actual.Participants, Is.EqualTo(expected.Participants), $"participants of {trial}");
        Assert.That(
            actual.Status, Is.EqualTo(expected.IsEstimable ? AnalysisStatus.Converged : AnalysisStatus.NotEstimable), $"status of {trial}");
        double t = statisticSign * expected.Estimate / expected.StandardError;
        Assert.That(actual.Estimate, Nearly.Equal(expected.Estimate, 1e-9, expected.StandardError), $"estimate of {trial}");
        Assert.That(actual.StandardError, Nearly.Equal(expected.StandardError, 1e-9), $"standard error of {trial}");
        Assert.That(actual.DegreesOfFreedom, Nearly.Equal(expected.DegreesOfFreedom, 0), $"degrees of freedom of {trial}");
        Assert.That(actual.Statistic, Nearly.Equal(t, 1e-9, 1), $"statistic of {trial}");
        double p = expected.IsEstimable ? PlainTail.TwoSidedP(t, expected.DegreesOfFreedom) : double.NaN;
        Assert.That(actual.PValue, Nearly.Equal(p, 1e-9, 1e-3), $"p value of {trial}");
        if (expected.IsEstimable)
        {
            double margin = (actual.Upper - actual.Lower) / 2;
            double alpha = PlainTail.TwoSidedP(margin / expected.StandardError, expected.DegreesOfFreedom);
            Assert.That((actual.Upper + actual.Lower) / 2, Nearly.Equal(expected.Estimate, 1e-9, margin), $"middle of the interval of {trial}");
            Assert.That(alpha, Nearly.Equal(0.05, 1e-8), $"level of the interval of {trial}");
        }
        else
        {
            Assert.That(actual.Lower, Is.NaN);
            Assert.That(actual.Upper, Is.NaN);
        }
    }
}
