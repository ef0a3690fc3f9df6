using System.Globalization;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>One of several equal shares of a planned study: every n-th block, from the i-th on.</summary>
public readonly record struct Shard
{
    /// <summary>Makes a share.</summary>
    /// <param name="index">Which one, from 1 to <paramref name="count"/>.</param>
    /// <param name="count">How many there are, from 1 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Shard(int index, int count)
    {
        Count = Require.InRange(count, 1, 1_000_000, nameof(count));
        Index = Require.InRange(index, 1, count, nameof(index));
    }

    /// <summary>The whole study.</summary>
    public static Shard Whole => new(1, 1);

    /// <summary>Which share, from 1.</summary>
    public int Index { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Reads <c>3/8</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The share.</returns>
    /// <exception cref="ArgumentException">The text is no share, or one that does not exist.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= 1_000_000
            && index >= 1 && index <= count)
        {
            return new Shard(index, count);
        }

        throw new ArgumentException(
            $"'{text}' is no shard; write i/n with n from 1 to 1,000,000 and i from 1 to n, such as 1/8.", nameof(text));
    }

    /// <summary>The share as <see cref="Parse"/> reads it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{Index}/{Count}");

    /// <summary>Numbers of the blocks, from 0, that belong to the share.</summary>
    /// <param name="blocks">Number of blocks of the study.</param>
    /// <returns>The numbers, rising.</returns>
    public IEnumerable<int> BlocksOf(int blocks)
    {
        for (long block = Index - 1; block < blocks; block += Count)
        {
            yield return (int)block;
        }
    }
}
