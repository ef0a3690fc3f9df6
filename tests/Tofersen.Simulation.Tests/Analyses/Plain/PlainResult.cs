using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>What a plain version of an analysis finds; numbers are NaN where the effect is not estimable.</summary>
internal sealed record PlainResult(int Participants, double Estimate, double StandardError, double DegreesOfFreedom)
{
    internal bool IsEstimable => !double.IsNaN(Estimate);

    internal static PlainResult NotEstimable(int participants) => new(participants, double.NaN, double.NaN, double.NaN);

    /// <summary>Compares a result of the library with this one.</summary>
    /// <param name="actual">The result of the library.</param>
    /// <param name="trial">Which trial it is, for the message.</param>
    /// <param name="statisticSign">−1 where a negative estimate favours treatment.</param>
    internal void Check(AnalysisResult actual, string trial, int statisticSign = 1)
    {
        Assert.That(actual.Participants, Is.EqualTo(Participants), $"participants of {trial}");
        Assert.That(
            actual.Status, Is.EqualTo(IsEstimable ? AnalysisStatus.Converged : AnalysisStatus.NotEstimable), $"status of {trial}");
        double t = statisticSign * Estimate / StandardError;
        Assert.That(actual.Estimate, Nearly.Equal(Estimate, 1e-9, StandardError), $"estimate of {trial}");
        Assert.That(actual.StandardError, Nearly.Equal(StandardError, 1e-9), $"standard error of {trial}");
        Assert.That(actual.DegreesOfFreedom, Nearly.Equal(DegreesOfFreedom, 0), $"degrees of freedom of {trial}");
        Assert.That(actual.Statistic, Nearly.Equal(t, 1e-9, 1), $"statistic of {trial}");
        double p = IsEstimable ? PlainTail.TwoSidedP(t, DegreesOfFreedom) : double.NaN;
        Assert.That(actual.PValue, Nearly.Equal(p, 1e-9, 1e-3), $"p value of {trial}");
        if (IsEstimable)
        {
            double margin = (actual.Upper - actual.Lower) / 2;
            double alpha = PlainTail.TwoSidedP(margin / StandardError, DegreesOfFreedom);
            Assert.That((actual.Upper + actual.Lower) / 2, Nearly.Equal(Estimate, 1e-9, margin), $"middle of the interval of {trial}");
            Assert.That(alpha, Nearly.Equal(0.05, 1e-8), $"level of the interval of {trial}");
        }
        else
        {
            Assert.That(actual.Lower, Is.NaN);
            Assert.That(actual.Upper, Is.NaN);
        }
    }
}
