namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>g-estimation of a rank-preserving structural failure time model.</summary>
/// <remarks>Use: <see cref="Clear"/>, <see cref="Add"/> each participant, <see cref="Solve"/>. The statistic Z(ψ) is a step function: roots
/// are places where its sign changes.</remarks>
internal sealed class RankPreservingEngine
{
    /// <summary>Steps of the first search over the range.</summary>
    internal const int Steps = 120;

    private const double BracketWidth = 1e-10;

    // At ψ = 0 all times are as observed, with ties of their own: the statistic there may differ from that on either side. Points of the
    // grid so close to it are passed over, and brackets are split off their middle, which would be 0 around it.
    private const double NearZero = 1e-6;
    private const double Split = 0.45;

    private readonly RankPreservingTest _test;
    private readonly Recensoring _recensoring;
    private readonly LogRankEngine _logRank;
    private readonly CoxEngine _cox;
    private readonly SwitchingEntry[] _entries;
    private readonly double[] _statistics = new double[Steps + 1];
    private readonly double[] _roots = new double[Steps + 1];
    private double _lowest;
    private double _highest;
    private bool _recensorsControl;
    private bool _recensorsActive;

    internal RankPreservingEngine(int capacity, int strata, RankPreservingTest test, Recensoring recensoring)
    {
        _test = test;
        _recensoring = recensoring;
        _logRank = new LogRankEngine(capacity, strata);
        _cox = new CoxEngine(capacity, 1, strata, TieHandling.Efron);
        _entries = new SwitchingEntry[capacity];
    }

    internal int Count { get; private set; }

    /// <summary>Values of ψ at which the statistic changes its sign, after <see cref="Solve"/>.</summary>
    internal ReadOnlySpan<double> Roots => _roots.AsSpan(0, RootCount);

    internal int RootCount { get; private set; }

    internal void Clear() => Count = 0;

    internal void Add(in SwitchingEntry entry) => _entries[Count++] = entry;

    /// <summary>Finds the roots and the limits of the values that the test does not reject; a limit is infinite where it is not in the
    /// range.</summary>
    internal (double Lower, double Upper) Solve(double lowest, double highest, double critical)
    {
        (_lowest, _highest) = (lowest, highest);
        FindSwitching();
        for (int k = 0; k <= Steps; k++)
        {
            _statistics[k] = Math.Abs(At(k)) > NearZero ? Statistic(At(k)) : double.NaN;
        }

        // The statistic rises with ψ where the active arm was treated longer, and falls where the control arm was.
        double first = Array.Find(_statistics, z => !double.IsNaN(z));
        double last = Array.FindLast(_statistics, z => !double.IsNaN(z));
        double towards = first <= last ? critical : -critical;
        RootCount = FindCrossings(-towards);
        double lower = RootCount > 0 ? _roots[0] : double.NegativeInfinity;
        RootCount = FindCrossings(towards);
        double upper = RootCount > 0 ? _roots[RootCount - 1] : double.PositiveInfinity;
        RootCount = FindCrossings(0);
        return (lower, upper);
    }

    /// <summary>The test of the arms as randomised, the times as observed.</summary>
    internal double IntentionToTreat()
    {
        _recensorsActive = _recensorsControl = false;
        double z = Statistic(0);
        FindSwitching();
        return z;
    }

    /// <summary>Cox regression of the active arm as observed against the control arm untreated.</summary>
    internal (double Estimate, double StandardError) Counterfactual(double psi)
    {
        FindSwitching();
        double factor = Math.Exp(psi);
        _cox.Data.Reset(Count);
        Span<double> arm = _cox.Data.Column(0);
        for (int i = 0; i < Count; i++)
        {
            ref readonly SwitchingEntry entry = ref _entries[i];
            _cox.Data.Set(i, entry.IsActive ? entry.Observed : Untreated(entry, factor));
            arm[i] = entry.IsActive ? 1 : 0;
        }

        return FitCox() ? (_cox.Coefficient(0), _cox.LastStandardError) : (double.NaN, double.NaN);
    }

    /// <summary>Z of the arms as randomised in the untreated times; NaN where there is no variance to judge by.</summary>
    internal double Statistic(double psi)
    {
        double factor = Math.Exp(psi);
        if (_test == RankPreservingTest.LogRank)
        {
            _logRank.Clear();
            for (int i = 0; i < Count; i++)
            {
                _logRank.Add(Untreated(_entries[i], factor), _entries[i].IsActive);
            }

            return _logRank.Sum().Z;
        }

        _cox.Data.Reset(Count);
        Span<double> arm = _cox.Data.Column(0);
        for (int i = 0; i < Count; i++)
        {
            _cox.Data.Set(i, Untreated(_entries[i], factor));
            arm[i] = _entries[i].IsActive ? 1 : 0;
        }

        return FitCox() ? -_cox.Coefficient(0) / _cox.LastStandardError : double.NaN;
    }

    private double At(int step) => _lowest + ((_highest - _lowest) * step / Steps);

    private bool FitCox()
    {
        _cox.Data.Arrange();
        return _cox.Fit(1) == CoxOutcome.Converged && _cox.IsDetermined(0);
    }

    private EventTime Untreated(in SwitchingEntry entry, double factor)
    {
        double time = entry.Observed.Time * (1 - entry.TreatedFraction + (entry.TreatedFraction * factor));
        double limit = (entry.IsActive ? _recensorsActive : _recensorsControl)
            ? Math.Min(entry.Censoring, entry.Censoring * factor)
            : double.PositiveInfinity;
        return new EventTime(Math.Min(time, limit), entry.Observed.IsEvent && time <= limit, entry.Observed.Stratum);
    }

    /// <summary>Finds the arms to censor again, once everybody has been added.</summary>
    internal void FindSwitching()
    {
        _recensorsActive = _recensorsControl = _recensoring == Recensoring.AllArms;
        for (int i = 0; i < Count && _recensoring == Recensoring.SwitchingArms; i++)
        {
            _recensorsActive |= _entries[i].IsActive && _entries[i].TreatedFraction < 1;
            _recensorsControl |= !_entries[i].IsActive && _entries[i].TreatedFraction > 0;
        }
    }

    // Every change of the sign of Z − target between neighbours on the grid, points without a sign left out.
    private int FindCrossings(double target)
    {
        int found = 0;
        int last = -1;
        for (int k = 0; k <= Steps; k++)
        {
            int sign = Sign(_statistics[k] - target);
            if (sign == 0)
            {
                continue;
            }

            if (last >= 0 && sign != Sign(_statistics[last] - target))
            {
                _roots[found++] = Crossing(At(last), At(k), -sign, target);
            }

            last = k;
        }

        return found;
    }

    // Where the sign before ends. If the statistic has no sign there, the middle of the stretch until it has the sign after.
    private double Crossing(double low, double high, int signBefore, double target)
    {
        (double last, double first) = Bracket(low, high, target, signBefore, whileEqual: true);
        double end = (last + first) / 2;
        if (Sign(Statistic(first) - target) == -signBefore)
        {
            return end;
        }

        (last, first) = Bracket(first, high, target, -signBefore, whileEqual: false);
        return (end + ((last + first) / 2)) / 2;
    }

    // Narrows down to where a condition that holds at the lower end stops doing so.
    private (double Low, double High) Bracket(double low, double high, double target, int sign, bool whileEqual)
    {
        while (high - low > BracketWidth)
        {
            double middle = low + (Split * (high - low));
            bool holds = Sign(Statistic(middle) - target) == sign == whileEqual;
            (low, high) = holds ? (middle, high) : (low, middle);
        }

        return (low, high);
    }

    private static int Sign(double value) => value > 0 ? 1 : value < 0 ? -1 : 0;
}
