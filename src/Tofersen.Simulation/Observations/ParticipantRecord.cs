using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Observations;

/// <summary>One participant's data, to build a <see cref="TrialData"/> from.</summary>
public sealed record ParticipantRecord
{
    /// <summary>Arm: position in the layout's arm names; 0 is control or delayed start.</summary>
    public required byte Arm { get; init; }

    /// <summary>Stratum: position in the layout's stratum names.</summary>
    public byte Stratum { get; init; }

    /// <summary>Score at each scheduled visit, the baseline first; NaN where missing.</summary>
    public required ValueList<double> Scores { get; init => field = Require.NotNull(value); }

    /// <summary>When each visit took place, in months since randomisation; as scheduled where null.</summary>
    public ValueList<double>? VisitMonths { get; init; }

    /// <summary>Baseline columns in the order of the layout; NaN where missing.</summary>
    public ValueList<double> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Values of the layout's endpoints besides the ALSFRS-R total, one at each scheduled visit; natural logarithms where the endpoint
    /// is logarithmic, NaN where missing.</summary>
    public ValueList<ValueList<double>> Endpoints { get; init => field = Require.NotNull(value); } = [];

    /// <summary>End of follow-up in months, at least 0; the end of the trial where null.</summary>
    public double? FollowUpMonths
    {
        get;
        init => field = value is { } months ? Require.InRange(months, 0, 1e4) : null;
    }

    /// <summary>How follow-up ended.</summary>
    public EventKind FollowUpEnd
    {
        get;
        init => field = Require.Defined(value) != EventKind.Phenoconversion
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(FollowUpEnd), value, "Does not end follow-up; give its month as PhenoconversionMonths.");
    }

    /// <summary>When disease became clinically manifest, in months from 0 to the end of follow-up; null where it did not.</summary>
    public double? PhenoconversionMonths
    {
        get;
        init => field = value is { } months ? Require.InRange(months, 0, 1e4) : null;
    }

    /// <summary>When the participant was randomised, in months of calendar time since enrolment opened; from 0 to 10,000.</summary>
    public double EntryMonths { get; init => field = Require.InRange(value, 0, 1e4); }

    /// <summary>When the assigned treatment was stopped while follow-up went on, in months, from 0 to 10,000; null for never.</summary>
    public double? TreatmentStopMonths
    {
        get;
        init => field = value is { } months ? Require.InRange(months, 0, 1e4) : null;
    }

    /// <summary>When a participant of the control arm began drug as a rescue, in months, from 0 to 10,000; null for never.</summary>
    public double? RescueMonths
    {
        get;
        init => field = value is { } months ? Require.InRange(months, 0, 1e4) : null;
    }

    /// <summary>Intervals on drug, in order.</summary>
    public ValueList<ExposureInterval> Exposure { get; init => field = Require.NotNull(value); } = [];
}
