using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>How correlations depend on visits.</summary>
internal enum CorrelationKind
{
    Toeplitz,
    Autoregressive,
    Constant,
    Antedependence,
}

/// <summary>σ_ab = s_a s_b r_ab with one standard deviation or one a visit, and correlations from a few parameters.</summary>
/// <remarks>
/// <para>θ = ln s, then η with ρ = η / √(1 + η²); for a constant correlation, which must exceed −1/(m − 1), ρ = (1 + a) / (1 + e^−η) − a
/// with a = 1/(m − 1). These are the parameters of R's mmrm, on which its full Kenward–Roger adjustment depends.</para>
/// <para>In ρ each r_ab is a product of powers, so that derivatives in η follow by the chain rule.</para>
/// </remarks>
internal sealed class CorrelationModel(int visits, CorrelationKind kind, bool heterogeneous) : CovarianceModel(visits)
{
    private const double LargestStart = 0.95;

    private int Deviations { get; } = heterogeneous ? visits : 1;

    private int Correlations => Visits == 1 ? 0 : kind is CorrelationKind.Toeplitz or CorrelationKind.Antedependence ? Visits - 1 : 1;

    internal override int Parameters => Deviations + Correlations;

    internal override bool SharesVariance => !heterogeneous;

    internal override void FillCovariance(ReadOnlySpan<double> theta, Span<double> sigma)
    {
        for (int a = 0; a < Visits; a++)
        {
            for (int b = a; b < Visits; b++)
            {
                double value = Scale(theta, a) * Scale(theta, b) * Correlation(theta, a, b, -1, -1);
                sigma[(a * Stride) + b] = value;
                sigma[(b * Stride) + a] = value;
            }
        }
    }

    internal override void FillDerivatives(ReadOnlySpan<double> theta, Span<double> derivatives)
    {
        int size = Visits * Stride;
        for (int k = 0; k < Parameters; k++)
        {
            Fill(theta, k, -1, derivatives.Slice(k * size, size));
        }
    }

    internal override void FillSecondDerivative(ReadOnlySpan<double> theta, int k, int l, Span<double> second) =>
        Fill(theta, Math.Min(k, l), Math.Max(k, l), second);

    internal override void FillStart(ReadOnlySpan<double> sigma, Span<double> theta)
    {
        double logSum = 0;
        for (int a = 0; a < Visits; a++)
        {
            double log = 0.5 * Math.Log(sigma[(a * Stride) + a]);
            logSum += log;
            if (heterogeneous)
            {
                theta[a] = log;
            }
        }

        if (!heterogeneous)
        {
            theta[0] = logSum / Visits;
        }

        Span<double> trial = stackalloc double[Visits * Stride];
        double keep = 1;
        for (int round = 0; round < 60; round++, keep *= 0.9)
        {
            for (int k = 0; k < Correlations; k++)
            {
                theta[Deviations + k] = FromCorrelation(keep * MeanCorrelation(sigma, k));
            }

            trial.Clear();
            FillCovariance(theta, trial);
            if (SymmetricKernels.Factor(trial, Visits, 1e-6))
            {
                return;
            }
        }
    }

    // Mean observed correlation of the pairs that parameter k is about.
    private double MeanCorrelation(ReadOnlySpan<double> sigma, int k)
    {
        double sum = 0;
        int n = 0;
        for (int a = 0; a < Visits; a++)
        {
            for (int b = a + 1; b < Visits; b++)
            {
                bool counts = kind switch
                {
                    CorrelationKind.Toeplitz => b - a == k + 1,
                    CorrelationKind.Antedependence => a == k && b == k + 1,
                    CorrelationKind.Autoregressive => b - a == 1,
                    _ => true,
                };
                if (counts)
                {
                    double product = sigma[(a * Stride) + a] * sigma[(b * Stride) + b];
                    sum += sigma[(a * Stride) + b] / Math.Sqrt(product);
                    n++;
                }
            }
        }

        double low = kind == CorrelationKind.Constant ? -LargestStart / (Visits - 1) : -LargestStart;
        return Math.Clamp(sum / n, low, LargestStart);
    }

    // ∂Σ/∂θ_k for l = −1, else ∂²Σ/∂θ_k∂θ_l with k ≤ l.
    private void Fill(ReadOnlySpan<double> theta, int k, int l, Span<double> target)
    {
        target.Clear();
        int firstCorrelation = k >= Deviations ? k - Deviations : l >= Deviations ? l - Deviations : -1;
        int secondCorrelation = k >= Deviations && l >= 0 ? l - Deviations : -1;
        for (int a = 0; a < Visits; a++)
        {
            for (int b = a; b < Visits; b++)
            {
                double value = Scale(theta, a) * Scale(theta, b) * Correlation(theta, a, b, firstCorrelation, secondCorrelation);
                value *= k < Deviations ? Power(k, a, b) : 1;
                value *= l >= 0 && l < Deviations ? Power(l, a, b) : 1;
                target[(a * Stride) + b] = value;
                target[(b * Stride) + a] = value;
            }
        }
    }

    private double Scale(ReadOnlySpan<double> theta, int visit) => Math.Exp(theta[heterogeneous ? visit : 0]);

    // How often ln s_k occurs in ln s_a s_b.
    private int Power(int k, int a, int b) => !heterogeneous ? 2 : (a == k ? 1 : 0) + (b == k ? 1 : 0);

    // r_ab, or its derivative by η_first, or by η_first and η_second.
    private double Correlation(ReadOnlySpan<double> theta, int a, int b, int first, int second)
    {
        if (a == b)
        {
            return first < 0 ? 1 : 0;
        }

        int from = kind switch { CorrelationKind.Toeplitz => b - a - 1, CorrelationKind.Antedependence => a, _ => 0 };
        int to = kind == CorrelationKind.Antedependence ? b - 1 : from;
        int power = kind == CorrelationKind.Autoregressive ? b - a : 1;
        if ((first >= 0 && (first < from || first > to)) || (second >= 0 && (second < from || second > to)))
        {
            return 0;
        }

        double product = 1;
        for (int c = from; c <= to; c++)
        {
            double eta = theta[Deviations + c];
            double rho = ToCorrelation(eta);
            int order = (c == first ? 1 : 0) + (c == second ? 1 : 0);
            product *= order switch
            {
                0 => Raise(rho, power),
                1 => power * Raise(rho, power - 1) * Slope(eta),
                _ => (power > 1 ? power * (power - 1) * Raise(rho, power - 2) * Slope(eta) * Slope(eta) : 0)
                    + (power * Raise(rho, power - 1) * Curvature(eta)),
            };
        }

        return product;
    }

    private static double Raise(double value, int power)
    {
        double result = 1;
        for (int i = 0; i < power; i++)
        {
            result *= value;
        }

        return result;
    }

    private double Floor => 1.0 / (Visits - 1);

    private double ToCorrelation(double eta) => kind == CorrelationKind.Constant
        ? ((1 + Floor) / (1 + Math.Exp(-eta))) - Floor
        : eta / Math.Sqrt(1 + (eta * eta));

    private double FromCorrelation(double rho)
    {
        if (kind == CorrelationKind.Constant)
        {
            double share = (rho + Floor) / (1 + Floor);
            return Math.Log(share / (1 - share));
        }

        return rho / Math.Sqrt(1 - (rho * rho));
    }

    private double Slope(double eta)
    {
        if (kind == CorrelationKind.Constant)
        {
            double share = 1 / (1 + Math.Exp(-eta));
            return (1 + Floor) * share * (1 - share);
        }

        double square = 1 + (eta * eta);
        return 1 / (square * Math.Sqrt(square));
    }

    private double Curvature(double eta)
    {
        if (kind == CorrelationKind.Constant)
        {
            double share = 1 / (1 + Math.Exp(-eta));
            return (1 + Floor) * share * (1 - share) * (1 - (2 * share));
        }

        double square = 1 + (eta * eta);
        return -3 * eta / (square * square * Math.Sqrt(square));
    }
}
