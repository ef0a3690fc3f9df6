using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Critical values and futility bounds of one trial whose looks come one at a time, on or off the plan.</summary>
/// <remarks>
/// <para>Looks are taken at whatever information there is. A spending function spends by the actual fraction; a classic shape takes its
/// planned formula at the actual fraction, never spending more than is left. A look that is not the last but has all of the planned information
/// spends everything, and later ones cannot reject. The last look spends what is left, whatever its fraction, so that the level is kept
/// exactly as long as fractions do not depend on the data.</para>
/// <para>A look whose information has risen by less than one part in 10,000 brings nothing new: it spends nothing and its critical value is +∞;
/// if it is the last, it is taken to have risen by that much.</para>
/// <para>Holds scratch memory; one thread. Once warm, nothing is allocated.</para>
/// </remarks>
internal sealed class SequentialMonitor
{
    /// <summary>Smallest relative rise of information from look to look.</summary>
    internal const double SmallestRise = 1e-4;

    /// <summary>Share of the level that may be left over when all of it is spent.</summary>
    private const double Rounding = 1e-13;

    private readonly GroupSequentialDesign _design;
    private readonly double _constant;
    private readonly double _drift;
    private readonly ContinuationRecursion _rejection;
    private readonly ContinuationRecursion? _stopping;
    private int _looks;
    private double _fraction;

    /// <summary>Monitors trials of a planned design.</summary>
    /// <param name="boundaries">The design's planned boundaries.</param>
    internal SequentialMonitor(SequentialBoundaries boundaries)
        : this(boundaries.Design, boundaries.Constant, boundaries.Drift, ContinuationRecursion.StandardPanelWidth)
    {
    }

    /// <summary>Monitors trials of a design with a given constant of its classic shape and drift of its beta spending.</summary>
    internal SequentialMonitor(GroupSequentialDesign design, double constant, double drift, double panelWidth)
    {
        _design = design;
        _constant = constant;
        _drift = drift;
        _rejection = new ContinuationRecursion(GroupSequentialDesign.MaximumLooks, panelWidth);

        // Bounds that do not bind are left out where the level is spent, and heeded where β is: two recursions.
        _stopping = design.Futility is BetaSpending
            ? design.IsFutilityBinding ? _rejection : new ContinuationRecursion(GroupSequentialDesign.MaximumLooks, panelWidth)
            : null;
        Reset();
    }

    /// <summary>Critical value of the last look taken: the trial stops for efficacy at or above it. +∞ where it cannot; −∞ where binding futility
    /// bounds let fewer trials through than there is level left to spend.</summary>
    internal double Efficacy { get; private set; }

    /// <summary>Futility bound of the last look taken: the trial stops for futility at or below it. −∞ where it cannot; the critical value at the final
    /// look and where the bound would lie above it.</summary>
    internal double Futility { get; private set; }

    /// <summary>Probability of a rejection under no effect by now.</summary>
    internal double AlphaSpent { get; private set; }

    /// <summary>Probability of stopping for futility by now under the design's drift; 0 without beta spending.</summary>
    internal double BetaSpent { get; private set; }

    private bool IsBinding => _design.IsFutilityBinding && _design.Futility is not null;

    /// <summary>Begins another trial.</summary>
    internal void Reset()
    {
        _looks = 0;
        _fraction = 0;
        AlphaSpent = 0;
        BetaSpent = 0;
        Efficacy = double.PositiveInfinity;
        Futility = double.NegativeInfinity;
        _rejection.Reset(0, _stopping == _rejection ? _drift : 0);
        if (_stopping is not null && _stopping != _rejection)
        {
            _stopping.Reset(0, _drift);
        }
    }

    /// <summary>Takes the next look.</summary>
    /// <param name="fraction">Information over planned information, above 0.</param>
    /// <param name="isFinal">Whether it is the last.</param>
    /// <param name="planned">Position of the look in the plan, for its fixed futility bound; the number of looks taken before where null.</param>
    /// <returns>Its critical value; its futility bound is <see cref="Futility"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not a positive number.</exception>
    /// <exception cref="InvalidOperationException">There have been as many looks as a design may have.</exception>
    internal double NextEfficacy(double fraction, bool isFinal, int? planned = null)
    {
        Require.Above(fraction, 0, double.MaxValue, nameof(fraction));
        if (_looks == GroupSequentialDesign.MaximumLooks)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"There have been {_looks} looks, the most there may be; Reset begins another trial."));
        }

        double least = _fraction * (1 + SmallestRise);
        _looks++;
        if (fraction < least && !isFinal)
        {
            Efficacy = double.PositiveInfinity;
            Futility = double.NegativeInfinity;
            return Efficacy;
        }

        _fraction = Math.Max(fraction, least);
        _rejection.Begin(_fraction);
        Efficacy = NextCriticalValue(isFinal);
        AlphaSpent += _rejection.Above(Efficacy, 0);
        Futility = NextFutility(isFinal, planned ?? _looks - 1);
        _rejection.Continue(IsBinding ? Futility : double.NegativeInfinity, Efficacy);
        return Efficacy;
    }

    private double NextCriticalValue(bool isFinal)
    {
        // What rounding leaves of a level that is spent is nothing.
        double left = _design.Alpha - AlphaSpent;
        left = left > Rounding * _design.Alpha ? left : 0;
        if (isFinal || _fraction >= 1)
        {
            return _rejection.SolveAbove(left, 0);
        }

        if (_design.Efficacy is SpendingFunction spending)
        {
            return _rejection.SolveAbove(spending.Spent(_fraction, _design.Alpha) - AlphaSpent, 0);
        }

        double z = ((ClassicShape)_design.Efficacy).CriticalValue(_fraction, _constant);
        return _rejection.Above(z, 0) <= left ? z : _rejection.SolveAbove(left, 0);
    }

    private double NextFutility(bool isFinal, int planned)
    {
        double z = double.NegativeInfinity;
        if (_design.Futility is FixedFutility bounds)
        {
            z = planned < bounds.Z.Count ? bounds.Z[planned] : z;
        }
        else if (_design.Futility is BetaSpending { Shape: var shape, Beta: var beta })
        {
            if (_stopping != _rejection)
            {
                _stopping!.Begin(_fraction);
            }

            z = _stopping!.SolveBelow(shape.Spent(_fraction, beta) - BetaSpent, _drift);
        }

        z = isFinal || z > Efficacy ? Efficacy : z;
        if (_stopping is not null)
        {
            BetaSpent += _stopping.Below(z, _drift);
            if (_stopping != _rejection)
            {
                _stopping.Continue(z, Efficacy);
            }
        }

        return z;
    }
}
