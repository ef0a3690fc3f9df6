using MathNet.Numerics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>A mixture of log-normal rates: classes of progression, such as fast and slow variants, in one distribution.</summary>
/// <remarks>
/// <para>F(x) = Σ wₖ Φ((ln x − μₖ) / σₖ), with wₖ the shares and μₖ, σₖ from the mean and SD of each class as in
/// <see cref="LogNormalRate"/>. Mean Σ wₖ mₖ, variance Σ wₖ (sₖ² + mₖ²) − mean².</para>
/// <para>Because the rate is the quantile at Φ(z), the class is not drawn: it is part of the rate, and traits correlate with the
/// rate across classes as well as within them.</para>
/// </remarks>
public sealed record LatentClassRate : RateDistribution
{
    /// <summary>The classes, at least one.</summary>
    public required ValueList<RateClass> Classes { get; init => field = Require.NotEmpty(value); }

    /// <inheritdoc/>
    public override double MeanPerMonth => Classes.Sum(c => c.Weight * c.Mean) / TotalWeight;

    /// <inheritdoc/>
    public override double SdPerMonth
    {
        get
        {
            // About the mean, so that nothing cancels.
            double mean = MeanPerMonth;
            double sum = Classes.Sum(c => c.Weight * ((c.Sd * c.Sd) + ((c.Mean - mean) * (c.Mean - mean))));
            return Math.Sqrt(sum / TotalWeight);
        }
    }

    private double TotalWeight => Classes.Sum(c => c.Weight);

    /// <inheritdoc/>
    public override double AtNormalScore(double z) => new MixtureQuantile(this).AtNormalScore(z).Rate;

    /// <summary>Quantiles of the mixture by Newton steps on ln x within a bracket.</summary>
    internal readonly struct MixtureQuantile
    {
        private readonly double[] _weights;
        private readonly double[] _means;
        private readonly double[] _sds;

        internal MixtureQuantile(LatentClassRate mixture)
        {
            double total = mixture.TotalWeight;
            LogNormalRate[] classes = [.. mixture.Classes.Select(c => new LogNormalRate { Mean = c.Mean, Sd = c.Sd })];
            _weights = [.. mixture.Classes.Select(c => c.Weight / total)];
            _means = [.. classes.Select(c => c.LogMean)];
            _sds = [.. classes.Select(c => c.LogSd)];
        }

        /// <summary>The quantile and its derivative d ln x / dz.</summary>
        internal (double Rate, double LogSlope) AtNormalScore(double z)
        {
            // The quantile lies between the smallest and the largest of the classes' own.
            double low = double.PositiveInfinity;
            double high = double.NegativeInfinity;
            for (int k = 0; k < _means.Length; k++)
            {
                double own = _means[k] + (_sds[k] * z);
                low = Math.Min(low, own);
                high = Math.Max(high, own);
            }

            // The smaller of the two tails is matched, so that both keep their relative accuracy.
            double sign = z < 0 ? 1 : -1;
            double target = Tail(-Math.Abs(z));
            double x = (low + high) / 2;
            double density = 0;
            for (int i = 0; i < 200 && high > low; i++)
            {
                (double tail, density) = At(x, sign);
                if (sign * (tail - target) > 0)
                {
                    high = x;
                }
                else
                {
                    low = x;
                }

                double next = x - (sign * tail * Math.Log(tail / target) / density);
                next = next > low && next < high ? next : (low + high) / 2;
                bool isDone = Math.Abs(next - x) <= 1e-15 * Math.Max(1, Math.Abs(x));
                x = next;
                if (isDone)
                {
                    break;
                }
            }

            (_, density) = At(x, sign);
            return (Math.Exp(x), Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / density);
        }

        private (double Tail, double Density) At(double logRate, double sign)
        {
            double tail = 0;
            double density = 0;
            for (int k = 0; k < _means.Length; k++)
            {
                double score = (logRate - _means[k]) / _sds[k];
                tail += _weights[k] * Tail(sign * score);
                density += _weights[k] / _sds[k] * Math.Exp(-score * score / 2) / Math.Sqrt(2 * Math.PI);
            }

            return (tail, density);
        }

        private static double Tail(double z) => SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2;
    }
}
