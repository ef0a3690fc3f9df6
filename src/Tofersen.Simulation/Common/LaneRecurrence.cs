using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tofersen.Simulation.Common;

/// <summary>The recurrence y_g = a · y_(g−1) + x_g, eight terms at a time.</summary>
/// <remarks>Within eight lanes the sums are built in three doublings, then comes what was before them; always in this order, so that the
/// bits do not depend on the vector width.</remarks>
internal readonly struct LaneRecurrence
{
    private readonly Vector512<double> _one;
    private readonly Vector512<double> _two;
    private readonly Vector512<double> _four;
    private readonly Vector512<double> _powers;

    /// <summary>A recurrence with a given factor.</summary>
    internal LaneRecurrence(double factor)
    {
        double two = factor * factor;
        double three = two * factor;
        double four = two * two;
        _one = Vector512.Create(factor);
        _two = Vector512.Create(two);
        _four = Vector512.Create(four);
        _powers = Vector512.Create(factor, two, three, four, four * factor, four * two, four * three, four * four);
    }

    /// <summary>The next eight terms.</summary>
    /// <param name="x">The next eight inputs.</param>
    /// <param name="last">The last term so far in every lane; becomes the last of the new terms.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<double> Next(Vector512<double> x, ref Vector512<double> last)
    {
        x += _one * Vector512.Shuffle(x, Vector512.Create(8L, 0, 1, 2, 3, 4, 5, 6));
        x += _two * Vector512.Shuffle(x, Vector512.Create(8L, 8, 0, 1, 2, 3, 4, 5));
        x += _four * Vector512.Shuffle(x, Vector512.Create(8L, 8, 8, 8, 0, 1, 2, 3));
        x += _powers * last;
        last = Last(x);
        return x;
    }

    /// <summary>The terms one place earlier.</summary>
    /// <param name="x">Eight terms.</param>
    /// <param name="last">The term before them in every lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Previous(Vector512<double> x, Vector512<double> last) => Vector512.ConditionalSelect(
        Vector512.Create(-1L, 0, 0, 0, 0, 0, 0, 0).AsDouble(), last, Vector512.Shuffle(x, Vector512.Create(8L, 0, 1, 2, 3, 4, 5, 6)));

    /// <summary>The last of eight terms in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Last(Vector512<double> x) => Vector512.Shuffle(x, Vector512.Create(7L));
}
