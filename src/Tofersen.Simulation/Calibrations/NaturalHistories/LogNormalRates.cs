using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>Log-normal rates by maximum likelihood: Newton's method from near the linear fit, SEs from the observed information.</summary>
/// <remarks>Where the curvature is not positive definite a multiple of the identity is added to it (Levenberg), and a step counts only if
/// it raises the likelihood. The logarithms of the free variance of the baseline and of the spread of rates have lower limits that stand
/// for zero; a parameter that lies on its limit and would go beyond is held there, and the fit is on the boundary.</remarks>
internal sealed class LogNormalRates
{
    private const int Parameters = LogNormalLikelihood.Parameters;
    private const int MaximumIterations = 200;
    private const int MaximumHalvings = 30;
    private const double SmallDecrement = 1e-10;

    // Below this the likelihood itself is noise.
    private const double Noise = 1e-8;
    private const double SmallestLogSd = 0.01;
    private const double LargestLogSd = 4;
    private const double SmallestShare = 1e-6;

    private static readonly int Stride = VectorKernels.Padded(Parameters);

    private readonly LogNormalLikelihood _likelihood;
    private readonly double[] _at = new double[Parameters];
    private readonly double[] _lowest = new double[Parameters];
    private readonly bool[] _isHeld = new bool[Parameters];
    private readonly double[] _factor = new double[Parameters * Stride];
    private readonly double[] _step = new double[Parameters];

    private LogNormalRates(LogNormalLikelihood likelihood, StratumFit start, double spread, double lean)
    {
        _likelihood = likelihood;
        double mean = start.RateMean.Value;
        double variance = Math.Log(1 + Math.Pow(spread * Math.Max(start.RateSd.Value, 0.2 * mean) / mean, 2));
        double baselineVariance = Math.Max(Math.Pow(start.BaselineSd.Value, 2), 0.01);
        double correlation = double.IsFinite(start.Correlation.Value) ? lean * Math.Clamp(start.Correlation.Value, -0.8, 0.8) : 0;
        _at[0] = start.BaselineMean.Value;
        _at[1] = correlation * Math.Sqrt(baselineVariance);
        _at[2] = Math.Log(baselineVariance * (1 - (correlation * correlation)));
        _at[3] = Math.Log(mean) - (variance / 2);
        _at[4] = Math.Log(Math.Clamp(variance, 0.01, 4)) / 2;
        _at[5] = 2 * Math.Log(start.ResidualSd.Value);
        _lowest.AsSpan().Fill(double.NegativeInfinity);
        _lowest[2] = Math.Log(SmallestShare * baselineVariance);
        _lowest[4] = Math.Log(SmallestLogSd);
    }

    internal static StratumFit Fit(ParticipantScores[] participants, StratumFit linear)
    {
        StratumFit frame = linear with
        {
            Rates = RateModel.LogNormal,
            Status = AnalysisStatus.NotEstimable,
            BaselineMean = NaturalHistoryEstimate.None,
            BaselineSd = NaturalHistoryEstimate.None,
            RateMean = NaturalHistoryEstimate.None,
            RateSd = NaturalHistoryEstimate.None,
            LogRateMean = NaturalHistoryEstimate.None,
            LogRateSd = NaturalHistoryEstimate.None,
            Correlation = NaturalHistoryEstimate.None,
            ResidualSd = NaturalHistoryEstimate.None,
            MinusTwoLogLikelihood = double.NaN,
        };

        // Without a loss on average there is no log-normal distribution to begin from, nor much sense in one.
        if (!(linear.RateMean.Value > 0 && linear.ResidualSd.Value > 0))
        {
            return frame with { Status = linear.Status is AnalysisStatus.NotConverged ? linear.Status : AnalysisStatus.NotEstimable };
        }

        // The likelihood may have more than one peak in small samples: one at each boundary beside that inside.
        var likelihood = new LogNormalLikelihood(participants);
        StratumFit best = frame with { Status = AnalysisStatus.NotConverged };
        foreach ((double spread, double lean) in (ReadOnlySpan<(double, double)>)[(1, 1), (2, 0), (1, -1)])
        {
            var fit = new LogNormalRates(likelihood, linear, spread, lean);
            if (fit.Maximise(out double logLikelihood) && !(best.MinusTwoLogLikelihood <= (-2 * logLikelihood) + Noise))
            {
                best = fit.Describe(frame, logLikelihood);
            }
        }

        return best;
    }

    private bool Maximise(out double value)
    {
        value = _likelihood.Evaluate(_at);
        var before = new double[Parameters];
        for (int i = 0; i < MaximumIterations && double.IsFinite(value); i++)
        {
            double decrement = MakeStep(out bool isConcave);
            bool isLast = isConcave && decrement < SmallDecrement;
            _at.CopyTo(before, 0);
            double share = 1;
            double next = double.NaN;
            for (int halving = 0; halving < MaximumHalvings; halving++)
            {
                Move(before, share);
                next = _likelihood.Evaluate(_at);
                if (next > value || (isLast && next > value - Noise))
                {
                    break;
                }

                share /= 2;
                next = double.NaN;
            }

            if (double.IsNaN(next))
            {
                // No higher point: rounding hides what is left, or the step is wrong.
                before.CopyTo(_at, 0);
                value = _likelihood.Evaluate(_at);
                return isConcave && decrement < Noise && FactorInformation(0);
            }

            value = next;
            if (isLast)
            {
                return _at[4] < Math.Log(LargestLogSd) && FactorInformation(0);
            }
        }

        return false;
    }

    // Newton's step within the limits; returns g′I⁻¹g, the squared distance from the optimum in standard errors.
    private double MakeStep(out bool isConcave)
    {
        double[] gradient = _likelihood.Gradient;
        double largest = 0;
        for (int i = 0; i < Parameters; i++)
        {
            _isHeld[i] = _at[i] <= _lowest[i] && gradient[i] <= 0;
            largest = Math.Max(largest, Math.Abs(_likelihood.Hessian[(i * Parameters) + i]));
        }

        isConcave = FactorInformation(0);
        for (double ridge = 1e-6 * largest; !FactorInformation(isConcave ? 0 : ridge); ridge *= 4)
        {
        }

        double decrement = 0;
        double longest = 0;
        for (int i = 0; i < Parameters; i++)
        {
            _step[i] = _isHeld[i] ? 0 : gradient[i];
        }

        SymmetricKernels.SolveTransposed(_factor, Parameters, _step);
        SymmetricKernels.Solve(_factor, Parameters, _step);
        for (int i = 0; i < Parameters; i++)
        {
            decrement += _isHeld[i] ? 0 : gradient[i] * _step[i];
            longest = Math.Max(longest, Math.Abs(_step[i]) / (i < 2 ? 5 : 1));
        }

        for (int i = 0; longest > 1 && i < Parameters; i++)
        {
            _step[i] /= longest;
        }

        return decrement;
    }

    private void Move(double[] before, double share)
    {
        for (int i = 0; i < Parameters; i++)
        {
            _at[i] = Math.Max(before[i] + (share * _step[i]), _lowest[i]);
        }
    }

    // Held parameters have a row and column of the identity.
    private bool FactorInformation(double ridge)
    {
        _factor.AsSpan().Clear();
        for (int i = 0; i < Parameters; i++)
        {
            for (int j = i; j < Parameters; j++)
            {
                bool isHeld = _isHeld[i] || _isHeld[j];
                _factor[(i * Stride) + j] = isHeld ? (i == j ? 1 : 0) : -_likelihood.Hessian[(i * Parameters) + j] + (i == j ? ridge : 0);
            }
        }

        return SymmetricKernels.Factor(_factor, Parameters);
    }

    private StratumFit Describe(StratumFit frame, double logLikelihood)
    {
        (double c, double v, double mu) = (_at[1], Math.Exp(_at[2]), _at[3]);
        double sigma = Math.Exp(_at[4]);
        double residual = Math.Exp(_at[5] / 2);
        double baselineSd = Math.Sqrt(v + (c * c));
        double correlation = c / baselineSd;
        double cube = baselineSd * baselineSd * baselineSd;
        double variance = sigma * sigma;
        double mean = Math.Exp(mu + (variance / 2));
        double excess = Math.Exp(variance) - 1;
        double sd = mean * Math.Sqrt(excess);
        return frame with
        {
            Status = _isHeld.Contains(true) ? AnalysisStatus.Boundary : AnalysisStatus.Converged,
            BaselineMean = Estimate(_at[0], [1, 0, 0, 0, 0, 0]),
            BaselineSd = Estimate(baselineSd, [0, correlation, v / (2 * baselineSd), 0, 0, 0]),
            RateMean = Estimate(mean, [0, 0, 0, mean, mean * variance, 0]),
            RateSd = Estimate(sd, [0, 0, 0, sd, sd * variance * (1 + ((excess + 1) / excess)), 0]),
            LogRateMean = Estimate(mu, [0, 0, 0, 1, 0, 0]),
            LogRateSd = Estimate(sigma, [0, 0, 0, 0, sigma, 0]),
            Correlation = Estimate(correlation, [0, v / cube, -c * v / (2 * cube), 0, 0, 0]),
            ResidualSd = Estimate(residual, [0, 0, 0, 0, 0, residual / 2]),
            MinusTwoLogLikelihood = -2 * logLikelihood,
        };
    }

    // √(g′I⁻¹g); what depends on a parameter that is held has no standard error.
    private NaturalHistoryEstimate Estimate(double value, double[] gradient)
    {
        for (int i = 0; i < Parameters; i++)
        {
            if (gradient[i] != 0 && _isHeld[i])
            {
                return new NaturalHistoryEstimate(value, double.NaN);
            }
        }

        SymmetricKernels.SolveTransposed(_factor, Parameters, gradient);
        return new NaturalHistoryEstimate(value, Math.Sqrt(gradient.Sum(g => g * g)));
    }
}
