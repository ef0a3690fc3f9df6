using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>A participant as a Cox model sees it.</summary>
internal sealed record PlainCoxRow(double Time, bool IsEvent, string Stratum, double[] X);

/// <summary>Cox regression by its definition: a loop over event times, and for each over everybody at risk.</summary>
internal sealed class PlainCox
{
    private readonly PlainCoxRow[] _rows;
    private readonly bool _efron;
    private readonly int _columns;
    private readonly double[] _ranges;

    internal PlainCox(PlainCoxRow[] rows, TieHandling ties, int columns)
    {
        _rows = rows;
        _efron = ties == TieHandling.Efron;
        _columns = columns;
        _ranges = [.. Enumerable.Range(0, columns).Select(j => rows.Length == 0 ? 0 : rows.Max(r => r.X[j]) - rows.Min(r => r.X[j]))];
        Beta = new double[columns];
        Aliased = new bool[columns];
        Infinite = new bool[columns];
        Lost = new bool[columns];
        Step = new double[columns];
        Maximise();
    }

    internal double[] Beta { get; private set; }

    internal bool[] Aliased { get; }

    internal bool[] Infinite { get; }

    /// <summary>Coefficients that infinite ones leave without information.</summary>
    internal bool[] Lost { get; }

    internal bool IsConverged { get; private set; }

    internal bool IsInfinite => Infinite.Contains(true);

    internal double LogLikelihood { get; private set; }

    internal double[,] Covariance { get; private set; } = new double[0, 0];

    private double[] Step { get; set; }

    /// <summary>The log-likelihood at some coefficients.</summary>
    internal double LogLikelihoodAt(double[] beta) => Evaluate(beta).LogLikelihood;

    /// <summary>Gradient and information at some coefficients, by weighted means and covariances over the risk sets.</summary>
    internal (double LogLikelihood, double[] Gradient, double[,] Information) Evaluate(double[] beta)
    {
        double logLikelihood = 0;
        var gradient = new double[_columns];
        var information = new double[_columns, _columns];
        foreach (var stratum in _rows.GroupBy(r => r.Stratum))
        {
            foreach (double time in stratum.Where(r => r.IsEvent).Select(r => r.Time).Distinct())
            {
                PlainCoxRow[] atRisk = [.. stratum.Where(r => r.Time >= time)];
                bool[] dies = [.. atRisk.Select(r => r.IsEvent && r.Time == time)];
                int deaths = dies.Count(d => d);
                double[] predictors = [.. atRisk.Select(r => Dot(r.X, beta))];
                double largest = predictors.Max();
                for (int death = 0; death < deaths; death++)
                {
                    double left = _efron ? 1 - ((double)death / deaths) : 1;
                    double[] weights = [.. predictors.Select((p, i) => Math.Exp(p - largest) * (dies[i] ? left : 1))];
                    double total = weights.Sum();
                    logLikelihood -= Math.Log(total) + largest;
                    AddMoments(atRisk, weights, total, gradient, information);
                }

                for (int i = 0; i < atRisk.Length; i++)
                {
                    logLikelihood += dies[i] ? predictors[i] : 0;
                    for (int j = 0; j < _columns && dies[i]; j++)
                    {
                        gradient[j] += atRisk[i].X[j];
                    }
                }
            }
        }

        return (logLikelihood, gradient, information);
    }

    /// <summary>Inverse of a symmetric matrix without some of its rows and columns, zeros there, by Gauss and Jordan.</summary>
    internal static double[,] Invert(double[,] matrix, bool[] leftOut)
    {
        int n = leftOut.Length;
        var a = (double[,])matrix.Clone();
        var inverse = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            inverse[j, j] = leftOut[j] ? 0 : 1;
        }

        foreach (int j in Enumerable.Range(0, n).Where(j => !leftOut[j]))
        {
            double pivot = a[j, j];
            for (int k = 0; k < n; k++)
            {
                a[j, k] /= pivot;
                inverse[j, k] /= pivot;
            }

            foreach (int i in Enumerable.Range(0, n).Where(i => i != j && !leftOut[i]))
            {
                double factor = a[i, j];
                for (int k = 0; k < n; k++)
                {
                    a[i, k] -= factor * a[j, k];
                    inverse[i, k] -= factor * inverse[j, k];
                }
            }
        }

        return inverse;
    }

    private double Dot(double[] x, double[] beta) => Enumerable.Range(0, _columns).Sum(j => x[j] * beta[j]);

    private void AddMoments(
        PlainCoxRow[] atRisk, double[] weights, double total, double[] gradient, double[,] information)
    {
        var mean = new double[_columns];
        for (int j = 0; j < _columns; j++)
        {
            mean[j] = atRisk.Select((r, i) => weights[i] * r.X[j]).Sum() / total;
            gradient[j] -= mean[j];
        }

        for (int i = 0; i < atRisk.Length; i++)
        {
            for (int j = 0; j < _columns; j++)
            {
                for (int k = 0; k < _columns; k++)
                {
                    information[j, k] += weights[i] / total * (atRisk[i].X[j] - mean[j]) * (atRisk[i].X[k] - mean[k]);
                }
            }
        }
    }

    private void Maximise()
    {
        (LogLikelihood, double[] gradient, double[,] information) = Evaluate(Beta);
        FindAliased(information);
        for (int iteration = 0; iteration < 80; iteration++)
        {
            Covariance = Invert(information, Aliased);
            Step = [.. Enumerable.Range(0, _columns).Select(j => Enumerable.Range(0, _columns).Sum(k => Covariance[j, k] * gradient[k]))];
            double squared = Enumerable.Range(0, _columns).Sum(j => Step[j] * gradient[j]);
            double move = Enumerable.Range(0, _columns).Select(j => Math.Abs(Step[j]) * _ranges[j]).DefaultIfEmpty().Max();
            IsConverged = move < 1e-7;
            if (move < 1e-12 || squared < 1e-27)
            {
                return;
            }

            // Along a direction in which the likelihood never falls.
            if (squared < 1e-9 && move > 0.05 && LogLikelihoodAt([.. Beta.Select((b, j) => b + (10 * Step[j]))]) >= LogLikelihood)
            {
                for (int j = 0; j < _columns; j++)
                {
                    Infinite[j] = Math.Abs(Step[j]) * _ranges[j] > 1e-3;
                    double left = Covariance[j, j] * _ranges[j] * _ranges[j];
                    Lost[j] = !Infinite[j] && !Aliased[j] && !(left < 1e5);
                }

                IsConverged = true;
                return;
            }

            double share = 1;
            double[] trial = Beta;
            do
            {
                trial = [.. Beta.Select((b, j) => b + (share * Step[j]))];
                share /= 2;
            }
            while (LogLikelihoodAt(trial) < LogLikelihood - 1e-9 && share > 1e-12);

            Beta = trial;
            (LogLikelihood, gradient, information) = Evaluate(Beta);
        }
    }

    // A column is aliased when hardly anything of its information is left after the earlier ones.
    private void FindAliased(double[,] information)
    {
        for (int j = 0; j < _columns; j++)
        {
            Aliased[j] = true;
            bool[] leftOut = [.. Aliased.Select((aliased, k) => aliased || k >= j)];
            double[,] inverse = Invert(information, leftOut);
            double left = information[j, j];
            for (int k = 0; k < j; k++)
            {
                for (int m = 0; m < j; m++)
                {
                    left -= information[j, k] * inverse[k, m] * information[m, j];
                }
            }

            Aliased[j] = !(left > 1e-9 * information[j, j]) || information[j, j] < 1e-14 * _ranges[j] * _ranges[j];
        }
    }
}
