namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>Fits the regression of one visit on predictors and other visits.</summary>
internal sealed class VisitRegressions
{
    /// <summary>Residual degrees of freedom that a regression keeps, so that what is drawn from it has a variance.</summary>
    internal const int FewestDegreesOfFreedom = 3;

    private readonly IncompleteTable _table;
    private readonly LinearModel _model;
    private readonly int[] _rows;
    private readonly int[] _places;

    internal VisitRegressions(IncompleteTable table, int maximumRows)
    {
        _table = table;
        int columns = table.Predictors + table.Visits - 1;
        _model = new LinearModel(maximumRows, columns);
        _rows = new int[maximumRows];
        _places = new int[columns];
    }

    internal int MaximumColumns => _places.Length;

    /// <summary>Regresses a visit on the visits before it, from the rows that have not dropped out there.</summary>
    internal void FitOnEarlier(ReadOnlySpan<int> rows, int visit, PosteriorRegression posterior)
    {
        int n = 0;
        foreach (int row in rows)
        {
            if (_table.Dropout[row] > visit)
            {
                _rows[n++] = row;
            }
        }

        int places = PlaceFirst();
        for (int v = visit - 1; v >= 0; v--)
        {
            _places[places++] = _table.VisitOffset + v;
        }

        Fit(n, PlacePredictors(places), visit, posterior);
    }

    /// <summary>Regresses a visit on all other visits, from the rows where it was observed.</summary>
    internal void FitOnOthers(ReadOnlySpan<int> rows, int visit, PosteriorRegression posterior)
    {
        int n = 0;
        foreach (int row in rows)
        {
            if (_table.Observed[(row * _table.Visits) + visit])
            {
                _rows[n++] = row;
            }
        }

        int places = PlaceFirst();
        for (int distance = 1; distance < _table.Visits; distance++)
        {
            if (visit >= distance)
            {
                _places[places++] = _table.VisitOffset + visit - distance;
            }

            if (visit + distance < _table.Visits)
            {
                _places[places++] = _table.VisitOffset + visit + distance;
            }
        }

        Fit(n, PlacePredictors(places), visit, posterior);
    }

    private int PlaceFirst()
    {
        // Intercept and arm.
        _places[0] = 0;
        _places[1] = _table.Predictors - 1;
        return 2;
    }

    private int PlacePredictors(int places)
    {
        for (int j = 1; j < _table.Predictors - 1; j++)
        {
            _places[places++] = j;
        }

        return places;
    }

    private void Fit(int rows, int columns, int visit, PosteriorRegression posterior)
    {
        _model.Reset(rows, columns);
        _model.RankLimit = rows - FewestDegreesOfFreedom;
        Span<double> response = _model.Response;
        for (int i = 0; i < rows; i++)
        {
            response[i] = _table.VisitsOf(_rows[i])[visit];
        }

        for (int j = 0; j < columns; j++)
        {
            Span<double> column = _model.Column(j);
            int place = _places[j];
            for (int i = 0; i < rows; i++)
            {
                column[i] = _table.Row(_rows[i])[place];
            }
        }

        _model.Fit();
        posterior.Take(_model, _places.AsSpan(0, columns));
    }
}
