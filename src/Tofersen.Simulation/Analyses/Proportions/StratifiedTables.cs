namespace Tofersen.Simulation.Analyses.Proportions;

/// <summary>Two-by-two tables by stratum, and what is made of them: the Cochran–Mantel–Haenszel test, Mantel–Haenszel common measures of
/// effect, and Newcombe's interval.</summary>
/// <remarks>In stratum s, n₁ and n₀ are the participants of the arms, x₁ and x₀ those with the outcome, N = n₁ + n₀, m = x₁ + x₀. Strata with
/// one arm only tell nothing and are passed over. Weights of differences are n₁ n₀ / N.</remarks>
internal sealed class StratifiedTables
{
    private readonly Table[] _tables;
    private readonly double _critical;
    private int _participants;

    internal StratifiedTables(int strata, double alpha)
    {
        _tables = new Table[strata];
        _critical = StudentT.TwoSidedCriticalValue(alpha, double.PositiveInfinity);
    }

    internal void Clear()
    {
        _tables.AsSpan().Clear();
        _participants = 0;
    }

    /// <summary>Adds a participant: arm 1 is active.</summary>
    internal void Add(int stratum, int arm, bool hasOutcome)
    {
        ref Table table = ref _tables[stratum];
        int outcome = hasOutcome ? 1 : 0;
        table.N1 += arm;
        table.N0 += 1 - arm;
        table.X1 += arm * outcome;
        table.X0 += (1 - arm) * outcome;
        _participants++;
    }

    internal int Participants(int arm)
    {
        double sum = 0;
        foreach (ref readonly Table t in _tables.AsSpan())
        {
            sum += arm == 1 ? t.N1 : t.N0;
        }

        return (int)sum;
    }

    internal int WithOutcome(int arm)
    {
        double sum = 0;
        foreach (ref readonly Table t in _tables.AsSpan())
        {
            sum += arm == 1 ? t.X1 : t.X0;
        }

        return (int)sum;
    }

    /// <summary>The test with the difference and its interval.</summary>
    /// <param name="sign">Sign that turns a difference into one in favour of treatment.</param>
    /// <param name="corrects">Whether with continuity correction.</param>
    internal AnalysisResult Test(int sign, bool corrects)
    {
        double root = SignedRoot(corrects);
        if (double.IsNaN(root))
        {
            return AnalysisResult.NotEstimable(_participants);
        }

        (double difference, double variance) = Difference();
        (double lower, double upper) = NewcombeInterval(difference);
        AnalysisResult test = AnalysisResult.FromZ(difference, Math.Sqrt(variance), sign * root, _critical, _participants);
        return test with
        {
            Status = variance > 0 ? AnalysisStatus.Converged : AnalysisStatus.Boundary,
            Lower = lower,
            Upper = upper,
        };
    }

    /// <summary>(|Σ(x₁ − n₁ m/N)| − c)² / Σ n₁ n₀ m (N − m) / (N² (N − 1)); c is ½ with correction, or 0 where the sum is
    /// smaller.</summary>
    internal double ChiSquare(bool corrects)
    {
        double root = SignedRoot(corrects);
        return root * root;
    }

    /// <summary>Common difference with Sato's variance.</summary>
    internal AnalysisResult RiskDifference(int sign)
    {
        (double difference, double variance) = Difference();
        double standardError = Math.Sqrt(variance);
        return variance > 0
            ? AnalysisResult.FromZ(difference, standardError, sign * difference / standardError, _critical, _participants)
            : AnalysisResult.NotEstimable(_participants);
    }

    /// <summary>ln of the common odds ratio R/S, R = Σ x₁ (n₀ − x₀) / N, S = Σ x₀ (n₁ − x₁) / N.</summary>
    internal AnalysisResult LogOddsRatio(int sign)
    {
        double r = 0, s = 0, pr = 0, mixed = 0, qs = 0;
        foreach (ref readonly Table t in _tables.AsSpan())
        {
            if (!t.HasBothArms)
            {
                continue;
            }

            double concordant = t.X1 * (t.N0 - t.X0) / t.N;
            double discordant = t.X0 * (t.N1 - t.X1) / t.N;
            double p = (t.X1 + t.N0 - t.X0) / t.N;
            double q = (t.X0 + t.N1 - t.X1) / t.N;
            r += concordant;
            s += discordant;
            pr += p * concordant;
            mixed += (p * discordant) + (q * concordant);
            qs += q * discordant;
        }

        if (!(r > 0 && s > 0))
        {
            return AnalysisResult.NotEstimable(_participants);
        }

        double estimate = Math.Log(r / s);
        double standardError = Math.Sqrt((pr / (2 * r * r)) + (mixed / (2 * r * s)) + (qs / (2 * s * s)));
        return AnalysisResult.FromZ(estimate, standardError, sign * estimate / standardError, _critical, _participants);
    }

    private double SignedRoot(bool corrects)
    {
        double difference = 0;
        double variance = 0;
        foreach (ref readonly Table t in _tables.AsSpan())
        {
            if (t.HasBothArms)
            {
                double m = t.X1 + t.X0;
                difference += t.X1 - (t.N1 * m / t.N);
                variance += t.N1 * t.N0 * m * (t.N - m) / (t.N * t.N * (t.N - 1));
            }
        }

        double size = Math.Abs(difference);
        double corrected = corrects && size >= 0.5 ? size - 0.5 : size;
        return variance > 0 ? Math.CopySign(corrected, difference) / Math.Sqrt(variance) : double.NaN;
    }

    /// <summary>Common difference Σ w (x₁/n₁ − x₀/n₀) / Σ w and its variance (Sato 1989); NaN without a stratum with both arms.</summary>
    private (double Difference, double Variance) Difference()
    {
        double weights = 0, sum = 0, p = 0, q = 0;
        foreach (ref readonly Table t in _tables.AsSpan())
        {
            if (!t.HasBothArms)
            {
                continue;
            }

            weights += t.Weight;
            sum += ((t.X1 * t.N0) - (t.X0 * t.N1)) / t.N;
            p += ((t.N1 * t.N1 * t.X0) - (t.N0 * t.N0 * t.X1) + (t.N1 * t.N0 * (t.N0 - t.N1) / 2)) / (t.N * t.N);
            q += ((t.X1 * (t.N0 - t.X0)) + (t.X0 * (t.N1 - t.X1))) / (2 * t.N);
        }

        double difference = sum / weights;
        double variance = ((difference * p) + q) / (weights * weights);

        // Proportions of 0 and 1 leave rounding where the variance is 0.
        return (difference, variance < 1e-14 / weights ? 0 : variance);
    }

    // d − z √(λ₁ L₁(1 − L₁) + λ₀ U₀(1 − U₀)), λ = Σ w²/n, with the stratified Wilson limits L and U of each arm; with one stratum
    // z² L(1 − L)/n = (p − L)², which is Newcombe's method 10.
    private (double Lower, double Upper) NewcombeInterval(double difference)
    {
        (double lower1, double upper1, double lambda1) = WilsonInterval(arm: 1);
        (double lower0, double upper0, double lambda0) = WilsonInterval(arm: 0);
        double down = _critical * Math.Sqrt((lambda1 * lower1 * (1 - lower1)) + (lambda0 * upper0 * (1 - upper0)));
        double up = _critical * Math.Sqrt((lambda1 * upper1 * (1 - upper1)) + (lambda0 * lower0 * (1 - lower0)));
        return (Math.Max(-1, difference - down), Math.Min(1, difference + up));
    }

    /// <summary>Limits of an arm's weighted proportion: weighted Wilson limits of the strata with the quantile
    /// z √(Σ w² v) / Σ w √v, v = p (1 − p) / n. Where every stratum has nobody or everybody, v = 1 / n.</summary>
    private (double Lower, double Upper, double Lambda) WilsonInterval(int arm)
    {
        double weights = 0, squares = 0, roots = 0, lambda = 0, plainRoots = 0;
        foreach (ref readonly Table t in _tables.AsSpan())
        {
            if (t.HasBothArms)
            {
                (double n, double x) = t.Arm(arm);
                weights += t.Weight;
                squares += t.Weight * t.Weight * x * (n - x) / (n * n * n);
                roots += t.Weight * Math.Sqrt(x * (n - x) / n) / n;
                lambda += t.Weight * t.Weight / n;
                plainRoots += t.Weight / Math.Sqrt(n);
            }
        }

        double z = _critical * (squares > 0 ? Math.Sqrt(squares) / roots : Math.Sqrt(lambda) / plainRoots);
        double lower = 0;
        double upper = 0;
        foreach (ref readonly Table t in _tables.AsSpan())
        {
            if (t.HasBothArms)
            {
                (double n, double x) = t.Arm(arm);
                double centre = x + (z * z / 2);
                double width = z * Math.Sqrt((x * (n - x) / n) + (z * z / 4));
                lower += x == 0 ? 0 : t.Weight * (centre - width) / (n + (z * z));
                upper += x == n ? t.Weight : t.Weight * (centre + width) / (n + (z * z));
            }
        }

        return (Math.Clamp(lower / weights, 0, 1), Math.Clamp(upper / weights, 0, 1), lambda / (weights * weights));
    }

    private struct Table
    {
        internal double N1;
        internal double N0;
        internal double X1;
        internal double X0;

        internal readonly double N => N1 + N0;

        internal readonly bool HasBothArms => N1 > 0 && N0 > 0;

        internal readonly double Weight => N1 * N0 / N;

        internal readonly (double N, double X) Arm(int arm) => arm == 1 ? (N1, X1) : (N0, X0);
    }
}
