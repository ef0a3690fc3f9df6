using System.Globalization;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>A printed number beside ours.</summary>
/// <param name="Case">Where it is printed.</param>
/// <param name="Quantity">What it is.</param>
/// <param name="Printed">The number as printed.</param>
/// <param name="Ours">Our number.</param>
internal sealed record PublishedValue(string Case, string Quantity, string Printed, double Ours)
{
    private int Decimals => Printed.Contains('.', StringComparison.Ordinal) ? Printed.Length - Printed.IndexOf('.') - 1 : 0;

    /// <summary>Our number with as many decimals.</summary>
    internal string OursRounded => Ours.ToString("F" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Whether ours lies within half a unit of the last digit printed; a printed half may be rounded either way.</summary>
    internal bool Agrees =>
        Math.Abs(Ours - double.Parse(Printed, NumberStyles.Float, CultureInfo.InvariantCulture)) <= 0.5000001 * Math.Pow(10, -Decimals);
}
