namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>Wins and losses of the active arm, their weighted sums over strata, and the variances of what is made of them.</summary>
/// <remarks>
/// <para>In a stratum with n₁ active and n₀ control participants, W wins and L losses, participant i of the active arm has wᵢ wins and lᵢ
/// losses, and participant j of the control arm was beaten wⱼ times and won lⱼ times. General covariance, as for the area under a
/// receiver operating characteristic (Sen 1960; DeLong, DeLong and Clarke-Pearson 1988; the first-order U-statistic variance of Bebu and
/// Lachin 2016): Cov(W, L) = n₁/(n₁ − 1) Σᵢ (wᵢ − W/n₁)(lᵢ − L/n₁) + n₀/(n₀ − 1) Σⱼ (wⱼ − W/n₀)(lⱼ − L/n₀). Under no effect (Dong et
/// al. 2016), centred at equal chances: Var(W − L) = n₀/(n₀ − 1) (Σᵢ dᵢ² − M) + n₁/(n₁ − 1) (Σⱼ dⱼ² − M) with d = w − l and
/// M = W + L.</para>
/// <para>Strata are added with the weights 1/N of Mantel and Haenszel (Dong et al. 2018, 2023).</para>
/// </remarks>
internal struct WinStatistics
{
    // Whole numbers come out exactly; what is left of a difference below this share of its parts is rounding.
    private const double Rounding = 1e-12;

    private readonly double _normalCritical;
    private readonly int _participants;
    private double _varianceWins;
    private double _varianceLosses;
    private double _covariance;
    private double _varianceDifference;
    private double _varianceUnderNull;
    private bool _isDetermined;

    internal WinStatistics(JointRankEngine engine, Span<StratumTally> tallies, double normalCritical)
    {
        _normalCritical = normalCritical;
        _participants = engine.Count;
        _isDetermined = true;
        tallies.Clear();
        for (int i = 0; i < engine.Count; i++)
        {
            tallies[engine.Strata[i]].Add(engine.IsActive[i] == 1, engine.Wins[i], engine.Losses[i]);
        }

        foreach (ref readonly StratumTally tally in tallies)
        {
            Add(tally);
        }
    }

    internal long Wins { get; private set; }

    internal long Losses { get; private set; }

    internal long Ties { get; private set; }

    /// <summary>Σ W / N over strata.</summary>
    internal double WeightedWins { get; private set; }

    /// <summary>Σ L / N over strata.</summary>
    internal double WeightedLosses { get; private set; }

    /// <summary>Σ n₁ n₀ / N over strata.</summary>
    internal double WeightedPairs { get; private set; }

    /// <summary>ln of wins over losses.</summary>
    internal readonly AnalysisResult LogWinRatio(WinVariance variance)
    {
        double a = WeightedWins;
        double b = WeightedLosses;
        double parts = (_varianceWins / (a * a)) + (_varianceLosses / (b * b));
        return variance == WinVariance.General
            ? Result(Math.Log(a / b), parts - (2 * _covariance / (a * b)), parts)
            : Result(Math.Log(a / b), _varianceUnderNull * 4 / ((a + b) * (a + b)), 1);
    }

    /// <summary>ln of (wins + ties/2) over (losses + ties/2).</summary>
    internal readonly AnalysisResult LogWinOdds(WinVariance variance)
    {
        double pairs = WeightedPairs;
        double difference = WeightedWins - WeightedLosses;
        double product = (pairs - difference) * (pairs + difference);
        double slope = variance == WinVariance.General ? 2 * pairs / product : 2 / pairs;
        return Result(
            Math.Log((pairs + difference) / (pairs - difference)), slope * slope * VarianceOfDifference(variance), slope * slope);
    }

    /// <summary>(Wins − losses) over pairs.</summary>
    internal readonly AnalysisResult NetBenefit(WinVariance variance)
    {
        double square = WeightedPairs * WeightedPairs;
        return Result((WeightedWins - WeightedLosses) / WeightedPairs, VarianceOfDifference(variance) / square, 1 / square);
    }

    internal readonly WinTests All(WinVariance variance) =>
        new(LogWinRatio(variance), LogWinOdds(variance), NetBenefit(variance));

    private readonly double VarianceOfDifference(WinVariance variance) =>
        variance == WinVariance.General ? _varianceDifference : _varianceUnderNull;

    private readonly AnalysisResult Result(double estimate, double variance, double scale)
    {
        if (!_isDetermined || WeightedPairs == 0 || !double.IsFinite(estimate) || !(variance > Rounding * scale))
        {
            return AnalysisResult.NotEstimable(_participants);
        }

        double standardError = Math.Sqrt(variance);
        return AnalysisResult.FromZ(estimate, standardError, estimate / standardError, _normalCritical, _participants);
    }

    private void Add(in StratumTally tally)
    {
        double active = tally.Active;
        double control = tally.Control;
        double pairs = active * control;
        if (pairs == 0)
        {
            return;
        }

        Wins += tally.WinSum;
        Losses += tally.LossSum;
        Ties += ((long)tally.Active * tally.Control) - tally.WinSum - tally.LossSum;
        double weight = 1 / (active + control);
        WeightedWins += weight * tally.WinSum;
        WeightedLosses += weight * tally.LossSum;
        WeightedPairs += weight * pairs;

        // One participant in an arm says nothing about the spread within it.
        _isDetermined &= tally.Active > 1 && tally.Control > 1;
        double forActive = weight * weight * active / (active - 1);
        double forControl = weight * weight * control / (control - 1);
        double wins = tally.WinSum;
        double losses = tally.LossSum;
        double difference = wins - losses;
        _varianceWins += (forActive * Centred(tally.ActiveWinSquares, wins, wins, active))
            + (forControl * Centred(tally.ControlWinSquares, wins, wins, control));
        _varianceLosses += (forActive * Centred(tally.ActiveLossSquares, losses, losses, active))
            + (forControl * Centred(tally.ControlLossSquares, losses, losses, control));
        _covariance += (forActive * Centred(tally.ActiveProducts, wins, losses, active))
            + (forControl * Centred(tally.ControlProducts, wins, losses, control));
        _varianceDifference += (forActive * Centred(tally.ActiveDifferenceSquares, difference, difference, active))
            + (forControl * Centred(tally.ControlDifferenceSquares, difference, difference, control));
        _varianceUnderNull += (forControl * (tally.ActiveDifferenceSquares - wins - losses))
            + (forActive * (tally.ControlDifferenceSquares - wins - losses));
    }

    private static double Centred(double products, double first, double second, double n) => products - (first * second / n);
}
