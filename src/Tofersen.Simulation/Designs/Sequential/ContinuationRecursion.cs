using System.Diagnostics;
using System.Runtime.Intrinsics;
using MathNet.Numerics.Integration;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Crossing probabilities of a group-sequential trial, look by look.</summary>
/// <remarks>
/// <para>With drift θ and information fractions t₁ &lt; t₂ &lt; …, the estimate of the drift at look k, v = z / √t, is normal with mean θ and
/// variance 1/t. Given v, the estimates of earlier looks do not depend on θ: the one before is normal with mean v and variance
/// ω² = 1/t₍ₖ₋₁₎ − 1/tₖ. So the probability r(v) of having gone on at all earlier looks obeys
/// rₖ(v) = ∫ rₖ₋₁(u) N(u; v, ω²) du over the bounds of look k − 1, for all drifts at once, and lies between 0 and 1 however far out v is.
/// This is the recursion of Armitage, McPherson and Rowe (1969), divided by the density of v.</para>
/// <para>Integrals are Gauss–Legendre sums over panels of at most <c>panelWidth</c> times the narrowest scale nearby: ω of the next look, and close
/// to an earlier bound the scale on which it is felt. Nothing is allocated once the scratch memory has grown to its size.</para>
/// <para>Order of calls: <see cref="Reset"/>, then for every look <see cref="Begin"/>, any number of questions,
/// <see cref="Continue"/>.</para>
/// </remarks>
internal sealed class ContinuationRecursion
{
    /// <summary>The panel width, in standard deviations of the narrowest normal kernel. Halving it moves no critical value by 10⁻¹⁰.</summary>
    internal const double StandardPanelWidth = 3;

    /// <summary>Smallest probability that a bound is solved for; a bound for less is infinite.</summary>
    internal const double SmallestProbability = 1e-30;

    private const int Points = 16;

    /// <summary>Standard deviations beyond which the mass of the estimate is left out: 10⁻¹⁹.</summary>
    private const double Reach = 9;

    /// <summary>The same towards rejection under no effect, where the smallest probabilities are made of what lies far out.</summary>
    private const double FarReach = 15;

    /// <summary>Standard deviations ω after which the kernel is left out: e⁻⁷².</summary>
    private const double Band = 12;

    /// <summary>A step of Newton's after which the error, about its square, is below rounding.</summary>
    private const double SmallStep = 1e-9;

    private static readonly GaussLegendreRule Rule = new(-1, 1, Points);
    private static readonly double[] RuleNodes = Rule.Abscissas;
    private static readonly double[] RuleWeights = Rule.Weights;

    private readonly double _panelWidth;
    private readonly double[] _fractions;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private double _lowestDrift;
    private double _highestDrift;
    private int _looks;
    private double _fraction;
    private double _omega;
    private int _count;
    private double[] _nodes = [];
    private double[] _values = [];
    private int _oldCount;
    private double[] _oldNodes = [];
    private double[] _oldValues = [];
    private double[] _weights = [];
    private double _weightedDrift;

    /// <summary>Makes the scratch memory.</summary>
    /// <param name="maximumLooks">Largest number of looks.</param>
    /// <param name="panelWidth">Panel width in standard deviations; smaller ones check the standard one.</param>
    internal ContinuationRecursion(int maximumLooks, double panelWidth = StandardPanelWidth)
    {
        _panelWidth = panelWidth;
        _fractions = new double[maximumLooks];
        _lower = new double[maximumLooks];
        _upper = new double[maximumLooks];
    }

    private double PreviousFraction => _fractions[_looks - 1];

    /// <summary>Begins a trial; all questions will be about drifts within a range that holds 0.</summary>
    internal void Reset(double lowestDrift = 0, double highestDrift = 0)
    {
        Debug.Assert(lowestDrift <= 0 && highestDrift >= 0, "The range holds 0.");
        _lowestDrift = lowestDrift;
        _highestDrift = highestDrift;
        _looks = 0;
        _fraction = 0;
        _count = 0;
    }

    /// <summary>Moves to the next look, at a larger information fraction.</summary>
    internal void Begin(double fraction)
    {
        Debug.Assert(fraction > _fraction, "Information rises.");
        if (_looks > 0)
        {
            double omega = Math.Sqrt((1 / PreviousFraction) - (1 / fraction));
            FillNodes(_panelWidth * omega);
            FillValues();
            _omega = omega;
        }

        _fraction = fraction;
        _weightedDrift = double.NaN;
    }

    /// <summary>Says at which z values of this look the trial goes on: above <paramref name="lowerZ"/> and below <paramref name="upperZ"/>, either
    /// of which may be infinite.</summary>
    internal void Continue(double lowerZ, double upperZ)
    {
        double root = Math.Sqrt(_fraction);
        _fractions[_looks] = _fraction;
        _lower[_looks] = lowerZ / root;
        _upper[_looks] = upperZ / root;
        _looks++;
    }

    /// <summary>Probability of reaching this look.</summary>
    internal double Reached(double drift)
    {
        if (_looks == 0)
        {
            return 1;
        }

        Weigh(drift);
        double sum = 0;
        foreach (double weight in _weights.AsSpan(0, _count))
        {
            sum += weight;
        }

        return sum;
    }

    /// <summary>Probability of reaching this look and being at or above a z value there.</summary>
    internal double Above(double z, double drift) => Tail(z, drift, 1);

    /// <summary>Probability of reaching this look and being at or below a z value there.</summary>
    internal double Below(double z, double drift) => Tail(-z, drift, -1);

    /// <summary>The z value with a given <see cref="Above"/>: +∞ for less than <see cref="SmallestProbability"/>, −∞ for more than the probability
    /// of reaching this look.</summary>
    internal double SolveAbove(double probability, double drift) => Solve(probability, drift, 1);

    /// <summary>The z value with a given <see cref="Below"/>: −∞ for less than <see cref="SmallestProbability"/>, +∞ for more than the probability
    /// of reaching this look.</summary>
    internal double SolveBelow(double probability, double drift) => -Solve(probability, drift, -1);

    // y is z in the direction asked about, so that the tail always lies above it.
    private double Tail(double y, double drift, int direction)
    {
        if (_looks == 0)
        {
            return NormalTail.Probability(y - (direction * drift * Math.Sqrt(_fraction)));
        }

        if (double.IsInfinity(y))
        {
            return y > 0 ? 0 : Reached(drift);
        }

        Weigh(drift);
        return Tail(y, drift, direction, out _);
    }

    private double Solve(double probability, double drift, int direction)
    {
        if (!(probability >= SmallestProbability))
        {
            return double.PositiveInfinity;
        }

        double root = Math.Sqrt(_fraction);
        if (_looks == 0)
        {
            return probability >= 1
                ? double.NegativeInfinity
                : NormalTail.Quantile(probability) + (direction * drift * root);
        }

        if (probability >= Reached(drift) * (1 - 1e-13))
        {
            return double.NegativeInfinity;
        }

        // The tail's logarithm is concave in y (a normal law restricted to a box), so Newton's steps from above the root come down to it
        // without passing it. Two bounds lie above: the law without stopping, and the step from the nearest bound of the last look.
        double step = Math.Sqrt(_fraction - PreviousFraction);
        double nearest = direction > 0 ? _nodes[_count - 1] : _nodes[0];
        double quantile = NormalTail.Quantile(probability);
        double y = Math.Min(
            quantile + (direction * drift * root),
            ((direction * ((nearest * PreviousFraction) + (drift * step * step))) + (quantile * step)) / root);
        for (int i = 0; i < 100; i++)
        {
            double tail = Tail(y, drift, direction, out double slope);
            double change = tail > 0 ? Math.Log(tail / probability) * tail / slope : -step / root;
            y += change;
            if (Math.Abs(change) <= SmallStep * Math.Max(1, Math.Abs(y)))
            {
                break;
            }
        }

        return y;
    }

    /// <summary>The tail above y and the density there.</summary>
    private double Tail(double y, double drift, int direction, out double density)
    {
        double information = _fraction - PreviousFraction;
        double inverse = 1 / Math.Sqrt(information);
        double root = Math.Sqrt(_fraction);
        double offset = ((y * root) - (direction * drift * information)) * inverse;
        double factor = direction * PreviousFraction * inverse;
        double sum = 0;
        double slope = 0;
        for (int i = 0; i < _count; i++)
        {
            double x = offset - (factor * _nodes[i]);
            sum += _weights[i] * NormalTail.Probability(x);
            slope += _weights[i] * NormalTail.Density(x);
        }

        density = slope * root * inverse;
        return sum;
    }

    /// <summary>Multiplies the values at the nodes by the density of the estimate under a drift.</summary>
    private void Weigh(double drift)
    {
        if (drift == _weightedDrift)
        {
            return;
        }

        double root = Math.Sqrt(PreviousFraction);
        Vector512<double> scale = Vector512.Create(root * NormalTail.Density(0));
        for (int i = 0; i < _count; i += VectorKernels.Lanes)
        {
            Vector512<double> z = (VectorKernels.Load(_nodes, i) - Vector512.Create(drift)) * root;
            Vector512<double> density = LaneFunctions.Exp(z * z * -0.5) * scale;
            VectorKernels.Store(density * VectorKernels.Load(_values, i), _weights, i);
        }

        _weightedDrift = drift;
    }

    /// <summary>Lays panels over the bounds of the last look, from the lower to the upper.</summary>
    private void FillNodes(double widest)
    {
        (_oldNodes, _nodes) = (_nodes, _oldNodes);
        (_oldValues, _values) = (_values, _oldValues);
        _oldCount = _count;
        _count = 0;
        double sd = 1 / Math.Sqrt(PreviousFraction);
        double v = Math.Max(_lower[_looks - 1], _lowestDrift - (Reach * sd));
        double end = Math.Min(_upper[_looks - 1], Math.Max(FarReach * sd, _highestDrift + (Reach * sd)));
        while (v < end)
        {
            double right = Math.Min(end, v + Math.Min(widest, Width(v)));
            if (!(right > v))
            {
                break;
            }

            Grow(_count + Points);
            double half = 0.5 * (right - v);
            double middle = 0.5 * (right + v);
            for (int i = 0; i < Points; i++)
            {
                _nodes[_count + i] = middle + (half * RuleNodes[i]);
                _values[_count + i] = half * RuleWeights[i];
            }

            _count += Points;
            v = right;
        }
    }

    /// <summary>Width of a panel that begins at v: as wide as the nearest earlier bound is far away, or as the scale on which it is
    /// felt.</summary>
    private double Width(double v)
    {
        double width = double.PositiveInfinity;
        for (int j = 0; j < _looks - 1; j++)
        {
            double scale = _panelWidth * Math.Sqrt((1 / _fractions[j]) - (1 / PreviousFraction));
            width = Math.Min(width, Math.Max(scale, Room(_lower[j] - v)));
            width = Math.Min(width, Math.Max(scale, Room(_upper[j] - v)));
        }

        return width;
    }

    // Towards a bound ahead half the way, so that as much is left.
    private double Room(double ahead) => (ahead > 0 ? 0.5 * ahead : -ahead) * (_panelWidth / StandardPanelWidth);

    /// <summary>Multiplies the quadrature weights at the nodes by the probability of having gone on before.</summary>
    private void FillValues()
    {
        if (_looks == 1)
        {
            return;
        }

        double scale = NormalTail.Density(0) / _omega;
        Vector512<double> inverse = Vector512.Create(Math.Sqrt(0.5) / _omega);
        double band = Band * _omega;
        int start = 0;
        int end = 0;
        for (int n = 0; n < _count; n++)
        {
            double v = _nodes[n];
            while (start < _oldCount && _oldNodes[start + VectorKernels.Lanes - 1] < v - band)
            {
                start += VectorKernels.Lanes;
            }

            end = Math.Max(end, start);
            while (end < _oldCount && _oldNodes[end] <= v + band)
            {
                end += VectorKernels.Lanes;
            }

            Vector512<double> centre = Vector512.Create(v);
            Vector512<double> sum = Vector512<double>.Zero;
            for (int i = start; i < end; i += VectorKernels.Lanes)
            {
                Vector512<double> x = (VectorKernels.Load(_oldNodes, i) - centre) * inverse;
                sum += LaneFunctions.Exp(-(x * x)) * VectorKernels.Load(_oldValues, i);
            }

            _values[n] *= scale * VectorKernels.Sum(sum);
        }
    }

    private void Grow(int count)
    {
        if (_nodes.Length >= count && _weights.Length >= count)
        {
            return;
        }

        int length = Math.Max(2 * count, 32 * Points);
        Array.Resize(ref _nodes, length);
        Array.Resize(ref _values, length);
        Array.Resize(ref _weights, length);
    }
}
