namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>The search from several starting points.</summary>
internal sealed partial class CovarianceFitter
{
    private const double Better = 1e-6;

    private static readonly double[] WideCorrelations = [0, 0.5, 0.9];

    /// <summary>Whether to begin at several points and take the highest maximum: several times the work.</summary>
    internal bool SearchesWidely { get; init; }

    // The likelihood of a structure may have several maxima, above all where the model leaves out the visits' means and the observed
    // covariance, which the search begins at, is far from Σ.
    private AnalysisStatus SearchElsewhere(AnalysisStatus first)
    {
        AnalysisStatus best = first;
        double lowest = first == AnalysisStatus.Converged ? _likelihood.MinusTwoLogLikelihood : double.PositiveInfinity;
        _theta.AsSpan().CopyTo(_best);
        Span<double> variances = stackalloc double[_visits];
        for (int start = 0; start < WideCorrelations.Length * 2; start++)
        {
            FillVariances(variances, aroundVisitMeans: start >= WideCorrelations.Length);
            FillStart(variances, WideCorrelations[start % WideCorrelations.Length]);
            if (Descend() == AnalysisStatus.Converged && _likelihood.MinusTwoLogLikelihood < lowest - Better)
            {
                lowest = _likelihood.MinusTwoLogLikelihood;
                best = AnalysisStatus.Converged;
                _theta.AsSpan().CopyTo(_best);
            }
        }

        if (best != AnalysisStatus.Converged)
        {
            return best;
        }

        // Once more from the best, where one step is enough, for everything that belongs to it.
        _best.AsSpan().CopyTo(_theta);
        return Descend();
    }

    private void FillVariances(Span<double> variances, bool aroundVisitMeans)
    {
        if (aroundVisitMeans)
        {
            _likelihood.Data.FillVariances(variances);
            return;
        }

        _likelihood.FillObservedCovariance(_sigma, _model.SharesVariance);
        for (int j = 0; j < _visits; j++)
        {
            variances[j] = _sigma[(j * _stride) + j];
        }
    }

    private void FillStart(ReadOnlySpan<double> variances, double correlation)
    {
        for (int a = 0; a < _visits; a++)
        {
            for (int b = 0; b < _visits; b++)
            {
                _second[(a * _stride) + b] = Math.Pow(correlation, Math.Abs(a - b)) * Math.Sqrt(variances[a] * variances[b]);
            }
        }

        _model.FillStart(_second, _theta);
    }
}
