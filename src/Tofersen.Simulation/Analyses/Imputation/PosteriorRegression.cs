using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>The posterior distribution of a normal regression under the prior 1 / σ²: σ² ~ RSS / χ²(ν), β given σ ~ Normal(β̂,
/// σ² (X′X)⁻¹).</summary>
/// <remarks>Rubin 1987, doi 10.1002/9780470316696, example 5.1. With X = Q R a draw is β̂ + σ Σ zₖ (column k of R⁻¹). Vectors have
/// the layout of the table's rows, with zeros for columns that are not in the regression.</remarks>
internal sealed class PosteriorRegression
{
    private readonly int _stride;
    private readonly double[] _mean;
    private readonly double[] _factors;
    private int _rank;
    private int _degreesOfFreedom;
    private double _residualSquares;

    internal PosteriorRegression(int stride, int maximumColumns)
    {
        _stride = stride;
        _mean = new double[stride];
        _factors = new double[stride * maximumColumns];
    }

    /// <summary>Takes over a fitted model.</summary>
    /// <param name="model">The model, with more rows than rank.</param>
    /// <param name="places">Place of each of its columns in a row of the table.</param>
    internal void Take(LinearModel model, ReadOnlySpan<int> places)
    {
        Span<double> solution = stackalloc double[places.Length];
        model.FillCoefficients(solution);
        _mean.AsSpan().Clear();
        for (int j = 0; j < places.Length; j++)
        {
            _mean[places[j]] = model.IsAliased(j) ? 0 : solution[j];
        }

        _rank = 0;
        for (int k = 0; k < places.Length; k++)
        {
            if (model.IsAliased(k))
            {
                continue;
            }

            Span<double> factor = _factors.AsSpan(_rank * _stride, _stride);
            factor.Clear();
            model.FillInverseColumn(k, solution);
            for (int j = 0; j <= k; j++)
            {
                factor[places[j]] = solution[j];
            }

            _rank++;
        }

        _degreesOfFreedom = model.ResidualDegreesOfFreedom;
        _residualSquares = model.ResidualSquares;
    }

    /// <summary>Draws coefficients and returns the residual standard deviation drawn with them.</summary>
    internal double Draw(ref TrialRandom random, Span<double> coefficients)
    {
        TrialRandom local = random;
        double sigma = Math.Sqrt(_residualSquares / (2 * local.NextGamma(0.5 * _degreesOfFreedom)));
        _mean.CopyTo(coefficients);
        for (int k = 0; k < _rank; k++)
        {
            VectorKernels.SubtractMultiple(-sigma * local.NextNormal(), _factors.AsSpan(k * _stride, _stride), coefficients);
        }

        random = local;
        return sigma;
    }
}
