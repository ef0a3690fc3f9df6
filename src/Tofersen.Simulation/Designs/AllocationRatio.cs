using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs;

/// <summary>Planned randomisation ratio of the active (or early-start) arm to the control (or delayed-start) arm.</summary>
/// <remarks>2:1 is <c>new AllocationRatio(2, 1)</c>. Terms are kept as given: 2:2 makes blocks of 4, 1:1 blocks of 2.</remarks>
public readonly record struct AllocationRatio
{
    private readonly int _active;
    private readonly int _control;

    /// <summary>Makes a ratio.</summary>
    /// <param name="active">Participants of the active or early-start arm in a block, from 1 to 100.</param>
    /// <param name="control">Participants of the control or delayed-start arm in a block, from 1 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A term is out of range; a ratio of zero would leave an arm empty.</exception>
    public AllocationRatio(int active, int control)
    {
        _active = Require.InRange(active, 1, 100, nameof(active));
        _control = Require.InRange(control, 1, 100, nameof(control));
    }

    /// <summary>Term of the active or early-start arm. The default value of the type is 1:1.</summary>
    public int Active => Math.Max(_active, 1);

    /// <summary>Term of the control or delayed-start arm.</summary>
    public int Control => Math.Max(_control, 1);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Active}:{Control}");
}
