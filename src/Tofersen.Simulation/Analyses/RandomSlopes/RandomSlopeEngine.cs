using Tofersen.Simulation.Analyses.MixedModels;

namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>Fits y = Xβ + b₀ + b₁t + ε to one data set after another: write <see cref="Data"/>, <see cref="Fit"/>, read.</summary>
/// <remarks>Memory is sized once; a fit allocates nothing.</remarks>
internal sealed class RandomSlopeEngine
{
    private readonly SlopeLikelihood _likelihood;
    private readonly SlopeDerivatives _derivatives;
    private readonly SlopeOptimiser _optimiser;
    private readonly SlopeInference _inference;
    private readonly DegreesOfFreedomMethod _method;
    private readonly double[] _combination;
    private readonly double[] _other;

    internal RandomSlopeEngine(
        int maximumParticipants,
        int maximumRows,
        int columns,
        bool hasRowColumns,
        LikelihoodEstimation estimation,
        DegreesOfFreedomMethod method)
    {
        Data = new SlopeStatistics(maximumParticipants, maximumRows, columns, hasRowColumns);
        _likelihood = new SlopeLikelihood(Data, estimation);
        _derivatives = new SlopeDerivatives(Data, _likelihood);
        _optimiser = new SlopeOptimiser(Data, _likelihood, _derivatives);
        _inference = new SlopeInference(Data, _likelihood, _derivatives, _optimiser);
        _method = method;
        _combination = new double[columns];
        _other = new double[columns];
    }

    internal SlopeStatistics Data { get; }

    internal int Iterations => _optimiser.Iterations;

    /// <summary>Distance from the optimum in standard errors of the variance parameters.</summary>
    internal double GradientNorm => _optimiser.GradientNorm;

    internal double ResidualVariance => _likelihood.ResidualVariance;

    internal double MinusTwoLogLikelihood => _likelihood.MinusTwoLogLikelihood();

    /// <summary>Covariance of intercept and slope in the units and with the origin of time as given.</summary>
    internal (double Intercept, double Covariance, double Slope) RandomCovariance
    {
        get
        {
            ((double a1, double a2), (double c1, double c2)) = Factor;
            double s = _likelihood.ResidualVariance;
            return (s * ((a1 * a1) + (c1 * c1)), s * ((a1 * a2) + (c1 * c2)), s * ((a2 * a2) + (c2 * c2)));
        }
    }

    /// <summary>Lower triangular Λ, rows (A, 0) and (B, C), with covariance σ²ΛΛ′ for time as given.</summary>
    internal (double A, double B, double C) RelativeFactor
    {
        get
        {
            ((double a1, double a2), (double c1, double c2)) = Factor;
            double a = Math.Sqrt((a1 * a1) + (c1 * c1));
            (double first, _, double second) = _optimiser.Factor;
            return a > 0
                ? (a, ((a1 * a2) + (c1 * c2)) / a, first * second / Data.TimeScale / a)
                : (0, Math.Sqrt((a2 * a2) + (c2 * c2)), 0);
        }
    }

    internal RandomSlopeBoundary Boundary
    {
        get
        {
            if (_optimiser.Rank != 1)
            {
                return _optimiser.Rank == 2 ? RandomSlopeBoundary.None : RandomSlopeBoundary.NoVariance;
            }

            const double Small = 1e-4;
            ((double intercept, double slope), _) = Factor;
            return Math.Abs(slope) * Data.TimeScale < Small ? RandomSlopeBoundary.NoSlopeVariance
                : Math.Abs(intercept) < Small ? RandomSlopeBoundary.NoInterceptVariance
                : RandomSlopeBoundary.PerfectCorrelation;
        }
    }

    // Columns of the relative Cholesky factor, back from centred and scaled time: b₁ = b₁*/scale, b₀ = b₀* − centre b₁.
    private ((double Intercept, double Slope) First, (double Intercept, double Slope) Second) Factor
    {
        get
        {
            (double a, double b, double c) = _optimiser.Factor;
            double scale = Data.TimeScale;
            double centre = Data.TimeCentre;
            return ((a - (centre * b / scale), b / scale), (-centre * c / scale, c / scale));
        }
    }

    /// <summary>Fits the model to <see cref="Data"/> after its <see cref="SlopeStatistics.Decompose"/>.</summary>
    internal AnalysisStatus Fit()
    {
        if (Data.Rank == 0 || Data.Rows <= Data.Rank || !Data.HasResidualVariation)
        {
            return AnalysisStatus.NotEstimable;
        }

        _optimiser.Minimise();
        if (!_optimiser.HasConverged)
        {
            return AnalysisStatus.NotConverged;
        }

        if (_method.IsKenwardRoger())
        {
            _inference.PrepareKenwardRoger();
        }

        return _optimiser.Rank == 2 ? AnalysisStatus.Converged : AnalysisStatus.Boundary;
    }

    /// <summary>A coefficient that is not aliased, by its position among those.</summary>
    /// <returns>Estimate, standard error and degrees of freedom; NaN where its variance rests on a variance that the data do not
    /// determine.</returns>
    internal (double Estimate, double StandardError, double DegreesOfFreedom) Coefficient(int position)
    {
        FillCombination(position, _combination);
        double estimate = 0;
        for (int k = 0; k < Data.Rank; k++)
        {
            estimate += _combination[k] * (Data.Projection(k) + _likelihood.Coefficients[k]);
        }

        double variance = _method.IsKenwardRoger()
            ? _inference.AdjustedCovariance(_combination, _combination)
            : _inference.Covariance(_combination, _combination);
        double degreesOfFreedom = _inference.DegreesOfFreedom(_combination, _method);
        return variance > 0 && degreesOfFreedom > 0
            ? (estimate, Math.Sqrt(variance), degreesOfFreedom)
            : (double.NaN, double.NaN, double.NaN);
    }

    /// <summary>Covariance of two coefficients, by their positions among those that are not aliased.</summary>
    internal double Covariance(int first, int second)
    {
        FillCombination(first, _combination);
        FillCombination(second, _other);
        return _method.IsKenwardRoger()
            ? _inference.AdjustedCovariance(_combination, _other)
            : _inference.Covariance(_combination, _other);
    }

    /// <summary>Fills the asymptotic covariance, 4 × 4, of intercept variance, covariance, slope variance and residual variance, for time
    /// as given: the inverse of the observed information.</summary>
    /// <returns>False on the boundary, where there is none.</returns>
    internal bool FillVarianceErrors(Span<double> covariance)
    {
        if (_optimiser.Rank != 2)
        {
            return false;
        }

        (double a, double b, double c) = _optimiser.Factor;
        return VarianceErrors.Fill(
            Data, _derivatives, _likelihood.ResidualVariance, _likelihood.Effective, [a * a, a * b, (b * b) + (c * c)], covariance);
    }

    /// <summary>Best linear unbiased predictions of a participant's deviations, by its number among those added.</summary>
    internal (double Intercept, double Slope) RandomEffects(int participant)
    {
        ((double a1, double a2), (double c1, double c2)) = Factor;
        (double a, double b, double c) = _optimiser.Factor;
        double g1 = _derivatives.Scores[participant];
        double g2 = _derivatives.Scores[Data.Stride + participant];
        double first = (a * g1) + (b * g2);
        double second = c * g2;
        return ((a1 * first) + (c1 * second), (a2 * first) + (c2 * second));
    }

    // A coefficient of X as a combination of those of the orthogonalised columns: R⁻ᵀ times a unit vector.
    private void FillCombination(int position, double[] combination)
    {
        for (int j = 0; j < Data.Rank; j++)
        {
            double sum = j == position ? 1 : 0;
            for (int m = position; m < j; m++)
            {
                sum -= Data.Triangle(m, j) * combination[m];
            }

            combination[j] = j < position ? 0 : sum / Data.Triangle(j, j);
        }
    }
}
