namespace Tofersen.Simulation.Observations;

/// <summary>The four domains of the ALSFRS-R, of three items each; a domain's score runs from 0 to 12.</summary>
public enum AlsfrsrDomain
{
    /// <summary>Items 1 to 3: speech, salivation, swallowing.</summary>
    Bulbar,

    /// <summary>Items 4 to 6: handwriting, cutting food, dressing and hygiene.</summary>
    FineMotor,

    /// <summary>Items 7 to 9: turning in bed, walking, climbing stairs.</summary>
    GrossMotor,

    /// <summary>Items 10 to 12: dyspnoea, orthopnoea, respiratory insufficiency.</summary>
    Respiratory,
}
