using System.Runtime.CompilerServices;

namespace Tofersen.Simulation.Common;

/// <summary>Argument checks of the public edge: each names the parameter, its value and the valid range.</summary>
internal static class Require
{
    internal static double InRange(
        double value, double min, double max, [CallerMemberName] string name = "") =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"Must lie in [{min}, {max}]."));

    internal static double Above(
        double value, double limit, double max, [CallerMemberName] string name = "") =>
        value > limit && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"Must lie in ({limit}, {max}]."));

    internal static int InRange(int value, int min, int max, [CallerMemberName] string name = "") =>
        value >= min && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"Must lie in [{min}, {max}]."));

    internal static double Probability(double value, [CallerMemberName] string name = "") =>
        InRange(value, 0, 1, name);

    internal static T Defined<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, $"Must be one of {string.Join(", ", Enum.GetNames<T>())}.");

    internal static T NotNull<T>(T? value, [CallerMemberName] string name = "")
        where T : class =>
        value ?? throw new ArgumentNullException(name);

    internal static string Text(string? value, [CallerMemberName] string name = "") =>
        !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new ArgumentException("Must hold some text.", name);

    internal static ValueList<T> NotEmpty<T>(ValueList<T>? value, [CallerMemberName] string name = "") =>
        value is { Count: > 0 } ? Entries(value, name) : throw new ArgumentException("Must hold at least one entry.", name);

    /// <summary>A list, which may be empty, without a null in it.</summary>
    internal static ValueList<T> Entries<T>(ValueList<T>? value, [CallerMemberName] string name = "")
    {
        for (int i = 0; i < NotNull(value, name).Count; i++)
        {
            if (value![i] is null)
            {
                throw new ArgumentException(FormattableString.Invariant($"Entry {i} is null."), name);
            }
        }

        return value!;
    }

    /// <summary>Times or other values that must rise from one entry to the next, all within a range.</summary>
    internal static ValueList<double> Rising(
        ValueList<double> values, double min, double max, [CallerMemberName] string name = "")
    {
        for (int i = 0; i < values.Count; i++)
        {
            InRange(values[i], min, max, name);
            if (i > 0 && values[i] <= values[i - 1])
            {
                throw new ArgumentOutOfRangeException(
                    name, values[i], FormattableString.Invariant($"Must be greater than the entry before it, {values[i - 1]}."));
            }
        }

        return values;
    }

    internal static void SameLength(int actual, int expected, string name, string expectedName)
    {
        if (actual != expected)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Has length {actual}; must have the length of {expectedName}, {expected}."),
                name);
        }
    }
}
