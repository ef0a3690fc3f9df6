using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Samples the first of the competing events by inversion of their cumulative hazards on the weekly grid.</summary>
/// <remarks>Each hazard has an exponential threshold of its own and happens when its cumulative hazard reaches it. Hazards
/// that differ only in their level share one integral. Between grid points a hazard is taken as linear in time.</remarks>
internal sealed class EventSampler
{
    private const double LargestExponent = 700;

    private readonly EventHazard[] _hazards;
    private readonly Shape[] _shapes;
    private readonly double[] _hazard;
    private readonly int _gridPoints;

    internal EventSampler(ObservationModel observation, CourseTimes times)
    {
        _hazards = [.. observation.Events];
        var shapes = new List<Shape>();
        for (int i = 0; i < _hazards.Length; i++)
        {
            if (_hazards[i] is not ProgressionHazard progression)
            {
                continue;
            }

            Shape? shape = shapes.Find(s => s.Hazard.HasSameShapeAs(progression));
            if (shape is null)
            {
                shape = new Shape(progression);
                shapes.Add(shape);
            }

            shape.Members.Add(i);
        }

        _shapes = [.. shapes];
        _gridPoints = times.GridPoints;
        _hazard = new double[VectorKernels.Padded(times.GridPoints)];
    }

    internal bool HasEvents => _hazards.Length > 0;

    /// <summary>Draws the first event.</summary>
    /// <param name="participant">The participant.</param>
    /// <param name="scores">Latent scores at the course times, the grid first.</param>
    /// <param name="logRateMultiplier">ln(1 − E) at the same times.</param>
    /// <param name="random">The participant's event stream.</param>
    /// <param name="kind">Receives the kind of the event.</param>
    /// <returns>Its time in weeks; infinite where nothing happens on the grid.</returns>
    internal double Draw(
        in Participant participant,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> logRateMultiplier,
        ref TrialRandom random,
        out EventKind kind)
    {
        Span<double> thresholds = stackalloc double[(int)EventKind.OtherWithdrawal];
        double first = double.PositiveInfinity;
        kind = EventKind.Completed;
        for (int i = 0; i < _hazards.Length; i++)
        {
            double perWeek = _hazards[i].PerWeek;
            bool follows = _hazards[i] is ProgressionHazard;
            if (follows)
            {
                perWeek *= participant.EventHazardMultiplier;
            }

            // Weeks of unit hazard that are needed; infinite for a hazard of 0.
            thresholds[i] = random.NextExponential() / perWeek;
            if (!follows && thresholds[i] < first)
            {
                first = thresholds[i];
                kind = _hazards[i].Kind;
            }
        }

        foreach (Shape shape in _shapes)
        {
            int earliest = shape.Members[0];
            foreach (int member in shape.Members)
            {
                earliest = thresholds[member] < thresholds[earliest] ? member : earliest;
            }

            double week = WhenReached(shape, participant, scores, logRateMultiplier, thresholds[earliest]);
            if (week < first)
            {
                first = week;
                kind = _hazards[earliest].Kind;
            }
        }

        return first;
    }

    private double WhenReached(
        Shape shape,
        in Participant participant,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> logRateMultiplier,
        double threshold)
    {
        double total = FillHazard(shape, participant, scores, logRateMultiplier);
        if (!(total >= threshold))
        {
            return double.PositiveInfinity;
        }

        ReadOnlySpan<double> hazard = _hazard;
        double reached = 0;
        for (int g = 0; g < _gridPoints - 1; g++)
        {
            double area = CourseTimes.StepWeeks * (hazard[g] + hazard[g + 1]) / 2;
            if (reached + area >= threshold)
            {
                return (g * CourseTimes.StepWeeks) + WithinStep(hazard[g], hazard[g + 1], threshold - reached);
            }

            reached += area;
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

    /// <summary>Fills the unit hazard on the grid and returns its integral over it, in weeks of unit hazard.</summary>
    private double FillHazard(
        Shape shape, in Participant participant, ReadOnlySpan<double> scores, ReadOnlySpan<double> logRateMultiplier)
    {
        ProgressionHazard hazard = shape.Hazard;
        double logRate = participant.DeclinePerMonth > 0 ? Math.Log(participant.DeclinePerMonth) : double.NegativeInfinity;
        Vector512<double> rate = Vector512.Create(logRate);
        Vector512<double> low = Vector512.Create(shape.LogRateMinimum);
        Vector512<double> high = Vector512.Create(shape.LogRateMaximum);
        Vector512<double> exponent = Vector512.Create(hazard.RateExponent);
        Vector512<double> coefficient = Vector512.Create(hazard.ScoreCoefficient);
        Vector512<double> reference = Vector512.Create(hazard.ReferenceScore);
        Vector512<double> limit = Vector512.Create(LargestExponent);
        Vector512<double> sum = Vector512<double>.Zero;
        Span<double> target = _hazard;
        for (int g = 0; g < target.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> logCurrent = rate + VectorKernels.Load(logRateMultiplier, g);
            logCurrent = Vector512.MinNative(Vector512.MaxNative(logCurrent, low), high);
            Vector512<double> score = VectorKernels.Load(scores, g);
            Vector512<double> log = (exponent * logCurrent) - (coefficient * (score - reference));
            Vector512<double> value = Vector512.Exp(Vector512.MinNative(log, limit));
            VectorKernels.Store(value, target, g);
            sum += value;
        }

        // Trapezoid: half weights at both ends; what lies beyond the grid in the last vector does not count.
        double total = VectorKernels.Sum(sum);
        for (int g = _gridPoints; g < target.Length; g++)
        {
            total -= target[g];
        }

        total -= (target[0] + target[_gridPoints - 1]) / 2;

        // A hair more than the sum in order, so that rounding never hides a crossing that the search would find.
        return total * CourseTimes.StepWeeks * (1 + 1e-12);
    }

    private sealed class Shape(ProgressionHazard hazard)
    {
        internal ProgressionHazard Hazard { get; } = hazard;

        internal List<int> Members { get; } = [];

        internal double LogRateMinimum { get; } = Math.Log(hazard.RateMinimum);

        internal double LogRateMaximum { get; } = Math.Log(hazard.RateMaximum);
    }
}
