using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The file of a finished block: what it is, its tally, and a checksum of both.</summary>
/// <remarks>Bytes: <c>TSIMBLK1</c>; SHA-256 of the plan; number of the block, 4 bytes, lowest first; the tally; SHA-256 of all that. It is written
/// beside its place and put there by one rename, so that it is there whole or not at all; what a crash of the machine tears is told by the
/// checksum.</remarks>
internal static class BlockFile
{
    private const int HashLength = SHA256.HashSizeInBytes;
    private const int HeaderLength = 8 + HashLength + 4;

    private static ReadOnlySpan<byte> Magic => "TSIMBLK1"u8;

    internal static string NameOf(int block) => FormattableString.Invariant($"{block:D8}.block");

    internal static void Write(string folder, StudyPlan plan, int block, ReplicateTally tally, string temporaryName)
    {
        string temporary = Path.Combine(folder, temporaryName);
        try
        {
            File.WriteAllBytes(temporary, ToBytes(plan, block, tally));
            File.Move(temporary, Path.Combine(folder, NameOf(block)), overwrite: true);
        }
        catch
        {
            // What was written of it is of no use, and may hold the last of a disk.
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Whether a block is there whole.</summary>
    /// <exception cref="StudyPlanException">The file is a whole block of another plan or another number.</exception>
    internal static BlockState StateOf(string folder, StudyPlan plan, int block) => Read(folder, plan, block, out _);

    /// <summary>Adds a block to a tally; nothing where it is not there whole.</summary>
    /// <exception cref="StudyPlanException">The file is a whole block of another plan or another number.</exception>
    internal static BlockState AddTo(ReplicateTally tally, string folder, StudyPlan plan, int block)
    {
        BlockState state = Read(folder, plan, block, out byte[] bytes);
        if (state == BlockState.Finished)
        {
            using var stream = new MemoryStream(bytes, HeaderLength, bytes.Length - HeaderLength - HashLength);
            using var reader = new BinaryReader(stream);
            tally.Visit(new TallyReader(reader));
        }

        return state;
    }

    private static byte[] ToBytes(StudyPlan plan, int block, ReplicateTally tally)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(plan.HashBytes);
        writer.Write(block);
        tally.Visit(new TallyWriter(writer));
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    private static BlockState Read(string folder, StudyPlan plan, int block, out byte[] bytes)
    {
        string path = Path.Combine(folder, NameOf(block));
        bytes = [];
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return BlockState.Missing;
        }

        ReadOnlySpan<byte> all = bytes;
        if (all.Length < HeaderLength + HashLength || !all.StartsWith(Magic)
            || !SHA256.HashData(all[..^HashLength]).AsSpan().SequenceEqual(all[^HashLength..]))
        {
            return BlockState.Damaged;
        }

        if (!all.Slice(Magic.Length, HashLength).SequenceEqual(plan.HashBytes))
        {
            throw new StudyPlanException(
                $"'{path}' belongs to another plan ({Convert.ToHexStringLower(all.Slice(Magic.Length, 6))}…, and this one is {plan.Hash[..12]}…): another scenario, seed, size or version. Move it away.");
        }

        int number = BinaryPrimitives.ReadInt32LittleEndian(all[(HeaderLength - 4)..]);
        return number == block
            ? BlockState.Finished
            : throw new StudyPlanException(FormattableString.Invariant($"'{path}' holds block {number} under the name of another; move it away."));
    }
}

/// <summary>What there is of a block.</summary>
internal enum BlockState : byte
{
    Missing,
    Damaged,
    Finished,
}
