using System.Text;
using CsvHelper;
using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Reporting.Csv;

/// <summary>What is wrong with a CSV file, by line: the first few problems in full, the number of all.</summary>
internal sealed class CsvProblems(string source)
{
    private const int Most = 5;
    private const int LongestName = 40;

    private readonly List<string> _problems = [];
    private int _count;
    private CsvMalformedRecord? _pending;

    /// <summary>Takes what the reader says of a record that it is about to give.</summary>
    internal void Note(CsvMalformedRecord record) => _pending = record;

    /// <summary>Places what was noted of the record that the reader has given, or of the header.</summary>
    internal void Place(CsvReader reader, IReadOnlyList<string> names)
    {
        if (_pending is { } record)
        {
            _pending = null;
            (long line, int character, int field) = Locate(record, reader);
            string column = field < names.Count && names[field].Length > 0 ? $", column '{Short(names[field])}'" : "";
            Add(line, $"{(character > 0 ? FormattableString.Invariant($", character {character}") : "")}{column}: {Describe(record.Reason)}");
        }
    }

    /// <summary>Notes a record with fewer or more fields than the header.</summary>
    internal void AddCount(long line, int fields, int expected) =>
        Add(line, FormattableString.Invariant($" has {fields} {(fields == 1 ? "field" : "fields")}; the header has {expected}"));

    /// <summary>Notes something else.</summary>
    internal void Add(long line, string problem)
    {
        if (_count++ < Most)
        {
            _problems.Add(FormattableString.Invariant($"line {line}{problem}"));
        }
    }

    /// <exception cref="AnalysisDataException">There were problems.</exception>
    internal void ThrowIfAny()
    {
        if (_count > 0)
        {
            string more = _count > Most ? FormattableString.Invariant($"; and {_count - Most} more") : "";
            throw new AnalysisDataException($"{source}: {string.Join("; ", _problems)}{more}.");
        }
    }

    // The byte of the problem within its record gives line, character and field; quotes switch what separators mean.
    private static (long Line, int Character, int Field) Locate(CsvMalformedRecord record, CsvReader reader)
    {
        byte[] raw = Encoding.UTF8.GetBytes(record.RawRecord);
        long offset = record.ByteOffset - reader.ByteOffset;
        if (offset < 0 || offset > raw.Length)
        {
            return (record.LineNumber, 0, int.MaxValue);
        }

        string before = Encoding.UTF8.GetString(raw, 0, (int)offset);
        int field = 0;
        int opened = 0;
        int openedField = 0;
        bool isQuoted = false;
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i] == '"')
            {
                isQuoted = !isQuoted;
                (opened, openedField) = isQuoted ? (i, field) : (opened, openedField);
            }

            field += !isQuoted && before[i] == reader.Separator ? 1 : 0;
        }

        // What is never closed is noticed at the end; where it was opened helps.
        (before, field) = record.Reason == CsvMalformedReason.UnterminatedQuote ? (before[..opened], openedField) : (before, field);
        int lineStart = before.LastIndexOf('\n') + 1;
        return (record.LineNumber + before.Count(c => c == '\n'), before.Length - lineStart + 1, field);
    }

    // What is no header at all may be long.
    private static string Short(string name) => name.Length > LongestName ? $"{name.AsSpan(0, LongestName)}…" : name;

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "a quote inside a field that does not begin with one; put the field in quotes and double those inside",
        CsvMalformedReason.TextAfterClosingQuote => "text after the closing quote of a field; quotes inside a field are doubled",
        CsvMalformedReason.UnterminatedQuote => "a quote that is never closed",
        _ => "not a record of CSV",
    };
}
