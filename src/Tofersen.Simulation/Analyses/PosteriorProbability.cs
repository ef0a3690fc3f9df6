using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Posterior probability of benefit: the estimate of another analysis, taken as normal with its standard error, and a conjugate
/// normal prior.</summary>
/// <remarks>
/// <para>With estimate b, standard error s and prior N(m, σ²): posterior variance 1/(1/s² + 1/σ²), posterior mean the average of b and m
/// weighted by 1/s² and 1/σ²; a flat prior leaves b and s. The probability of benefit is Φ(z), z = ±(posterior mean − margin) / posterior
/// SD.</para>
/// <para>In the result the estimate is the posterior mean, the standard error the posterior SD, the limits those of the equal-tailed
/// credible interval at level 1 − <see cref="Alpha"/>, the statistic z, and the p value min(1, 2 (1 − Φ(z))). So p is below
/// <see cref="Alpha"/> exactly where the probability of benefit is above <see cref="Threshold"/>: only benefit counts as a success,
/// never harm, and <see cref="ProbabilityOfBenefit"/> takes the probability back out of z. With a flat prior and margin 0 the analysis
/// succeeds where a two-sided normal test at Alpha rejects in favour of treatment.</para>
/// <para>Degrees of freedom of the other analysis are not used: with few the posterior is too narrow. Its status is handed on.</para>
/// </remarks>
public sealed record PosteriorProbability : WrappedAnalysis
{
    /// <summary>Prior of the effect; flat where null.</summary>
    public NormalPrior? Prior { get; init; }

    /// <summary>Benefit is an effect beyond this margin, on the scale of the estimate; 0 by default.</summary>
    public double Margin { get; init => field = Require.InRange(value, -1e6, 1e6); }

    /// <summary>On which side of the margin benefit lies.</summary>
    public BenefitDirection Benefit { get; init => field = Require.Defined(value); }

    /// <summary>The analysis succeeds where the probability of benefit is above this; from 0.5 to 0.999999, 0.975 by default.</summary>
    public double Threshold { get; init => field = Require.InRange(value, 0.5, 0.999_999); } = 0.975;

    /// <summary>2 (1 − <see cref="Threshold"/>).</summary>
    public override double Alpha => Math.Min(2 * (1 - Threshold), BelowOne);

    private static double BelowOne => Math.BitDecrement(1.0);

    /// <summary>The probability of benefit in a result of this analysis.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Φ of its statistic; NaN where there is none.</returns>
    public static double ProbabilityOfBenefit(AnalysisResult result)
    {
        double tail = StudentT.TwoSidedP(result.Statistic, double.PositiveInfinity) / 2;
        return result.Statistic > 0 ? 1 - tail : tail;
    }

    private protected override string DefaultName => "posterior-" + Analysis.Name;

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new Worker(this, Analysis.CreateWorker(layout));
    }

    /// <inheritdoc/>
    public override LatentContrast? Estimand(TrialLayout layout) => Analysis.Estimand(layout);

    private sealed class Worker(PosteriorProbability analysis, IAnalysisWorker inner) : IAnalysisWorker
    {
        private readonly double _critical = StudentT.TwoSidedCriticalValue(analysis.Alpha, double.PositiveInfinity);
        private readonly double _sign = analysis.Benefit == BenefitDirection.AboveMargin ? 1 : -1;
        private readonly double _priorPrecision = analysis.Prior is { } prior ? 1 / (prior.Sd * prior.Sd) : 0;
        private readonly double _priorMean = analysis.Prior?.Mean ?? 0;

        public AnalysisResult Run(TrialData data)
        {
            AnalysisResult likelihood = inner.Run(data);
            double precision = 1 / (likelihood.StandardError * likelihood.StandardError);
            if (!likelihood.IsUsable || !(precision > 0 && double.IsFinite(precision)) || !double.IsFinite(likelihood.Estimate))
            {
                AnalysisResult failed = AnalysisResult.NotEstimable(likelihood.Participants);
                return likelihood.IsUsable ? failed : failed with { Status = likelihood.Status };
            }

            double sum = precision + _priorPrecision;
            double mean = ((precision * likelihood.Estimate) + (_priorPrecision * _priorMean)) / sum;
            double sd = Math.Sqrt(1 / sum);
            double z = _sign * (mean - analysis.Margin) / sd;
            AnalysisResult posterior = AnalysisResult.FromZ(mean, sd, z, _critical, likelihood.Participants);
            return posterior with { Status = likelihood.Status, PValue = z > 0 ? posterior.PValue : 1 };
        }
    }
}
