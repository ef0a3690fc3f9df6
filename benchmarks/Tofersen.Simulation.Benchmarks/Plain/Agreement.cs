using System.Globalization;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Refuses a comparison of speed between two versions that do not find the same.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-8;

    /// <summary>Checks two numbers.</summary>
    /// <param name="ours">The library's.</param>
    /// <param name="plain">The plain version's.</param>
    /// <param name="what">What they are.</param>
    /// <param name="scale">Size to which the tolerance is relative, where the number itself may be near 0.</param>
    /// <param name="tolerance">Largest difference relative to the number and the scale.</param>
    internal static void Check(double ours, double plain, string what, double scale = 0, double tolerance = Tolerance)
    {
        double most = tolerance * (Math.Abs(plain) + scale);
        if (!(ours.Equals(plain) || Math.Abs(ours - plain) <= most))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{what}: the library has {ours:R}, the plain version {plain:R}. A comparison of their times would be void."));
        }
    }

    /// <summary>Checks rows of numbers; NaN agrees with NaN.</summary>
    internal static void Check(ReadOnlySpan<double> ours, ReadOnlySpan<double> plain, string what, double scale = 1, double tolerance = Tolerance)
    {
        Check(ours.Length, plain.Length, $"length of {what}");
        for (int i = 0; i < ours.Length; i++)
        {
            Check(ours[i], plain[i], $"{what} [{i}]", scale, tolerance);
        }
    }

    /// <summary>Checks an analysis.</summary>
    internal static void Check(in AnalysisResult ours, PlainResult plain, string what, double tolerance = Tolerance)
    {
        Check(ours.Participants, plain.Participants, $"participants of {what}");
        Check(ours.Estimate, plain.Estimate, $"estimate of {what}", plain.StandardError, tolerance);
        Check(ours.StandardError, plain.StandardError, $"standard error of {what}", 0, tolerance);
        Check(ours.DegreesOfFreedom, plain.DegreesOfFreedom, $"degrees of freedom of {what}", 0, tolerance);
    }
}
