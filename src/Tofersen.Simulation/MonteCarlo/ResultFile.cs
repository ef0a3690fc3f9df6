using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A result on disk, in one file from which it is read back exactly: every count and sum, so that whatever is made of a result can be
/// made later and elsewhere.</summary>
/// <remarks>
/// <para>Bytes: <c>TSIMRES1</c>; length of the text that follows, 4 bytes, lowest first; JSON in UTF-8 with scenario, seed, replicates, true
/// values and the version of the library; the counts and sums; SHA-256 of all that. The same result gives the same bytes, whatever the threads
/// and blocks that it was made in. It takes some ten kilobytes, more with many visits, strata and endpoints.</para>
/// <para>A file of another version is refused, since that version's numbers may mean something else.</para>
/// </remarks>
public static class ResultFile
{
    /// <summary>Name of the file in a folder of results.</summary>
    public const string FileName = "result.study";

    private const int LengthBytes = 4;
    private const int HeaderStart = 8 + LengthBytes;
    private const int HashBytes = SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "TSIMRES1"u8;

    /// <summary>Writes a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">The file; replaced where it is there.</param>
    /// <returns>Whether it was written. A scenario with a model that is not the library's own has no form on disk, and a result that does not come
    /// from a run or a merge has no counts.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static bool TryWrite(PowerResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (result.Total is not { } total || ScenarioJson.TryWrite(result.Scenario) is null)
        {
            return false;
        }

        File.WriteAllBytes(path, ToBytes(result, total));
        return true;
    }

    /// <summary>Reads a result.</summary>
    /// <param name="path">A file that <see cref="TryWrite"/> wrote.</param>
    /// <returns>The result, with the same bits.</returns>
    /// <exception cref="InvalidDataException">The file is no result, was damaged or changed, or was written by another version; the message says
    /// which.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PowerResult Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] bytes = File.ReadAllBytes(path);
        ReadOnlySpan<byte> all = bytes;
        if (!all.StartsWith(Magic))
        {
            throw new InvalidDataException($"'{path}' is no result; a result is the file {FileName} that 'power --out' and 'merge --out' write.");
        }

        if (all.Length < HeaderStart + HashBytes || !SHA256.HashData(all[..^HashBytes]).AsSpan().SequenceEqual(all[^HashBytes..]))
        {
            throw new InvalidDataException($"'{path}' is damaged: its checksum does not fit. Copy it again, or run again.");
        }

        try
        {
            return FromBytes(bytes, path);
        }
        catch (Exception exception) when (exception is StudyPlanException or ScenarioFormatException or ArgumentException
            or EndOfStreamException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' holds no result that can be read: {exception.Message}", exception);
        }
    }

    private static PowerResult FromBytes(byte[] bytes, string path)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Magic.Length));
        int counts = bytes.Length - HeaderStart - HashBytes - length;
        if (length < 0 || counts < 0)
        {
            throw new FormatException("its parts do not fit into it.");
        }

        JsonObject header = ScenarioJson.Parse(Encoding.UTF8.GetString(bytes, HeaderStart, length));
        if (header["plan"] is not JsonObject json || header["precision"] is not (null or JsonValue))
        {
            throw new FormatException("it has no plan.");
        }

        CheckVersion(json["version"]?.ToString(), path);
        StudyPlan plan = StudyPlan.FromJson(json.ToJsonString(), path);
        ReplicateTally tally = plan.CreateWorker().Tally;
        using var stream = new MemoryStream(bytes, HeaderStart + length, counts);
        using var reader = new BinaryReader(stream);
        tally.Visit(new TallyReader(reader));
        if (stream.Position != counts)
        {
            throw new FormatException("it holds more than its scenario counts.");
        }

        RunOptions options = plan.Options with { Precision = (header["precision"] as JsonValue)?.GetValue<double>() };
        return PowerResult.From(plan.Scenario, plan.Truths, options, plan.Options.Replicates, tally);
    }

    private static byte[] ToBytes(PowerResult result, RunTotal total)
    {
        // Threads, blocks and the largest number of replicates have no part in a result.
        var options = new RunOptions
        {
            Replicates = result.Replicates,
            Seed = result.Seed,
            CollectCourses = total.Options.CollectCourses,
            CollectEndpoints = total.Options.CollectEndpoints,
            TrueValues = total.Options.TrueValues,
        };
        var header = new JsonObject
        {
            ["precision"] = result.Precision,
            ["plan"] = JsonNode.Parse(StudyPlan.Of(result.Scenario, options, total.Truths).ToJson()),
        };
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(text.Length);
        writer.Write(text);
        total.Tally.Visit(new TallyWriter(writer));
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    private static void CheckVersion(string? version, string path)
    {
        if (version != StudyPlan.Version)
        {
            throw new InvalidDataException(
                $"'{path}' was written by version {version ?? "unknown"}, and this is {StudyPlan.Version}: their numbers may differ. Use that version, or run again.");
        }
    }
}
