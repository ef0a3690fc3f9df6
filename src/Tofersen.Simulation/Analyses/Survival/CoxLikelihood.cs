namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>The partial likelihood of a Cox model with its gradient and information, in one sweep.</summary>
/// <remarks>With weights w = exp(xβ) and sums S₀ = Σw, S₁ = Σwx, S₂ = Σwxx′ over a risk set and D₀, D₁, D₂ over its d events, an event
/// time adds Σ xβ − Σₖ log(S₀ − f D₀) with f = k/d, k = 0 … d − 1 (Efron) or f = 0 (Breslow); gradient and information are the
/// moments of x under these weights. The sums grow on the way from the longest time to the shortest. Where linear predictors are large,
/// weights are relative to the largest in the risk set so far.</remarks>
internal sealed class CoxLikelihood
{
    // Up to here weights and their products with squared covariates stay within the range of a double.
    private const double LargePredictor = 300;

    private readonly CoxRiskSets _data;
    private readonly bool _efron;
    private readonly double[] _predictors;
    private readonly double[] _s1;
    private readonly double[] _s2;
    private readonly double[] _d1;
    private readonly double[] _d2;
    private readonly double[] _mean;
    private bool _isWide;

    internal CoxLikelihood(CoxRiskSets data, int capacity, TieHandling ties)
    {
        _data = data;
        _efron = ties == TieHandling.Efron;
        int p = data.Columns;
        _predictors = new double[capacity];
        _s1 = new double[p];
        _d1 = new double[p];
        _mean = new double[p];
        _s2 = new double[p * p];
        _d2 = new double[p * p];
        Gradient = new double[p];
        Information = new double[p * p];
    }

    /// <summary>Derivatives of the log-likelihood by the coefficients, after <see cref="Evaluate"/>.</summary>
    internal double[] Gradient { get; }

    /// <summary>Minus the second derivatives: the lower triangle, row by row with <see cref="CoxRiskSets.Columns"/> places.</summary>
    internal double[] Information { get; }

    /// <summary>Evaluates at coefficients of the first columns; the others are left out.</summary>
    /// <returns>The log-likelihood; −∞ where a linear predictor is too large to work with.</returns>
    internal double Evaluate(ReadOnlySpan<double> beta)
    {
        int q = beta.Length;
        Gradient.AsSpan().Clear();
        Information.AsSpan().Clear();
        double largest = 0;
        double logLikelihood = 0;
        ReadOnlySpan<double> x = _data.X;
        int stride = _data.Columns;
        Span<double> predictors = _predictors.AsSpan(0, _data.Kept);
        for (int i = 0, cell = 0; i < predictors.Length; i++, cell += stride)
        {
            double predictor = 0;
            for (int j = 0; j < q; j++)
            {
                predictor += x[cell + j] * beta[j];
            }

            largest = Math.Max(largest, Math.Abs(predictor));
            predictors[i] = predictor;
        }

        if (!double.IsFinite(largest))
        {
            return double.NegativeInfinity;
        }

        _isWide = largest > LargePredictor;
        foreach (ref readonly CoxGroup group in _data.Groups)
        {
            for (int i = group.FirstEvent; i < group.End; i++)
            {
                logLikelihood += predictors[i];
            }
        }

        return logLikelihood - (q == 1 && stride == 1 ? SweepOne(x, predictors) : SweepMany(x, predictors, q));
    }

    // One column: the arm alone.
    private double SweepOne(ReadOnlySpan<double> x, ReadOnlySpan<double> predictors)
    {
        double s0 = 0, s1 = 0, s2 = 0, logs = 0, gradient = 0, information = 0, shift = 0;
        foreach (ref readonly CoxGroup group in _data.Groups)
        {
            double factor = Rescale(group, predictors, ref shift);
            s0 *= factor;
            s1 *= factor;
            s2 *= factor;

            double d0 = 0, d1 = 0, d2 = 0;
            for (int i = group.First; i < group.FirstEvent; i++)
            {
                double weight = Math.Exp(predictors[i] - shift);
                double wx = weight * x[i];
                s0 += weight;
                s1 += wx;
                s2 += wx * x[i];
            }

            for (int i = group.FirstEvent; i < group.End; i++)
            {
                double weight = Math.Exp(predictors[i] - shift);
                double wx = weight * x[i];
                d0 += weight;
                d1 += wx;
                d2 += wx * x[i];
                gradient += x[i];
            }

            s0 += d0;
            s1 += d1;
            s2 += d2;
            int events = group.End - group.FirstEvent;
            int terms = _efron ? events : 1;
            int times = events / terms;
            for (int k = 0; k < terms; k++)
            {
                double share = (double)k / terms;
                double total = s0 - (share * d0);
                double mean = (s1 - (share * d1)) / total;
                logs += times * (Math.Log(total) + shift);
                gradient -= times * mean;
                information += times * (((s2 - (share * d2)) / total) - (mean * mean));
            }
        }

        Gradient[0] = gradient;
        Information[0] = information;
        return logs;
    }

    private double SweepMany(ReadOnlySpan<double> x, ReadOnlySpan<double> predictors, int q)
    {
        int p = _data.Columns;
        double s0 = 0, logs = 0, shift = 0;
        foreach (ref readonly CoxGroup group in _data.Groups)
        {
            double factor = Rescale(group, predictors, ref shift);
            if (factor != 1)
            {
                s0 *= factor;
                Multiply(_s1, factor);
                Multiply(_s2, factor);
            }

            double d0 = 0;
            _d1.AsSpan().Clear();
            _d2.AsSpan().Clear();
            for (int i = group.First; i < group.FirstEvent; i++)
            {
                double weight = Math.Exp(predictors[i] - shift);
                s0 += weight;
                AddRow(weight, x.Slice(i * p, q), _s1, _s2);
            }

            for (int i = group.FirstEvent; i < group.End; i++)
            {
                double weight = Math.Exp(predictors[i] - shift);
                d0 += weight;
                AddRow(weight, x.Slice(i * p, q), _d1, _d2);
                for (int j = 0; j < q; j++)
                {
                    Gradient[j] += x[(i * p) + j];
                }
            }

            s0 += d0;
            for (int j = 0; j < q; j++)
            {
                _s1[j] += _d1[j];
                for (int k = 0; k <= j; k++)
                {
                    _s2[(j * p) + k] += _d2[(j * p) + k];
                }
            }

            int events = group.End - group.FirstEvent;
            int terms = _efron ? events : 1;
            for (int k = 0; k < terms; k++)
            {
                double share = (double)k / terms;
                double total = s0 - (share * d0);
                logs += events / terms * (Math.Log(total) + shift);
                AddMoments(events / terms, share, total, q);
            }
        }

        return logs;
    }

    // What the sums so far are multiplied by before a group joins them: 0 at the start of a stratum, 1 mostly.
    private double Rescale(in CoxGroup group, ReadOnlySpan<double> predictors, ref double shift)
    {
        double before = group.OpensStratum ? double.NegativeInfinity : shift;
        if (_isWide)
        {
            shift = before;
            for (int i = group.First; i < group.End; i++)
            {
                shift = Math.Max(shift, predictors[i]);
            }
        }

        return group.OpensStratum ? 0 : before == shift ? 1 : Math.Exp(before - shift);
    }

    private static void Multiply(Span<double> values, double factor)
    {
        foreach (ref double value in values)
        {
            value *= factor;
        }
    }

    private void AddRow(double weight, ReadOnlySpan<double> row, double[] first, double[] second)
    {
        int p = _data.Columns;
        for (int j = 0; j < row.Length; j++)
        {
            double wx = weight * row[j];
            first[j] += wx;
            Span<double> target = second.AsSpan(j * p, j + 1);
            for (int k = 0; k < target.Length; k++)
            {
                target[k] += wx * row[k];
            }
        }
    }

    private void AddMoments(int times, double share, double total, int q)
    {
        int p = _data.Columns;
        for (int j = 0; j < q; j++)
        {
            double mean = (_s1[j] - (share * _d1[j])) / total;
            _mean[j] = mean;
            Gradient[j] -= times * mean;
            for (int k = 0; k <= j; k++)
            {
                int cell = (j * p) + k;
                Information[cell] += times * (((_s2[cell] - (share * _d2[cell])) / total) - (mean * _mean[k]));
            }
        }
    }
}
