using System.Globalization;
using System.Text;
using CsvHelper;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Reporting.Csv;

namespace Tofersen.Simulation.Reporting;

/// <summary>Reads data of one's own for analyses: CSV with a header.</summary>
/// <remarks>
/// <para>Separators are commas, semicolons, tabs or bars, found from the first lines; fields may be quoted, with line breaks inside; a byte order mark
/// and any line ends do no harm. What is not UTF-8 is taken for Windows-1252. Rows without any value do not count, nor do a first column without a name,
/// as of row names, and last columns without names or values.</para>
/// <para>An empty cell is missing, and so are NA, N/A, n/a, #N/A, NaN, NULL, a lone point and SAS's codes .A to .Z and ._. A column whose other cells are all
/// numbers is one of numbers, with a decimal point, or with a decimal comma where semicolons separate the fields; every other column is one of texts.
/// Whole numbers of more than 15 digits, or with leading zeros, are names, such as those of participants, and stay texts, since numbers could not tell
/// them apart. The apostrophe that keeps a spreadsheet from running a text as a formula is taken off.</para>
/// </remarks>
public static class TableReader
{
    private static readonly CsvReaderOptions Options = new() { PoolStrings = true, TrimWhitespace = true, TrackLineNumbers = true };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The table, which knows the line of each row for messages.</returns>
    /// <exception cref="AnalysisDataException">The file is empty, not CSV, has no rows, two columns of one name, or rows of another length or with
    /// wrong quotes; the message names file, line, column and character, of the first problems if there are several.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AnalysisTable ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Read(CsvSource.OfFile(path));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="csv">The text.</param>
    /// <returns>The table, which knows the line of each row for messages.</returns>
    /// <exception cref="AnalysisDataException">As for <see cref="ReadFile"/>.</exception>
    public static AnalysisTable ReadText(string csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        return Read(CsvSource.OfText(csv));
    }

    private static AnalysisTable Read(CsvSource source)
    {
        try
        {
            return ReadColumns(source);
        }
        catch (CsvFormatException exception)
        {
            throw new AnalysisDataException($"{source.Name}: {exception.Message}", exception);
        }
    }

    // Twice through the data: first what each column is, then its values, so that a long file never stands in memory as texts.
    private static AnalysisTable ReadColumns(CsvSource source)
    {
        string[] names;
        int[] columns;
        bool[] isText;
        var lines = new List<int>();
        bool commaIsDecimal;
        var problems = new CsvProblems(source.Name);
        using (CsvReader reader = source.Open(Options with { OnMalformedRecord = problems.Note }))
        {
            reader.ReadHeader();
            names = [.. reader.Headers.Select(Formulas.Restore)];
            problems.Place(reader, names);
            commaIsDecimal = reader.Separator == ';';
            columns = NamedColumns(names, source.Name);
            isText = new bool[columns.Length];
            while (reader.Read())
            {
                problems.Place(reader, names);
                if (IsBlank(reader, 0, reader.FieldCount))
                {
                    continue;
                }

                CheckLength(reader, names, columns, problems);
                lines.Add((int)reader.LineNumber);
                for (int c = 0; c < columns.Length; c++)
                {
                    isText[c] = isText[c] || !(IsMissing(reader, columns[c]) || TryNumber(reader, columns[c], commaIsDecimal, out _));
                }
            }
        }

        problems.ThrowIfAny();
        if (lines.Count == 0)
        {
            throw new AnalysisDataException($"{source.Name} has a header but no rows.");
        }

        double[]?[] numbers = [.. isText.Select(text => text ? null : new double[lines.Count])];
        string?[]?[] texts = [.. isText.Select(text => text ? new string?[lines.Count] : null)];
        using (CsvReader reader = source.Open(Options))
        {
            for (int i = 0; i < lines.Count; i++)
            {
                ReadRow(reader, source.Name);
                for (int c = 0; c < columns.Length; c++)
                {
                    bool isMissing = IsMissing(reader, columns[c]);
                    if (numbers[c] is { } column)
                    {
                        column[i] = !isMissing && TryNumber(reader, columns[c], commaIsDecimal, out double value) ? value : double.NaN;
                    }
                    else
                    {
                        texts[c]![i] = isMissing ? null : Formulas.Restore(reader.GetString(columns[c]));
                    }
                }
            }
        }

        return AnalysisTable.FromColumns(
            columns.Select((position, c) => numbers[c] is { } column
                ? TableColumn.OfNumbers(names[position], column)
                : TableColumn.OfTexts(names[position], texts[c]!, commaIsDecimal)),
            [.. lines]);
    }

    private static void ReadRow(CsvReader reader, string source)
    {
        do
        {
            if (!reader.Read())
            {
                throw new AnalysisDataException($"{source} changed while it was read.");
            }
        }
        while (IsBlank(reader, 0, reader.FieldCount));
    }

    private static void CheckLength(CsvReader reader, string[] names, int[] columns, CsvProblems problems)
    {
        if (reader.FieldCount <= columns[^1] || !IsBlank(reader, names.Length, reader.FieldCount))
        {
            problems.AddCount(reader.LineNumber, reader.FieldCount, names.Length);
        }
        else if (!IsBlank(reader, columns[^1] + 1, Math.Min(names.Length, reader.FieldCount)))
        {
            int position = Enumerable.Range(columns[^1] + 1, names.Length).First(c => !reader.GetSpan(c).IsEmpty);
            problems.Add(reader.LineNumber, FormattableString.Invariant($": '{reader.GetString(position)}' stands in column {position + 1}; column {position + 1} has no name"));
        }
    }

    private static bool IsBlank(CsvReader reader, int from, int to)
    {
        for (int c = from; c < to; c++)
        {
            if (!reader.GetSpan(c).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    // Positions of the columns that count: without a first one of row names, and without last ones that only separators made.
    private static int[] NamedColumns(string[] names, string source)
    {
        int last = Array.FindLastIndex(names, n => !string.IsNullOrWhiteSpace(n));
        if (last < 0)
        {
            throw new AnalysisDataException($"{source} is empty, or has no names in its first line.");
        }

        int first = string.IsNullOrWhiteSpace(names[0]) ? 1 : 0;
        int blank = Array.FindIndex(names, first, last - first, string.IsNullOrWhiteSpace);
        if (blank >= 0)
        {
            throw new AnalysisDataException(FormattableString.Invariant($"{source}: column {blank + 1} has no name."));
        }

        int[] columns = [.. Enumerable.Range(first, last - first + 1)];
        IGrouping<string, int>? twice = columns.GroupBy(c => names[c]).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? columns
            : throw new AnalysisDataException(FormattableString.Invariant(
                $"{source}: two columns are called '{twice.Key}', the {twice.First() + 1}. and the {twice.Skip(1).First() + 1}.; rename one."));
    }

    private static bool IsMissing(CsvReader reader, int column)
    {
        ReadOnlySpan<byte> field = reader.GetSpan(column);
        return field.Length switch
        {
            0 => true,
            1 => field[0] == '.',
            2 => field.SequenceEqual("NA"u8) || (field[0] == '.' && (field[1] == '_' || char.IsAsciiLetterUpper((char)field[1]))),
            3 => field.SequenceEqual("NaN"u8) || field.SequenceEqual("N/A"u8) || field.SequenceEqual("n/a"u8),
            4 => field.SequenceEqual("NULL"u8) || field.SequenceEqual("#N/A"u8) || field.SequenceEqual("#n/a"u8),
            _ => false,
        };
    }

    // Names of digits are rare, so that few fields are ever turned into characters.
    private static bool IsName(ReadOnlySpan<byte> field)
    {
        if (field.Length < 2 || field.Length > 64 || field.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        Span<char> text = stackalloc char[field.Length];
        Encoding.ASCII.GetChars(field, text);
        return TableColumn.IsName(text);
    }

    private static bool TryNumber(CsvReader reader, int column, bool commaIsDecimal, out double value)
    {
        ReadOnlySpan<byte> field = reader.GetSpan(column);
        if (IsName(field))
        {
            value = double.NaN;
            return false;
        }

        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return double.IsFinite(value);
        }

        int comma = field.IndexOf((byte)',');
        if (!commaIsDecimal || comma < 0 || field.Length > 64)
        {
            return false;
        }

        Span<byte> pointed = stackalloc byte[field.Length];
        field.CopyTo(pointed);
        pointed[comma] = (byte)'.';
        return double.TryParse(pointed, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
