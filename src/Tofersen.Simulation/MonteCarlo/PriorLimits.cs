namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Limits at which a distribution is cut off, checked and written down.</summary>
internal static class PriorLimits
{
    /// <summary>Smallest share of a distribution that must be left.</summary>
    private const double LeastMass = 1e-9;

    internal static double NotNaN(double value, string name) =>
        !double.IsNaN(value) ? value : throw new ArgumentOutOfRangeException(name, value, "Must be a number; infinite for none.");

    /// <exception cref="ArgumentException">The limits hold next to nothing.</exception>
    internal static void Check(double minimum, double maximum, double mass)
    {
        if (!(mass >= LeastMass))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The limits {minimum} to {maximum} hold {mass:G3} of the distribution; they must hold at least {LeastMass}."));
        }
    }

    /// <summary>The limits as an argument list ends with them.</summary>
    internal static string Text(double minimum, double maximum) =>
        (double.IsFinite(minimum) ? FormattableString.Invariant($",min={minimum}") : "")
        + (double.IsFinite(maximum) ? FormattableString.Invariant($",max={maximum}") : "");
}
