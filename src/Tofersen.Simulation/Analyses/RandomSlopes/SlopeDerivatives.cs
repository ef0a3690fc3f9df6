using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>First two derivatives of a <see cref="SlopeLikelihood"/> in the entries of Δ, and the sums that inference needs.</summary>
/// <remarks>With Bᵢ = Rᵢ′WᵢUᵢ, Dᵢ = BᵢL⁻ᵀ, and gᵢ = Rᵢ′Wᵢeᵢ of the residuals eᵢ: for a symmetric direction E, ∂log|Sᵢ| = tr(TᵢE),
/// ∂log|X′HX| = −Σ tr(Dᵢ′EDᵢ), ∂r² = −Σ gᵢ′Egᵢ; second derivatives follow from ∂Tᵢ = −TᵢETᵢ and ∂Bᵢ = −TᵢEBᵢ. Directions are
/// numbered 0, 1, 2: intercept, covariance (both its entries), slope; pairs of them 00, 01, 02, 11, 12, 22.</remarks>
internal sealed class SlopeDerivatives
{
    private readonly SlopeStatistics _data;
    private readonly SlopeLikelihood _likelihood;
    private readonly double[] _tilde;
    private readonly double[] _squaresGradient = new double[3];
    private readonly double[] _fisher = new double[6];

    internal SlopeDerivatives(SlopeStatistics data, SlopeLikelihood likelihood)
    {
        _data = data;
        _likelihood = likelihood;
        _tilde = new double[3 * data.Columns * (data.Columns + 1)];
    }

    /// <summary>Gradient of the criterion in the entries of Δ.</summary>
    internal double[] Gradient { get; } = new double[3];

    /// <summary>Second derivatives of the criterion: 00, 01, 02, 11, 12, 22.</summary>
    internal double[] Hessian { get; } = new double[6];

    /// <summary>Σ tr(Eⱼ(Tᵢ − DᵢDᵢ′)) over the participants: the trace of the projection with each direction.</summary>
    internal double[] ProjectionTraces { get; } = new double[3];

    /// <summary>tr(P Gⱼ P Gₖ), twice the expected information of the restricted likelihood: 00, 01, 02, 11, 12, 22.</summary>
    internal ReadOnlySpan<double> Fisher => _fisher;

    /// <summary>Derivatives of the residual squares.</summary>
    internal ReadOnlySpan<double> SquaresGradient => _squaresGradient;

    /// <summary>Σ Dᵢ′EDᵢ for a direction.</summary>
    internal double Tilde(int direction, int row, int column) =>
        _tilde[(direction * _data.Columns * _data.Columns) + (row * _data.Columns) + column];

    /// <summary>Rᵢ′Wᵢeᵢ of each participant, first entries and then second ones, after <see cref="Differentiate"/>.</summary>
    internal ReadOnlySpan<double> Scores => _likelihood.Sides[_data.Rank].AsSpan(0, 2 * _data.Stride);

    /// <summary>Computes gradient, Hessian and the sums for inference where the likelihood was evaluated last.</summary>
    internal void Differentiate()
    {
        int p = _data.Rank;
        int stride = _data.Stride;
        Span<double> scores = _likelihood.Sides[p].AsSpan(0, 2 * stride);
        for (int k = 0; k < p; k++)
        {
            Span<double> side = _likelihood.Sides[k].AsSpan(0, 2 * stride);
            for (int j = 0; j < k; j++)
            {
                VectorKernels.SubtractMultiple(_likelihood.Lower(k, j), _likelihood.Sides[j].AsSpan(0, 2 * stride), side);
            }

            double scale = 1 / _likelihood.Lower(k, k);
            for (int i = 0; i < side.Length; i++)
            {
                side[i] *= scale;
            }

            VectorKernels.SubtractMultiple(_likelihood.Projected(k), side, scores);
        }

        for (int k = 0; k <= p; k++)
        {
            ReadOnlySpan<double> k1 = _likelihood.Sides[k].AsSpan(0, stride);
            ReadOnlySpan<double> k2 = _likelihood.Sides[k].AsSpan(stride, stride);
            for (int j = 0; j <= Math.Min(k, p - 1); j++)
            {
                ReadOnlySpan<double> j1 = _likelihood.Sides[j].AsSpan(0, stride);
                ReadOnlySpan<double> j2 = _likelihood.Sides[j].AsSpan(stride, stride);
                SetTilde(0, k, j, VectorKernels.Dot(k1, j1));
                SetTilde(1, k, j, VectorKernels.Dot(k1, j2) + VectorKernels.Dot(k2, j1));
                SetTilde(2, k, j, VectorKernels.Dot(k2, j2));
            }
        }

        SumOverParticipants();
        AddCrossTerms();
    }

    /// <summary>Σ xᵢ′EⱼTᵢEₖzᵢ over the participants, symmetric in j and k, for xᵢ = Dᵢv and zᵢ = Dᵢw.</summary>
    internal void SumThroughT(ReadOnlySpan<double> v, ReadOnlySpan<double> w, Span<double> sums)
    {
        int stride = _data.Stride;
        sums.Clear();
        for (int i = 0; i < _data.Participants; i++)
        {
            double x1 = 0, x2 = 0, z1 = 0, z2 = 0;
            for (int k = 0; k < v.Length; k++)
            {
                double d1 = _likelihood.Sides[k][i];
                double d2 = _likelihood.Sides[k][stride + i];
                x1 += v[k] * d1;
                x2 += v[k] * d2;
                z1 += w[k] * d1;
                z2 += w[k] * d2;
            }

            double q11 = x1 * z1;
            double q12 = ((x1 * z2) + (x2 * z1)) / 2;
            double q22 = x2 * z2;
            sums[0] += _likelihood.T11[i] * q11;
            sums[1] += (_likelihood.T11[i] * q12) + (_likelihood.T12[i] * q11);
            sums[2] += _likelihood.T12[i] * q12;
            sums[3] += (2 * _likelihood.T12[i] * q12) + (_likelihood.T22[i] * q11) + (_likelihood.T11[i] * q22);
            sums[4] += (_likelihood.T12[i] * q22) + (_likelihood.T22[i] * q12);
            sums[5] += _likelihood.T22[i] * q22;
        }
    }

    private void SetTilde(int direction, int row, int column, double value)
    {
        // The row behind the last belongs to the response.
        int columns = _data.Columns;
        if (row == _data.Rank)
        {
            _tilde[(3 * columns * columns) + (direction * columns) + column] = value;
            return;
        }

        _tilde[(direction * columns * columns) + (row * columns) + column] = value;
        _tilde[(direction * columns * columns) + (column * columns) + row] = value;
    }

    // With φ(A, B) = tr(EⱼAEₖB): Hessian sums φ(T, 2(DD′ + gg′/s) − T), Fisher sums φ(T, T − 2DD′), and the gradient.
    private void SumOverParticipants()
    {
        int stride = _data.Stride;
        int p = _data.Rank;
        Vector512<double> scale = Vector512.Create(1 / _likelihood.ResidualVariance);
        Vector512<double> restricted = Vector512.Create(_likelihood.IsRestricted ? 1.0 : 0.0);
        Vector512<double> h0 = default, h1 = default, h2 = default, h3 = default, h4 = default, h5 = default;
        Vector512<double> f0 = default, f1 = default, f2 = default, f3 = default, f4 = default, f5 = default;
        Vector512<double> k0 = default, k1 = default, k2 = default;
        Vector512<double> t0 = default, t1 = default, t2 = default;
        Vector512<double> r0 = default, r1 = default, r2 = default;
        for (int i = 0; i < stride; i += VectorKernels.Lanes)
        {
            Vector512<double> q11 = default, q12 = default, q22 = default;
            for (int k = 0; k < p; k++)
            {
                Vector512<double> d1 = VectorKernels.Load(_likelihood.Sides[k], i);
                Vector512<double> d2 = VectorKernels.Load(_likelihood.Sides[k], stride + i);
                q11 += d1 * d1;
                q12 += d1 * d2;
                q22 += d2 * d2;
            }

            Vector512<double> g1 = VectorKernels.Load(_likelihood.Sides[p], i);
            Vector512<double> g2 = VectorKernels.Load(_likelihood.Sides[p], stride + i);
            Vector512<double> t11 = VectorKernels.Load(_likelihood.T11, i);
            Vector512<double> t12 = VectorKernels.Load(_likelihood.T12, i);
            Vector512<double> t22 = VectorKernels.Load(_likelihood.T22, i);
            t0 += t11;
            t1 += t12;
            t2 += t22;
            k0 += t11 - q11;
            k1 += t12 - q12;
            k2 += t22 - q22;
            r0 += g1 * g1;
            r1 += g1 * g2;
            r2 += g2 * g2;

            Vector512<double> x11 = t11 - (q11 + q11);
            Vector512<double> x12 = t12 - (q12 + q12);
            Vector512<double> x22 = t22 - (q22 + q22);
            f0 += t11 * x11;
            f1 += (t11 * x12) + (t12 * x11);
            f2 += t12 * x12;
            f3 += (t12 * x12) + (t12 * x12) + (t22 * x11) + (t11 * x22);
            f4 += (t12 * x22) + (t22 * x12);
            f5 += t22 * x22;

            Vector512<double> g = g1 * g1 * scale;
            x11 = (restricted * q11) + g;
            x11 = x11 + x11 - t11;
            g = g1 * g2 * scale;
            x12 = (restricted * q12) + g;
            x12 = x12 + x12 - t12;
            g = g2 * g2 * scale;
            x22 = (restricted * q22) + g;
            x22 = x22 + x22 - t22;
            h0 += t11 * x11;
            h1 += (t11 * x12) + (t12 * x11);
            h2 += t12 * x12;
            h3 += (t12 * x12) + (t12 * x12) + (t22 * x11) + (t11 * x22);
            h4 += (t12 * x22) + (t22 * x12);
            h5 += t22 * x22;
        }

        Put(Hessian, VectorKernels.Sum(h0), VectorKernels.Sum(h1), VectorKernels.Sum(h2));
        Put(Hessian.AsSpan(3), VectorKernels.Sum(h3), VectorKernels.Sum(h4), VectorKernels.Sum(h5));
        Put(_fisher, VectorKernels.Sum(f0), VectorKernels.Sum(f1), VectorKernels.Sum(f2));
        Put(_fisher.AsSpan(3), VectorKernels.Sum(f3), VectorKernels.Sum(f4), VectorKernels.Sum(f5));
        Put(ProjectionTraces, VectorKernels.Sum(k0), 2 * VectorKernels.Sum(k1), VectorKernels.Sum(k2));
        Put(_squaresGradient, -VectorKernels.Sum(r0), -2 * VectorKernels.Sum(r1), -VectorKernels.Sum(r2));
        Put(Gradient, VectorKernels.Sum(t0), 2 * VectorKernels.Sum(t1), VectorKernels.Sum(t2));
        for (int j = 0; j < 3; j++)
        {
            Gradient[j] = (_likelihood.IsRestricted ? ProjectionTraces[j] : Gradient[j]) + (_squaresGradient[j] / _likelihood.ResidualVariance);
        }
    }

    private static void Put(Span<double> target, double first, double second, double third)
    {
        target[0] = first;
        target[1] = second;
        target[2] = third;
    }

    // What couples participants: through the coefficients, and through the residual variance that is profiled out.
    private void AddCrossTerms()
    {
        int columns = _data.Columns;
        double s = _likelihood.ResidualVariance;
        int index = 0;
        for (int j = 0; j < 3; j++)
        {
            for (int k = j; k < 3; k++)
            {
                double traces = 0;
                double products = 0;
                for (int row = 0; row < _data.Rank; row++)
                {
                    ReadOnlySpan<double> first = _tilde.AsSpan((j * columns * columns) + (row * columns), _data.Rank);
                    ReadOnlySpan<double> second = _tilde.AsSpan((k * columns * columns) + (row * columns), _data.Rank);
                    for (int column = 0; column < first.Length; column++)
                    {
                        traces += first[column] * second[column];
                    }

                    products += _tilde[((3 * columns) + j) * columns + row] * _tilde[((3 * columns) + k) * columns + row];
                }

                _fisher[index] += traces;
                Hessian[index] -= (_likelihood.IsRestricted ? traces : 0) + (2 * products / s)
                    + (_squaresGradient[j] * _squaresGradient[k] / (_likelihood.Effective * s * s));
                index++;
            }
        }
    }
}
