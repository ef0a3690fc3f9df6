namespace Tofersen.Simulation.Populations;

/// <summary>The traits of one participant at randomisation, latent ones included.</summary>
/// <remarks>Truth, not data: analyses see only what <c>TrialData</c> records of it.</remarks>
public readonly record struct Participant
{
    /// <summary>Position of the stratum in the population's list, from 0.</summary>
    public required int Stratum { get; init; }

    /// <summary>Latent ALSFRS-R total at randomisation, in points, without error of measurement.</summary>
    public required double BaselineScore { get; init; }

    /// <summary>Natural rate of loss of the ALSFRS-R total, in points per month; positive is worsening.</summary>
    public required double DeclinePerMonth { get; init; }

    /// <summary>Rate of loss before randomisation, in points per month.</summary>
    public double PreRandomisationSlopePerMonth { get; init; }

    /// <summary>Natural logarithm of plasma neurofilament light at baseline, in pg/mL.</summary>
    public double LogNeurofilamentLight { get; init; }

    /// <summary>Age at randomisation, in years.</summary>
    public double AgeYears { get; init; }

    /// <summary>Months from symptom onset to randomisation; NaN where the slope before randomisation is not above 0. Below 0 before onset:
    /// minus the months to onset without treatment.</summary>
    public double MonthsSinceOnset { get; init; }

    /// <summary>Months from the beginning of the rise of neurofilament light to onset, for participants before onset; 0 for no rise.</summary>
    public double NeurofilamentRiseMonths { get; init; }

    /// <summary>Rise of ln neurofilament light over those months.</summary>
    public double LogNeurofilamentRise { get; init; }

    /// <summary>Whether the participant is male.</summary>
    public bool IsMale { get; init; }

    /// <summary>Whether symptoms began in the bulbar region.</summary>
    public bool HasBulbarOnset { get; init; }

    /// <summary>Whether the participant takes riluzole at baseline.</summary>
    public bool TakesRiluzole { get; init; }

    /// <summary>Whether the participant takes edaravone at baseline.</summary>
    public bool TakesEdaravone { get; init; }

    /// <summary>Slow vital capacity at randomisation, in per cent of predicted.</summary>
    public double VitalCapacityPercent { get; init; }

    /// <summary>Months from symptom onset to diagnosis; NaN where the months since onset are.</summary>
    public double DiagnosticDelayMonths { get; init; }

    /// <summary>Whether ALS is definite by the revised El Escorial criteria.</summary>
    public bool HasDefiniteElEscorial { get; init; }

    /// <summary>Whether the participant has frontotemporal dementia.</summary>
    public bool HasFrontotemporalDementia { get; init; }

    /// <summary>Standard normal score of <see cref="BaselineScore"/> in the stratum, to which other outcomes are correlated; 0 where a population
    /// does not give it.</summary>
    public double BaselineNormalScore { get; init; }

    /// <summary>Standard normal score of <see cref="DeclinePerMonth"/> in the stratum; as <see cref="BaselineNormalScore"/>.</summary>
    public double DeclineNormalScore { get; init; }

    /// <summary>Standard deviation of a score around its latent course at one visit (rater and day), in points.</summary>
    public required double ResidualSd { get; init; }

    /// <summary>Factor on every hazard that depends on progression; 1 is no change.</summary>
    public required double EventHazardMultiplier { get; init; }

    /// <summary>Height of the passing early gain of a flat start, in points; 0 for none.</summary>
    public double FlatStartPoints { get; init; }

    /// <summary>Months of untreated disease from randomisation to onset; 0 for somebody with symptoms.</summary>
    internal double MonthsToOnset => MonthsSinceOnset < 0 ? -MonthsSinceOnset : 0;

    /// <summary>How many candidates were screened until this one was eligible; 1 when the first was.</summary>
    public int CandidatesScreened { get; init; }
}
