using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Least squares by the normal equations and Gauss–Jordan, in decimal arithmetic with its 28 digits. Columns that depend
/// on earlier ones are left out. The arm is the last column.</summary>
internal sealed class PlainAncova
{
    private readonly decimal[][] _rows;
    private readonly decimal[] _response;
    private readonly decimal[][] _reduced;
    private readonly int _columns;

    private PlainAncova(decimal[][] rows, decimal[] response, int columns)
    {
        (_rows, _response, _columns) = (rows, response, columns);
        (_reduced, Aliased) = Reduce();
        Coefficients = [.. Enumerable.Range(0, columns).Select(j => Aliased[j] ? 0 : _reduced[j][columns])];
        Residuals = [.. rows.Select((row, i) => response[i] - row.Select((x, j) => x * Coefficients[j]).Sum())];
        ResidualSquares = Residuals.Sum(e => e * e);
        DegreesOfFreedom = rows.Length - Aliased.Count(a => !a);
    }

    internal bool[] Aliased { get; }

    internal decimal[] Coefficients { get; }

    internal decimal[] Residuals { get; }

    internal decimal ResidualSquares { get; }

    internal int DegreesOfFreedom { get; }

    internal double Sigma => Math.Sqrt((double)ResidualSquares / DegreesOfFreedom);

    /// <summary>Fits a response of some participants on an intercept, covariates, factors against their first level, and the
    /// arm.</summary>
    internal static PlainAncova Fit(PlainTrial trial, IReadOnlyList<int> participants, double[] response, string[] covariates)
    {
        var rows = new List<decimal[]>();
        foreach (int p in participants)
        {
            var row = new List<decimal> { 1 };
            foreach (PlainColumn column in covariates.Select(name => trial.Columns.Single(c => c.Name == name)))
            {
                if (column.Levels.Length == 0)
                {
                    row.Add((decimal)column.Values[p]);
                }

                for (int level = 1; level < column.Levels.Length; level++)
                {
                    row.Add(column.Values[p] == level ? 1 : 0);
                }
            }

            row.Add(trial.Arms[p]);
            rows.Add([.. row]);
        }

        int columns = 2 + covariates.Sum(name => Math.Max(1, trial.Columns.Single(c => c.Name == name).Levels.Length - 1));
        return new PlainAncova([.. rows], [.. response.Select(y => (decimal)y)], columns);
    }

    /// <summary>Participants in the given strata who have all the covariates.</summary>
    internal static bool Counts(PlainTrial trial, int participant, string[] covariates, string[] strata) =>
        (strata.Length == 0 || strata.Contains(trial.StratumNames[trial.Strata?[participant] ?? 0]))
        && covariates.All(name => !double.IsNaN(trial.Columns.Single(c => c.Name == name).Values[participant]));

    internal PlainResult Arm(RobustVariance variance = RobustVariance.None)
    {
        int n = _rows.Length;
        bool exact = ResidualSquares <= 1e-20m * _response.Sum(y => y * y);
        bool bothArms = _rows.Any(row => row[^1] == 1) && _rows.Any(row => row[^1] == 0);
        double squared = DegreesOfFreedom < 1 || Aliased[^1] ? double.NaN : SquaredStandardError(variance);
        return exact || !bothArms || !(squared > 0)
            ? PlainResult.NotEstimable(n)
            : new PlainResult(n, (double)Coefficients[^1], Math.Sqrt(squared), DegreesOfFreedom);
    }

    /// <summary>A combination of the coefficients with its standard error; NaN where other solutions of the normal equations give other
    /// values.</summary>
    internal (double Estimate, double StandardError) Combine(decimal[] combination)
    {
        decimal variance = 0;
        decimal estimate = 0;
        for (int j = 0; j < _columns; j++)
        {
            estimate += combination[j] * Coefficients[j];
            for (int k = 0; k < _columns; k++)
            {
                variance += Aliased[j] || Aliased[k] ? 0 : combination[j] * combination[k] * Inverse(j, k);
            }
        }

        for (int a = 0; a < _columns; a++)
        {
            // Column a is the sum of the others times what stands above it in the reduced equations.
            decimal implied = Enumerable.Range(0, _columns).Sum(j => Aliased[j] ? 0 : _reduced[j][a] * combination[j]);
            if (Aliased[a] && Math.Abs(implied - combination[a]) > 1e-10m)
            {
                return (double.NaN, double.NaN);
            }
        }

        return ((double)estimate, Sigma * Math.Sqrt((double)variance));
    }

    /// <summary>Mean of a column of the model.</summary>
    internal decimal Mean(int column) => _rows.Average(row => row[column]);

    private decimal Inverse(int j, int k) => _reduced[j][_columns + 1 + k];

    private double SquaredStandardError(RobustVariance variance)
    {
        int last = _columns - 1;
        if (variance == RobustVariance.None)
        {
            return (double)(ResidualSquares / DegreesOfFreedom * Inverse(last, last));
        }

        decimal sum = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            // Weight of response i in the coefficient, and its weight in its own fitted value.
            decimal influence = 0;
            decimal leverage = 0;
            for (int j = 0; j < _columns; j++)
            {
                influence += Aliased[j] ? 0 : Inverse(last, j) * _rows[i][j];
                for (int k = 0; k < _columns; k++)
                {
                    leverage += Aliased[j] || Aliased[k] ? 0 : _rows[i][j] * Inverse(j, k) * _rows[i][k];
                }
            }

            if (variance is RobustVariance.HC2 or RobustVariance.HC3 && leverage > 1 - 1e-10m)
            {
                return double.NaN;
            }

            decimal power = variance == RobustVariance.HC2 ? 1 - leverage
                : variance == RobustVariance.HC3 ? (1 - leverage) * (1 - leverage)
                : 1;
            sum += influence * influence * Residuals[i] * Residuals[i] / power;
        }

        return (double)(variance == RobustVariance.HC1 ? sum * _rows.Length / DegreesOfFreedom : sum);
    }

    // Columns: X'X, X'y, identity.
    private (decimal[][] Equations, bool[] Aliased) Reduce()
    {
        var equations = new decimal[_columns][];
        for (int j = 0; j < _columns; j++)
        {
            equations[j] = new decimal[(2 * _columns) + 1];
            equations[j][_columns + 1 + j] = 1;
            for (int i = 0; i < _rows.Length; i++)
            {
                equations[j][_columns] += _rows[i][j] * _response[i];
                for (int k = 0; k < _columns; k++)
                {
                    equations[j][k] += _rows[i][j] * _rows[i][k];
                }
            }
        }

        var aliased = new bool[_columns];
        for (int j = 0; j < _columns; j++)
        {
            decimal square = _rows.Sum(row => row[j] * row[j]);
            decimal pivot = equations[j][j];
            aliased[j] = pivot <= 1e-14m * square;
            if (aliased[j])
            {
                continue;
            }

            equations[j] = [.. equations[j].Select(value => value / pivot)];
            for (int k = 0; k < _columns; k++)
            {
                decimal factor = equations[k][j];
                for (int c = 0; k != j && c < equations[k].Length; c++)
                {
                    equations[k][c] -= factor * equations[j][c];
                }
            }
        }

        return (equations, aliased);
    }
}
