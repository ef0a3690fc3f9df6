namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>Minimises −2 log likelihood over the relative covariance Δ = ΛΛ′ of the random effects, the boundary included.</summary>
/// <remarks>
/// <para>The rows of Λ are (a, 0) and (b, c), unconstrained: every Δ, singular or not, is reached smoothly. Newton's method with the
/// exact Hessian; directions of negative curvature are turned downhill, and a step counts only if it lowers the criterion, so the
/// iteration cannot diverge. It begins at the two-stage estimate from the trial itself; where that leads to the boundary, or
/// nowhere, at three other points too, and the lowest optimum counts.</para>
/// <para>At a singular optimum c (or a) is driven to zero. The optimum is then sought on the face Δ = vv′ itself, or at Δ = 0, and
/// is the answer if no direction into the interior leads down.</para>
/// </remarks>
internal sealed class SlopeOptimiser
{
    private const int MaximumIterations = 100;
    private const int MaximumHalvings = 40;

    // Twice the fall of the criterion that a step promises, and so the square of its length in standard errors.
    private const double SmallDecrement = 1e-10;

    // Below this the criterion itself is noise.
    private const double Noise = 1e-7;
    private const double NearFace = 1e-2;

    private readonly SlopeStatistics _data;
    private readonly SlopeLikelihood _likelihood;
    private readonly SlopeDerivatives _derivatives;
    private readonly SmallEigen _eigen = new();
    private readonly double[] _gradient = new double[3];
    private readonly double[] _hessian = new double[9];
    private readonly double[] _step = new double[3];
    private double _a;
    private double _b;
    private double _c;

    internal SlopeOptimiser(SlopeStatistics data, SlopeLikelihood likelihood, SlopeDerivatives derivatives)
    {
        _data = data;
        _likelihood = likelihood;
        _derivatives = derivatives;
    }

    internal bool HasConverged { get; private set; }

    /// <summary>Rank of Δ: 2 inside, 1 on the face, 0 without random effects.</summary>
    internal int Rank { get; private set; }

    internal int Iterations { get; private set; }

    /// <summary>Entries of Λ at the optimum.</summary>
    internal (double A, double B, double C) Factor => (_a, _b, _c);

    /// <summary>Hessian of the criterion in the free entries of Λ, as many as three, two or none.</summary>
    internal SmallEigen Curvature => _eigen;

    /// <summary>Free entries of Λ at the optimum.</summary>
    internal int FreeEntries => FreeAt(Rank);

    /// <summary>√(g′H⁻¹g/2): distance from the optimum in standard errors of the free entries of Λ.</summary>
    internal double GradientNorm
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _eigen.Order; i++)
            {
                double slope = _eigen.Along(_gradient, i);
                sum += _eigen.IsFlat(i) ? 0 : slope * slope / _eigen.Value(i);
            }

            return Math.Sqrt(sum / 2);
        }
    }

    /// <summary>Finds the optimum and leaves likelihood and derivatives there.</summary>
    internal void Minimise()
    {
        Iterations = 0;
        Start();
        (double a, double b, double c) = Factor;
        Search();
        if (HasConverged && Rank == 2)
        {
            return;
        }

        // A singular optimum of few data may not be the only one: looked for from stronger variances and both signs of the correlation.
        Optimum best = Current;
        double slope = Math.Sqrt((b * b) + (c * c));
        ReadOnlySpan<double> correlations = [0, -0.7, 0.7];
        foreach (double correlation in correlations)
        {
            (_a, _b, _c) = (2 * a, 2 * slope * correlation, 2 * slope * Math.Sqrt(1 - (correlation * correlation)));
            Search();
            if (HasConverged && !(best.HasConverged && _likelihood.Criterion > best.Criterion - Noise))
            {
                best = Current;
            }
        }

        Return(best);
    }

    private Optimum Current => new(HasConverged, Rank, Factor, _likelihood.Criterion);

    private void Search()
    {
        Rank = 2;
        HasConverged = Descend();
        if (HasConverged && Math.Min(Math.Abs(_a), Math.Abs(_c)) < NearFace)
        {
            TryFace();
        }
    }

    private void Return(in Optimum optimum)
    {
        (HasConverged, Rank) = (optimum.HasConverged, optimum.Rank);
        (_a, _b, _c) = optimum.Factor;
        _likelihood.Evaluate(_a, _b, _c);
        Differentiate();
    }

    private static int FreeAt(int rank) => rank == 2 ? 3 : rank == 1 ? 2 : 0;

    // Two-stage moments: lines through each participant's residuals, weighted by what they tell of slopes, less their error.
    private void Start()
    {
        ReadOnlySpan<double> residuals = _data.InsideResponse;
        double variance = _data.WithinSquares / _data.WithinDegreesOfFreedom;
        double total = 0, d11 = 0, d12 = 0, d22 = 0;
        for (int i = 0; i < _data.Participants; i++)
        {
            double r22 = _data.Root22[i];
            if (r22 > 0)
            {
                double r11 = _data.Root11[i];
                double r12 = _data.Root12[i];
                double slope = residuals[_data.Stride + i] / r22;
                double intercept = (residuals[i] - (r12 * slope)) / r11;
                double weight = r22 * r22 / (1 + (r22 * r22));
                double error22 = 1 / (r22 * r22);
                double error12 = -r12 / r11 * error22;
                double error11 = (1 / (r11 * r11)) - (error12 * r12 / r11);
                total += weight;
                d11 += weight * ((intercept * intercept / variance) - error11);
                d12 += weight * ((intercept * slope / variance) - error12);
                d22 += weight * ((slope * slope / variance) - error22);
            }
        }

        total = total > 0 ? total : 1;
        double spread = Math.Sqrt(Math.Max(d22 / total, 0.1));
        _a = Math.Sqrt(Math.Max(d11 / total, 0.1));
        _b = Math.Clamp(d12 / total / _a, -0.9 * spread, 0.9 * spread);
        _c = Math.Sqrt((spread * spread) - (_b * _b));
    }

    // Newton's method in the free entries; true once a step is too small to matter and curvature is nowhere negative.
    private bool Descend()
    {
        double value = _likelihood.Evaluate(_a, _b, _c);
        if (!double.IsFinite(value))
        {
            return false;
        }

        Differentiate();
        for (int i = 0; i < MaximumIterations; i++)
        {
            double decrement = MakeStep(out bool isConvex);
            bool isLast = isConvex && decrement < SmallDecrement;
            Iterations++;
            if (!Move(value, decrement, isLast))
            {
                // No lower point: rounding hides what is left, or the step is wrong.
                _likelihood.Evaluate(_a, _b, _c);
                Differentiate();
                return isConvex && decrement < Noise;
            }

            value = _likelihood.Criterion;
            Differentiate();
            if (isLast)
            {
                return true;
            }
        }

        return false;
    }

    // Step −|H|⁻¹g along the eigenvectors; returns g′|H|⁻¹g.
    private double MakeStep(out bool isConvex)
    {
        int n = FreeEntries;
        double floor = 1e-9 * Math.Max(_eigen.Largest, 1);
        double decrement = 0;
        isConvex = true;
        _step.AsSpan().Clear();
        for (int i = 0; i < n; i++)
        {
            double slope = _eigen.Along(_gradient, i);
            double curvature = _eigen.Value(i);
            double length = -slope / Math.Max(Math.Abs(curvature), floor);
            if (curvature < -100 * floor)
            {
                // On a ridge, not just a flat one: down either side.
                isConvex = false;
                length = Math.Abs(length) < 0.1 ? Math.CopySign(0.1, length) : length;
            }

            decrement += Math.Abs(slope * length);
            for (int row = 0; row < n; row++)
            {
                _step[row] += length * _eigen.Vector(row, i);
            }
        }

        double norm = Math.Sqrt((_step[0] * _step[0]) + (_step[1] * _step[1]) + (_step[2] * _step[2]));
        double longest = 1 + Math.Sqrt((_a * _a) + (_b * _b) + (_c * _c));
        if (norm > longest)
        {
            for (int row = 0; row < n; row++)
            {
                _step[row] *= longest / norm;
            }
        }

        return decrement;
    }

    // Goes along the step as far as the criterion falls; the last step is taken as it is.
    private bool Move(double value, double decrement, bool isLast)
    {
        (double a, double b, double c) = Factor;
        double share = 1;
        for (int halving = 0; halving < MaximumHalvings; halving++)
        {
            (_a, _b, _c) = (a + (share * _step[0]), b + (share * _step[1]), c + (share * _step[2]));
            double next = _likelihood.Evaluate(_a, _b, _c);
            if (isLast ? next <= value + Noise : next < value - (1e-4 * share * decrement))
            {
                return true;
            }

            share /= 2;
        }

        (_a, _b, _c) = (a, b, c);
        return false;
    }

    // Chain rule: Δ = (a², ab, b² + c²).
    private void Differentiate()
    {
        _derivatives.Differentiate();
        double[] g = _derivatives.Gradient;
        double[] h = _derivatives.Hessian;
        _gradient[0] = (2 * _a * g[0]) + (_b * g[1]);
        _gradient[1] = (_a * g[1]) + (2 * _b * g[2]);
        _gradient[2] = 2 * _c * g[2];
        _hessian[0] = (4 * _a * _a * h[0]) + (4 * _a * _b * h[1]) + (_b * _b * h[3]) + (2 * g[0]);
        _hessian[1] = (2 * _a * _a * h[1]) + (4 * _a * _b * h[2]) + (_a * _b * h[3]) + (2 * _b * _b * h[4]) + g[1];
        _hessian[2] = 2 * _c * ((2 * _a * h[2]) + (_b * h[4]));
        _hessian[4] = (_a * _a * h[3]) + (4 * _a * _b * h[4]) + (4 * _b * _b * h[5]) + (2 * g[2]);
        _hessian[5] = 2 * _c * ((_a * h[4]) + (2 * _b * h[5]));
        _hessian[8] = (4 * _c * _c * h[5]) + (2 * g[2]);
        _hessian[3] = _hessian[1];
        _hessian[6] = _hessian[2];
        _hessian[7] = _hessian[5];
        _eigen.Decompose(_hessian, FreeEntries);
    }

    private void TryFace()
    {
        (double a, double b, double c) = Factor;
        double best = _likelihood.Criterion;

        // With a small, Δ is nearly (0, 0, b² + c²), whatever b and c are.
        double length = Math.Abs(_a) < Math.Abs(_c) ? Math.CopySign(Math.Sqrt((b * b) + (c * c)), b == 0 ? 1 : b) : b;
        if (Attempt(1, a, length, best) || Attempt(1, a, -length, best))
        {
            if (Math.Sqrt((_a * _a) + (_b * _b)) >= NearFace)
            {
                return;
            }

            (double x, double y, double onFace) = (_a, _b, _likelihood.Criterion);
            if (!Attempt(0, 0, 0, onFace))
            {
                Attempt(1, x, y, onFace);
            }

            return;
        }

        Rank = 2;
        (_a, _b, _c) = (a, b, c);
        _likelihood.Evaluate(a, b, c);
        Differentiate();
    }

    // A face holds the optimum if its own is as low and the gradient points into the cone: positive across Δ = vv′, positive
    // semidefinite at Δ = 0.
    private bool Attempt(int rank, double a, double b, double best)
    {
        Rank = rank;
        (_a, _b, _c) = (a, b, 0);
        if (rank == 0)
        {
            _likelihood.Evaluate(0, 0, 0);
            Differentiate();
            double[] g = _derivatives.Gradient;
            return _likelihood.Criterion <= best + Noise
                && g[0] >= 0 && g[2] >= 0 && g[0] * g[2] >= g[1] * g[1] / 4;
        }

        return Descend() && _likelihood.Criterion <= best + Noise && _derivatives.Gradient[0] + _derivatives.Gradient[2] >= 0;
    }

    private readonly record struct Optimum(bool HasConverged, int Rank, (double A, double B, double C) Factor, double Criterion);
}
