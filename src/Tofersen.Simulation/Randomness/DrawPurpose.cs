namespace Tofersen.Simulation.Randomness;

/// <summary>What a random stream is for. Each purpose of a participant has its own stream, so that a change in one kind
/// of draw leaves every other draw where it was.</summary>
/// <remarks>Numbers are part of the stream key: adding a purpose is safe, renumbering one changes results.</remarks>
public enum DrawPurpose
{
    /// <summary>Order of the allocations in the permuted blocks of a stratum.</summary>
    Randomisation = 1,

    /// <summary>Which stratum a participant comes from, where the composition of the trial is random.</summary>
    Enrolment = 2,

    /// <summary>Traits at baseline, screening included.</summary>
    Baseline = 3,

    /// <summary>Entry into the extension and the gap before its first dose.</summary>
    Exposure = 4,

    /// <summary>Random parts of the latent course beyond the baseline traits.</summary>
    Trajectory = 5,

    /// <summary>Death, permanent ventilation and withdrawal.</summary>
    Events = 6,

    /// <summary>Actual dates of visits within their windows.</summary>
    VisitTiming = 7,

    /// <summary>Visits missed by participants who stay in the trial.</summary>
    Missingness = 8,

    /// <summary>Visit-to-visit and rater error of the score.</summary>
    RaterError = 9,

    /// <summary>Draws of a multiple imputation; in place of a participant the stream has the number of the imputation.</summary>
    Imputation = 10,

    /// <summary>A participant's own response to treatment.</summary>
    Response = 11,

    /// <summary>Endpoints besides the ALSFRS-R total; each has a stream of its own within.</summary>
    Endpoints = 12,

    /// <summary>Items of the ALSFRS-R: a participant's deviations by domain and the errors of items at visits.</summary>
    Items = 13,

    /// <summary>Adverse events; each class has a stream of its own within.</summary>
    AdverseEvents = 14,

    /// <summary>Stopping treatment while staying in the trial.</summary>
    TreatmentStop = 16,

    /// <summary>Whether a participant who is offered rescue takes it.</summary>
    Rescue = 17,

    /// <summary>When a participant is randomised, in calendar time.</summary>
    CalendarEntry = 18,

    /// <summary>Visits missed in blocks of calendar time.</summary>
    MissedVisitBlocks = 19,

    /// <summary>Assumptions that a prior distribution draws anew for every replicate; each prior has a stream of its own within.</summary>
    Prior = 20,
}
