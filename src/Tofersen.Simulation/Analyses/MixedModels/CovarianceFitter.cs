using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Maximises a likelihood over the members of a covariance structure.</summary>
/// <remarks>
/// <para>Scoring steps, or steps with the observed information where scoring stays slow; an information matrix is kept for as long as it
/// serves, with what the steps show of the curvature on top (<see cref="SecantUpdates"/>). A step is halved until −2 log L does not rise, so
/// that the iteration cannot diverge, and the number of steps is bounded. The covariance of the parameters is that of the observed
/// information at the optimum itself.</para>
/// <para>The distance is the Newton decrement: the gradient in the metric of the information, the length of the step in standard errors
/// of the parameters. The fit is done when it is below 10⁻⁷.</para>
/// </remarks>
internal sealed partial class CovarianceFitter
{
    private const int MaximumIterations = 100;
    private const int MaximumHalvings = 40;

    // Further from the optimum than this the information is renewed at every step.
    private const double Far = 0.5;

    // Steps after which slow progress is worth the observed information, which costs as much as some ten of them.
    private const int Patience = 12;
    private const double Done = 1e-7;
    private const double Rounding = 1e-5;

    // Parameters of structures are logarithms and transformed correlations, so that their variances have no unit.
    private const double LargestVariance = 1e8;

    private readonly MarginalLikelihood _likelihood;
    private readonly CovarianceInformation _information;
    private readonly CovarianceModel _model;
    private readonly int _visits;
    private readonly int _stride;
    private readonly int _size;
    private readonly int _parameters;
    private readonly int _parameterStride;
    private readonly double[] _theta;
    private readonly double[] _trial;
    private readonly double[] _gradient;
    private readonly double[] _step;
    private readonly double[] _moved;
    private readonly double[] _gradientBefore;
    private readonly SecantUpdates _secants;
    private readonly double[] _sigma;
    private readonly double[] _entryInformation;
    private readonly double[] _metric;
    private readonly double[] _scratch;
    private readonly double[] _derivatives;
    private readonly double[] _jacobian;
    private readonly double[] _mapped;
    private readonly double[] _second;
    private readonly double[] _best;

    internal CovarianceFitter(MarginalLikelihood likelihood, CovarianceInformation information, CovarianceModel model)
    {
        _likelihood = likelihood;
        _information = information;
        _model = model;
        _visits = model.Visits;
        _stride = model.Stride;
        _size = _visits * _stride;
        _parameters = model.Parameters;
        _parameterStride = VectorKernels.Padded(_parameters);
        _theta = new double[_parameters];
        _best = new double[_parameters];
        _trial = new double[_parameters];
        _gradient = new double[_parameters];
        _gradientBefore = new double[_parameters];
        _moved = new double[_parameters];
        _step = new double[_parameterStride];
        _secants = new SecantUpdates(_parameters);
        _sigma = new double[_size];
        _entryInformation = new double[information.Entries * information.Stride];
        _metric = new double[_parameters * _parameterStride];
        _scratch = new double[_parameters * _parameterStride];
        ParameterCovariance = new double[_parameters * _parameterStride];
        _derivatives = new double[model.IsLinear ? 0 : _parameters * _size];
        _jacobian = new double[model.IsLinear ? 0 : _parameters * information.Stride];
        _mapped = new double[model.IsLinear ? 0 : _parameters * information.Stride];
        _second = new double[model.IsLinear ? 0 : _size];
    }

    internal CovarianceModel Model => _model;

    /// <summary>Σ at the optimum, padded.</summary>
    internal ReadOnlySpan<double> Sigma => _sigma;

    /// <summary>Inverse of the observed information of θ, padded; after a fit that converged.</summary>
    internal double[] ParameterCovariance { get; }

    internal int Iterations { get; private set; }

    /// <summary>Newton decrement at the end.</summary>
    internal double GradientNorm { get; private set; }

    /// <summary>∂Σ/∂θ as rows over the entries of Σ, padded; for a model that is not linear.</summary>
    internal ReadOnlySpan<double> Jacobian => _jacobian;

    /// <summary>Fits the model.</summary>
    internal AnalysisStatus Fit()
    {
        Iterations = 0;
        GradientNorm = double.NaN;
        if (!_likelihood.FillObservedCovariance(_sigma, _model.SharesVariance))
        {
            return AnalysisStatus.NotEstimable;
        }

        _model.FillStart(_sigma, _theta);
        AnalysisStatus status = Descend();
        return SearchesWidely && !_model.IsLinear ? SearchElsewhere(status) : status;
    }

    private AnalysisStatus Descend()
    {
        if (!Evaluate(_theta))
        {
            return AnalysisStatus.NotConverged;
        }

        bool observed = false;
        bool renew = true;
        double before = double.PositiveInfinity;
        for (int left = MaximumIterations; left > 0; left--, Iterations++)
        {
            _likelihood.Differentiate();
            FillGradient();
            if (renew)
            {
                _secants.Clear();
                if (!Renew(ref observed))
                {
                    return AnalysisStatus.NotConverged;
                }
            }
            else
            {
                _secants.Add(_moved, _gradientBefore, _gradient);
            }

            double distance = FillStep();
            GradientNorm = distance;
            if (distance < Done)
            {
                return Finish(observed && renew);
            }

            if (!Move(distance))
            {
                // Rounding stops the search close to the optimum; further away something is wrong.
                return distance < Rounding ? Finish(informationIsCurrent: false) : AnalysisStatus.NotConverged;
            }

            bool isSlow = distance > (Iterations < Patience ? before : 0.3 * before);
            bool wasObserved = observed;
            observed |= isSlow && distance < 1;
            renew = observed ? !wasObserved || distance > 0.1 * before : distance > Far;
            before = distance;
            _gradient.AsSpan().CopyTo(_gradientBefore);
        }

        return AnalysisStatus.NotConverged;
    }

    private AnalysisStatus Finish(bool informationIsCurrent)
    {
        if (!informationIsCurrent)
        {
            FillInformation(observed: true);
            if (!SymmetricKernels.Factor(_metric, _parameters, 1e-12))
            {
                return AnalysisStatus.NotConverged;
            }
        }

        SymmetricKernels.Invert(_metric, _parameters, _scratch, ParameterCovariance);
        return IsDetermined() ? AnalysisStatus.Converged : AnalysisStatus.NotConverged;
    }

    // A parameter that the data say nothing about has an information of rounding errors, which may well be positive.
    private bool IsDetermined()
    {
        for (int k = 0; k < _parameters; k++)
        {
            double unit = _model.IsLinear
                ? _sigma[(_information.RowOf(k) * _stride) + _information.RowOf(k)]
                    * _sigma[(_information.ColumnOf(k) * _stride) + _information.ColumnOf(k)]
                : 1;
            if (!(ParameterCovariance[(k * _parameterStride) + k] < LargestVariance * unit))
            {
                return false;
            }
        }

        return true;
    }

    // Factors the information; the scoring form, with a ridge if need be, where the observed one is not positive definite.
    private bool Renew(ref bool observed)
    {
        if (observed)
        {
            FillInformation(observed: true);
            if (SymmetricKernels.Factor(_metric, _parameters, 1e-12))
            {
                return true;
            }

            observed = false;
        }

        for (double ridge = 0; ridge < 1e3; ridge = ridge == 0 ? 1e-6 : ridge * 100)
        {
            FillInformation(observed: false);
            for (int k = 0; k < _parameters; k++)
            {
                _metric[(k * _parameterStride) + k] *= 1 + ridge;
            }

            if (SymmetricKernels.Factor(_metric, _parameters, 1e-12))
            {
                return true;
            }
        }

        return false;
    }

    private void FillGradient()
    {
        ReadOnlySpan<double> gradient = _likelihood.Gradient;
        if (_model.IsLinear)
        {
            for (int e = 0; e < _parameters; e++)
            {
                int a = _information.RowOf(e);
                int b = _information.ColumnOf(e);
                _gradient[e] = (a == b ? 1 : 2) * gradient[(a * _stride) + b];
            }

            return;
        }

        _model.FillDerivatives(_theta, _derivatives);
        for (int k = 0; k < _parameters; k++)
        {
            _gradient[k] = VectorKernels.Dot(gradient, _derivatives.AsSpan(k * _size, _size));
        }
    }

    private void FillInformation(bool observed)
    {
        Span<double> entries = _model.IsLinear ? _metric : _entryInformation;
        entries.Clear();
        if (observed)
        {
            _information.FillObserved(entries);
        }
        else
        {
            _information.FillScoring(entries);
        }

        if (_model.IsLinear)
        {
            return;
        }

        FillJacobian();
        int stride = _information.Stride;
        for (int k = 0; k < _parameters; k++)
        {
            Span<double> row = _mapped.AsSpan(k * stride, stride);
            row.Clear();
            for (int e = 0; e < _information.Entries; e++)
            {
                SymmetricKernels.AddMultiple(_jacobian[(k * stride) + e], entries.Slice(e * stride, stride), row);
            }
        }

        for (int k = 0; k < _parameters; k++)
        {
            for (int l = 0; l < _parameters; l++)
            {
                _metric[(k * _parameterStride) + l] =
                    VectorKernels.Dot(_mapped.AsSpan(k * stride, stride), _jacobian.AsSpan(l * stride, stride));
            }
        }

        if (observed)
        {
            SubtractCurvature();
        }
    }

    private void FillJacobian()
    {
        int stride = _information.Stride;
        for (int k = 0; k < _parameters; k++)
        {
            for (int e = 0; e < _information.Entries; e++)
            {
                _jacobian[(k * stride) + e] =
                    _derivatives[(k * _size) + (_information.RowOf(e) * _stride) + _information.ColumnOf(e)];
            }
        }
    }

    private void SubtractCurvature()
    {
        for (int k = 0; k < _parameters; k++)
        {
            for (int l = k; l < _parameters; l++)
            {
                _model.FillSecondDerivative(_theta, k, l, _second);
                double curvature = VectorKernels.Dot(_likelihood.Gradient, _second);
                _metric[(k * _parameterStride) + l] -= curvature;
                if (l != k)
                {
                    _metric[(l * _parameterStride) + k] -= curvature;
                }
            }
        }
    }

    /// <summary>Fills ΣΣ W_kl ∂²Σ/∂θ_k∂θ_l with W the covariance of the parameters, padded rows.</summary>
    internal void FillCurvature(Span<double> curvature)
    {
        curvature.Clear();
        for (int k = 0; k < _parameters; k++)
        {
            for (int l = k; l < _parameters; l++)
            {
                _model.FillSecondDerivative(_theta, k, l, _second);
                double weight = ParameterCovariance[(k * _parameterStride) + l];
                SymmetricKernels.AddMultiple(k == l ? weight : 2 * weight, _second, curvature);
            }
        }
    }

    // The distance is that in the information alone; the step takes in what the steps before it have shown.
    private double FillStep()
    {
        Span<double> step = _step.AsSpan(0, _parameters);
        _gradient.AsSpan().CopyTo(step);
        SymmetricKernels.SolveTransposed(_metric, _parameters, step);
        double squares = VectorKernels.Dot(_step, _step);

        _gradient.AsSpan().CopyTo(step);
        _secants.Before(_step);
        SymmetricKernels.SolveTransposed(_metric, _parameters, step);
        SymmetricKernels.Solve(_metric, _parameters, step);
        _secants.After(_step);
        return Math.Sqrt(squares);
    }

    private bool Move(double distance)
    {
        double before = _likelihood.MinusTwoLogLikelihood;
        double slack = distance < 1e-3 ? 1e-12 * (Math.Abs(before) + _likelihood.Data.Observations) : 0;
        double length = 1;
        for (int halving = 0; halving < MaximumHalvings; halving++, length *= 0.5)
        {
            for (int k = 0; k < _parameters; k++)
            {
                _trial[k] = _theta[k] + (length * _step[k]);
            }

            if (Evaluate(_trial) && _likelihood.MinusTwoLogLikelihood <= before + slack)
            {
                for (int k = 0; k < _parameters; k++)
                {
                    _moved[k] = _trial[k] - _theta[k];
                }

                _trial.AsSpan().CopyTo(_theta);
                return true;
            }
        }

        Evaluate(_theta);
        _likelihood.Differentiate();
        return false;
    }

    private bool Evaluate(ReadOnlySpan<double> theta)
    {
        _model.FillCovariance(theta, _sigma);
        return _likelihood.Evaluate(_sigma);
    }
}
