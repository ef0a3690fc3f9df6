using MathNet.Numerics.LinearAlgebra;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>A participant of a mixed model: rows of the design, responses, and what each parameter contributes to their covariance.</summary>
internal sealed record PlainRows(Matrix<double> X, Vector<double> Y, Matrix<double>[] Parts);

/// <summary>Restricted maximum likelihood for covariances that are linear in their parameters, V = Σ θₕKₕ, by Fisher scoring with MathNet's
/// matrices, participant by participant.</summary>
/// <remarks>With W = V⁻¹, Φ = (ΣXᵀWX)⁻¹ and P = W − WXΦXᵀW the score is ½(yᵀPKₕPy − tr PKₕ), the expected information ½ tr PKₕPKⱼ and the
/// observed one yᵀPKₕPKⱼPy − ½ tr PKₕPKⱼ. Patterson and Thompson 1971; Kenward and Roger 1997.</remarks>
internal sealed class PlainReml
{
    private const int MostSteps = 200;
    private const double WorthAStep = 1e-20;

    private readonly PlainRows[] _participants;
    private readonly int _parameters;
    private Matrix<double>[] _weights = [];
    private Matrix<double> _expected = null!;
    private Matrix<double> _observed = null!;
    private Matrix<double> _covariance = null!;
    private Vector<double> _beta = null!;
    private Vector<double> _score = null!;

    internal PlainReml(PlainRows[] participants, double[] start)
    {
        _participants = participants;
        _parameters = start.Length;
        Maximise(Vector<double>.Build.DenseOfArray(start));
    }

    /// <summary>Estimate of a contrast.</summary>
    /// <param name="contrast">The contrast.</param>
    /// <param name="kenwardRoger">Whether Kenward and Roger's adjustment is made, the linear one; otherwise the method is Satterthwaite's.</param>
    /// <param name="byExpected">Whether the parameters' covariance is the inverse of the expected information, as R's pbkrtest has it; otherwise of
    /// the observed one, as R's mmrm and lmerTest have it.</param>
    internal PlainResult Test(double[] contrast, bool kenwardRoger = false, bool byExpected = false)
    {
        Vector<double> c = Vector<double>.Build.DenseOfArray(contrast);
        Vector<double> direction = _covariance * c;
        double variance = c * direction;
        Matrix<double> theta = (byExpected ? _expected : _observed).Inverse();

        // pₕ = ΣXᵀWKₕWXΦc, whose product with Φc is the derivative of the variance.
        var projections = Matrix<double>.Build.Dense(direction.Count, _parameters);
        Matrix<double> inner = Matrix<double>.Build.Dense(_parameters, _parameters);
        for (int i = 0; i < _participants.Length; i++)
        {
            Vector<double> u = _weights[i] * (_participants[i].X * direction);
            Matrix<double> parts = Matrix<double>.Build.DenseOfColumnVectors(_participants[i].Parts.Select(k => k * u));
            projections += _participants[i].X.TransposeThisAndMultiply(_weights[i] * parts);
            inner += parts.TransposeThisAndMultiply(_weights[i] * parts);
        }

        Vector<double> gradient = projections.TransposeThisAndMultiply(direction);
        double degreesOfFreedom = 2 * variance * variance / (gradient * (theta * gradient));
        inner -= projections.TransposeThisAndMultiply(_covariance * projections);
        double adjusted = kenwardRoger ? variance + (2 * theta.PointwiseMultiply(inner).Enumerate().Sum()) : variance;
        return new PlainResult(_participants.Length, c * _beta, Math.Sqrt(adjusted), degreesOfFreedom);
    }

    private void Maximise(Vector<double> theta)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            if (!TryEvaluate(theta))
            {
                throw new InvalidOperationException("The plain version left the positive definite covariances.");
            }

            Vector<double> move = _expected.Cholesky().Solve(_score);
            if (move * _score < WorthAStep)
            {
                return;
            }

            // Half of a step that leaves the positive definite covariances, until it stays inside.
            while (!IsInside(theta + move))
            {
                move /= 2;
            }

            theta += move;
        }

        throw new InvalidOperationException("The plain version did not converge.");
    }

    private bool IsInside(Vector<double> theta) =>
        _participants.All(p => Variance(p, theta).Evd(Symmetricity.Symmetric).EigenValues.All(e => e.Real > 0));

    private static Matrix<double> Variance(PlainRows participant, Vector<double> theta)
    {
        Matrix<double> v = participant.Parts[0] * theta[0];
        for (int h = 1; h < theta.Count; h++)
        {
            v += participant.Parts[h] * theta[h];
        }

        return v;
    }

    private bool TryEvaluate(Vector<double> theta)
    {
        int columns = _participants[0].X.ColumnCount;
        _weights = [.. _participants.Select(p => Variance(p, theta).Inverse())];
        Matrix<double> xwx = Matrix<double>.Build.Dense(columns, columns);
        Vector<double> xwy = Vector<double>.Build.Dense(columns);
        for (int i = 0; i < _participants.Length; i++)
        {
            Matrix<double> wx = _weights[i] * _participants[i].X;
            xwx += _participants[i].X.TransposeThisAndMultiply(wx);
            xwy += wx.TransposeThisAndMultiply(_participants[i].Y);
        }

        _covariance = xwx.Inverse();
        _beta = _covariance * xwy;
        _score = Vector<double>.Build.Dense(_parameters);
        Matrix<double> traces = Matrix<double>.Build.Dense(_parameters, _parameters);
        Matrix<double> squares = Matrix<double>.Build.Dense(_parameters, _parameters);
        Matrix<double> pulls = Matrix<double>.Build.Dense(columns, _parameters);
        Matrix<double>[] whole = [.. Enumerable.Range(0, _parameters).Select(_ => Matrix<double>.Build.Dense(columns, columns))];
        for (int i = 0; i < _participants.Length; i++)
        {
            PlainRows participant = _participants[i];
            Matrix<double> w = _weights[i];
            Matrix<double> wx = w * participant.X;
            Matrix<double> shared = wx * _covariance * wx.Transpose();
            Vector<double> residual = w * (participant.Y - (participant.X * _beta));
            Matrix<double>[] byWeight = [.. participant.Parts.Select(k => k * w)];
            Matrix<double>[] byRest = [.. participant.Parts.Select(k => k * (w - (2 * shared)))];

            // tr(KₕW KⱼM) of all pairs at once: rows of the first times rows of the second's transpose.
            traces += Flat(byWeight) * Flat([.. byRest.Select(m => m.Transpose())]).Transpose();
            Matrix<double> parts = Matrix<double>.Build.DenseOfColumnVectors(participant.Parts.Select(k => k * residual));
            squares += parts.TransposeThisAndMultiply(w * parts);
            pulls += wx.TransposeThisAndMultiply(parts);
            for (int h = 0; h < _parameters; h++)
            {
                whole[h] += wx.TransposeThisAndMultiply(participant.Parts[h] * wx);
                _score[h] += ((residual * parts.Column(h)) - (participant.Parts[h] * (w - shared)).Trace()) / 2;
            }
        }

        Matrix<double>[] solved = [.. whole.Select(a => _covariance * a)];
        traces += Flat(solved) * Flat([.. solved.Select(m => m.Transpose())]).Transpose();
        squares -= pulls.TransposeThisAndMultiply(_covariance * pulls);
        _expected = (traces + traces.Transpose()) / 4;
        _observed = squares - _expected;
        return double.IsFinite(_score.Sum());
    }

    private static Matrix<double> Flat(Matrix<double>[] matrices) =>
        Matrix<double>.Build.DenseOfRowArrays(matrices.Select(m => m.ToRowMajorArray()));
}
