using BenchmarkDotNet.Attributes;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks.Randomness;

/// <summary>Distributions that are drawn from.</summary>
public enum Sampled
{
    Uniform,
    Normal,
    Exponential,
    Gamma,
    WholeNumber,
}

/// <summary>Draws from each distribution beside MathNet's on the same kind of generator (xoshiro256). Times are for one draw.</summary>
public class SamplerBenchmarks
{
    private const int Draws = 1000;
    private const double Shape = 2.5;
    private const int Below = 6;

    private readonly double[] _target = new double[Draws];
    private readonly int[] _wholeNumbers = new int[Draws];
    private readonly Xoshiro256StarStar _mathNet = new(1);
    private TrialRandom _random;

    [Params(Sampled.Uniform, Sampled.Normal, Sampled.Exponential, Sampled.Gamma, Sampled.WholeNumber)]
    public Sampled Distribution { get; set; }

    /// <summary>The streams differ, so that the means must agree instead: within five standard errors of 100,000 draws.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _random = TrialRandom.Open(1, 2, 3, DrawPurpose.RaterError);
        (double mean, double variance) = Distribution switch
        {
            Sampled.Uniform => (0.5, 1 / 12.0),
            Sampled.Normal => (0, 1),
            Sampled.Exponential => (1, 1),
            Sampled.Gamma => (Shape, Shape),
            _ => ((Below - 1) / 2.0, ((Below * Below) - 1) / 12.0),
        };
        double error = 5 * Math.Sqrt(2 * variance / (100 * Draws));
        Agreement.Check(Mean(MathNet) - mean, 0, $"mean of MathNet's {Distribution}", error, 1);
        Agreement.Check(Mean(Library) - mean, 0, $"mean of the library's {Distribution}", error, 1);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Draws)]
    public void MathNet()
    {
        switch (Distribution)
        {
            case Sampled.Uniform:
                _mathNet.NextDoubles(_target);
                break;
            case Sampled.Normal:
                Normal.Samples(_mathNet, _target, 0, 1);
                break;
            case Sampled.Exponential:
                Exponential.Samples(_mathNet, _target, 1);
                break;
            case Sampled.Gamma:
                Gamma.Samples(_mathNet, _target, Shape, 1);
                break;
            default:
                DiscreteUniform.Samples(_mathNet, _wholeNumbers, 0, Below - 1);
                break;
        }
    }

    // A method for each, so that the generator stays in registers, as it does in the loops of the simulation.
    [Benchmark(OperationsPerInvoke = Draws)]
    public void Library() => _random = Distribution switch
    {
        Sampled.Uniform => Uniforms(_random),
        Sampled.Normal => Normals(_random),
        Sampled.Exponential => Exponentials(_random),
        Sampled.Gamma => Gammas(_random),
        _ => WholeNumbers(_random),
    };

    private TrialRandom Uniforms(TrialRandom random)
    {
        foreach (ref double value in _target.AsSpan())
        {
            value = random.NextUniform();
        }

        return random;
    }

    private TrialRandom Normals(TrialRandom random)
    {
        foreach (ref double value in _target.AsSpan())
        {
            value = random.NextNormal();
        }

        return random;
    }

    private TrialRandom Exponentials(TrialRandom random)
    {
        foreach (ref double value in _target.AsSpan())
        {
            value = random.NextExponential();
        }

        return random;
    }

    private TrialRandom Gammas(TrialRandom random)
    {
        foreach (ref double value in _target.AsSpan())
        {
            value = random.NextGamma(Shape);
        }

        return random;
    }

    private TrialRandom WholeNumbers(TrialRandom random)
    {
        foreach (ref int value in _wholeNumbers.AsSpan())
        {
            value = random.NextBelow(Below);
        }

        return random;
    }

    private double Mean(Action draw)
    {
        double sum = 0;
        for (int i = 0; i < 100; i++)
        {
            draw();
            sum += Distribution == Sampled.WholeNumber ? _wholeNumbers.Average() : _target.Average();
        }

        return sum / 100;
    }
}
