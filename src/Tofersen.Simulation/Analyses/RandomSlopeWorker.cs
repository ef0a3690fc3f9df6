using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Analyses.RandomSlopes;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Fits a <see cref="RandomSlopeModel"/>.</summary>
internal sealed class RandomSlopeWorker : IAnalysisWorker
{
    private readonly RandomSlopeDesign _design;
    private readonly RandomSlopeEngine _engine;
    private readonly int[] _participants;
    private readonly double[] _values;
    private readonly double[] _months;
    private readonly double[] _scores;
    private readonly double _alpha;
    private readonly int _first;
    private readonly int _last;

    internal RandomSlopeWorker(RandomSlopeModel model, TrialLayout layout)
    {
        if (!model.DegreesOfFreedom.GoesWith(model.Estimation))
        {
            throw new ArgumentException(
                "Kenward and Roger's method rests on restricted likelihood; choose Estimation = Reml, or DegreesOfFreedom = "
                + "Satterthwaite or Residual.",
                nameof(model));
        }

        (_first, _last) = model.VisitRange(layout);
        _design = new RandomSlopeDesign(layout, model);
        int visits = _last - _first + 1;
        _engine = new RandomSlopeEngine(
            layout.Participants,
            layout.Participants * visits,
            _design.Columns,
            hasRowColumns: false,
            model.Estimation,
            model.DegreesOfFreedom);
        _participants = new int[layout.Participants];
        _values = new double[layout.Participants];
        _months = new double[visits];
        _scores = new double[visits];
        _alpha = model.Alpha;
    }

    public AnalysisResult Run(TrialData data) => SlopeDifference(FitEngine(data));

    internal RandomSlopeFit Fit(TrialData data)
    {
        AnalysisStatus status = FitEngine(data);
        bool isUsable = status is AnalysisStatus.Converged or AnalysisStatus.Boundary;
        int[] positions = isUsable ? Positions() : [.. Enumerable.Repeat(-1, _design.Columns)];
        (double intercept, double covariance, double slope) =
            isUsable ? _engine.RandomCovariance : (double.NaN, double.NaN, double.NaN);
        return new RandomSlopeFit
        {
            SlopeDifference = SlopeDifference(status),
            Coefficients = [.. positions.Select((position, column) => Coefficient(column, position))],
            CoefficientCovariance = [.. positions.Select(row => (ValueList<double>)[.. positions.Select(column => Covariance(row, column))])],
            InterceptVariance = intercept,
            SlopeVariance = slope,
            InterceptSlopeCovariance = covariance,
            ResidualVariance = isUsable ? _engine.ResidualVariance : double.NaN,
            MinusTwoLogLikelihood = isUsable ? _engine.MinusTwoLogLikelihood : double.NaN,
            Observations = _engine.Data.Rows,
            Participants = _engine.Data.Participants,
            Iterations = isUsable ? _engine.Iterations : 0,
            GradientNorm = isUsable ? _engine.GradientNorm : double.NaN,
            Boundary = isUsable ? _engine.Boundary : RandomSlopeBoundary.None,
            PercentSlowing = PercentSlowing(positions),
            RandomEffects = [.. RandomEffects(isUsable)],
        };
    }

    private AnalysisStatus FitEngine(TrialData data)
    {
        SlopeStatistics statistics = _engine.Data;
        statistics.Reset();
        int n = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            if (!_design.Includes(data, p))
            {
                continue;
            }

            int row = p * data.Visits;
            int seen = 0;
            for (int v = _first; v <= _last; v++)
            {
                if (data.ObservedMatrix[row + v])
                {
                    _months[seen] = data.VisitMonthsMatrix[row + v];
                    _scores[seen++] = data.ScoreMatrix[row + v];
                }
            }

            if (seen > 0)
            {
                _participants[n++] = p;
                statistics.Add(_months.AsSpan(0, seen), _scores.AsSpan(0, seen));
            }
        }

        statistics.CloseParticipants();
        _design.Fill(data, _participants.AsSpan(0, n), statistics, _values.AsSpan(0, n));
        statistics.Decompose();
        return _engine.Fit();
    }

    private AnalysisResult SlopeDifference(AnalysisStatus status)
    {
        SlopeStatistics statistics = _engine.Data;
        AnalysisResult none = AnalysisResult.NotEstimable(statistics.Participants);
        if (status == AnalysisStatus.NotEstimable || statistics.IsAliased(_design.Columns - 1))
        {
            return none;
        }

        if (status == AnalysisStatus.NotConverged)
        {
            return none with { Status = status };
        }

        (double estimate, double standardError, double degreesOfFreedom) = _engine.Coefficient(statistics.Rank - 1);
        if (!double.IsFinite(standardError))
        {
            return none;
        }

        double critical = StudentT.TwoSidedCriticalValue(_alpha, degreesOfFreedom);
        return AnalysisResult.FromT(estimate, standardError, degreesOfFreedom, critical, statistics.Participants) with
        {
            Status = status,
        };
    }

    // Position of each column among those that are not aliased; −1 for those that are.
    private int[] Positions()
    {
        int next = 0;
        return [.. Enumerable.Range(0, _design.Columns).Select(column => _engine.Data.IsAliased(column) ? -1 : next++)];
    }

    private RandomSlopeCoefficient Coefficient(int column, int position)
    {
        string name = _design.ColumnName(column);
        if (position < 0)
        {
            return new RandomSlopeCoefficient(name, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        (double estimate, double standardError, double degreesOfFreedom) = _engine.Coefficient(position);
        double t = estimate / standardError;
        return new RandomSlopeCoefficient(
            name, estimate, standardError, degreesOfFreedom, t, StudentT.TwoSidedP(t, degreesOfFreedom));
    }

    private double Covariance(int first, int second) => first < 0 || second < 0 ? double.NaN : _engine.Covariance(first, second);

    private RatioInterval PercentSlowing(int[] positions)
    {
        int arm = positions[^1];
        int time = positions[RandomSlopeDesign.Time];
        if (arm < 0 || time < 0)
        {
            return Fieller.Interval(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        (double difference, double differenceError, double differenceDegrees) = _engine.Coefficient(arm);
        (double slope, double slopeError, double slopeDegrees) = _engine.Coefficient(time);
        return Fieller.Interval(
            -100 * difference,
            slope,
            1e4 * differenceError * differenceError,
            slopeError * slopeError,
            -100 * _engine.Covariance(arm, time),
            StudentT.TwoSidedCriticalValue(_alpha, Math.Min(differenceDegrees, slopeDegrees)));
    }

    private IEnumerable<RandomEffect> RandomEffects(bool isUsable)
    {
        for (int i = 0; i < _engine.Data.Participants; i++)
        {
            (double intercept, double slope) = isUsable ? _engine.RandomEffects(i) : (double.NaN, double.NaN);
            yield return new RandomEffect(_participants[i], intercept, slope);
        }
    }
}
