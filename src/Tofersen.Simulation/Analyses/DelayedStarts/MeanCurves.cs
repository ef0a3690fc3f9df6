using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.DelayedStarts;

/// <summary>LS means of both arms over time, straight between visits; changes start from zero at randomisation.</summary>
internal sealed class MeanCurves
{
    private readonly MmrmWorker _model;
    private readonly double[] _months;
    private readonly double[][][] _contrasts;
    private readonly double _alpha;

    internal MeanCurves(MmrmWorker model, TrialLayout layout, DelayedStartAnalysis analysis)
    {
        _model = model;
        _alpha = analysis.Alpha;
        bool startsAtZero = analysis.Response == AncovaResponse.ChangeFromBaseline;
        double[] months = [.. layout.VisitWeeks.Skip(1).Take(model.Visits).Select(StudyTime.MonthsFromWeeks)];
        _months = startsAtZero ? [0, .. months] : months;
        _contrasts = [Curve(TrialDesign.ControlArm, startsAtZero), Curve(TrialDesign.ActiveArm, startsAtZero)];
    }

    /// <summary>Time saved by the early start at a visit of the model.</summary>
    internal TimeSaved TimeSavedAt(int visit)
    {
        int at = visit + _months.Length - _model.Visits;
        double early = Value(_contrasts[TrialDesign.ActiveArm][at]);
        double delayed = Value(_contrasts[TrialDesign.ControlArm][at]);
        bool isSaved = early >= delayed;

        // The level that the better arm has now is sought on the other curve, where it was passed before.
        double[][] other = _contrasts[isSaved ? TrialDesign.ControlArm : TrialDesign.ActiveArm];
        double[] level = _contrasts[isSaved ? TrialDesign.ActiveArm : TrialDesign.ControlArm][at];
        double target = Value(level);
        int segment = -1;
        for (int k = 0; k < at; k++)
        {
            double from = Value(other[k]) - target;
            double to = Value(other[k + 1]) - target;
            if (double.IsNaN(from + to))
            {
                return Undefined;
            }

            if (from >= 0 && to < 0)
            {
                if (segment >= 0)
                {
                    return Undefined;
                }

                segment = k;
            }
            else if (from < 0 && to >= 0)
            {
                return Undefined;
            }
        }

        if (segment < 0)
        {
            // The two may meet at the visit itself.
            return early == delayed && Value(other[at - 1]) > target
                ? Crossing(other, level, target, at - 1, at, isSaved)
                : Undefined;
        }

        return Crossing(other, level, target, segment, at, isSaved);
    }

    private static TimeSaved Undefined => new(double.NaN, double.NaN, double.NaN, double.NaN);

    private TimeSaved Crossing(double[][] other, double[] level, double target, int segment, int at, bool isSaved)
    {
        double from = Value(other[segment]);
        double to = Value(other[segment + 1]);
        double share = (from - target) / (from - to);
        double length = _months[segment + 1] - _months[segment];
        double months = _months[at] - _months[segment] - (share * length);
        double slope = (to - from) / length;
        double[] distance = [.. level.Select((l, c) => l - ((1 - share) * other[segment][c]) - (share * other[segment + 1][c]))];
        double standardError = Math.Sqrt(_model.Engine.Covariance(distance, distance)) / Math.Abs(slope);
        double half = StudentT.TwoSidedCriticalValue(_alpha, double.PositiveInfinity) * standardError;
        double signed = isSaved ? months : -months;
        return new TimeSaved(signed, standardError, signed - half, signed + half);
    }

    private double[][] Curve(int arm, bool startsAtZero)
    {
        IEnumerable<double[]> means = Enumerable.Range(0, _model.Visits).Select(j => _model.Mean(arm, j));
        return startsAtZero ? [new double[_model.Columns], .. means] : [.. means];
    }

    private double Value(double[] contrast) => _model.Engine.Estimate(contrast);
}
