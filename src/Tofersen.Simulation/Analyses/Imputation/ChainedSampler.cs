using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>Chained equations: every visit with missing values is drawn in turn from its regression on all other visits.</summary>
/// <remarks>Missing values begin as draws from the observed ones of their visit; see van Buuren and Groothuis-Oudshoorn 2011, doi
/// 10.18637/jss.v045.i03.</remarks>
internal sealed class ChainedSampler
{
    private readonly IncompleteTable _table;
    private readonly VisitRegressions _regressions;
    private readonly PosteriorRegression _posterior;
    private readonly double[] _coefficients;
    private readonly double[] _observed;
    private readonly int _cycles;

    internal ChainedSampler(IncompleteTable table, VisitRegressions regressions, int maximumRows, int cycles)
    {
        (_table, _regressions, _cycles) = (table, regressions, cycles);
        _posterior = new PosteriorRegression(table.Stride, regressions.MaximumColumns);
        _coefficients = new double[table.Stride];
        _observed = new double[maximumRows];
    }

    /// <summary>Fills everything that is missing in some rows.</summary>
    internal void Fill(ReadOnlySpan<int> rows, ref TrialRandom random)
    {
        for (int v = 0; v < _table.Visits; v++)
        {
            Begin(rows, v, ref random);
        }

        for (int cycle = 0; cycle < _cycles; cycle++)
        {
            for (int v = 0; v < _table.Visits; v++)
            {
                if (CountMissing(rows, v) > 0)
                {
                    Redraw(rows, v, ref random);
                }
            }
        }
    }

    private int CountMissing(ReadOnlySpan<int> rows, int visit)
    {
        int missing = 0;
        foreach (int row in rows)
        {
            missing += _table.Observed[(row * _table.Visits) + visit] ? 0 : 1;
        }

        return missing;
    }

    private void Begin(ReadOnlySpan<int> rows, int visit, ref TrialRandom random)
    {
        int n = 0;
        foreach (int row in rows)
        {
            if (_table.Observed[(row * _table.Visits) + visit])
            {
                _observed[n++] = _table.VisitsOf(row)[visit];
            }
        }

        foreach (int row in rows)
        {
            if (!_table.Observed[(row * _table.Visits) + visit])
            {
                _table.VisitsOf(row)[visit] = _observed[random.NextBelow(n)];
            }
        }
    }

    private void Redraw(ReadOnlySpan<int> rows, int visit, ref TrialRandom random)
    {
        _regressions.FitOnOthers(rows, visit, _posterior);
        double sigma = _posterior.Draw(ref random, _coefficients);
        foreach (int row in rows)
        {
            if (!_table.Observed[(row * _table.Visits) + visit])
            {
                double mean = VectorKernels.Dot(_coefficients, _table.Row(row));
                _table.VisitsOf(row)[visit] = mean + (sigma * random.NextNormal());
            }
        }
    }
}
