using MathNet.Numerics.RootFinding;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Critical values and futility bounds of a group-sequential design, and what follows from them.</summary>
/// <remarks>The drift θ is the expected z value at the planned information, effect · √(planned information); 0 is no effect. z at information fraction
/// t is normal with mean θ √t and variance 1, and what comes between two looks does not depend on what came before. All probabilities
/// are about a trial that heeds its futility bounds, binding or not.</remarks>
public sealed class SequentialBoundaries
{
    /// <summary>Largest size of a drift asked about; far beyond any trial.</summary>
    private const double LargestDrift = 50;

    internal SequentialBoundaries(
        GroupSequentialDesign design,
        double constant,
        double drift,
        ValueList<double> efficacyZ,
        ValueList<double> futilityZ,
        ValueList<double> cumulativeAlpha,
        ValueList<double> cumulativeBeta)
    {
        Design = design;
        Constant = constant;
        Drift = drift;
        EfficacyZ = efficacyZ;
        FutilityZ = futilityZ;
        CumulativeAlpha = cumulativeAlpha;
        CumulativeBeta = cumulativeBeta;
        NominalLevels = [.. efficacyZ.Select(NormalTail.Probability)];
    }

    /// <summary>The design.</summary>
    public GroupSequentialDesign Design { get; }

    /// <summary>Information fraction of each look.</summary>
    public ValueList<double> InformationFractions => Design.InformationFractions;

    /// <summary>Critical value of each look: the trial stops for efficacy at a z at or above it. +∞ at a look at which the level to be spent is below
    /// 10⁻³⁰, which passes it on.</summary>
    public ValueList<double> EfficacyZ { get; }

    /// <summary>Futility bound of each look: the trial stops for futility at a z at or below it. −∞ where it cannot; at the last look the critical
    /// value, below which the trial ends without a rejection.</summary>
    public ValueList<double> FutilityZ { get; }

    /// <summary>One-sided nominal level of each look, 1 − Φ(critical value).</summary>
    public ValueList<double> NominalLevels { get; }

    /// <summary>Probability of a rejection by each look under no effect; heeding the futility bounds only if they bind.</summary>
    public ValueList<double> CumulativeAlpha { get; }

    /// <summary>Probability of stopping for futility (at the last look, of not rejecting) by each look under <see cref="Drift"/>; zeros without beta
    /// spending.</summary>
    public ValueList<double> CumulativeBeta { get; }

    /// <summary>The drift at which beta spending gives power 1 − β; 0 without beta spending.</summary>
    public double Drift { get; }

    /// <summary>Constant of a classic shape: the critical value at information fraction 1; 0 without one.</summary>
    internal double Constant { get; }

    /// <summary>Power and the probabilities of stopping at each look.</summary>
    /// <param name="drift">The drift, from −50 to 50.</param>
    /// <returns>The probabilities.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The drift is out of range.</exception>
    public SequentialProbabilities ProbabilitiesAt(double drift)
    {
        Require.InRange(drift, -LargestDrift, LargestDrift, nameof(drift));
        return Probabilities(drift, ContinuationRecursion.StandardPanelWidth);
    }

    /// <summary>The drift at which the design has a given power.</summary>
    /// <param name="power">Power, above the level and at most 0.999999.</param>
    /// <returns>The drift, which is above that of a trial without looks.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The power is out of range, or so many trials stop for futility that no drift up to 50 has
    /// it.</exception>
    public double DriftForPower(double power)
    {
        double low = FixedDrift(power) * (1 - 1e-9);
        double high = low + 1;
        while (ProbabilitiesAt(high).Power < power)
        {
            low = high;
            high += 1;
            if (high > LargestDrift)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(power),
                    power,
                    FormattableString.Invariant($"Must be a power that a drift up to {LargestDrift} has; the futility bounds stop too many trials."));
            }
        }

        return Brent.FindRoot(drift => ProbabilitiesAt(drift).Power - power, low, high, 1e-13);
    }

    /// <summary>How much more information the design needs at its last look than a trial without looks of the same level and power: the square of the
    /// ratio of their drifts.</summary>
    /// <remarks>A sample size for a trial without looks times this factor is the design's largest sample size; times
    /// <see cref="SequentialProbabilities.ExpectedInformationFraction"/>, its expected one.</remarks>
    /// <param name="power">Power, above the level and at most 0.999999.</param>
    /// <returns>The factor, at least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The power is out of range.</exception>
    public double InflationFactor(double power)
    {
        double ratio = DriftForPower(power) / FixedDrift(power);
        return ratio * ratio;
    }

    /// <summary>The probabilities, by panels of a given width.</summary>
    internal SequentialProbabilities Probabilities(double drift, double panelWidth)
    {
        var recursion = new ContinuationRecursion(InformationFractions.Count, panelWidth);
        recursion.Reset(Math.Min(drift, 0), Math.Max(drift, 0));
        double[] efficacy = new double[InformationFractions.Count];
        double[] futility = new double[InformationFractions.Count];
        for (int k = 0; k < efficacy.Length; k++)
        {
            recursion.Begin(InformationFractions[k]);
            efficacy[k] = recursion.Above(EfficacyZ[k], drift);
            futility[k] = recursion.Below(FutilityZ[k], drift);
            recursion.Continue(FutilityZ[k], EfficacyZ[k]);
        }

        return new SequentialProbabilities(InformationFractions, [.. efficacy], [.. futility]);
    }

    private double FixedDrift(double power)
    {
        Require.Above(power, Design.Alpha, 0.999999, nameof(power));
        return NormalTail.Quantile(Design.Alpha) - NormalTail.Quantile(power);
    }
}
