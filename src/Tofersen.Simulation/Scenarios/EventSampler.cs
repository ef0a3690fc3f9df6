using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Samples the first of the competing events by inversion of their cumulative hazards on the weekly grid.</summary>
/// <remarks>Each hazard has an exponential threshold of its own and happens when its cumulative hazard reaches it. Hazards
/// that differ only in their level share one integral. Between grid points a hazard is taken as linear in time; one that follows the
/// recorded scores is constant between visits, and inverted exactly.</remarks>
internal sealed class EventSampler
{
    private const double LargestExponent = 700;
    private const int ConstantShape = -1;
    private const int RecordedShape = -2;

    private readonly EventKind[] _kinds;
    private readonly double[] _perWeek;
    private readonly int[] _shapeOf;
    private readonly double[] _strengths;
    private readonly Shape[] _shapes;
    private readonly AlignedBuffer _hazard;
    private readonly int _gridPoints;

    internal EventSampler(ValueList<EventHazard> hazards, CourseTimes times)
    {
        _kinds = [.. hazards.Select(e => e.Kind)];
        _perWeek = [.. hazards.Select(e => e.PerWeek)];
        _strengths = [.. hazards.Select(e => (e as DropoutHazard)?.Strength ?? 0)];
        var shapes = new List<Shape>();
        _shapeOf = [.. hazards.Select(e => ShapeOf(e, shapes))];
        _shapes = [.. shapes];
        _gridPoints = times.GridPoints;
        _hazard = new AlignedBuffer(times.GridPoints);
        FollowsRecords = Array.IndexOf(_shapeOf, RecordedShape) >= 0;
    }

    internal bool HasEvents => _kinds.Length > 0;

    /// <summary>Whether an event depends on the recorded scores.</summary>
    internal bool FollowsRecords { get; }

    /// <summary>Draws the first event.</summary>
    /// <param name="participant">The participant.</param>
    /// <param name="scores">Latent scores at the course times, the grid first.</param>
    /// <param name="logRateMultiplier">ln(1 − E) at the same times.</param>
    /// <param name="logHazardShift">Shift of the log hazards at the same times; empty for none.</param>
    /// <param name="recorded">The losses on record; may be empty unless <see cref="FollowsRecords"/>.</param>
    /// <param name="progressionFromWeeks">Time before which no event that depends on progression happens: that of onset; 0 where there is
    /// none.</param>
    /// <param name="random">The participant's event stream.</param>
    /// <param name="kind">Receives the kind of the event.</param>
    /// <returns>Its time in weeks; infinite where nothing happens on the grid.</returns>
    internal double Draw(
        in Participant participant,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> logRateMultiplier,
        ReadOnlySpan<double> logHazardShift,
        RecordedLosses recorded,
        double progressionFromWeeks,
        ref TrialRandom random,
        out EventKind kind)
    {
        double first = double.PositiveInfinity;
        kind = EventKind.Completed;
        Span<double> thresholds = stackalloc double[_shapes.Length];
        Span<int> earliest = stackalloc int[_shapes.Length];
        thresholds.Fill(double.PositiveInfinity);
        TrialRandom draws = random;
        for (int i = 0; i < _kinds.Length; i++)
        {
            // Weeks of unit hazard that are needed; infinite for a hazard of 0.
            int shape = _shapeOf[i];
            double exponential = draws.NextExponential();
            if (shape < 0)
            {
                double week = exponential / _perWeek[i];
                if (shape == RecordedShape)
                {
                    week = WhenReached(recorded, _strengths[i], week);
                }

                if (week < first)
                {
                    first = week;
                    kind = _kinds[i];
                }

                continue;
            }

            double threshold = exponential
                / (_shapes[shape].IsFromBaseline ? _perWeek[i] : _perWeek[i] * participant.EventHazardMultiplier);
            if (threshold < thresholds[shape])
            {
                thresholds[shape] = threshold;
                earliest[shape] = i;
            }
        }

        random = draws;
        for (int s = 0; s < thresholds.Length; s++)
        {
            double week = WhenReached(_shapes[s], participant, scores, logRateMultiplier, logHazardShift, thresholds[s]);

            // A hazard that begins within a week is spread over all of it, and must not come before its cause.
            week = _shapes[s].IsFromBaseline ? week : Math.Max(week, progressionFromWeeks);
            if (week < first)
            {
                first = week;
                kind = _kinds[earliest[s]];
            }
        }

        return first;
    }

    private double WhenReached(
        Shape shape,
        in Participant participant,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> logRateMultiplier,
        ReadOnlySpan<double> logHazardShift,
        double threshold)
    {
        Span<double> hazard = _hazard.Span;
        double largest = FillLogHazard(shape, participant, scores, logRateMultiplier, hazard);
        if (!logHazardShift.IsEmpty && !shape.IsFromBaseline)
        {
            largest = Shift(hazard, logHazardShift);
        }

        // Most participants have no event, and the largest hazard is enough to know it; a hair is allowed for rounding.
        double span = (_gridPoints - 1) * CourseTimes.StepWeeks * (1 + 1e-9);
        if (!(Math.Exp(largest) * span >= threshold))
        {
            return double.PositiveInfinity;
        }

        double reached = 0;
        double before = 0;
        for (int start = 0; start < _gridPoints; start += VectorKernels.Lanes)
        {
            VectorKernels.Store(LaneFunctions.Exp(VectorKernels.Load(hazard, start)), hazard, start);
            int end = Math.Min(start + VectorKernels.Lanes, _gridPoints);
            for (int g = start; g < end; g++)
            {
                double area = g == 0 ? 0 : CourseTimes.StepWeeks * (before + hazard[g]) / 2;
                if (reached + area >= threshold && g > 0)
                {
                    return ((g - 1) * CourseTimes.StepWeeks) + WithinStep(before, hazard[g], threshold - reached);
                }

                reached += area;
                before = hazard[g];
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>When a hazard that is exp(strength · loss) from one visit to the next has added up to a threshold, in weeks.</summary>
    private static double WhenReached(RecordedLosses recorded, double strength, double threshold)
    {
        double reached = 0;
        double now = 0;
        double loss = 0;
        for (int v = 1; v <= recorded.Months.Length; v++)
        {
            double next = v < recorded.Months.Length ? StudyTime.WeeksFromMonths(recorded.Months[v]) : double.PositiveInfinity;
            double hazard = Math.Exp(Math.Min(strength * loss, LargestExponent));
            double area = hazard * (next - now);
            if (reached + area >= threshold)
            {
                return now + ((threshold - reached) / hazard);
            }

            reached += area;
            now = next;
            loss = v < recorded.Months.Length ? recorded.Losses[v] : loss;
        }

        return double.PositiveInfinity;
    }

    // Solves h0 s + (h1 − h0) s² / (2 step) = area for s in the step, in the form that does not cancel.
    private static double WithinStep(double h0, double h1, double area)
    {
        double slope = (h1 - h0) / CourseTimes.StepWeeks;
        double root = Math.Sqrt(Math.Max(0, (h0 * h0) + (2 * slope * area)));
        double sum = h0 + root;
        return sum > 0 ? Math.Min(CourseTimes.StepWeeks, 2 * area / sum) : CourseTimes.StepWeeks;
    }

    /// <summary>Fills the logarithm of the unit hazard on the grid and returns its largest value there.</summary>
    private static double FillLogHazard(
        Shape shape,
        in Participant participant,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> logRateMultiplier,
        Span<double> logHazard)
    {
        ProgressionHazard hazard = shape.Hazard;
        double logRate = participant.DeclinePerMonth > 0 ? Math.Log(participant.DeclinePerMonth) : double.NegativeInfinity;
        Vector512<double> rate = Vector512.Create(logRate);
        Vector512<double> low = Vector512.Create(shape.LogRateMinimum);
        Vector512<double> high = Vector512.Create(shape.LogRateMaximum);
        Vector512<double> exponent = Vector512.Create(hazard.RateExponent);
        Vector512<double> coefficient = Vector512.Create(hazard.ScoreCoefficient);
        Vector512<double> reference = Vector512.Create(shape.IsFromBaseline ? scores[0] : hazard.ReferenceScore);
        Vector512<double> limit = Vector512.Create(LargestExponent);
        Vector512<double> largest = Vector512.Create(double.NegativeInfinity);
        for (int g = 0; g < logHazard.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> logCurrent = rate + VectorKernels.Load(logRateMultiplier, g);
            logCurrent = Vector512.MinNative(Vector512.MaxNative(logCurrent, low), high);
            Vector512<double> score = VectorKernels.Load(scores, g);
            Vector512<double> log = (exponent * logCurrent) - (coefficient * (score - reference));
            log = Vector512.MinNative(log, limit);
            VectorKernels.Store(log, logHazard, g);
            largest = Vector512.MaxNative(largest, log);
        }

        return Largest(largest);
    }

    /// <summary>Shifts the logarithm of the hazard and returns its largest value on the grid.</summary>
    private static double Shift(Span<double> logHazard, ReadOnlySpan<double> shift)
    {
        Vector512<double> limit = Vector512.Create(LargestExponent);
        Vector512<double> largest = Vector512.Create(double.NegativeInfinity);
        for (int g = 0; g < logHazard.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> log = Vector512.MinNative(VectorKernels.Load(logHazard, g) + VectorKernels.Load(shift, g), limit);
            VectorKernels.Store(log, logHazard, g);
            largest = Vector512.MaxNative(largest, log);
        }

        return Largest(largest);
    }

    private static double Largest(Vector512<double> largest)
    {
        Vector256<double> four = Vector256.MaxNative(largest.GetLower(), largest.GetUpper());
        Vector128<double> two = Vector128.MaxNative(four.GetLower(), four.GetUpper());
        return Math.Max(two.ToScalar(), two.GetElement(1));
    }

    // Loss from baseline on the latent course is a dependence on the score whose reference is the participant's own first score.
    private static int ShapeOf(EventHazard hazard, List<Shape> shapes)
    {
        Shape? shape = hazard switch
        {
            ProgressionHazard progression => new Shape(progression, IsFromBaseline: false),
            DropoutHazard { DependsOnLatent: true } dropout => new Shape(
                new ProgressionHazard
                {
                    Kind = dropout.Kind,
                    PerWeek = dropout.PerWeek,
                    RateExponent = 0,
                    ScoreCoefficient = dropout.Strength,
                },
                IsFromBaseline: true),
            _ => null,
        };
        if (shape is null)
        {
            return hazard is DropoutHazard { DependsOnRecords: true } ? RecordedShape : ConstantShape;
        }

        int known = shapes.FindIndex(s => s.IsFromBaseline == shape.IsFromBaseline && s.Hazard.HasSameShapeAs(shape.Hazard));
        if (known < 0)
        {
            shapes.Add(shape);
            return shapes.Count - 1;
        }

        return known;
    }

    private sealed record Shape(ProgressionHazard Hazard, bool IsFromBaseline)
    {
        internal double LogRateMinimum { get; } = Math.Log(Hazard.RateMinimum);

        internal double LogRateMaximum { get; } = Math.Log(Hazard.RateMaximum);
    }
}
