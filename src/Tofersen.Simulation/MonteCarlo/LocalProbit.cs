using MathNet.Numerics.LinearAlgebra;
using Gaussian = MathNet.Numerics.Distributions.Normal;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Probit regression of power on place, for the neighbourhood of the place where it crosses a target.</summary>
/// <remarks>
/// <para>Model: Φ⁻¹(power) − Φ⁻¹(target) = b₀ + b₁ t + b₂ t², t = (place − centre) / bandwidth. The likelihood of each point counts with the
/// tricube weight (1 − |t|³)³, so that what lies a bandwidth away has no say, and the shape of the curve matters near the crossing alone.
/// Covariance by the sandwich formula, since those weights are not of precision.</para>
/// <para>Curvature: a priori b₂, for t in units of the climb from the level to the target, is normal with mean 0 and standard deviation 1.5. A normal
/// test has b₂ near 0; power that tends to 0.85 has −1.4 where it crosses 0.8. So the data decide as far as they can, and where they cannot the
/// interval holds what a bent curve would do to the crossing. The prior enters as an observation: into the information and into the
/// covariance.</para>
/// <para>Reference: Loader, Local Regression and Likelihood, 1999, chapter 4.</para>
/// </remarks>
internal sealed class LocalProbit
{
    private const double Critical = 1.959963984540054;
    private const double CurvatureSd = 1.5;
    private const int Terms = 3;
    private const double LargestStep = 2;
    private const int Recentrings = 3;

    private readonly double _centre;
    private readonly double _bandwidth;
    private readonly Vector<double> _coefficients;
    private readonly Matrix<double> _covariance;
    private double _root;

    private LocalProbit(double centre, double bandwidth, double replicates, Vector<double> coefficients, Matrix<double> covariance)
    {
        (_centre, _bandwidth, Replicates) = (centre, bandwidth, replicates);
        (_coefficients, _covariance) = (coefficients, covariance);
    }

    /// <summary>Where the curve crosses the target.</summary>
    internal double Root => _centre + (_bandwidth * _root);

    /// <summary>Replicates in the neighbourhood, each as much as its weight.</summary>
    internal double Replicates { get; }

    /// <summary>Fits the neighbourhood of a crossing; null where the points show no rise.</summary>
    /// <param name="points">The points.</param>
    /// <param name="start">Where the crossing is thought to be.</param>
    /// <param name="bandwidth">Beyond this distance from the crossing points do not count.</param>
    /// <param name="climb">Distance over which power rises from the level to the target.</param>
    /// <param name="target">The power.</param>
    /// <param name="sign">1 where power rises, −1 where it falls.</param>
    internal static LocalProbit? Fit(IReadOnlyList<LocalPoint> points, double start, double bandwidth, double climb, double target, int sign)
    {
        double curvatureSd = CurvatureSd * Math.Pow(bandwidth / climb, 2);
        LocalProbit? fit = null;
        double centre = start;
        for (int pass = 0; pass < Recentrings; pass++)
        {
            fit = FitAround(points, centre, bandwidth, curvatureSd, target, sign);
            if (fit is null)
            {
                return null;
            }

            // What is beyond a quarter of the bandwidth is said by points that the next pass weighs anew.
            centre += Math.Clamp(fit.Root - centre, -bandwidth / 4, bandwidth / 4);
        }

        return fit;
    }

    /// <summary>Distance of the curve from the target, on the probit scale, with its standard error.</summary>
    internal (double Value, double Error) At(double place) => AtScaled((place - _centre) / _bandwidth);

    /// <summary>The 95 % interval of the crossing: where the curve is within its error of the target. Infinite where the error is not left within
    /// a bandwidth of the centre.</summary>
    internal (double Lower, double Upper) Interval()
    {
        return (Limit(-1), Limit(1));

        double Limit(int direction)
        {
            double inside = _root;
            double step = 0.01;
            double outside = _root + (direction * step);
            while (!IsOutside(outside))
            {
                if (Math.Abs(outside) > 1)
                {
                    return direction * double.PositiveInfinity;
                }

                inside = outside;
                step *= 1.3;
                outside += direction * step;
            }

            for (int i = 0; i < 60; i++)
            {
                double middle = 0.5 * (inside + outside);
                (inside, outside) = IsOutside(middle) ? (inside, middle) : (middle, outside);
            }

            return _centre + (_bandwidth * outside);
        }

        bool IsOutside(double t)
        {
            (double value, double error) = AtScaled(t);
            return Math.Abs(value) > Critical * error;
        }
    }

    private static LocalProbit? FitAround(
        IReadOnlyList<LocalPoint> points, double centre, double bandwidth, double curvatureSd, double target, int sign)
    {
        var near = new List<(double T, double Weight, LocalPoint Point)>();
        double replicates = 0;
        foreach (LocalPoint point in points)
        {
            double t = (point.Place - centre) / bandwidth;
            double rest = 1 - Math.Abs(t * t * t);
            if (rest > 0)
            {
                double weight = rest * rest * rest;
                near.Add((t, weight, point));
                replicates += weight * point.Replicates;
            }
        }

        if (near.Count < 2
            || Solve(near, Gaussian.InvCDF(0, 1, target), 1 / (curvatureSd * curvatureSd)) is not { } curve)
        {
            return null;
        }

        double root = NearestRoot(curve.Coefficients, sign);
        return double.IsNaN(root)
            ? null
            : new LocalProbit(centre, bandwidth, replicates, curve.Coefficients, curve.Covariance) { _root = root };
    }

    // The root at which the curve runs the way that it should; NaN where it comes to none.
    private static double NearestRoot(Vector<double> b, int sign)
    {
        double discriminant = (b[1] * b[1]) - (4 * b[2] * b[0]);
        double slope = sign * Math.Sqrt(discriminant);

        // The form that does not divide by a curvature of nearly 0.
        double root = -2 * b[0] / (b[1] + slope);
        return discriminant > 0 && sign * b[1] > 0 ? root : double.NaN;
    }

    // Fisher scoring. Probits are kept within ±6, where a probability of 0 or 1 in every point would send them to infinity.
    private static (Vector<double> Coefficients, Matrix<double> Covariance)? Solve(
        List<(double T, double Weight, LocalPoint Point)> near, double offset, double priorPrecision)
    {
        Vector<double> beta = Vector<double>.Build.Dense(Terms);
        var information = Matrix<double>.Build.Dense(Terms, Terms);
        var spread = Matrix<double>.Build.Dense(Terms, Terms);
        for (int iteration = 0; iteration < 50; iteration++)
        {
            information.Clear();
            spread.Clear();
            Vector<double> score = Vector<double>.Build.Dense(Terms);
            score[2] = -priorPrecision * beta[2];
            information[2, 2] = spread[2, 2] = priorPrecision;
            foreach ((double t, double weight, LocalPoint point) in near)
            {
                Vector<double> row = Row(t);
                double probit = Math.Clamp(offset + (row * beta), -6, 6);
                double power = Gaussian.CDF(0, 1, probit);
                double density = Gaussian.PDF(0, 1, probit);
                double variance = power * Gaussian.CDF(0, 1, -probit);
                double fisher = point.Replicates * density * density / variance;
                score += weight * density * (point.Rejected - (point.Replicates * power)) / variance * row;
                Matrix<double> outer = row.OuterProduct(row);
                information += weight * fisher * outer;
                spread += weight * weight * fisher * outer;
            }

            if (!(information.ConditionNumber() < 1e12))
            {
                return null;
            }

            Matrix<double> inverse = information.Inverse();
            Vector<double> step = inverse * score;
            double size = step.AbsoluteMaximum();
            beta += step * Math.Min(1, LargestStep / size);
            if (size < 1e-10)
            {
                return (beta, inverse * spread * inverse);
            }
        }

        return null;
    }

    private (double Value, double Error) AtScaled(double t)
    {
        Vector<double> row = Row(t);
        return (row * _coefficients, Math.Sqrt(row * _covariance * row));
    }

    private static Vector<double> Row(double t) => Vector<double>.Build.DenseOfArray([1, t, t * t]);
}
