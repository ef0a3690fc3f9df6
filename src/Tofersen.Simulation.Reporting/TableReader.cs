using System.Globalization;
using System.Text;
using CsvHelper;
using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Reporting;

/// <summary>Reads data of one's own for analyses: CSV with a header.</summary>
/// <remarks>
/// <para>Separators are commas, semicolons, tabs or bars, found from the first lines; fields may be quoted; a byte order mark and any
/// line ends do no harm. An empty cell, NA, NaN and a lone point are missing. A column whose other cells are all numbers is one of numbers, with a
/// decimal point, or with a decimal comma where semicolons separate the fields; every other column is one of texts. Whole numbers of more
/// than 15 digits, or with leading zeros, are names, such as those of participants, and stay texts, since numbers could not tell them
/// apart.</para>
/// </remarks>
public static class TableReader
{
    private static readonly CsvReaderOptions Options = new()
    {
        PoolStrings = true,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The table.</returns>
    /// <exception cref="AnalysisDataException">The file is empty, has no rows, two columns of one name, or a row of another length.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AnalysisTable ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Read(() => CsvReader.FromFile(path, Options), Path.GetFileName(path));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="csv">The text.</param>
    /// <returns>The table.</returns>
    /// <exception cref="AnalysisDataException">As for <see cref="ReadFile"/>.</exception>
    public static AnalysisTable ReadText(string csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        return Read(() => CsvReader.FromText(csv, Options), "the text");
    }

    private static AnalysisTable Read(Func<CsvReader> open, string source)
    {
        try
        {
            return ReadColumns(open, source);
        }
        catch (CsvFormatException exception)
        {
            throw new AnalysisDataException($"{source}: {exception.Message}", exception);
        }
    }

    // Twice through the data: first what each column is, then its values, so that a long file never stands in memory as texts.
    private static AnalysisTable ReadColumns(Func<CsvReader> open, string source)
    {
        string[] names;
        bool[] isText;
        int rows = 0;
        bool commaIsDecimal;
        using (CsvReader reader = open())
        {
            reader.ReadHeader();
            names = [.. reader.Headers];
            commaIsDecimal = reader.Separator == ';';
            CheckNames(names, source);
            isText = new bool[names.Length];
            while (reader.Read())
            {
                rows++;
                for (int c = 0; c < names.Length; c++)
                {
                    isText[c] = isText[c] || !(IsMissing(reader, c) || TryNumber(reader, c, commaIsDecimal, out _));
                }
            }
        }

        if (rows == 0)
        {
            throw new AnalysisDataException($"{source} has a header but no rows.");
        }

        double[]?[] numbers = [.. isText.Select(text => text ? null : new double[rows])];
        string?[]?[] texts = [.. isText.Select(text => text ? new string?[rows] : null)];
        using (CsvReader reader = open())
        {
            for (int i = 0; i < rows; i++)
            {
                if (!reader.Read())
                {
                    throw new AnalysisDataException($"{source} cannot be read twice; give a file, not a pipe, that nothing changes meanwhile.");
                }

                for (int c = 0; c < names.Length; c++)
                {
                    bool isMissing = IsMissing(reader, c);
                    if (numbers[c] is { } column)
                    {
                        column[i] = !isMissing && TryNumber(reader, c, commaIsDecimal, out double value) ? value : double.NaN;
                    }
                    else
                    {
                        texts[c]![i] = isMissing ? null : reader.GetString(c);
                    }
                }
            }
        }

        return AnalysisTable.FromColumns(names.Select((name, c) => numbers[c] is { } column
            ? TableColumn.OfNumbers(name, column)
            : TableColumn.OfTexts(name, texts[c]!)));
    }

    private static void CheckNames(string[] names, string source)
    {
        if (names.Length == 0)
        {
            throw new AnalysisDataException($"{source} is empty.");
        }

        int blank = Array.FindIndex(names, string.IsNullOrWhiteSpace);
        if (blank >= 0)
        {
            throw new AnalysisDataException(FormattableString.Invariant($"{source}: column {blank + 1} has no name."));
        }

        string? twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new AnalysisDataException($"{source}: two columns are called '{twice}'.");
        }
    }

    private static bool IsMissing(CsvReader reader, int column)
    {
        ReadOnlySpan<byte> field = reader.GetSpan(column);
        return field.IsEmpty || field.SequenceEqual("NA"u8) || field.SequenceEqual("NaN"u8) || field.SequenceEqual("."u8);
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
