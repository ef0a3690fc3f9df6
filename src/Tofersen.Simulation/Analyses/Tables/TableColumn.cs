using System.Globalization;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>A named column of an <see cref="AnalysisTable"/>: numbers, or texts.</summary>
/// <remarks>Immutable. A missing number is NaN; a missing text has the code −1.</remarks>
public sealed class TableColumn
{
    // Every whole number of so many digits is a double of its own.
    private const int MostDigits = 15;

    private readonly double[] _numbers;
    private readonly int[] _codes;

    private TableColumn(string name, double[] numbers, int[] codes, ValueList<string> levels, bool hasDecimalCommas = false)
    {
        Name = Require.Text(name);
        _numbers = numbers;
        _codes = codes;
        Levels = levels;
        IsText = levels.Count > 0;
        HasDecimalCommas = hasDecimalCommas;
    }

    /// <summary>Name, unique in the table.</summary>
    public string Name { get; }

    /// <summary>Whether the column holds texts.</summary>
    public bool IsText { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => IsText ? _codes.Length : _numbers.Length;

    /// <summary>The numbers, NaN where missing; empty for a column of texts.</summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    /// <summary>Positions of the texts in <see cref="Levels"/>, −1 where missing; empty for a column of numbers.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>The different texts, in ordinal order; empty for a column of numbers.</summary>
    public ValueList<string> Levels { get; }

    /// <summary>Whether texts such as "0,5" are numbers.</summary>
    internal bool HasDecimalCommas { get; }

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Name.</param>
    /// <param name="values">Values; NaN where missing.</param>
    /// <returns>The column.</returns>
    public static TableColumn OfNumbers(string name, ReadOnlySpan<double> values) => new(name, values.ToArray(), [], []);

    /// <summary>A column of texts.</summary>
    /// <param name="name">Name.</param>
    /// <param name="values">Values; null or empty where missing. A column without any text is one of missing numbers.</param>
    /// <returns>The column.</returns>
    public static TableColumn OfTexts(string name, IReadOnlyList<string?> values) => OfTexts(name, values, hasDecimalCommas: false);

    /// <summary>A column of texts from a source that may write numbers with a decimal comma.</summary>
    /// <param name="name">Name.</param>
    /// <param name="values">Values; null or empty where missing. A column without any text is one of missing numbers.</param>
    /// <param name="hasDecimalCommas">Whether texts such as "0,5" are numbers where numbers are due, as those such as "0.5" always are.</param>
    /// <returns>The column.</returns>
    public static TableColumn OfTexts(string name, IReadOnlyList<string?> values, bool hasDecimalCommas)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] levels = [.. values.Where(v => !string.IsNullOrEmpty(v)).Select(v => v!).Distinct().Order(StringComparer.Ordinal)];
        if (levels.Length == 0)
        {
            return OfNumbers(name, Enumerable.Repeat(double.NaN, values.Count).ToArray());
        }

        var positions = levels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        var codes = new int[values.Count];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = string.IsNullOrEmpty(values[i]) ? -1 : positions[values[i]!];
        }

        return new TableColumn(name, [], codes, [.. levels], hasDecimalCommas);
    }

    /// <summary>Whether a row has no value.</summary>
    /// <param name="row">Row, counted from 0.</param>
    /// <returns>True where the value is missing or not finite.</returns>
    public bool IsMissing(int row) => IsText ? _codes[row] < 0 : !double.IsFinite(_numbers[row]);

    /// <summary>The value of a row as a text: numbers in their shortest exact form.</summary>
    /// <param name="row">Row, counted from 0.</param>
    /// <returns>The text; empty where missing.</returns>
    public string TextAt(int row) =>
        IsMissing(row) ? string.Empty : IsText ? Levels[_codes[row]] : TextOf(_numbers[row]);

    /// <summary>The column as numbers where all its texts are numbers; otherwise as it is.</summary>
    /// <param name="areDue">Whether numbers are due, so that whatever can be read as one is one; otherwise names of digits, those of more than 15
    /// and those with leading zeros, stay texts.</param>
    internal TableColumn AsNumbers(bool areDue)
    {
        if (!IsText)
        {
            return this;
        }

        var numbers = new double[Levels.Count];
        for (int level = 0; level < numbers.Length; level++)
        {
            if (!TryRead(Levels[level], out numbers[level]) || (!areDue && IsName(Levels[level])))
            {
                return this;
            }
        }

        return OfNumbers(Name, [.. _codes.Select(code => code < 0 ? double.NaN : numbers[code])]);
    }

    /// <summary>The different values as texts, in order; a missing one is left out.</summary>
    internal IEnumerable<string> Values() => IsText ? Levels : _numbers.Where(double.IsFinite).Distinct().Order().Select(TextOf);

    /// <summary>A value that somebody wrote, as <see cref="TextAt"/> writes it: "28.0" as "28" in a column of numbers.</summary>
    internal string Normal(string value) => !IsText && TryNumber(value, out double number) ? TextOf(number) : value;

    /// <summary>Whether a text is a name that consists of digits, such as that of a participant, which a number could not tell from others:
    /// more than 15 digits, or leading zeros, as 007 and 07.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length > 1 && !text.ContainsAnyExceptInRange('0', '9') && (text.Length > MostDigits || text[0] == '0');

    /// <summary>The number that a text of this column is, with a decimal comma where it may have one.</summary>
    internal bool TryRead(string text, out double number) =>
        TryNumber(text, out number) || (HasDecimalCommas && TryNumber(WithPoint(text), out number));

    /// <summary>A text with a point in the place of its first comma.</summary>
    internal static string WithPoint(string text) =>
        text.IndexOf(',', StringComparison.Ordinal) is var comma and >= 0 ? $"{text[..comma]}.{text[(comma + 1)..]}" : text;

    /// <summary>The number that a text is: a finite one, with a decimal point and without separators of thousands.</summary>
    internal static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    internal static string TextOf(double number) =>
        (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);
}
