using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Draws the priors of a replicate: one uniform number each, from a stream of the prior's name, joined by the copula.</summary>
internal sealed class PriorDraws
{
    /// <summary>The probabilities next to 0 and 1 that can be drawn: quantiles beyond may be infinite.</summary>
    internal const double Least = 1.0 / (1UL << 53);

    private readonly JointPrior _prior;
    private readonly double[] _factor;
    private readonly ulong[] _streams;
    private readonly double[] _scores;
    private readonly double[] _probabilities;
    private readonly double[] _values;

    /// <exception cref="ArgumentException">The priors are not valid.</exception>
    internal PriorDraws(JointPrior prior)
    {
        _prior = prior;
        _factor = prior.ValidatedFactor();
        _streams = [.. prior.Priors.Select(p => TrialRandom.ForkWord(NameStream.Of(p.Name)))];
        _scores = new double[_streams.Length];
        _probabilities = new double[_streams.Length];
        _values = new double[_streams.Length];
    }

    /// <summary>Probability at which each prior was drawn, above 0 and below 1.</summary>
    internal ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>The drawn values.</summary>
    internal ReadOnlySpan<double> Values => _values;

    internal void Draw(ulong seed, long replicate)
    {
        TrialRandom root = TrialRandom.Open(seed, replicate, 0, DrawPurpose.Prior);
        for (int i = 0; i < _streams.Length; i++)
        {
            TrialRandom stream = root.ForkAt(_streams[i]);
            _probabilities[i] = stream.NextUniformOpen();
        }

        if (_factor.Length > 0)
        {
            Correlate();
        }

        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = _prior.Priors[i].Quantile(_probabilities[i]);
        }
    }

    private void Correlate()
    {
        int n = _scores.Length;
        for (int i = 0; i < n; i++)
        {
            _scores[i] = Normal.InvCDF(0, 1, _probabilities[i]);
        }

        for (int i = 0; i < n; i++)
        {
            double score = 0;
            for (int k = 0; k <= i; k++)
            {
                score += _factor[(i * n) + k] * _scores[k];
            }

            _probabilities[i] = Math.Clamp(Normal.CDF(0, 1, score), Least, 1 - Least);
        }
    }
}
