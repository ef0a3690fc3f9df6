using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>Streams and samplers; the baseline draws normals with MathNet. Times are for one stream or one draw.</summary>
[MemoryDiagnoser]
public class RandomnessBenchmarks
{
    private const int Operations = 1000;
    private readonly double[] _target = new double[Operations];
    private readonly StreamKey _key = new(1, 2);
    private MathNet.Numerics.Distributions.Normal _mathNet = null!;
    private TrialRandom _random;

    [GlobalSetup]
    public void Setup()
    {
        _random = TrialRandom.Open(1, 2, 3, DrawPurpose.RaterError);
        _mathNet = new MathNet.Numerics.Distributions.Normal(0, 1, new MathNet.Numerics.Random.Xoshiro256StarStar(1));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void MathNetNormal() => _mathNet.Samples(_target);

    [Benchmark(OperationsPerInvoke = Operations)]
    public ulong OpenStream()
    {
        ulong sum = 0;
        for (int i = 0; i < Operations; i++)
        {
            // The first bits are drawn, so that the opening cannot be put off.
            TrialRandom random = _key.Open(i, DrawPurpose.Baseline);
            sum += random.NextBits();
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Uniform()
    {
        TrialRandom random = _random;
        foreach (ref double value in _target.AsSpan())
        {
            value = random.NextUniform();
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Normal()
    {
        TrialRandom random = _random;
        foreach (ref double value in _target.AsSpan())
        {
            value = random.NextNormal();
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Exponential()
    {
        TrialRandom random = _random;
        foreach (ref double value in _target.AsSpan())
        {
            value = random.NextExponential();
        }
    }
}
