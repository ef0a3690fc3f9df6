using System.Text;
using CsvHelper;
using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Reporting.Csv;

/// <summary>Where CSV comes from: something that can be read more than once, in an encoding that is known.</summary>
/// <remarks>Text is UTF-8, or UTF-16 or UTF-32 with a byte order mark. Bytes that are not UTF-8 are taken for Windows-1252, in which spreadsheets and SAS
/// on Windows write.</remarks>
internal sealed class CsvSource
{
    private const int Sample = 4096;
    private const int WindowsWestern = 1252;

    private readonly Func<CsvReaderOptions, CsvReader> _open;
    private readonly Encoding? _encoding;

    private CsvSource(string name, Func<CsvReaderOptions, CsvReader> open, Encoding? encoding) =>
        (Name, _open, _encoding) = (name, open, encoding);

    /// <summary>Name for messages.</summary>
    internal string Name { get; }

    internal static CsvSource OfText(string csv) => new("the text", options => CsvReader.FromText(csv, options), null);

    /// <exception cref="AnalysisDataException">The file is not one of texts.</exception>
    internal static CsvSource OfFile(string path)
    {
        string name = Path.GetFileName(path);
        using FileStream stream = File.OpenRead(path);
        if (stream.CanSeek)
        {
            Encoding? encoding = EncodingOf(stream, name);
            return new CsvSource(name, options => CsvReader.FromFile(path, options), encoding);
        }

        // A pipe gives its bytes once.
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return new CsvSource(name, options => CsvReader.Create(copy.ToArray(), options), EncodingOf(copy, name));
    }

    internal CsvReader Open(CsvReaderOptions options) => _open(_encoding is null ? options : options with { Encoding = _encoding });

    // Null where a byte order mark tells, and for UTF-8.
    private static Encoding? EncodingOf(Stream stream, string name)
    {
        var start = new byte[Sample];
        ReadOnlySpan<byte> sample = start.AsSpan(0, stream.ReadAtLeast(start, Sample, throwOnEndOfStream: false));
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || sample.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || sample.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
        {
            return null;
        }

        string? other = sample.StartsWith("PK\u0003\u0004"u8) ? "an Excel workbook or another archive; save the sheet as CSV"
            : sample.StartsWith("PAR1"u8) ? "a Parquet file; export it as CSV"
            : sample.StartsWith("HEADER RECORD"u8) ? "a SAS transport file; export it as CSV"
            : sample.StartsWith("%PDF"u8) ? "a PDF document; save the table that it was made from as CSV"
            : IsMarkup(sample) ? "a text of tags, such as XML, HTML or SVG; save its table as CSV"
            : sample.Contains((byte)0) ? "a file of bytes that no text has, such as a SAS data set; export it as CSV"
            : null;
        if (other is not null)
        {
            throw new AnalysisDataException($"{name} is not CSV but {other}.");
        }

        stream.Position = 0;
        return IsUtf8(stream) ? null : CodePagesEncodingProvider.Instance.GetEncoding(WindowsWestern);
    }

    // No column is called so: a tag, a comment or a declaration after what may stand before it.
    private static bool IsMarkup(ReadOnlySpan<byte> sample)
    {
        ReadOnlySpan<byte> text = sample.StartsWith("\uFEFF"u8) ? sample[3..] : sample;
        text = text.TrimStart(" \t\r\n"u8);
        return text.Length > 1 && text[0] == '<' && (char.IsAsciiLetter((char)text[1]) || text[1] is (byte)'!' or (byte)'?');
    }

    private static bool IsUtf8(Stream stream)
    {
        // A mark in the place of what cannot be decoded is told from one that was there by the decoder's own count.
        var counter = new InvalidBytes();
        Decoder decoder = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, counter).GetDecoder();
        var bytes = new byte[1 << 16];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        int count;
        do
        {
            count = stream.Read(bytes);
            decoder.GetChars(bytes.AsSpan(0, count), characters, flush: count == 0);
        }
        while (count > 0 && !counter.Any);
        return !counter.Any;
    }

    /// <summary>Notes whether there were bytes that are not UTF-8, and drops them.</summary>
    private sealed class InvalidBytes : DecoderFallback
    {
        internal bool Any { get; private set; }

        public override int MaxCharCount => 0;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

        private sealed class Buffer(InvalidBytes owner) : DecoderFallbackBuffer
        {
            public override int Remaining => 0;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                owner.Any = true;
                return false;
            }

            public override char GetNextChar() => '\0';

            public override bool MovePrevious() => false;
        }
    }
}
