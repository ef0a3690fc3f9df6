namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>Log likelihood of Y = b − exp(μ + σu)·t + ε with its first two derivatives.</summary>
/// <remarks>
/// <para>u ~ N(0, 1), b | u ~ N(β + cu, v), ε ~ N(0, w). Given u the scores are normal, and b goes out in closed form: with the rate
/// r = exp(μ + σu), f = ȳ − β − cu + r t̄, D = w + nv and A = Σ(y − ȳ)² + 2r Σ(y − ȳ)(t − t̄) + r² Σ(t − t̄)²,</para>
/// <para>ln p(y, u) = −½[(n − 1) ln w + ln D + A/w + n f²/D + u² + (n + 1) ln 2π].</para>
/// <para>The integral over u is a sum over evenly spaced points between the places where the integrand has fallen by e⁻³⁴ from its
/// maximum; for smooth integrands that vanish at both ends this trapezoidal rule converges faster than any power of the spacing, skewed
/// posteriors of rates near zero included. The derivatives are posterior means over the same points: the score by Fisher's identity, the
/// Hessian by Louis' (1982, J. R. Stat. Soc. B 44, 226–233).</para>
/// <para>Parameters in order: β, c, ln v, μ, ln σ, ln w.</para>
/// </remarks>
internal sealed class LogNormalLikelihood
{
    internal const int Parameters = 6;

    private const int Points = 120;
    private const double Fall = 34;
    private const double LargestDeviate = 14;
    private const double ScanStep = 0.5;

    private readonly ParticipantSums[] _participants;
    private readonly double[] _score = new double[Parameters];
    private readonly double[] _meanScore = new double[Parameters];
    private readonly double[] _second = new double[Parameters * Parameters];
    private double _beta;
    private double _c;
    private double _v;
    private double _mu;
    private double _sigma;
    private double _w;

    internal LogNormalLikelihood(ParticipantScores[] participants) => _participants = [.. participants.Select(ParticipantSums.Of)];

    internal double[] Gradient { get; } = new double[Parameters];

    /// <summary>Second derivatives, row by row, both triangles.</summary>
    internal double[] Hessian { get; } = new double[Parameters * Parameters];

    /// <summary>Computes log likelihood, gradient and Hessian.</summary>
    internal double Evaluate(ReadOnlySpan<double> parameters)
    {
        (_beta, _c, _mu) = (parameters[0], parameters[1], parameters[3]);
        (_v, _sigma, _w) = (Math.Exp(parameters[2]), Math.Exp(parameters[4]), Math.Exp(parameters[5]));
        Gradient.AsSpan().Clear();
        Hessian.AsSpan().Clear();
        double sum = 0;
        foreach (ref readonly ParticipantSums participant in _participants.AsSpan())
        {
            sum += Add(participant);
        }

        return sum;
    }

    private double Add(in ParticipantSums p)
    {
        double mode = Mode(p);
        double highest = Log(p, mode);
        double lower = Edge(p, mode, highest, -1);
        double upper = Edge(p, mode, highest, 1);
        double spacing = (upper - lower) / (Points - 1);
        _meanScore.AsSpan().Clear();
        _second.AsSpan().Clear();
        double total = 0;
        for (int i = 0; i < Points; i++)
        {
            double u = lower + (i * spacing);
            double weight = Math.Exp(Log(p, u) - highest);
            total += weight;
            AddDerivatives(p, u, weight);
        }

        for (int i = 0; i < Parameters; i++)
        {
            double mean = _meanScore[i] / total;
            _meanScore[i] = mean;
            Gradient[i] += mean;
            for (int j = 0; j <= i; j++)
            {
                double value = (_second[(i * Parameters) + j] / total) - (mean * _meanScore[j]);
                Hessian[(i * Parameters) + j] += value;
                Hessian[(j * Parameters) + i] = Hessian[(i * Parameters) + j];
            }
        }

        double constant = ((p.Count - 1) * Math.Log(_w)) + Math.Log(_w + (p.Count * _v)) + ((p.Count + 1) * Math.Log(2 * Math.PI));
        return highest + Math.Log(total * spacing) - (0.5 * constant);
    }

    // ln p(y, u) without what does not depend on u.
    private double Log(in ParticipantSums p, double u)
    {
        double rate = Math.Exp(_mu + (_sigma * u));
        double f = p.MeanScore - _beta - (_c * u) + (rate * p.MeanMonth);
        double d = _w + (p.Count * _v);
        double a = p.ScoreSquares + (rate * ((2 * p.Products) + (rate * p.MonthSquares)));
        return -0.5 * ((a / _w) + (p.Count * f * f / d) + (u * u));
    }

    // The best of a coarse scan, then golden sections around it.
    private double Mode(in ParticipantSums p)
    {
        double best = 0;
        double highest = Log(p, 0);
        for (double u = -LargestDeviate; u <= LargestDeviate; u += ScanStep)
        {
            double value = Log(p, u);
            if (value > highest)
            {
                (best, highest) = (u, value);
            }
        }

        const double Golden = 0.6180339887498949;
        (double lower, double upper) = (best - ScanStep, best + ScanStep);
        double left = upper - (Golden * (upper - lower));
        double right = lower + (Golden * (upper - lower));
        (double atLeft, double atRight) = (Log(p, left), Log(p, right));
        while (upper - lower > 1e-3 * ScanStep)
        {
            if (atLeft > atRight)
            {
                (upper, right, atRight) = (right, left, atLeft);
                left = upper - (Golden * (upper - lower));
                atLeft = Log(p, left);
            }
            else
            {
                (lower, left, atLeft) = (left, right, atRight);
                right = lower + (Golden * (upper - lower));
                atRight = Log(p, right);
            }
        }

        return (lower + upper) / 2;
    }

    // Where the integrand has fallen far enough: doubling steps out, then bisection.
    private double Edge(in ParticipantSums p, double mode, double highest, int side)
    {
        double inside = 0;
        double outside = 1e-3;
        while (Log(p, mode + (side * outside)) > highest - Fall)
        {
            inside = outside;
            outside *= 2;
        }

        for (int i = 0; i < 6; i++)
        {
            double middle = (inside + outside) / 2;
            bool isInside = Log(p, mode + (side * middle)) > highest - Fall;
            (inside, outside) = isInside ? (middle, outside) : (inside, middle);
        }

        return mode + (side * outside);
    }

    // First derivatives s of ln p(y, u) and H + ss′, weighted. k = n/D, share = nv/D, other = w/D, g = ∂/∂r, q = σu.
    private void AddDerivatives(in ParticipantSums p, double u, double weight)
    {
        double rate = Math.Exp(_mu + (_sigma * u));
        double d = _w + (p.Count * _v);
        double k = p.Count / d;
        double share = k * _v;
        double other = _w / d;
        double f = p.MeanScore - _beta - (_c * u) + (rate * p.MeanMonth);
        double a = (p.ScoreSquares + (rate * ((2 * p.Products) + (rate * p.MonthSquares)))) / _w;
        double slope = (p.Products + (rate * p.MonthSquares)) / _w;
        double kf = k * f;
        double kff = kf * f;
        double q = _sigma * u;
        double first = rate * (-slope - (kf * p.MeanMonth));
        double second = first - (rate * rate * ((p.MonthSquares / _w) + (k * p.MeanMonth * p.MeanMonth)));
        double cross = k * p.MeanMonth * rate;
        double mixed = rate * (slope + (kf * other * p.MeanMonth));
        double[] s = _score;
        s[0] = kf;
        s[1] = kf * u;
        s[2] = -0.5 * share * (1 - kff);
        s[3] = first;
        s[4] = first * q;
        s[5] = -0.5 * (p.Count - 1 + other - a - (kff * other));
        Accumulate(0, weight, -k);
        Accumulate(1, weight, -k * u, -k * u * u);
        Accumulate(2, weight, -share * kf, -share * kf * u, (-0.5 * share * other * (1 - kff)) - (0.5 * share * share * kff));
        Accumulate(3, weight, cross, cross * u, share * cross * f, second);
        Accumulate(4, weight, cross * q, cross * q * u, share * cross * f * q, second * q, (first * q) + (second * q * q));
        Accumulate(
            5,
            weight,
            -other * kf,
            -other * kf * u,
            0.5 * share * other * (1 - (2 * kff)),
            mixed,
            mixed * q,
            (-0.5 * other * share) - (0.5 * a) + (0.5 * kff * other * (share - other)));
    }

    private void Accumulate(int row, double weight, params ReadOnlySpan<double> second)
    {
        _meanScore[row] += weight * _score[row];
        for (int j = 0; j < second.Length; j++)
        {
            _second[(row * Parameters) + j] += weight * (second[j] + (_score[row] * _score[j]));
        }
    }

    /// <summary>What the likelihood needs of a participant; squares and products are about the means.</summary>
    private readonly record struct ParticipantSums(
        int Count, double MeanMonth, double MeanScore, double MonthSquares, double Products, double ScoreSquares)
    {
        internal static ParticipantSums Of(ParticipantScores participant)
        {
            double meanMonth = participant.Months.Average();
            double meanScore = participant.Scores.Average();
            double months = 0;
            double products = 0;
            double scores = 0;
            for (int i = 0; i < participant.Months.Length; i++)
            {
                double month = participant.Months[i] - meanMonth;
                double score = participant.Scores[i] - meanScore;
                months += month * month;
                products += month * score;
                scores += score * score;
            }

            return new ParticipantSums(participant.Months.Length, meanMonth, meanScore, months, products, scores);
        }
    }
}
