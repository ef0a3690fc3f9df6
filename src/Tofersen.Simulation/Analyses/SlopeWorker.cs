using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Fits a <see cref="SlopeAnalysis"/>.</summary>
internal sealed class SlopeWorker : IAnalysisWorker
{
    private readonly SlopeAnalysis _analysis;
    private readonly CovariateDesign _design;
    private readonly LinearModel _model;
    private readonly CriticalValues _critical;
    private readonly int[] _rows;
    private readonly double[] _slopes;
    private readonly int _first;
    private readonly int _last;

    internal SlopeWorker(SlopeAnalysis analysis, TrialLayout layout)
    {
        _analysis = analysis;
        (_first, _last) = analysis.VisitRange(layout);
        _design = new CovariateDesign(layout, analysis.Covariates, analysis.Strata);
        _model = new LinearModel(layout.Participants, _design.Columns);
        _critical = new CriticalValues(analysis.Alpha, layout.Participants);
        _rows = new int[layout.Participants];
        _slopes = new double[layout.Participants];
    }

    public AnalysisResult Run(TrialData data)
    {
        int n = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            double slope = Slope(data, p);
            if (double.IsFinite(slope) && _design.Includes(data, p))
            {
                _rows[n] = p;
                _slopes[n++] = slope;
            }
        }

        ReadOnlySpan<int> rows = _rows.AsSpan(0, n);
        bool bothArms = _design.Fill(data, rows, _model);
        _slopes.AsSpan(0, n).CopyTo(_model.Response);
        _model.Fit();
        return _model.TestLast(bothArms, _critical);
    }

    private static bool IsNew(ReadOnlySpan<bool> observed, ReadOnlySpan<double> months, int visit)
    {
        for (int v = visit - 1; v >= 0; v--)
        {
            if (observed[v] && months[v] == months[visit])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Least-squares slope of one participant; NaN with too few visits at different times.</summary>
    internal double Slope(TrialData data, int participant)
    {
        int row = participant * data.Visits;
        ReadOnlySpan<bool> observed = data.ObservedMatrix.AsSpan(row + _first, _last - _first + 1);
        ReadOnlySpan<double> months = data.VisitMonthsMatrix.AsSpan(row + _first, observed.Length);
        ReadOnlySpan<double> scores = data.ScoreMatrix.AsSpan(row + _first, observed.Length);
        int n = 0;
        int distinct = 0;
        double monthSum = 0;
        double scoreSum = 0;
        for (int v = 0; v < observed.Length; v++)
        {
            if (observed[v])
            {
                n++;
                monthSum += months[v];
                scoreSum += scores[v];
                distinct += distinct < _analysis.MinimumVisits && IsNew(observed, months, v) ? 1 : 0;
            }
        }

        if (distinct < _analysis.MinimumVisits)
        {
            return double.NaN;
        }

        double monthMean = monthSum / n;
        double scoreMean = scoreSum / n;
        double squares = 0;
        double products = 0;
        for (int v = 0; v < observed.Length; v++)
        {
            if (observed[v])
            {
                double centred = months[v] - monthMean;
                squares += centred * centred;
                products += centred * (scores[v] - scoreMean);
            }
        }

        return products / squares;
    }
}
