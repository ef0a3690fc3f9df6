namespace Tofersen.Simulation.Observations;

/// <summary>How a participant's follow-up ended.</summary>
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
}
