using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Treatments;

/// <summary>The last quantity of a turnover, and its last input and slope, each in every lane.</summary>
internal struct TurnoverState
{
    internal Vector512<double> Quantity;
    internal Vector512<double> Input;
    internal Vector512<double> Slope;
}

/// <summary>A quantity that turns over, eight points at a time.</summary>
internal readonly ref struct Turnover(in TurnoverStep step, double inputMaximum)
{
    private readonly ref readonly TurnoverStep _step = ref step;
    private readonly LaneRecurrence _recurrence = new(step.Kept);
    private readonly Vector512<double> _max = Vector512.Create(inputMaximum);

    /// <summary>The quantity at the next eight points, from the input there and its slopes before and after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly Vector512<double> Next(
        Vector512<double> input, Vector512<double> slopeBefore, Vector512<double> slopeAfter, ref TurnoverState state)
    {
        Vector512<double> low = input * 3;
        Vector512<double> high = (_max - input) * 3;
        slopeBefore = Vector512.MinNative(Vector512.MaxNative(slopeBefore, -high), low);
        slopeAfter = Vector512.MinNative(Vector512.MaxNative(slopeAfter, -low), high);
        Vector512<double> gain = (LaneRecurrence.Previous(input, state.Input) * _step.Start) + (input * _step.End)
            + (LaneRecurrence.Previous(slopeAfter, state.Slope) * _step.StartSlope) + (slopeBefore * _step.EndSlope);
        state.Input = LaneRecurrence.Last(input);
        state.Slope = LaneRecurrence.Last(slopeAfter);
        return _recurrence.Next(gain, ref state.Quantity);
    }
}
