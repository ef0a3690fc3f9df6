using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>What the TRICALS and ENCALS prognostic models ask of a participant.</summary>
public sealed record TricalsProfile
{
    /// <summary>Loss of the ALSFRS-R total since onset, (48 − total) / months since onset, in points per month; from 0 to 48,
    /// positive is worsening.</summary>
    public required double LossPerMonth { get; init => field = Require.InRange(value, 0, 48); }

    /// <summary>Months from symptom onset to diagnosis; above 0, at most 1,200.</summary>
    public required double DiagnosticDelayMonths { get; init => field = Require.Above(value, 0, 1_200); }

    /// <summary>Age at symptom onset, in years; from 1 to 120.</summary>
    public required double AgeAtOnsetYears { get; init => field = Require.InRange(value, 1, 120); }

    /// <summary>Vital capacity, in per cent of predicted; from 1 to 300.</summary>
    public required double VitalCapacityPercent { get; init => field = Require.InRange(value, 1, 300); }

    /// <summary>Whether symptoms began in the bulbar region.</summary>
    public bool HasBulbarOnset { get; init; }

    /// <summary>Whether ALS is definite by the revised El Escorial criteria.</summary>
    public bool HasDefiniteElEscorial { get; init; }

    /// <summary>Whether the participant has frontotemporal dementia.</summary>
    public bool HasFrontotemporalDementia { get; init; }
}
