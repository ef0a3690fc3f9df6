using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>A model of repeated measures for data of one shape: fits Σ and β and judges contrasts.</summary>
/// <remarks>The closed form serves an unstructured covariance with monotone gaps and every effect at each visit; everything else is
/// iterated. Where a structure does not converge the next one is tried.</remarks>
internal sealed class RepeatedMeasuresModel
{
    private readonly VisitPatterns _data;
    private readonly FixedEffects _fixed;
    private readonly MarginalLikelihood _likelihood;
    private readonly CovarianceInformation _information;
    private readonly ContrastInference _inference;
    private readonly MonotoneSolution? _monotone;
    private readonly CovarianceStructure[] _structures;
    private readonly CovarianceFitter?[] _fitters;
    private readonly double[] _entryCovariance;
    private readonly double[] _sigma;
    private readonly DegreesOfFreedomMethod _method;
    private readonly double[] _curvature;
    private CholeskyCurvature? _cholesky;
    private bool _hasCurvature;

    internal RepeatedMeasuresModel(
        VisitPatterns data,
        FixedEffects fixedEffects,
        IEnumerable<CovarianceStructure> structures,
        LikelihoodEstimation estimation,
        DegreesOfFreedomMethod method)
    {
        _data = data;
        _fixed = fixedEffects;
        _method = method;
        bool restricted = estimation == LikelihoodEstimation.Reml;
        _likelihood = new MarginalLikelihood(data, fixedEffects, restricted);
        _information = new CovarianceInformation(_likelihood);
        _inference = new ContrastInference(_likelihood, _information);
        _structures = [.. structures];
        _fitters = new CovarianceFitter?[_structures.Length];
        _monotone = _structures[0] == CovarianceStructure.Unstructured && fixedEffects.IsSaturated
            ? new MonotoneSolution(data, restricted)
            : null;
        _entryCovariance = new double[_information.Entries * _information.Stride];
        _sigma = new double[data.Visits * data.Stride];
        _curvature = new double[data.Visits * data.Stride];
    }

    internal VisitPatterns Data => _data;

    internal FixedEffects Fixed => _fixed;

    /// <summary>Whether structures are fitted from several starting points.</summary>
    internal bool SearchesWidely { get; init; }

    /// <summary>The structure that the fit stands on.</summary>
    internal CovarianceStructure Structure { get; private set; }

    /// <summary>Steps taken; 0 for the closed form.</summary>
    internal int Iterations { get; private set; }

    /// <summary>Distance from the optimum in standard errors of the covariance parameters; 0 for the closed form.</summary>
    internal double GradientNorm { get; private set; }

    internal double MinusTwoLogLikelihood => _likelihood.MinusTwoLogLikelihood;

    /// <summary>Σ̂, padded.</summary>
    internal ReadOnlySpan<double> Sigma => _sigma;

    internal ReadOnlySpan<double> Beta => _likelihood.Beta;

    internal int ResidualDegreesOfFreedom => _data.Observations - _fixed.Columns;

    /// <summary>Fits the model to what <see cref="Data"/> holds.</summary>
    internal AnalysisStatus Fit()
    {
        _hasCurvature = false;
        if (ResidualDegreesOfFreedom < 1)
        {
            return AnalysisStatus.NotEstimable;
        }

        if (_monotone is not null && _monotone.Applies() && _monotone.Solve())
        {
            _monotone.Sigma.AsSpan().CopyTo(_sigma);
            if (_likelihood.Evaluate(_sigma))
            {
                Structure = CovarianceStructure.Unstructured;
                Iterations = 0;
                GradientNorm = 0;
                if (_method != DegreesOfFreedomMethod.Residual)
                {
                    _monotone.FillEntryCovariance(_entryCovariance);
                }

                return AnalysisStatus.Converged;
            }
        }

        AnalysisStatus status = AnalysisStatus.NotConverged;
        for (int s = 0; s < _structures.Length; s++)
        {
            CovarianceFitter fitter = _fitters[s] ??= new CovarianceFitter(
                _likelihood, _information, CovarianceModel.Create(_structures[s], _data.Visits))
            {
                SearchesWidely = SearchesWidely,
            };
            Structure = _structures[s];
            status = fitter.Fit();
            Iterations = fitter.Iterations;
            GradientNorm = fitter.GradientNorm;
            if (status == AnalysisStatus.Converged)
            {
                fitter.Sigma.CopyTo(_sigma);
                FillEntryCovariance(fitter);
                return status;
            }
        }

        return status;
    }

    /// <summary>Tests a contrast of the columns' coefficients.</summary>
    internal AnalysisResult Test(ReadOnlySpan<double> contrast, double alpha)
    {
        double estimate = _inference.Estimate(contrast);
        double variance;
        double degreesOfFreedom;
        if (_method == DegreesOfFreedomMethod.Residual)
        {
            variance = _inference.Covariance(contrast, contrast);
            degreesOfFreedom = ResidualDegreesOfFreedom;
        }
        else
        {
            degreesOfFreedom = _inference.DegreesOfFreedom(contrast, _entryCovariance, out variance);
            variance += Adjustment(contrast, contrast);
        }

        double standardError = Math.Sqrt(variance);
        return standardError > 0 && double.IsFinite(standardError) && degreesOfFreedom > 0
            ? AnalysisResult.FromT(
                estimate,
                standardError,
                degreesOfFreedom,
                StudentT.TwoSidedCriticalValue(alpha, degreesOfFreedom),
                _data.Participants)
            : AnalysisResult.NotEstimable(_data.Participants);
    }

    /// <summary>Estimate of a contrast.</summary>
    internal double Estimate(ReadOnlySpan<double> contrast) => _inference.Estimate(contrast);

    /// <summary>Covariance of two contrasts, adjusted where the method adjusts.</summary>
    internal double Covariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        _inference.Covariance(first, second)
        + (_method == DegreesOfFreedomMethod.Residual ? 0 : Adjustment(first, second));

    private double Adjustment(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (!_method.IsKenwardRoger())
        {
            return 0;
        }

        double adjustment = _inference.KenwardRogerAdjustment(first, second, _entryCovariance);
        return _method == DegreesOfFreedomMethod.KenwardRoger
            ? adjustment + _inference.CurvatureAdjustment(first, second, Curvature())
            : adjustment;
    }

    // The covariance of the entries of Σ: that of the parameters, carried over by the Jacobian.
    private void FillEntryCovariance(CovarianceFitter fitter)
    {
        int entries = _information.Entries;
        int stride = _information.Stride;
        int parameters = fitter.Model.Parameters;
        int parameterStride = VectorKernels.Padded(parameters);
        if (fitter.Model.IsLinear)
        {
            fitter.ParameterCovariance.AsSpan().CopyTo(_entryCovariance);
            return;
        }

        _entryCovariance.AsSpan().Clear();
        ReadOnlySpan<double> jacobian = fitter.Jacobian;
        Span<double> row = stackalloc double[stride];
        for (int k = 0; k < parameters; k++)
        {
            row.Clear();
            for (int l = 0; l < parameters; l++)
            {
                SymmetricKernels.AddMultiple(
                    fitter.ParameterCovariance[(k * parameterStride) + l], jacobian.Slice(l * stride, stride), row);
            }

            for (int e = 0; e < entries; e++)
            {
                SymmetricKernels.AddMultiple(jacobian[(k * stride) + e], row, _entryCovariance.AsSpan(e * stride, stride));
            }
        }
    }

    // Σ W_kl ∂²Σ/∂θ_k∂θ_l over the parameters of the structure, computed once a fit.
    private ReadOnlySpan<double> Curvature()
    {
        if (!_hasCurvature)
        {
            _hasCurvature = true;
            if (Structure == CovarianceStructure.Unstructured)
            {
                _cholesky ??= new CholeskyCurvature(_data.Visits);
                _cholesky.Sum(_sigma, _entryCovariance).CopyTo(_curvature);
            }
            else
            {
                _fitters[Array.IndexOf(_structures, Structure)]!.FillCurvature(_curvature);
            }
        }

        return _curvature;
    }
}
