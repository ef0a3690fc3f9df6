using MathNet.Numerics.RootFinding;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Boundaries of a design whose looks are taken as planned.</summary>
/// <remarks>A classic shape's constant is the one that the last look, which spends what is left, comes out at; the drift of beta spending the one at
/// which all type II errors add up to β.</remarks>
internal sealed class BoundaryPlanner
{
    private const double Accuracy = 1e-13;

    /// <summary>Distance from a trial without looks at which there can be no root; the constant of a shape that rises steeply from a very early look comes
    /// to some hundreds.</summary>
    private const double FarthestRoot = 2_000;

    private readonly GroupSequentialDesign _design;
    private readonly double _panelWidth;

    private BoundaryPlanner(GroupSequentialDesign design, double panelWidth)
    {
        _design = design;
        _panelWidth = panelWidth;
    }

    /// <summary>Computes the boundaries of a valid design.</summary>
    internal static SequentialBoundaries Plan(GroupSequentialDesign design, double panelWidth) =>
        new BoundaryPlanner(design, panelWidth).Plan();

    private SequentialBoundaries Plan()
    {
        // Bounds that do not bind play no part in the constant.
        double constant = IsConstantShared ? Constant(_design, 0) : 0;
        double drift = 0;
        if (_design.Futility is BetaSpending spending)
        {
            double fixedDrift = NormalTail.Quantile(_design.Alpha) + NormalTail.Quantile(spending.Beta);
            drift = Root(theta => TypeTwoError(theta, constant) - spending.Beta, fixedDrift);
        }

        return Boundaries(IsConstantShared ? constant : Constant(_design, drift), drift);
    }

    /// <summary>Whether the constant does not depend on the drift.</summary>
    private bool IsConstantShared => !(_design.IsFutilityBinding && _design.Futility is BetaSpending);

    private double TypeTwoError(double drift, double constant)
    {
        SequentialMonitor monitor = Monitor(_design, IsConstantShared ? constant : Constant(_design, drift), drift);
        TakeLooks(monitor);
        return monitor.BetaSpent;
    }

    private double Constant(GroupSequentialDesign design, double drift)
    {
        if (design.Efficacy is not ClassicShape { HasConstant: true })
        {
            return 0;
        }

        GroupSequentialDesign levelOnly = design.IsFutilityBinding ? design : design with { Futility = null };
        return Root(
            constant =>
            {
                SequentialMonitor monitor = Monitor(levelOnly, constant, drift);
                TakeLooks(monitor);

                // Nothing left for the last look, or more than binding bounds let through: far to one side of the root.
                return Math.Clamp(monitor.Efficacy - constant, -100, 100);
            },
            NormalTail.Quantile(design.Alpha));
    }

    private SequentialMonitor Monitor(GroupSequentialDesign design, double constant, double drift) =>
        new(design, constant, drift, _panelWidth);

    private void TakeLooks(SequentialMonitor monitor)
    {
        ReadOnlySpan<double> fractions = _design.InformationFractions.AsSpan();
        for (int k = 0; k < fractions.Length; k++)
        {
            monitor.NextEfficacy(fractions[k], k == fractions.Length - 1);
        }
    }

    /// <summary>Root of a falling function, near a value that lies below it or at it unless bounds bind.</summary>
    private static double Root(Func<double, double> function, double start)
    {
        double step = 0.5;
        double low = start - 1e-3;
        double high = start + step;
        for (; function(low) <= 0; step *= 2)
        {
            high = low;
            low = Within(low - step, start);
        }

        for (; function(high) > 0; step *= 2)
        {
            low = high;
            high = Within(high + step, start);
        }

        return Brent.FindRoot(function, low, high, Accuracy);
    }

    private static double Within(double value, double start) => Math.Abs(value - start) < FarthestRoot
        ? value
        : throw new ArgumentException(
            "The futility bounds leave no boundaries that spend alpha and beta as asked; lower them or make them not binding.",
            nameof(GroupSequentialDesign.Futility));

    private SequentialBoundaries Boundaries(double constant, double drift)
    {
        SequentialMonitor monitor = Monitor(_design, constant, drift);
        int looks = _design.InformationFractions.Count;
        double[] efficacy = new double[looks];
        double[] futility = new double[looks];
        double[] alpha = new double[looks];
        double[] beta = new double[looks];
        for (int k = 0; k < looks; k++)
        {
            efficacy[k] = monitor.NextEfficacy(_design.InformationFractions[k], k == looks - 1);
            futility[k] = monitor.Futility;
            alpha[k] = monitor.AlphaSpent;
            beta[k] = monitor.BetaSpent;
            Check(k, k == looks - 1, efficacy[k], futility[k]);
        }

        return new SequentialBoundaries(_design, constant, drift, [.. efficacy], [.. futility], [.. alpha], [.. beta]);
    }

    private void Check(int look, bool isLast, double efficacy, double futility)
    {
        if (double.IsNegativeInfinity(efficacy))
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The binding futility bounds stop so many trials before look {look + 1} that the level {_design.Alpha} cannot be spent; lower the bounds or make them not binding."),
                nameof(GroupSequentialDesign.Futility));
        }

        if (!isLast && _design.Efficacy is HaybittlePeto { InterimZ: var interim } && efficacy > interim)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"InterimZ is {interim}, which by look {look + 1} spends more than the level {_design.Alpha}; raise it."),
                nameof(GroupSequentialDesign.Efficacy));
        }

        if (!isLast && futility >= efficacy)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The futility bound of look {look + 1} does not lie below its critical value, {efficacy}; lower it, or spend less of beta by then."),
                nameof(GroupSequentialDesign.Futility));
        }
    }
}
