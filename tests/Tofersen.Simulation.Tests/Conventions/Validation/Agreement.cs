using System.Globalization;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>How close quantities of one kind must be: the kind and the largest relative difference, 0 for equality.</summary>
internal sealed record Agreement(string Kind, double Tolerance)
{
    internal static Agreement Counts { get; } = new("counts, scores and ranks", 0);

    /// <summary>The tolerance as the page states it.</summary>
    internal string Stated => Tolerance == 0 ? "equal" : Tolerance.ToString("0E-0", CultureInfo.InvariantCulture).Replace('E', 'e');
}
