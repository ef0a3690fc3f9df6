using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.DataSets;

/// <summary>A column of a <see cref="DataSet"/>: what it is called, what it holds and how that came about.</summary>
/// <remarks>Names and labels keep to the limits of ADaM and of SAS transport files.</remarks>
public sealed record DataSetColumn
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 8;

    /// <summary>Most characters of a label.</summary>
    public const int LongestLabel = 40;

    /// <summary>Name: a capital letter, then capital letters and digits, 8 characters at most.</summary>
    public required string Name { get; init => field = CheckedName(value); }

    /// <summary>What it is, in 40 characters at most.</summary>
    public required string Label { get; init => field = CheckedLabel(value, nameof(Label)); }

    /// <summary>What the values are.</summary>
    public required DataSetValueKind Kind { get; init; }

    /// <summary>Unit of the values; empty for none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How the values come about, in a sentence; empty where the label says it.</summary>
    public string Derivation { get; init; } = "";

    /// <summary>The values that may occur; empty where any may.</summary>
    public ValueList<CodedValue> Codes { get; init; } = [];

    internal static string CheckedLabel(string label, string parameter) => label is { Length: > 0 and <= LongestLabel }
        ? label
        : throw new ArgumentException($"The label '{label}' has {label?.Length} characters; there must be 1 to 40.", parameter);

    internal static bool IsName(string name) =>
        name is { Length: > 0 and <= LongestName } && char.IsAsciiLetterUpper(name[0])
        && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));

    private static string CheckedName(string name) => IsName(name)
        ? name
        : throw new ArgumentException($"The name '{name}' must be a capital letter, then up to 7 capital letters and digits.", nameof(Name));
}
