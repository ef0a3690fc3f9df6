using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>The likelihood of a mixed model for repeated measures by its definition, participant by participant, and what follows from
/// it by numeric differentiation. It does not fit: it judges a covariance that somebody else has found.</summary>
internal sealed class PlainMmrm
{
    private readonly PlainCovariance _structure;
    private readonly bool _restricted;
    private readonly int _visits;
    private readonly List<Row> _rows = [];
    private readonly int[] _kept;
    private readonly List<double[]> _dependences = [];
    private readonly Func<int, int, double[]> _mean;

    internal PlainMmrm(PlainTrial trial, Mmrm mmrm, CovarianceStructure structure)
    {
        _visits = trial.VisitWeeks.Length - 1;
        _restricted = mmrm.Estimation == LikelihoodEstimation.Reml;
        Term[] terms = [.. Terms(trial, mmrm)];
        int columns = terms.Sum(t => t.AtEachVisit ? _visits : 1);
        string[] names = [.. terms.Select(t => t.Column).Where(c => c is not null).Distinct()!];
        double[] X(int visit, Func<Term, double> value)
        {
            var x = new double[columns];
            int at = 0;
            foreach (Term term in terms)
            {
                x[at + (term.AtEachVisit ? visit : 0)] = value(term);
                at += term.AtEachVisit ? _visits : 1;
            }

            return x;
        }

        var members = new List<int>();
        for (int p = 0; p < trial.Participants; p++)
        {
            double baseline = mmrm.Response == AncovaResponse.ChangeFromBaseline ? trial.Scores[p][0] : 0;
            int[] at = [.. Enumerable.Range(0, _visits).Where(j => double.IsFinite(trial.Scores[p][j + 1] - baseline))];
            if (at.Length == 0 || names.Any(name => double.IsNaN(Value(trial, name, p))))
            {
                continue;
            }

            int participant = p;
            members.Add(p);
            _rows.Add(new Row(
                at,
                Stack([.. at.Select(j => X(j, t => t.At(trial, participant)))]),
                [.. at.Select(j => trial.Scores[participant][j + 1] - baseline)]));
        }

        Participants = members.Count;
        BothArms = members.Select(p => trial.Arms[p]).Distinct().Count() == 2;
        _kept = Keep(columns);
        int[] seen = [.. _rows.SelectMany(r => r.At).Distinct().Order()];
        AllVisitsSeen = seen.Length == _visits;
        _structure = new PlainCovariance(structure, _visits);
        _mean = (arm, visit) => X(visit, t => t.Mean(trial, members, arm));
    }

    internal int Participants { get; }

    internal bool BothArms { get; }

    internal bool AllVisitsSeen { get; }

    internal int Observations => _rows.Sum(r => r.At.Length);

    internal int Rank => _kept.Length;

    internal PlainCovariance Structure => _structure;

    /// <summary>Difference of the arms at a visit, over all columns.</summary>
    internal double[] Difference(int visit) => [.. _mean(1, visit).Zip(_mean(0, visit), (a, b) => a - b)];

    internal double[] Mean(int arm, int visit) => _mean(arm, visit);

    /// <summary>Whether the data determine a combination of the columns' coefficients.</summary>
    internal bool IsEstimable(double[] contrast) =>
        _dependences.All(d => Math.Abs(PlainMatrix.Dot(d, contrast)) <= 1e-6 * d.Zip(contrast, (a, b) => Math.Abs(a * b)).Sum());

    internal double MinusTwoLogLikelihood(double[] theta) => Fit(theta)?.MinusTwoLogLikelihood ?? double.PositiveInfinity;

    internal PlainMmrmFit? Fit(double[] theta)
    {
        double[,] sigma = _structure.At(theta);
        var weights = new Dictionary<int, (double[,] Inverse, double LogDeterminant)>();
        double[,] xtx = new double[Rank, Rank];
        var xty = new double[Rank];
        double logDeterminants = 0;
        foreach (Row row in _rows)
        {
            if (!weights.TryGetValue(row.Pattern, out (double[,] Inverse, double LogDeterminant) weight))
            {
                if (PlainMatrix.Cholesky(PlainMatrix.Part(sigma, row.At)) is not { } l)
                {
                    return null;
                }

                weight = (PlainMatrix.InverseFrom(l), PlainMatrix.LogDeterminantFrom(l));
                weights.Add(row.Pattern, weight);
            }

            row.Weight = weight.Inverse;
            logDeterminants += weight.LogDeterminant;
            double[,] xtv = PlainMatrix.Times(row.Transposed, row.Weight);
            PlainMatrix.Add(xtx, 1, PlainMatrix.Times(xtv, row.X));
            double[] part = PlainMatrix.Times(xtv, row.Y);
            for (int c = 0; c < Rank; c++)
            {
                xty[c] += part[c];
            }
        }

        if (PlainMatrix.Cholesky(xtx) is not { } factor)
        {
            return null;
        }

        double[,] covariance = PlainMatrix.InverseFrom(factor);
        double[] beta = PlainMatrix.Times(covariance, xty);
        double squares = 0;
        foreach (Row row in _rows)
        {
            double[] residual = [.. row.Y.Zip(PlainMatrix.Times(row.X, beta), (y, fitted) => y - fitted)];
            squares += PlainMatrix.Form(residual, row.Weight, residual);
        }

        double constant = (Observations - (_restricted ? Rank : 0)) * Math.Log(2 * Math.PI);
        double fixedEffects = _restricted ? PlainMatrix.LogDeterminantFrom(factor) : 0;
        return new PlainMmrmFit(constant + logDeterminants + squares + fixedEffects, beta, covariance);
    }

    /// <summary>Steps for differences: a small share of the distance over which the likelihood bends.</summary>
    internal double[] Steps(double[] theta)
    {
        double middle = MinusTwoLogLikelihood(theta);
        return
        [
            .. theta.Select((_, k) =>
            {
                for (double h = 0.02; ; h /= 4)
                {
                    double[] up = [.. theta.Select((t, l) => l == k ? t + h : t)];
                    double[] down = [.. theta.Select((t, l) => l == k ? t - h : t)];
                    double bend = MinusTwoLogLikelihood(up) + MinusTwoLogLikelihood(down) - (2 * middle);
                    if (bend < 0.02 * Participants || h < 1e-7)
                    {
                        return h;
                    }
                }
            }),
        ];
    }

    /// <summary>Kenward and Roger's adjusted covariance of β̂ at θ̂, and what Satterthwaite's method needs.</summary>
    /// <param name="theta">θ̂.</param>
    /// <param name="w">Inverse of the observed information of θ.</param>
    internal PlainMmrmInference Infer(double[] theta, double[,] w)
    {
        int q = theta.Length;
        double[,] phi = Fit(theta)!.Covariance;
        double[][,] first = [.. Enumerable.Range(0, q).Select(h => PlainDerivatives.Of(_structure.At, theta, h, 0.02))];
        var p = new double[q][,];
        double[,] sum = new double[Rank, Rank];
        for (int h = 0; h < q; h++)
        {
            p[h] = new double[Rank, Rank];
            foreach (Row row in _rows)
            {
                PlainMatrix.Add(p[h], -1, Sandwich(row, PlainMatrix.Part(first[h], row.At)));
            }
        }

        double[,] bend = Curvature(theta, w);
        double[,] curvature = new double[Rank, Rank];
        foreach (IGrouping<int, Row> pattern in _rows.GroupBy(r => r.Pattern))
        {
            int[] at = pattern.First().At;
            double[][,] parts = [.. first.Select(d => PlainMatrix.Part(d, at))];
            double[,] middle = new double[at.Length, at.Length];
            for (int h = 0; h < q; h++)
            {
                for (int j = 0; j < q; j++)
                {
                    double[,] product = PlainMatrix.Times(PlainMatrix.Times(parts[h], pattern.First().Weight), parts[j]);
                    PlainMatrix.Add(middle, w[h, j], product);
                }
            }

            foreach (Row row in pattern)
            {
                PlainMatrix.Add(sum, 1, Sandwich(row, middle));
                PlainMatrix.Add(curvature, 1, Sandwich(row, PlainMatrix.Part(bend, at)));
            }
        }

        for (int h = 0; h < q; h++)
        {
            for (int j = 0; j < q; j++)
            {
                PlainMatrix.Add(sum, -w[h, j], PlainMatrix.Times(PlainMatrix.Times(p[h], phi), p[j]));
            }
        }

        double[,] linear = (double[,])phi.Clone();
        PlainMatrix.Add(linear, 2, PlainMatrix.Times(PlainMatrix.Times(phi, sum), phi));
        double[,] full = (double[,])linear.Clone();
        PlainMatrix.Add(full, -0.5, PlainMatrix.Times(PlainMatrix.Times(phi, curvature), phi));
        return new PlainMmrmInference(phi, linear, full, p, w);
    }

    // ΣΣ W_hj ∂²Σ/∂θ_h∂θ_j.
    private double[,] Curvature(double[] theta, double[,] w)
    {
        double[,] sum = new double[_visits, _visits];
        for (int h = 0; h < theta.Length; h++)
        {
            int outer = h;
            double[,] Slope(double[] t) => PlainDerivatives.Of(_structure.At, t, outer, 0.02);
            for (int j = 0; j < theta.Length; j++)
            {
                PlainMatrix.Add(sum, w[h, j], PlainDerivatives.Of(Slope, theta, j, 0.02));
            }
        }

        return sum;
    }

    /// <summary>The entries of a vector over all columns that belong to columns that are kept.</summary>
    internal double[] Kept(double[] contrast) => [.. _kept.Select(c => contrast[c])];

    // XᵀV⁻¹ M V⁻¹X.
    private static double[,] Sandwich(Row row, double[,] middle)
    {
        double[,] left = PlainMatrix.Times(row.Transposed, row.Weight);
        return PlainMatrix.Times(PlainMatrix.Times(left, middle), PlainMatrix.Transpose(left));
    }

    // Gram–Schmidt, twice; a column that all but vanishes depends on the earlier ones.
    private int[] Keep(int columns)
    {
        var kept = new List<int>();
        var basis = new List<double[]>();
        var made = new List<double[]>();
        for (int c = 0; c < columns; c++)
        {
            int column = c;
            double[] x = [.. _rows.SelectMany(r => Enumerable.Range(0, r.At.Length).Select(i => r.X[i, column]))];
            double length = Math.Sqrt(PlainMatrix.Dot(x, x));
            var combination = new double[columns];
            combination[c] = 1;
            for (int round = 0; round < 2; round++)
            {
                for (int k = 0; k < basis.Count; k++)
                {
                    double share = PlainMatrix.Dot(x, basis[k]);
                    x = [.. x.Zip(basis[k], (a, b) => a - (share * b))];
                    combination = [.. combination.Zip(made[k], (a, b) => a - (share * b))];
                }
            }

            double left = Math.Sqrt(PlainMatrix.Dot(x, x));
            if (left <= 1e-7 * length)
            {
                _dependences.Add([.. combination.Select(v => Math.Abs(v) < 1e-9 ? 0 : v)]);
                continue;
            }

            kept.Add(c);
            basis.Add([.. x.Select(v => v / left)]);
            made.Add([.. combination.Select(v => v / left)]);
        }

        foreach (Row row in _rows)
        {
            row.Restrict(kept);
        }

        return [.. kept];
    }

    private static double Value(PlainTrial trial, string name, int participant) =>
        trial.Columns.Single(c => c.Name == name).Values[participant];

    private static IEnumerable<Term> Terms(PlainTrial trial, Mmrm mmrm)
    {
        yield return new Term(null, -1, false, true);
        yield return new Term(null, -1, true, true);
        foreach (string term in mmrm.Covariates)
        {
            string[] names = term.Split('*');
            bool atEachVisit = names.Contains("visit");
            string column = names.Single(n => n is not ("visit" or "arm"));
            int levels = trial.Columns.Single(c => c.Name == column).Levels.Length;
            int[] positions = levels == 0 ? [-1] : [.. Enumerable.Range(1, levels - 1)];
            foreach (bool byArm in names.Contains("arm") ? new[] { false, true } : [false])
            {
                foreach (int level in positions)
                {
                    yield return new Term(column, level, byArm, atEachVisit);
                }
            }
        }
    }

    private static double[,] Stack(double[][] rows)
    {
        var x = new double[rows.Length, rows.Length == 0 ? 0 : rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int c = 0; c < rows[i].Length; c++)
            {
                x[i, c] = rows[i][c];
            }
        }

        return x;
    }

    /// <summary>A covariate or a level of a factor, times the arm perhaps.</summary>
    private sealed record Term(string? Column, int Level, bool ByArm, bool AtEachVisit)
    {
        internal double At(PlainTrial trial, int p)
        {
            double value = Column is null ? 1 : Level < 0 ? Value(trial, Column, p) : Value(trial, Column, p) == Level ? 1 : 0;
            return ByArm ? value * trial.Arms[p] : value;
        }

        internal double Mean(PlainTrial trial, List<int> members, int arm)
        {
            double value = Column is null ? 1
                : Level < 0 ? members.Average(p => Value(trial, Column, p))
                : 1.0 / trial.Columns.Single(c => c.Name == Column).Levels.Length;
            return ByArm ? value * arm : value;
        }
    }

    private sealed class Row(int[] at, double[,] x, double[] y)
    {
        internal int[] At { get; } = at;

        internal int Pattern { get; } = at.Sum(j => 1 << j);

        internal double[,] X { get; private set; } = x;

        internal double[,] Transposed { get; private set; } = PlainMatrix.Transpose(x);

        internal double[] Y { get; } = y;

        internal double[,] Weight { get; set; } = PlainMatrix.Zero(0, 0);

        internal void Restrict(List<int> columns)
        {
            X = Stack([.. Enumerable.Range(0, At.Length).Select(i => columns.Select(c => X[i, c]).ToArray())]);
            Transposed = PlainMatrix.Transpose(X);
        }
    }
}

/// <summary>The fixed effects at a given covariance.</summary>
internal sealed record PlainMmrmFit(double MinusTwoLogLikelihood, double[] Beta, double[,] Covariance);

/// <summary>Covariances of the fixed effects, and P_h of every covariance parameter.</summary>
internal sealed record PlainMmrmInference(double[,] Model, double[,] Linear, double[,] Full, double[][,] P, double[,] W)
{
    internal double[,] Covariance(DegreesOfFreedomMethod method) => method switch
    {
        DegreesOfFreedomMethod.KenwardRoger => Full,
        DegreesOfFreedomMethod.KenwardRogerLinear => Linear,
        _ => Model,
    };

    /// <summary>2v²/(gᵀWg).</summary>
    internal double DegreesOfFreedom(double[] contrast)
    {
        double[] u = PlainMatrix.Times(Model, contrast);
        double v = PlainMatrix.Dot(contrast, u);
        double[] g = [.. P.Select(p => -PlainMatrix.Form(u, p, u))];
        return 2 * v * v / PlainMatrix.Form(g, W, g);
    }
}
