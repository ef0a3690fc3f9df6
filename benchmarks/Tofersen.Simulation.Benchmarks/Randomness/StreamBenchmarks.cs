using BenchmarkDotNet.Attributes;
using MathNet.Numerics.Random;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks.Randomness;

/// <summary>Opening a stream by participant and purpose and drawing its first bits; the baselines seed a generator with a hash of the same key.
/// Times are for one stream.</summary>
public class StreamBenchmarks
{
    private const int Streams = 1000;
    private const long Replicate = 2;
    private readonly StreamKey _key = new(1, Replicate);

    [Benchmark(Baseline = true, OperationsPerInvoke = Streams)]
    public double MathNet()
    {
        double sum = 0;
        for (int i = 0; i < Streams; i++)
        {
            sum += new Xoshiro256StarStar(HashCode.Combine(Replicate, i, DrawPurpose.Baseline)).NextDouble();
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Streams)]
    public double SystemRandom()
    {
        double sum = 0;
        for (int i = 0; i < Streams; i++)
        {
            sum += new Random(HashCode.Combine(Replicate, i, DrawPurpose.Baseline)).NextDouble();
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Streams)]
    public ulong Open()
    {
        ulong sum = 0;
        for (int i = 0; i < Streams; i++)
        {
            // The first bits are drawn, so that the opening cannot be put off.
            TrialRandom random = _key.Open(i, DrawPurpose.Baseline);
            sum += random.NextBits();
        }

        return sum;
    }
}
