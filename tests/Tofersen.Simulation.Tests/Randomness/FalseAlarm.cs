using MathNet.Numerics.Distributions;

namespace Tofersen.Simulation.Tests.Randomness;

/// <summary>Limits of the statistical tests: each would be passed by chance alone about once in a million times.</summary>
internal static class FalseAlarm
{
    /// <summary>The false-alarm rate of one comparison.</summary>
    internal const double Rate = 1e-6;

    /// <summary>Standard errors that a normal estimate leaves with probability <see cref="Rate"/>, both sides together.</summary>
    internal const double StandardErrors = 4.9;

    /// <summary>Limit of √n · D for the Kolmogorov–Smirnov distance D, from 2 exp(−2 x²) = Rate.</summary>
    internal static double KolmogorovSmirnovLimit { get; } = Math.Sqrt(Math.Log(2 / Rate) / 2);

    /// <summary>Prints a seed and returns it.</summary>
    internal static ulong Seed(ulong seed)
    {
        TestContext.Out.WriteLine(FormattableString.Invariant($"Seed {seed}"));
        return seed;
    }

    /// <summary>√n times the largest distance between the empirical and a theoretical distribution function.</summary>
    internal static double KolmogorovSmirnov(double[] sample, Func<double, double> distribution)
    {
        double[] sorted = [.. sample];
        Array.Sort(sorted);
        double n = sorted.Length;
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double f = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(f - (i / n), ((i + 1) / n) - f));
        }

        return Math.Sqrt(n) * largest;
    }

    /// <summary>Pearson's χ² of counts against probabilities.</summary>
    internal static double ChiSquare(ReadOnlySpan<long> counts, ReadOnlySpan<double> probabilities)
    {
        double total = 0;
        foreach (long count in counts)
        {
            total += count;
        }

        double sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double expected = total * probabilities[i];
            sum += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        return sum;
    }

    /// <summary>Pearson's χ² of counts of equally likely outcomes.</summary>
    internal static double ChiSquare(long[] counts) =>
        ChiSquare(counts, [.. counts.Select(_ => 1.0 / counts.Length)]);

    /// <summary>Limit of χ² for some degrees of freedom.</summary>
    internal static double ChiSquareLimit(int degreesOfFreedom) => ChiSquared.InvCDF(degreesOfFreedom, 1 - Rate);

    /// <summary>Half-width of the limits of a proportion.</summary>
    internal static double Proportion(double probability, double trials) =>
        StandardErrors * Math.Sqrt(probability * (1 - probability) / trials);

    /// <summary>Exact tail probability of a count under a binomial distribution, the smaller of the two sides.</summary>
    internal static double BinomialTail(double probability, int trials, long count)
    {
        double atMost = Binomial.CDF(probability, trials, count);
        double atLeast = count == 0 ? 1 : 1 - Binomial.CDF(probability, trials, count - 1);
        return Math.Min(atMost, atLeast);
    }
}
