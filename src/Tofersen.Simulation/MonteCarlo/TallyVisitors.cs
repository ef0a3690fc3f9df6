using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Sets every count and sum to 0.</summary>
internal sealed class TallyClearer : ITallyVisitor
{
    public void Visit(ref int count) => count = 0;

    public void Visit(ref long count) => count = 0;

    public void Visit(long[] counts) => Array.Clear(counts);

    public void Visit(ExactSum sum) => sum.Clear();
}

/// <summary>Writes every count and sum, exactly; of counts in a row only runs that are not 0.</summary>
internal sealed class TallyWriter(BinaryWriter writer) : ITallyVisitor
{
    public void Visit(ref int count) => writer.Write7BitEncodedInt(count);

    public void Visit(ref long count) => writer.Write7BitEncodedInt64(count);

    public void Visit(long[] counts)
    {
        int position = 0;
        while (true)
        {
            int skip = counts.AsSpan(position).IndexOfAnyExcept(0L);
            if (skip < 0)
            {
                break;
            }

            int start = position + skip;
            int length = counts.AsSpan(start).IndexOf(0L);
            length = length < 0 ? counts.Length - start : length;
            writer.Write7BitEncodedInt(length);
            writer.Write7BitEncodedInt(skip);
            for (int i = start; i < start + length; i++)
            {
                writer.Write7BitEncodedInt64(counts[i]);
            }

            position = start + length;
        }

        writer.Write7BitEncodedInt(0);
    }

    public void Visit(ExactSum sum) => sum.Write(writer);
}

/// <summary>Adds what <see cref="TallyWriter"/> wrote.</summary>
/// <remarks>Throws <see cref="InvalidDataException"/>, <see cref="EndOfStreamException"/> or <see cref="FormatException"/> where the bytes are not those
/// of such a tally.</remarks>
internal sealed class TallyReader(BinaryReader reader) : ITallyVisitor
{
    public void Visit(ref int count) => count = checked(count + reader.Read7BitEncodedInt());

    public void Visit(ref long count) => count = checked(count + reader.Read7BitEncodedInt64());

    public void Visit(long[] counts)
    {
        int position = 0;
        for (int length = reader.Read7BitEncodedInt(); length != 0; length = reader.Read7BitEncodedInt())
        {
            int skip = reader.Read7BitEncodedInt();
            if (length < 0 || skip < 0 || (long)position + skip + length > counts.Length)
            {
                throw new InvalidDataException("The bytes are not those of these counts.");
            }

            position += skip;
            for (int end = position + length; position < end; position++)
            {
                counts[position] = checked(counts[position] + reader.Read7BitEncodedInt64());
            }
        }
    }

    public void Visit(ExactSum sum) => sum.AddFrom(reader);
}
