namespace Tofersen.Simulation.Populations;

/// <summary>Quantiles of a <see cref="RateDistribution"/> at normal scores, prepared for many calls.</summary>
/// <remarks>Quantiles of gamma rates and of mixtures have no closed form: they are read from a table of ln quantile against z on
/// [−9, 9] with knots every 1/32 by cubic Hermite interpolation (relative error below 10⁻⁷), and computed outside it. Where a
/// mixture bends too sharply for that, between classes that hardly overlap, they are computed too.</remarks>
internal sealed class RateSampler
{
    private const double TableEnd = 9;
    private const int KnotsPerUnit = 32;
    private const int Knots = (int)(2 * TableEnd * KnotsPerUnit) + 1;
    private const double LargestTableError = 1e-7;

    private readonly RateDistribution _distribution;
    private readonly bool _isLogNormal;
    private readonly double _location;
    private readonly double _scale;
    private readonly double[]? _logQuantiles;
    private readonly double[]? _slopes;
    private readonly LatentClassRate.MixtureQuantile _mixture;
    private readonly bool[]? _isComputed;

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
            case LatentClassRate mixture:
                _mixture = new LatentClassRate.MixtureQuantile(mixture);
                (_logQuantiles, _slopes) = Tabulate(_mixture);
                _isComputed = BadIntervals();
                break;
            default:
                (_location, _scale) = (distribution.MeanPerMonth, distribution.SdPerMonth);
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

    private static double Knot(int i) => -TableEnd + ((double)i / KnotsPerUnit);

    private static (double[] LogQuantiles, double[] Slopes) Tabulate(GammaRate gamma)
    {
        var values = new double[Knots];
        var slopes = new double[Knots];
        for (int i = 0; i < Knots; i++)
        {
            values[i] = Math.Log(gamma.AtNormalScore(Knot(i)));
        }

        // Fourth-order differences per knot inside, second-order at the ends, where nobody ever draws.
        for (int i = 0; i < Knots; i++)
        {
            slopes[i] = i < 2 || i > Knots - 3
                ? values[Math.Min(i + 1, Knots - 1)] - values[Math.Min(i, Knots - 2)]
                : ((8 * (values[i + 1] - values[i - 1])) - (values[i + 2] - values[i - 2])) / 12;
        }

        return (values, slopes);
    }

    private static (double[] LogQuantiles, double[] Slopes) Tabulate(LatentClassRate.MixtureQuantile mixture)
    {
        var values = new double[Knots];
        var slopes = new double[Knots];
        for (int i = 0; i < Knots; i++)
        {
            (double rate, double logSlope) = mixture.AtNormalScore(Knot(i));
            values[i] = Math.Log(rate);
            slopes[i] = logSlope / KnotsPerUnit;
        }

        return (values, slopes);
    }

    // A cubic is worst in the middle of its interval, or at the quarters where its error changes sign.
    private bool[] BadIntervals()
    {
        var isBad = new bool[Knots];
        for (int i = 0; i < Knots - 1; i++)
        {
            foreach (double t in (ReadOnlySpan<double>)[0.25, 0.5, 0.75])
            {
                double exact = _mixture.AtNormalScore(Knot(i) + (t / KnotsPerUnit)).Rate;
                isBad[i] |= !(Math.Abs(Interpolate(i, t) - exact) <= LargestTableError * exact);
            }
        }

        return isBad;
    }

    private double FromTable(double z)
    {
        double position = (z + TableEnd) * KnotsPerUnit;
        if (!(position > 2 && position < _logQuantiles!.Length - 4))
        {
            return Compute(z);
        }

        int i = (int)position;
        return _isComputed is not null && _isComputed[i] ? Compute(z) : Interpolate(i, position - i);
    }

    private double Compute(double z) =>
        _isComputed is null ? _distribution.AtNormalScore(z) : _mixture.AtNormalScore(z).Rate;

    private double Interpolate(int i, double t)
    {
        double u = 1 - t;
        double value = (u * u * ((1 + (2 * t)) * _logQuantiles![i])) + (t * t * ((1 + (2 * u)) * _logQuantiles[i + 1]))
            + (t * u * ((u * _slopes![i]) - (t * _slopes[i + 1])));
        return Math.Exp(value);
    }
}
