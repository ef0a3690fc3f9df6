namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>Standard errors and degrees of freedom of combinations of the coefficients.</summary>
/// <remarks>
/// <para>Combinations are given for the orthogonalised columns: l, with w = L⁻¹l and X′HX = LL′, so that the variance is s w′w. With
/// αⱼ = w′Σ Dᵢ′EⱼDᵢw / w′w and k the other half of a score, both methods have the form
/// df = 1 / (1/N + (α + k/N)′ A⁻¹ (α + k/N)); the first term is the part of the residual variance.</para>
/// <para>Satterthwaite: A is the observed Hessian of −2 log likelihood with s profiled out, in the free entries of the Cholesky factor.
/// On the boundary those are the directions along it, which is what is left in lmerTest of the directions in which the variance
/// moves (Fai and Cornelius 1996, doi 10.1080/00949659608811740).</para>
/// <para>Kenward and Roger (1997, doi 10.2307/2533558): A is twice the expected information of the restricted likelihood
/// in all entries, on the boundary too, as in pbkrtest. Since the covariance is linear in its entries, second derivatives of the
/// covariance do not enter, and the linear and the full version are the same.</para>
/// </remarks>
internal sealed class SlopeInference
{
    private readonly SlopeStatistics _data;
    private readonly SlopeLikelihood _likelihood;
    private readonly SlopeDerivatives _derivatives;
    private readonly SlopeOptimiser _optimiser;
    private readonly SmallEigen _information = new();
    private readonly double[] _weights = new double[9];
    private readonly double[] _alpha = new double[3];
    private readonly double[] _chained = new double[3];
    private readonly double[] _sums = new double[6];
    private readonly double[] _first;
    private readonly double[] _second;

    internal SlopeInference(
        SlopeStatistics data, SlopeLikelihood likelihood, SlopeDerivatives derivatives, SlopeOptimiser optimiser)
    {
        _data = data;
        _likelihood = likelihood;
        _derivatives = derivatives;
        _optimiser = optimiser;
        _first = new double[data.Columns];
        _second = new double[data.Columns];
    }

    /// <summary>Prepares the weights of Kenward and Roger's method at the optimum.</summary>
    internal void PrepareKenwardRoger()
    {
        ReadOnlySpan<double> fisher = _derivatives.Fisher;
        double[] k = _derivatives.ProjectionTraces;
        int residual = _data.Rows - _data.Rank;
        int index = 0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = i; j < 3; j++)
            {
                double value = fisher[index++] - (k[i] * k[j] / residual);
                _weights[(3 * i) + j] = value;
                _weights[(3 * j) + i] = value;
            }
        }

        _information.Decompose(_weights, 3);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double sum = 0;
                for (int v = 0; v < 3; v++)
                {
                    sum += _information.IsFlat(v) ? 0 : 2 * _information.Vector(i, v) * _information.Vector(j, v) / _information.Value(v);
                }

                _weights[(3 * i) + j] = sum;
            }
        }
    }

    /// <summary>Covariance of two combinations without adjustment.</summary>
    internal double Covariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Whiten(first, _first);
        Whiten(second, _second);
        return _likelihood.ResidualVariance * Dot(_first, _second);
    }

    /// <summary>Covariance of two combinations with Kenward and Roger's adjustment, after
    /// <see cref="PrepareKenwardRoger"/>.</summary>
    /// <remarks>s w′v + 2 s Σ Wⱼₖ (Σᵢ wDᵢ′EⱼTᵢEₖDᵢv − w′D̃ⱼD̃ₖv).</remarks>
    internal double AdjustedCovariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Whiten(first, _first);
        Whiten(second, _second);
        int p = _data.Rank;
        ReadOnlySpan<double> v = _first.AsSpan(0, p);
        ReadOnlySpan<double> w = _second.AsSpan(0, p);
        _derivatives.SumThroughT(v, w, _sums);
        double adjustment = 0;
        int index = 0;
        for (int j = 0; j < 3; j++)
        {
            for (int k = j; k < 3; k++)
            {
                double products = 0;
                for (int row = 0; row < p; row++)
                {
                    products += ((TildeTimes(j, row, v) * TildeTimes(k, row, w)) + (TildeTimes(k, row, v) * TildeTimes(j, row, w))) / 2;
                }

                adjustment += (j == k ? 1 : 2) * _weights[(3 * j) + k] * (_sums[index++] - products);
            }
        }

        return _likelihood.ResidualVariance * (Dot(_first, _second) + (2 * adjustment));
    }

    /// <summary>Degrees of freedom of a combination; 0 where its variance rests on something that the data do not
    /// determine.</summary>
    internal double DegreesOfFreedom(ReadOnlySpan<double> combination, DegreesOfFreedomMethod method)
    {
        if (method == DegreesOfFreedomMethod.Residual)
        {
            return _data.Rows - _data.Rank;
        }

        Whiten(combination, _first);
        int p = _data.Rank;
        ReadOnlySpan<double> w = _first.AsSpan(0, p);
        double size = Dot(_first, _first);
        for (int j = 0; j < 3; j++)
        {
            double form = 0;
            for (int row = 0; row < p; row++)
            {
                form += w[row] * TildeTimes(j, row, w);
            }

            _alpha[j] = form / size;
        }

        if (method == DegreesOfFreedomMethod.Satterthwaite)
        {
            int n = _likelihood.Effective;
            ReadOnlySpan<double> squares = _derivatives.SquaresGradient;
            for (int j = 0; j < 3; j++)
            {
                _alpha[j] += squares[j] / (n * _likelihood.ResidualVariance);
            }

            (double a, double b, double c) = _optimiser.Factor;
            _chained[0] = (2 * a * _alpha[0]) + (b * _alpha[1]);
            _chained[1] = (a * _alpha[1]) + (2 * b * _alpha[2]);
            _chained[2] = 2 * c * _alpha[2];
            return 1 / ((1.0 / n) + _optimiser.Curvature.InverseForm(_chained));
        }

        int residual = _data.Rows - _data.Rank;
        for (int j = 0; j < 3; j++)
        {
            _alpha[j] -= _derivatives.ProjectionTraces[j] / residual;
        }

        return 1 / ((1.0 / residual) + _information.InverseForm(_alpha));
    }

    // L⁻¹l.
    private void Whiten(ReadOnlySpan<double> combination, double[] whitened)
    {
        for (int k = 0; k < _data.Rank; k++)
        {
            double sum = combination[k];
            for (int m = 0; m < k; m++)
            {
                sum -= _likelihood.Lower(k, m) * whitened[m];
            }

            whitened[k] = sum / _likelihood.Lower(k, k);
        }
    }

    private double TildeTimes(int direction, int row, ReadOnlySpan<double> vector)
    {
        double sum = 0;
        for (int k = 0; k < vector.Length; k++)
        {
            sum += _derivatives.Tilde(direction, row, k) * vector[k];
        }

        return sum;
    }

    private double Dot(double[] first, double[] second)
    {
        double sum = 0;
        for (int k = 0; k < _data.Rank; k++)
        {
            sum += first[k] * second[k];
        }

        return sum;
    }
}
