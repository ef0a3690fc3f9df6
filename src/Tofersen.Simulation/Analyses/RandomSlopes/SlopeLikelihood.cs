using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>−2 log likelihood of a random-slope model, restricted or full, at a relative covariance Δ of the random effects, with
/// coefficients and residual variance s profiled out.</summary>
/// <remarks>
/// <para>Per participant Sᵢ = I + RᵢΔRᵢ′ and Wᵢ = Sᵢ⁻¹, both 2 × 2, since the rotated rows have covariance s Sᵢ and the rows outside
/// the span of Zᵢ covariance s I. With H = V⁻¹ s and Uᵢ = Qᵢ′Xᵢ, X′HX = Σ Uᵢ′WᵢUᵢ + what lies outside = LL′, without a
/// subtraction. For the derivatives Tᵢ = Rᵢ′WᵢRᵢ and Rᵢ′WᵢUᵢ are kept.</para>
/// <para>Columns of participants, eight lanes at a time; pairs of columns (first entries, then second ones) lie behind each
/// other.</para>
/// </remarks>
internal sealed class SlopeLikelihood
{
    private const double LargeProduct = 1e100;

    private readonly SlopeStatistics _data;
    private readonly double[] _w11;
    private readonly double[] _w12;
    private readonly double[] _w22;
    private readonly double[] _weighted;
    private readonly double[] _cross;
    private readonly double[] _lower;
    private readonly double[] _solved;

    internal SlopeLikelihood(SlopeStatistics data, LikelihoodEstimation estimation)
    {
        _data = data;
        IsRestricted = estimation == LikelihoodEstimation.Reml;
        int n = data.MaximumStride;
        int p = data.Columns;
        _w11 = new double[n];
        _w12 = new double[n];
        _w22 = new double[n];
        T11 = new double[n];
        T12 = new double[n];
        T22 = new double[n];
        _weighted = new double[2 * n];
        Sides = new double[p + 1][];
        for (int k = 0; k <= p; k++)
        {
            Sides[k] = new double[2 * n];
        }

        _cross = new double[(p + 1) * (p + 1)];
        _lower = new double[p * p];
        _solved = new double[p];
    }

    internal bool IsRestricted { get; }

    /// <summary>Entries of Tᵢ.</summary>
    internal double[] T11 { get; }

    internal double[] T12 { get; }

    internal double[] T22 { get; }

    /// <summary>Rᵢ′Wᵢuᵢ for each column u of X, the response behind the last.</summary>
    internal double[][] Sides { get; }

    /// <summary>Observations that count: less the rank of X under restricted likelihood.</summary>
    internal int Effective => _data.Rows - (IsRestricted ? _data.Rank : 0);

    /// <summary>log|S| + log|X′HX| + N log r², up to constants; infinite where the fit breaks down.</summary>
    internal double Criterion { get; private set; }

    internal double ResidualSquares { get; private set; }

    internal double ResidualVariance => ResidualSquares / Effective;

    /// <summary>Coefficients of the orthogonalised columns beyond least squares.</summary>
    internal ReadOnlySpan<double> Coefficients => _solved.AsSpan(0, _data.Rank);

    /// <summary>Entries of L⁻¹X′Hy.</summary>
    internal double Projected(int position) => _cross[(_data.Rank * (_data.Columns + 1)) + position];

    /// <summary>Rows of the lower triangle of X′HX, in orthogonalised columns.</summary>
    internal double Lower(int row, int column) => _lower[(row * _data.Columns) + column];

    /// <summary>Computes the criterion at Δ = ΛΛ′, Λ lower triangular with rows (a, 0) and (b, c).</summary>
    internal double Evaluate(double a, double b, double c)
    {
        int p = _data.Rank;
        double logDeterminant = Weigh(a, b, c);
        for (int k = 0; k <= p; k++)
        {
            Span<double> weighted = _weighted.AsSpan(0, 2 * _data.Stride);
            Apply(Inside(k), weighted, Sides[k]);
            for (int j = 0; j <= k; j++)
            {
                _cross[(k * (_data.Columns + 1)) + j] = VectorKernels.Dot(Inside(j), weighted) + _data.OutsideProduct(k, j);
            }
        }

        Criterion = Solve(out double logInformation)
            ? logDeterminant + (IsRestricted ? logInformation : 0) + (Effective * Math.Log(ResidualSquares))
            : double.PositiveInfinity;
        return Criterion;
    }

    /// <summary>−2 log likelihood with all its constants; restricted as lme4 writes it, for X as given.</summary>
    internal double MinusTwoLogLikelihood()
    {
        double triangles = 0;
        for (int k = 0; IsRestricted && k < _data.Rank; k++)
        {
            triangles += 2 * Math.Log(_data.Triangle(k, k));
        }

        return Criterion + triangles + (Effective * (1 + Math.Log(2 * Math.PI / Effective)));
    }

    private ReadOnlySpan<double> Inside(int position) =>
        position == _data.Rank ? _data.InsideResponse : _data.Inside(position);

    // W and T of each participant; the sum of log|S|. |S| = 1 + tr(GΔ) + |G||Δ| has no cancellation.
    private double Weigh(double a, double b, double c)
    {
        double d11 = a * a, d12 = a * b, d22 = (b * b) + (c * c), determinant = a * c * (a * c);
        Vector512<double> product = Vector512<double>.One;
        double sum = 0;
        for (int i = 0; i < _data.Stride; i += VectorKernels.Lanes)
        {
            Vector512<double> r11 = VectorKernels.Load(_data.Root11, i);
            Vector512<double> r12 = VectorKernels.Load(_data.Root12, i);
            Vector512<double> r22 = VectorKernels.Load(_data.Root22, i);
            Vector512<double> q1 = (r11 * d11) + (r12 * d12);
            Vector512<double> q2 = (r11 * d12) + (r12 * d22);
            Vector512<double> s11 = Vector512<double>.One + (q1 * r11) + (q2 * r12);
            Vector512<double> s12 = q2 * r22;
            Vector512<double> s22 = Vector512<double>.One + (r22 * r22 * d22);
            Vector512<double> corner = r11 * r22;
            Vector512<double> size = s11 + s22 - Vector512<double>.One + (corner * corner * determinant);
            Vector512<double> w11 = s22 / size;
            Vector512<double> w12 = -s12 / size;
            Vector512<double> w22 = s11 / size;
            VectorKernels.Store(w11, _w11, i);
            VectorKernels.Store(w12, _w12, i);
            VectorKernels.Store(w22, _w22, i);
            Vector512<double> right = (w12 * r12) + (w22 * r22);
            Vector512<double> left = (w11 * r12) + (w12 * r22);
            VectorKernels.Store(r11 * r11 * w11, T11, i);
            VectorKernels.Store(r11 * left, T12, i);
            VectorKernels.Store((r12 * left) + (r22 * right), T22, i);
            product *= size;
            if (Vector512.GreaterThanAny(product, Vector512.Create(LargeProduct)))
            {
                sum += LogSum(product);
                product = Vector512<double>.One;
            }
        }

        return sum + LogSum(product);
    }

    private static double LogSum(Vector512<double> values)
    {
        double sum = 0;
        for (int lane = 0; lane < VectorKernels.Lanes; lane++)
        {
            sum += Math.Log(values.GetElement(lane));
        }

        return sum;
    }

    // Wᵢuᵢ and Rᵢ′Wᵢuᵢ for one column u.
    private void Apply(ReadOnlySpan<double> inside, Span<double> weighted, Span<double> side)
    {
        int stride = _data.Stride;
        for (int i = 0; i < stride; i += VectorKernels.Lanes)
        {
            Vector512<double> u1 = VectorKernels.Load(inside, i);
            Vector512<double> u2 = VectorKernels.Load(inside, stride + i);
            Vector512<double> w12 = VectorKernels.Load(_w12, i);
            Vector512<double> v1 = (VectorKernels.Load(_w11, i) * u1) + (w12 * u2);
            Vector512<double> v2 = (w12 * u1) + (VectorKernels.Load(_w22, i) * u2);
            VectorKernels.Store(v1, weighted, i);
            VectorKernels.Store(v2, weighted, stride + i);
            VectorKernels.Store(VectorKernels.Load(_data.Root11, i) * v1, side, i);
            VectorKernels.Store(
                (VectorKernels.Load(_data.Root12, i) * v1) + (VectorKernels.Load(_data.Root22, i) * v2), side, stride + i);
        }
    }

    // X′HX = LL′, coefficients and residual squares. The last row of the products becomes L⁻¹X′Hy.
    private bool Solve(out double logInformation)
    {
        int p = _data.Rank;
        int columns = _data.Columns;
        Span<double> response = _cross.AsSpan(p * (columns + 1), p + 1);
        logInformation = 0;
        double squares = response[p];
        for (int k = 0; k < p; k++)
        {
            for (int j = 0; j <= k; j++)
            {
                double sum = _cross[(k * (columns + 1)) + j];
                for (int m = 0; m < j; m++)
                {
                    sum -= _lower[(k * columns) + m] * _lower[(j * columns) + m];
                }

                if (j < k)
                {
                    _lower[(k * columns) + j] = sum / _lower[(j * columns) + j];
                }
                else if (!(sum > 0))
                {
                    return false;
                }
                else
                {
                    _lower[(k * columns) + k] = Math.Sqrt(sum);
                }
            }

            double projection = response[k];
            for (int m = 0; m < k; m++)
            {
                projection -= _lower[(k * columns) + m] * response[m];
            }

            response[k] = projection / _lower[(k * columns) + k];
            squares -= response[k] * response[k];
            logInformation += 2 * Math.Log(_lower[(k * columns) + k]);
        }

        for (int k = p - 1; k >= 0; k--)
        {
            double sum = response[k];
            for (int m = k + 1; m < p; m++)
            {
                sum -= _lower[(m * columns) + k] * _solved[m];
            }

            _solved[k] = sum / _lower[(k * columns) + k];
        }

        ResidualSquares = squares;
        return squares > 0;
    }
}
