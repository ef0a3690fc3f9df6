using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How an analysis behaves over the replicates of a scenario.</summary>
/// <remarks>Terms as in Morris, White and Crowther 2019, doi 10.1002/sim.8086. Power counts a replicate whose analysis failed as not
/// rejected; everything else is over the replicates whose analysis gave numbers.</remarks>
public sealed record OperatingCharacteristics
{
    /// <summary>Name of the analysis.</summary>
    public required string Name { get; init; }

    /// <summary>Two-sided significance level.</summary>
    public required double Alpha { get; init; }

    /// <summary>Share of the planned replicates in which the analysis rejects: power, or type I error rate where there is no
    /// effect.</summary>
    public required double Power { get; init; }

    /// <summary>Number of replicates in which the analysis rejects.</summary>
    public required int Rejected { get; init; }

    /// <summary>Monte Carlo standard error of <see cref="Power"/>, √(p (1 − p) / n).</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>Lower limit of the 95 % Wilson interval of <see cref="Power"/>.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper limit of the 95 % Wilson interval of <see cref="Power"/>.</summary>
    public required double Upper { get; init; }

    /// <summary>What <see cref="Power"/> would be had every failed analysis rejected.</summary>
    public required double PowerIfFailuresRejected { get; init; }

    /// <summary>Mean estimate; NaN without usable replicates.</summary>
    public required double MeanEstimate { get; init; }

    /// <summary>True value of the estimand; NaN where the estimate is not one of mean scores.</summary>
    public required TrueValue TrueValue { get; init; }

    /// <summary>Mean estimate − true value.</summary>
    public double Bias => MeanEstimate - TrueValue.Value;

    /// <summary>Monte Carlo standard error of the mean estimate, and of the bias but for that of the true value.</summary>
    public double MeanEstimateMonteCarloError => EmpiricalStandardError / Math.Sqrt(Analysed);

    /// <summary>Standard deviation of the estimates; NaN with fewer than two.</summary>
    public required double EmpiricalStandardError { get; init; }

    /// <summary>Square root of the mean squared standard error.</summary>
    public required double ModelStandardError { get; init; }

    /// <summary>Square root of the mean squared difference of estimate and true value.</summary>
    public required double RootMeanSquaredError { get; init; }

    /// <summary>Share of the confidence intervals that hold the true value.</summary>
    public required double Coverage { get; init; }

    /// <summary>Replicates that were planned.</summary>
    public required int Planned { get; init; }

    /// <summary>Replicates whose analysis gave numbers.</summary>
    public required int Analysed { get; init; }

    /// <summary>Replicates whose analysis gave none: not estimable or not converged.</summary>
    public int Failed => Planned - Analysed;

    /// <summary>Those among the failed that did not converge.</summary>
    public required int NotConverged { get; init; }

    /// <summary>Those among the analysed that ended on the boundary of the parameter space.</summary>
    public required int Boundary { get; init; }

    internal static OperatingCharacteristics From(IAnalysis analysis, AnalysisTally tally, TrueValue truth)
    {
        int n = tally.Usable;
        double power = (double)tally.Rejected / tally.Planned;
        double mean = tally.EstimateSum / n;
        double variance = n > 1 ? (tally.EstimateSquareSum - (n * mean * mean)) / (n - 1) : double.NaN;
        (double lower, double upper) = WilsonInterval.Of(tally.Rejected, tally.Planned);
        bool hasTruth = !double.IsNaN(truth.Value);
        return new OperatingCharacteristics
        {
            Name = analysis.Name,
            Alpha = analysis.Alpha,
            Power = power,
            Rejected = tally.Rejected,
            MonteCarloError = Math.Sqrt(power * (1 - power) / tally.Planned),
            Lower = lower,
            Upper = upper,
            PowerIfFailuresRejected = (double)(tally.Rejected + tally.Planned - n) / tally.Planned,
            MeanEstimate = mean,
            TrueValue = truth,
            EmpiricalStandardError = n > 1 ? Math.Sqrt(Math.Max(0, variance)) : double.NaN,
            ModelStandardError = Math.Sqrt(tally.VarianceSum / n),
            RootMeanSquaredError = hasTruth ? Math.Sqrt(tally.SquaredErrorSum / n) : double.NaN,
            Coverage = hasTruth ? (double)tally.Covered / n : double.NaN,
            Planned = tally.Planned,
            Analysed = n,
            NotConverged = tally.NotConverged,
            Boundary = tally.Boundary,
        };
    }
}
