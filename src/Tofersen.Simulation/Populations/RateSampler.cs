namespace Tofersen.Simulation.Populations;

/// <summary>Quantiles of a <see cref="RateDistribution"/> at normal scores, prepared for many calls.</summary>
/// <remarks>Gamma quantiles have no closed form: they are read from a table of ln quantile against z on [−9, 9] with knots
/// every 1/32 by cubic Hermite interpolation (relative error below 10⁻⁷), and computed outside it.</remarks>
internal sealed class RateSampler
{
    private const double TableEnd = 9;
    private const int KnotsPerUnit = 32;

    private readonly RateDistribution _distribution;
    private readonly bool _isLogNormal;
    private readonly double _location;
    private readonly double _scale;
    private readonly double[]? _logQuantiles;
    private readonly double[]? _slopes;

    internal RateSampler(RateDistribution distribution)
    {
        _distribution = distribution;
        switch (distribution)
        {
            case LogNormalRate logNormal:
                _isLogNormal = true;
                (_location, _scale) = (logNormal.LogMean, logNormal.LogSd);
                break;
            case GammaRate gamma:
                (_logQuantiles, _slopes) = Tabulate(gamma);
                break;
            default:
                (_location, _scale) = (distribution.Mean, distribution.Sd);
                break;
        }
    }

    internal double AtNormalScore(double z)
    {
        if (_isLogNormal)
        {
            return Math.Exp(_location + (_scale * z));
        }

        return _logQuantiles is null ? _location + (_scale * z) : FromTable(z);
    }

    private static (double[] LogQuantiles, double[] Slopes) Tabulate(GammaRate gamma)
    {
        int knots = (int)(2 * TableEnd * KnotsPerUnit) + 1;
        var values = new double[knots];
        var slopes = new double[knots];
        for (int i = 0; i < knots; i++)
        {
            values[i] = Math.Log(gamma.AtNormalScore(-TableEnd + ((double)i / KnotsPerUnit)));
        }

        // Fourth-order differences per knot inside, second-order at the ends, where nobody ever draws.
        for (int i = 0; i < knots; i++)
        {
            slopes[i] = i < 2 || i > knots - 3
                ? values[Math.Min(i + 1, knots - 1)] - values[Math.Min(i, knots - 2)]
                : ((8 * (values[i + 1] - values[i - 1])) - (values[i + 2] - values[i - 2])) / 12;
        }

        return (values, slopes);
    }

    private double FromTable(double z)
    {
        double position = (z + TableEnd) * KnotsPerUnit;
        if (!(position > 2 && position < _logQuantiles!.Length - 4))
        {
            return _distribution.AtNormalScore(z);
        }

        int i = (int)position;
        double t = position - i;
        double u = 1 - t;
        double value = (u * u * ((1 + (2 * t)) * _logQuantiles[i])) + (t * t * ((1 + (2 * u)) * _logQuantiles[i + 1]))
            + (t * u * ((u * _slopes![i]) - (t * _slopes[i + 1])));
        return Math.Exp(value);
    }
}
