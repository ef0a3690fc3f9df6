namespace Tofersen.Simulation.Benchmarks.Results;

/// <summary>A benchmark as several runs measured it.</summary>
/// <param name="Type">Its class.</param>
/// <param name="Method">Its method.</param>
/// <param name="Parameters">Its parameters, such as <c>Participants=108, Gaps=Both</c>; empty for none.</param>
/// <param name="Nanoseconds">The median time of one operation in each run.</param>
/// <param name="Bytes">Bytes that one operation allocates: the most of all runs.</param>
internal sealed record Measured(string Type, string Method, string Parameters, double[] Nanoseconds, double Bytes)
{
    internal string Name => $"{Type}.{Method}";

    /// <summary>The median over runs.</summary>
    internal double Median => MedianOf(Nanoseconds);

    /// <summary>The range over runs, as a share of the median.</summary>
    internal double Spread => (Nanoseconds.Max() - Nanoseconds.Min()) / Median;

    /// <summary>How many times as fast as another benchmark: the median over runs of the ratio within each, which a machine that is slower in one
    /// run than in another does not move.</summary>
    internal double TimesFasterThan(Measured baseline) => baseline.Nanoseconds.Length == Nanoseconds.Length
        ? MedianOf([.. baseline.Nanoseconds.Zip(Nanoseconds, (theirs, ours) => theirs / ours)])
        : baseline.Median / Median;

    private static double MedianOf(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
