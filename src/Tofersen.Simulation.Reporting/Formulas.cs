namespace Tofersen.Simulation.Reporting;

/// <summary>Texts that a spreadsheet would run as formulas when it opens a CSV file, made harmless and back.</summary>
/// <remarks>
/// <para>A text that begins with = + - @, tab, carriage return or line feed gets an apostrophe in front, which spreadsheets take for "this is text"
/// (the advice of OWASP on CSV injection). So does one that begins with apostrophes and then one of these, so that taking off one apostrophe gives
/// every text back. The forms of full width count, too, which some spreadsheets take for the plain ones.</para>
/// <para>CsvHelper does the first for ASCII characters, but cannot be told of its own escape character or of others, hence this.</para>
/// </remarks>
internal static class Formulas
{
    private const char Escape = '\'';

    /// <summary>The text as it is written.</summary>
    internal static string Neutralise(string text) => Runs(text.AsSpan().TrimStart(Escape)) ? Escape + text : text;

    /// <summary>The text that was written so.</summary>
    internal static string Restore(string written) =>
        written.Length > 1 && written[0] == Escape && Runs(written.AsSpan().TrimStart(Escape)) ? written[1..] : written;

    private static bool Runs(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';
}
