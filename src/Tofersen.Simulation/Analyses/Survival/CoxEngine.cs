namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>How a Cox fit ended.</summary>
internal enum CoxOutcome
{
    /// <summary>All coefficients are finite and at the maximum.</summary>
    Converged,

    /// <summary>The likelihood has reached its limit while one or more coefficients go on growing.</summary>
    Infinite,

    /// <summary>The iteration ended before either.</summary>
    NotConverged,
}

/// <summary>Maximises the partial likelihood of a Cox model by Newton steps that are halved where they overshoot.</summary>
/// <remarks>
/// <para>Use: write the rows into <see cref="Data"/>, call its <see cref="CoxRiskSets.Arrange"/>, then <see cref="Fit"/> and read. The
/// last column is the one of interest. Coefficients inside are those of centred and scaled columns; what is returned is in the
/// caller's units.</para>
/// <para>A column whose information at zero, after the earlier columns are taken out, is less than 10⁻¹¹ of its own is aliased and
/// left out.</para>
/// <para>Convergence: λ² = g′H⁻¹g, the squared distance from the maximum in standard errors, is at most 10⁻²⁰. Where the likelihood is
/// monotone, λ² falls by e with each step while the step stays at one or more over the range of a column; that is recognised once λ²
/// is below 10⁻¹⁰, when the other coefficients and the likelihood agree with their limits to about as much.</para>
/// </remarks>
internal sealed class CoxEngine
{
    private const int MaximumIterations = 100;
    private const int MaximumHalvings = 40;
    private const double Converged = 1e-20;
    private const double NearlyConverged = 1e-10;
    private const double AliasTolerance = 1e-11;
    private const double NoVariation = 1e-12;
    private const double InfiniteStep = 0.1;
    private const double FirstStep = 8;

    // Share of an event's information; in the limit of a monotone likelihood it is either far above or about λ².
    private const double LostInformation = 1e-6;

    private readonly CoxLikelihood _likelihood;
    private readonly double[] _beta;
    private readonly double[] _trial;
    private readonly double[] _previous;
    private readonly double[] _step;
    private readonly double[] _factor;
    private readonly bool[] _aliased;
    private readonly bool[] _infinite;
    private readonly bool[] _lost;
    private readonly double[] _unit;
    private readonly int _columns;
    private int _used;

    internal CoxEngine(int capacity, int columns, int strata, TieHandling ties)
    {
        _columns = columns;
        Data = new CoxRiskSets(capacity, columns, strata);
        _likelihood = new CoxLikelihood(Data, capacity, ties);
        _beta = new double[columns];
        _trial = new double[columns];
        _previous = new double[columns];
        _step = new double[columns];
        _factor = new double[columns * columns];
        _aliased = new bool[columns];
        _infinite = new bool[columns];
        _lost = new bool[columns];
        _unit = new double[columns];
    }

    internal CoxRiskSets Data { get; }

    internal double LogLikelihoodAtZero { get; private set; }

    internal double LogLikelihood { get; private set; }

    /// <summary>g′H⁻¹g at zero: the score test of all coefficients.</summary>
    internal double ScoreAtZero { get; private set; }

    /// <summary>λ at the end.</summary>
    internal double Distance { get; private set; }

    internal int Iterations { get; private set; }

    /// <summary>Euclidean length of the gradient at the end, by the coefficients of the scaled columns.</summary>
    internal double GradientNorm => Norm(_likelihood.Gradient.AsSpan(0, _used));

    /// <summary>Number of coefficients that the data determine, infinite ones among them.</summary>
    internal int Rank { get; private set; }

    /// <summary>Whether a coefficient grows without limit.</summary>
    internal bool IsInfinite(int column) => _infinite[column];

    /// <summary>Whether the data determine a coefficient, be it finite or not. Where others are infinite, their limit may leave nothing to
    /// judge it by.</summary>
    internal bool IsDetermined(int column) => !_aliased[column] && !_lost[column];

    /// <summary>A coefficient in the caller's units.</summary>
    internal double Coefficient(int column) =>
        !IsDetermined(column) ? double.NaN
        : _infinite[column] ? _step[column] * double.PositiveInfinity
        : _beta[column] / Data.Scales[column];

    /// <summary>Standard error of the last column's coefficient, without computing the other variances.</summary>
    internal double LastStandardError =>
        1 / (_factor[(_used * _columns) - _columns + _used - 1] * Data.Scales[_used - 1]);

    /// <summary>Fits the first columns.</summary>
    internal CoxOutcome Fit(int columns)
    {
        _used = columns;
        Span<double> beta = _beta.AsSpan(0, columns);
        beta.Clear();
        _infinite.AsSpan().Clear();
        _lost.AsSpan().Clear();
        LogLikelihoodAtZero = LogLikelihood = _likelihood.Evaluate(beta);
        FindAliased();
        double before = double.PositiveInfinity;
        for (Iterations = 0; ; Iterations++)
        {
            if (!Solve())
            {
                // The information has become singular by rounding: back to where it was not.
                _previous.AsSpan(0, columns).CopyTo(beta);
                return EndEarly(before);
            }

            double squared = Dot(_likelihood.Gradient, _step, columns);
            Distance = Math.Sqrt(Math.Max(squared, 0));
            ScoreAtZero = Iterations == 0 ? squared : ScoreAtZero;

            // Close to the maximum rounding may keep λ² from falling further.
            if (squared <= Converged || (squared <= NearlyConverged * 0.01 && squared > before / 2 && LargestStep() < InfiniteStep))
            {
                return CoxOutcome.Converged;
            }

            if (squared <= NearlyConverged && LargestStep() >= InfiniteStep)
            {
                return EndInfinite();
            }

            if (Iterations == MaximumIterations || !Advance())
            {
                return EndEarly(squared);
            }

            before = squared;
        }
    }

    /// <summary>Evaluates all columns with the last at 0 and the others where a fit without it ended: z = U / √V of the last column, its
    /// one-step estimate U / V and that one's standard error 1 / √V in the caller's units.</summary>
    internal (double Z, double Estimate, double StandardError) ScoreOfLast()
    {
        int last = _columns - 1;
        double least = _infinite.AsSpan(0, last).Contains(true) ? LostInformation * Data.Events : 0;
        _beta[last] = 0;
        _used = _columns;
        _likelihood.Evaluate(_beta.AsSpan(0, _columns));
        Factor(mayAlias: true);
        double pivot = _factor[(last * _columns) + last];
        if (_aliased[last] || !(pivot * pivot > least))
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        double u = _likelihood.Gradient[last];
        double scale = Data.Scales[last];
        return (u / pivot, u / (pivot * pivot * scale), 1 / (pivot * scale));
    }

    /// <summary>Writes the covariance of the coefficients in the caller's units, row by row; NaN for those without a finite estimate.</summary>
    internal void FillCovariance(Span<double> covariance)
    {
        int q = _used;
        Span<double> column = _unit.AsSpan(0, q);
        for (int j = 0; j < q; j++)
        {
            column.Clear();
            column[j] = 1;
            SolveInPlace(column);
            for (int k = 0; k < q; k++)
            {
                bool isKnown = IsDetermined(j) && IsDetermined(k) && !_infinite[j] && !_infinite[k];
                covariance[(j * q) + k] = isKnown ? column[k] / (Data.Scales[j] * Data.Scales[k]) : double.NaN;
            }
        }
    }

    /// <summary>β′Hβ at the end: Wald's test of all coefficients; infinite with one of them.</summary>
    internal double Wald()
    {
        double sum = 0;
        for (int j = 0; j < _used; j++)
        {
            if (_infinite[j] || _lost[j])
            {
                return double.NaN;
            }

            for (int k = 0; k <= j; k++)
            {
                double term = _beta[j] * _likelihood.Information[(j * _columns) + k] * _beta[k];
                sum += j == k ? term : 2 * term;
            }
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int length)
    {
        double sum = 0;
        for (int j = 0; j < length; j++)
        {
            sum += a[j] * b[j];
        }

        return sum;
    }

    private static double Norm(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector, vector.Length));

    private void FindAliased()
    {
        Factor(mayAlias: true);
        Rank = 0;
        for (int j = 0; j < _used; j++)
        {
            Rank += _aliased[j] ? 0 : 1;
        }
    }

    private bool Solve()
    {
        if (!Factor(mayAlias: false))
        {
            return false;
        }

        _likelihood.Gradient.AsSpan(0, _used).CopyTo(_step);
        SolveInPlace(_step.AsSpan(0, _used));
        return true;
    }

    // Moves by the step or, where that lowers the likelihood, by half of it, a quarter and so on. A long step is shortened first: it
    // could land where the likelihood is flat to the last digit.
    private bool Advance()
    {
        double size = 0;
        for (int j = 0; j < _used; j++)
        {
            size = Math.Max(size, Math.Abs(_beta[j]) * Data.Ranges[j]);
        }

        double lowest = LogLikelihood - (1e-11 * (1 + Math.Abs(LogLikelihood)));
        double share = Math.Min(1, Math.Max(FirstStep, size) / LargestStep());
        for (int halving = 0; halving < MaximumHalvings; halving++)
        {
            for (int j = 0; j < _used; j++)
            {
                _trial[j] = _beta[j] + (share * _step[j]);
            }

            double logLikelihood = _likelihood.Evaluate(_trial.AsSpan(0, _used));
            if (logLikelihood >= lowest)
            {
                _beta.AsSpan(0, _used).CopyTo(_previous);
                _trial.AsSpan(0, _used).CopyTo(_beta);
                LogLikelihood = logLikelihood;
                return true;
            }

            share /= 2;
        }

        return false;
    }

    // Where λ² was small and the step large, it is the limit of a monotone likelihood all the same.
    private CoxOutcome EndEarly(double squared)
    {
        LogLikelihood = _likelihood.Evaluate(_beta.AsSpan(0, _used));
        return squared <= NearlyConverged * 1e4 && Solve() && LargestStep() >= InfiniteStep
            ? EndInfinite()
            : CoxOutcome.NotConverged;
    }

    private CoxOutcome EndInfinite()
    {
        for (int j = 0; j < _used; j++)
        {
            _infinite[j] = Math.Abs(_step[j]) * Data.Ranges[j] > InfiniteStep / 100;
        }

        Span<double> unit = _unit.AsSpan(0, _used);
        for (int j = 0; j < _used; j++)
        {
            unit.Clear();
            unit[j] = 1;
            SolveInPlace(unit);
            _lost[j] = !_infinite[j] && !_aliased[j] && !(1 / unit[j] > LostInformation * Data.Events);
        }

        return CoxOutcome.Infinite;
    }

    /// <summary>Largest change of a linear predictor that one coefficient's step makes.</summary>
    private double LargestStep()
    {
        double largest = 0;
        for (int j = 0; j < _used; j++)
        {
            largest = Math.Max(largest, Math.Abs(_step[j]) * Data.Ranges[j]);
        }

        return largest;
    }

    // Cholesky factor of the information; rows of aliased columns are 0.
    private bool Factor(bool mayAlias)
    {
        double[] h = _likelihood.Information;
        int p = _columns;
        for (int j = 0; j < _used; j++)
        {
            Span<double> row = _factor.AsSpan(j * p, p);
            double diagonal = h[(j * p) + j];
            double pivot = diagonal;
            for (int k = 0; k < j; k++)
            {
                ReadOnlySpan<double> above = _factor.AsSpan(k * p, k + 1);
                double sum = h[(j * p) + k];
                for (int m = 0; m < k; m++)
                {
                    sum -= row[m] * above[m];
                }

                row[k] = _aliased[k] ? 0 : sum / above[k];
                pivot -= row[k] * row[k];
            }

            if (mayAlias)
            {
                _aliased[j] = !(pivot > AliasTolerance * diagonal) || diagonal <= NoVariation * Data.Events;
            }
            else if (!_aliased[j] && !(pivot > 0))
            {
                return false;
            }

            if (_aliased[j])
            {
                row.Clear();
            }
            else
            {
                row[j] = Math.Sqrt(pivot);
            }
        }

        return true;
    }

    private void SolveInPlace(Span<double> vector)
    {
        int p = _columns;
        for (int j = 0; j < vector.Length; j++)
        {
            double sum = vector[j];
            for (int k = 0; k < j; k++)
            {
                sum -= _factor[(j * p) + k] * vector[k];
            }

            vector[j] = _aliased[j] ? 0 : sum / _factor[(j * p) + j];
        }

        for (int j = vector.Length - 1; j >= 0; j--)
        {
            double sum = vector[j];
            for (int k = j + 1; k < vector.Length; k++)
            {
                sum -= _factor[(k * p) + j] * vector[k];
            }

            vector[j] = _aliased[j] ? 0 : sum / _factor[(j * p) + j];
        }
    }
}
