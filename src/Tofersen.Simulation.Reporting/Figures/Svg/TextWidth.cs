using System.Globalization;
using System.Text;

namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>Estimates how wide text will be, since a file does not know the fonts of those who open it.</summary>
/// <remarks>Widths in units of the font size, after common sans-serif faces and a little above them: a label with room to spare does no harm, one that
/// runs into another does.</remarks>
internal static class TextWidth
{
    internal static double Of(string text, double fontSize)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width * fontSize;
    }

    /// <summary>Breaks text between words into lines no wider than a width, where words allow.</summary>
    internal static List<string> Wrap(string text, double fontSize, double width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Of(longer, fontSize) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line);
        return lines;
    }

    private static double Of(Rune rune) => rune.Value switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' => 0.32,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' => 0.4,
        'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.93,
        >= 'A' and <= 'Z' => 0.72,
        < 0x250 => 0.58,
        // Dashes, the minus sign, mathematical signs.
        >= 0x2000 and < 0x2E80 => 0.7,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark ? 0 : 1.05,
    };
}
