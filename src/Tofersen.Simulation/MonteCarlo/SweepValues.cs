using System.Globalization;
using System.Text.Json;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Reads the values of an axis as somebody types them: lists, ranges, JSON.</summary>
internal static class SweepValues
{
    // So that differences of two fit into a decimal number, too.
    private const decimal Largest = 1e28m;

    private const string Help = "write a list such as 60,108,200, a range from:to:step such as 0.2:0.6:0.1, or a JSON list such as [\"a\",\"b\"]";

    /// <exception cref="ArgumentException">The text holds no values; the message names the axis and says what is valid.</exception>
    internal static ValueList<PropertyValue> Parse(string text, string axis)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Wrong(axis, "there are no values", Help);
        }

        // Commas within JSON do not part values.
        return text.AsSpan().ContainsAny("\"[]{}") ? FromJson(text, axis) : FromList(text, axis);
    }

    private static ValueList<PropertyValue> FromList(string text, string axis)
    {
        var values = new List<PropertyValue>();
        foreach (string item in text.Split(','))
        {
            if (string.IsNullOrWhiteSpace(item))
            {
                throw Wrong(axis, $"'{text}' has an empty entry", Help);
            }

            if (item.Contains(':', StringComparison.Ordinal))
            {
                AddRange(values, item.Trim(), axis);
            }
            else
            {
                // So that .5 and +5 are numbers, too, which JSON does not know.
                values.Add(double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                    ? number
                    : PropertyValue.Parse(item));
            }
        }

        return ValueList.Create<PropertyValue>(values.ToArray());
    }

    // A list in brackets is the list of values; anything else is one value, or several with commas between them.
    private static ValueList<PropertyValue> FromJson(string text, string axis)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse("[" + text + "]");
            JsonElement list = document.RootElement;
            if (list.GetArrayLength() == 1 && list[0].ValueKind == JsonValueKind.Array)
            {
                list = list[0];
            }

            return list.GetArrayLength() > 0
                ? [.. list.EnumerateArray().Select(e => PropertyValue.Parse(e.GetRawText()))]
                : throw Wrong(axis, "there are no values", Help);
        }
        catch (JsonException)
        {
            throw Wrong(axis, $"'{text}' looks like JSON and is none", Help);
        }
    }

    /// <summary>The numbers from one to another. Steps are counted, in decimal numbers, so that 0.2:0.6:0.1 has 0.6 and not
    /// 0.6000000000000001.</summary>
    private static void AddRange(List<PropertyValue> values, string text, string axis)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 3)
        {
            throw Wrong(axis, $"'{text}' is no range", "a range is from:to:step, such as 0.2:0.6:0.1; a text with a colon goes into a JSON list, [\"a:b\"]");
        }

        decimal[] numbers = [.. parts.Select(part => Number(part, text, axis))];
        (decimal from, decimal to, decimal step) = (numbers[0], numbers[1], numbers[2]);
        if (step == 0)
        {
            throw Wrong(axis, $"the step of '{text}' is 0", "it must lead from the first number to the second");
        }

        if (from != to && from < to != step > 0)
        {
            throw Wrong(axis, $"the step of '{text}' leads away from {parts[1].Trim()}", "turn its sign");
        }

        // In doubles first: the quotient of decimals may be too large for one.
        double steps = ((double)to - (double)from) / (double)step;
        if (steps >= Sweep.MaximumCells)
        {
            throw Wrong(axis, $"'{text}' has more than {Sweep.MaximumCells} values", "take larger steps");
        }

        decimal count = Math.Floor((to - from) / step);
        for (int i = 0; i <= count; i++)
        {
            // A decimal number's text is read to the nearest double; its conversion need not be.
            string value = (from + (i * step)).ToString(CultureInfo.InvariantCulture);
            values.Add(double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    private static decimal Number(string part, string range, string axis)
    {
        bool isDecimal = decimal.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number);
        return isDecimal && Math.Abs(number) <= Largest && double.Parse(part, NumberStyles.Float, CultureInfo.InvariantCulture)
            == double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            ? number
            : throw Wrong(
                axis, $"'{part.Trim()}' in '{range}' is no number that a range can have", "it must be a decimal number of at most 28 digits within ±1e28");
    }

    private static ArgumentException Wrong(string axis, string what, string valid) =>
        new($"{axis}: {what}; {valid}.", nameof(SweepAxis.Values));
}
