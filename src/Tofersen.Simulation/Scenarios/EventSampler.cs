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

    private readonly EventKind[] _kinds;
    private readonly double[] _perWeek;
    private readonly double[] _exponentials;
    private readonly int[] _withoutShape;
    private readonly bool[] _followsRecords;
    private readonly double[] _strengths;
    private readonly Shape[] _shapes;
    private readonly AlignedBuffer _hazard;
    private readonly int _gridPoints;

    internal EventSampler(ValueList<EventHazard> hazards, CourseTimes times)
    {
        _kinds = [.. hazards.Select(e => e.Kind)];
        _perWeek = [.. hazards.Select(e => e.PerWeek)];
        _strengths = [.. hazards.Select(e => (e as DropoutHazard)?.Strength ?? 0)];
        _exponentials = new double[hazards.Count];
        _followsRecords = [.. hazards.Select(e => e is DropoutHazard { DependsOnRecords: true })];
        ILookup<(ProgressionHazard Unit, bool IsFromBaseline)?, int> byShape = Enumerable.Range(0, hazards.Count).ToLookup(i => ShapeOf(hazards[i]));
        _withoutShape = [.. byShape[null]];
        _shapes = [.. byShape.Where(g => g.Key is not null).Select(g => new Shape(g.Key!.Value.Unit, g.Key.Value.IsFromBaseline, [.. g]))];
        _gridPoints = times.GridPoints;
        _hazard = new AlignedBuffer(times.GridPoints);
        FollowsRecords = _followsRecords.Contains(true);
    }

    internal bool HasEvents => _kinds.Length > 0;

    /// <summary>Whether an event depends on the recorded scores.</summary>
    internal bool FollowsRecords { get; }

    /// <summary>Draws the first event.</summary>
    /// <param name="participant">The participant.</param>
    /// <param name="course">The participant's course.</param>
    /// <param name="recorded">The losses on record; may be empty unless <see cref="FollowsRecords"/>.</param>
    /// <param name="random">The participant's event stream.</param>
    /// <param name="kind">Receives the kind of the event.</param>
    /// <returns>Its time in weeks; infinite where nothing happens on the grid.</returns>
    internal double Draw(
        in Participant participant,
        in HazardCourse course,
        in RecordedLosses recorded,
        ref TrialRandom random,
        out EventKind kind)
    {
        double first = double.PositiveInfinity;
        int firstHazard = -1;
        TrialRandom draws = random;
        double[] exponentials = _exponentials;
        for (int i = 0; i < exponentials.Length; i++)
        {
            exponentials[i] = draws.NextExponential();
        }

        random = draws;
        foreach (int i in _withoutShape)
        {
            // Weeks of unit hazard that are needed; infinite for a hazard of 0.
            double week = exponentials[i] / _perWeek[i];
            if (_followsRecords[i])
            {
                week = WhenReached(recorded, _strengths[i], week);
            }

            if (week < first)
            {
                (first, firstHazard) = (week, i);
            }
        }

        foreach (Shape shape in _shapes)
        {
            double multiplier = shape.IsFromBaseline ? 1 : participant.EventHazardMultiplier;
            double threshold = double.PositiveInfinity;
            int earliest = -1;
            foreach (int i in shape.Hazards)
            {
                // Without a branch, which would be a matter of chance.
                double own = exponentials[i] / (_perWeek[i] * multiplier);
                bool isEarlier = own < threshold;
                threshold = isEarlier ? own : threshold;
                earliest = isEarlier ? i : earliest;
            }

            double week = WhenReached(shape, participant, course, threshold);

            // A hazard that begins within a week is spread over all of it, and must not come before its cause.
            week = shape.IsFromBaseline ? week : Math.Max(week, course.ProgressionFromWeeks);
            if (week < first)
            {
                (first, firstHazard) = (week, earliest);
            }
        }

        kind = firstHazard < 0 ? EventKind.Completed : _kinds[firstHazard];
        return first;
    }

    private double WhenReached(Shape shape, in Participant participant, in HazardCourse course, double threshold)
    {
        Span<double> hazard = _hazard.Span;
        double largest = FillLogHazard(shape, participant, course, hazard);
        if (!course.LogHazardShift.IsEmpty && !shape.IsFromBaseline)
        {
            largest = Shift(hazard, course.LogHazardShift);
        }

        // Most participants have no event, and the largest hazard is enough to know it; a hair is allowed for rounding. The order of
        // magnitude often is enough, too, and takes no exponential.
        double span = (_gridPoints - 1) * CourseTimes.StepWeeks * (1 + 1e-9);
        if (largest < LogOfPowerBelow(threshold / span) || !(Math.Exp(largest) * span >= threshold))
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

    /// <summary>A hair less than the logarithm of the largest power of 2 that is not above a positive number.</summary>
    private static double LogOfPowerBelow(double value)
    {
        const double Ln2 = 0.6931471805599453;
        long exponent = (BitConverter.DoubleToInt64Bits(value) >> 52) - 1023;
        return (Ln2 * exponent) - 1e-9;
    }

    /// <summary>When a hazard that is exp(strength · loss) from one visit to the next has added up to a threshold, in weeks.</summary>
    private static double WhenReached(in RecordedLosses recorded, double strength, double threshold)
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
    private static double FillLogHazard(Shape shape, in Participant participant, in HazardCourse course, Span<double> logHazard)
    {
        ReadOnlySpan<double> scores = course.Scores;
        ReadOnlySpan<double> logRateMultiplier = course.LogRateMultiplier;
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

    // Hazards of one shape differ in their level alone. Loss from baseline on the latent course is a dependence on the score whose reference is
    // the participant's own first score.
    private static (ProgressionHazard Unit, bool IsFromBaseline)? ShapeOf(EventHazard hazard) => hazard switch
    {
        ProgressionHazard progression => (progression with { Kind = EventKind.Death, PerWeek = 1 }, false),
        DropoutHazard { DependsOnLatent: true } dropout => (
            new ProgressionHazard { Kind = EventKind.Death, PerWeek = 1, RateExponent = 0, ScoreCoefficient = dropout.Strength },
            true),
        _ => null,
    };

    private sealed record Shape(ProgressionHazard Hazard, bool IsFromBaseline, int[] Hazards)
    {
        internal double LogRateMinimum { get; } = Math.Log(Hazard.RateMinimum);

        internal double LogRateMaximum { get; } = Math.Log(Hazard.RateMaximum);
    }
}
