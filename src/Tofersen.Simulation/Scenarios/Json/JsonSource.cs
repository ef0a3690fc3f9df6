using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The text of a JSON file that a person wrote: parsed strictly, with messages that say where a mistake is and what mends it.</summary>
internal static class JsonSource
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The object that a text holds.</summary>
    /// <exception cref="ScenarioFormatException">It holds none; the path is the line and the byte in it, from 1.</exception>
    internal static JsonObject Parse(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            throw new ScenarioFormatException("$", "the file is empty; it must hold a JSON object.");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(json);
        try
        {
            CheckTexts(bytes);
            CheckDuplicates(bytes);
            return JsonNode.Parse(json, documentOptions: Strict) as JsonObject
                ?? throw new ScenarioFormatException("$", "is not a JSON object.");
        }
        catch (JsonException exception)
        {
            // The reader's message ends with the position, counted from 0; people count from 1.
            throw new ScenarioFormatException(
                exception.LineNumber is null
                    ? "$"
                    : FormattableString.Invariant($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1 ?? 1}"),
                $"not valid JSON: {Explain(exception.Message)}{(IsAfterDecimalComma(bytes, exception) ? " Numbers have a decimal point, not a comma: 0.5." : "")}",
                exception);
        }
    }

    // The reader speaks to programmers about its own options; whoever writes a file has none.
    private static string Explain(string message) =>
        message.Split(" Path:")[0].Split(" LineNumber:")[0].ReplaceLineEndings(" ")
            .Replace(" which is not supported in this mode. Change the reader options.", ", which JSON does not allow.", StringComparison.Ordinal)
            .Replace(" encountered during deserialization", "", StringComparison.Ordinal);

    // A digit where a name should be, right after a digit and a comma.
    private static bool IsAfterDecimalComma(ReadOnlySpan<byte> bytes, JsonException exception)
    {
        if (exception is not { LineNumber: { } line, BytePositionInLine: { } position })
        {
            return false;
        }

        int start = 0;
        for (; line > 0; line--)
        {
            start += bytes[start..].IndexOf((byte)'\n') + 1;
        }

        int at = start + (int)position;
        return at >= 2 && at < bytes.Length && char.IsAsciiDigit((char)bytes[at]) && bytes[at - 1] == ',' && char.IsAsciiDigit((char)bytes[at - 2]);
    }

    /// <summary>Texts may hold escapes that stand for no character, which JSON allows and .NET finds out late.</summary>
    private static void CheckTexts(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped)
            {
                continue;
            }

            try
            {
                _ = reader.GetString();
            }
            catch (InvalidOperationException exception)
            {
                throw new ScenarioFormatException(Place(bytes, reader.TokenStartIndex), "not valid JSON: a text holds half of a surrogate pair.", exception);
            }
        }
    }

    // The parser refuses them, too, and does not say where they are.
    private static void CheckDuplicates(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when !open.Peek().Add(reader.GetString()!):
                    throw new ScenarioFormatException(
                        Place(bytes, reader.TokenStartIndex), $"not valid JSON: duplicate property '{Texts.Shorten(reader.GetString()!)}'; an object may have a name once.");
                default:
                    break;
            }
        }
    }

    private static string Place(byte[] bytes, long index)
    {
        ReadOnlySpan<byte> before = bytes.AsSpan(0, (int)index);
        return FormattableString.Invariant($"line {before.Count((byte)'\n') + 1}, byte {before.Length - before.LastIndexOf((byte)'\n')}");
    }
}
