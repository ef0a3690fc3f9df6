using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>A concentration: log-normal between and within participants, with limits of quantification.</summary>
/// <remarks>
/// <para>ln value = baseline + drift · t + ln ratio(t) + within-participant error. The baseline is the participant's neurofilament light, so
/// correlated with the rate of decline, or a draw of its own. The ratio to the untreated course is that of the stratum's
/// <see cref="BiomarkerStratum.Response"/>, or that of the treatment effect.</para>
/// <para>Data hold the logarithm. A value below the lower limit is recorded as half of it, one above the upper limit as the limit.</para>
/// </remarks>
public sealed record BiomarkerEndpoint : Endpoint
{
    /// <summary>Course in each stratum: one entry for each of the population's strata, or one without a name for all others.</summary>
    /// <exception cref="ArgumentException">There is none, or two are of one stratum.</exception>
    public required ValueList<BiomarkerStratum> Strata { get; init => field = Require.NotEmpty(value); }

    /// <summary>Which course of the treatment effect moves the biomarker in strata without a response of their own.</summary>
    public BiomarkerDriver Driver { get; init => field = Require.Defined(value); }

    /// <summary>Standard deviation of the logarithm of one value around the participant's course, biology and assay together; from 0 to
    /// 5.</summary>
    public double WithinParticipantLogSd { get; init => field = Require.InRange(value, 0, 5); }

    /// <summary>Lower limit of quantification, in the endpoint's unit; null for none.</summary>
    public double? LowerLimit { get; init => field = value is { } limit ? Require.InRange(limit, 1e-9, 1e9) : null; }

    /// <summary>Upper limit of quantification, in the endpoint's unit; null for none.</summary>
    public double? UpperLimit { get; init => field = value is { } limit ? Require.InRange(limit, 1e-9, 1e9) : null; }

    /// <inheritdoc/>
    public override bool IsLogarithmic => true;

    internal override IReadOnlyList<string> StratumNames => [.. Strata.Select(s => s.Stratum)];

    internal override void Validate()
    {
        if (UpperLimit <= LowerLimit)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The upper limit of quantification of '{Name}', {UpperLimit}, is not above the lower, {LowerLimit}."),
                nameof(UpperLimit));
        }

        foreach (BiomarkerStratum stratum in Strata)
        {
            if (stratum.GeometricMean is { } mean)
            {
                CheckBaseline(mean);
            }
        }
    }

    /// <summary>Checks that a geometric mean at baseline can be measured.</summary>
    /// <exception cref="ArgumentException">It is beyond a limit of quantification.</exception>
    internal void CheckBaseline(double mean)
    {
        if (mean <= LowerLimit || mean >= UpperLimit)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The limits of quantification of '{Name}', {LowerLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"} to {UpperLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}, leave out the geometric mean at baseline, {mean}."),
                nameof(LowerLimit));
        }
    }
}
