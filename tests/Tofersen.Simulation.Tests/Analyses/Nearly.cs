using NUnit.Framework.Constraints;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Constraints for numbers that agree but for rounding.</summary>
internal static class Nearly
{
    /// <summary>Equal within a share of the expected value, or of a scale where that is larger; NaN only to NaN.</summary>
    internal static Constraint Equal(double expected, double relative, double scale = 0) =>
        double.IsNaN(expected) ? Is.NaN
        : double.IsInfinity(expected) ? Is.EqualTo(expected)
        : Is.EqualTo(expected).Within(relative * Math.Max(Math.Abs(expected), scale));
}
