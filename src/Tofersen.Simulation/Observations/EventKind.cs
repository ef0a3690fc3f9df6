namespace Tofersen.Simulation.Observations;

/// <summary>How a participant's follow-up ended; and one event that does not end it.</summary>
public enum EventKind
{
    /// <summary>Followed to the end of the trial.</summary>
    Completed = 0,

    /// <summary>Death.</summary>
    Death = 1,

    /// <summary>Permanent ventilation: 22 hours a day or more for 21 days, or tracheostomy. Follow-up of function and survival
    /// ends here; death afterwards is not simulated.</summary>
    PermanentVentilation = 2,

    /// <summary>Withdrawal because the disease progressed.</summary>
    WithdrawalForProgression = 3,

    /// <summary>Withdrawal for any other reason.</summary>
    OtherWithdrawal = 4,

    /// <summary>Left at the switch: did not enter the extension.</summary>
    ExtensionNotEntered = 5,

    /// <summary>Clinically manifest disease in a carrier without symptoms at randomisation. Follow-up goes on after it: it is never an
    /// end of follow-up, but analyses of events may name it.</summary>
    Phenoconversion = 6,
}
