namespace Tofersen.Simulation.Calibrations;

/// <summary>What a calibration target is about.</summary>
public enum TargetKind
{
    /// <summary>Mean ALSFRS-R change or a difference of means.</summary>
    Function,

    /// <summary>Spread of the ALSFRS-R change.</summary>
    Spread,

    /// <summary>SOD1 in cerebrospinal fluid and neurofilament light in plasma, as ratios of geometric means.</summary>
    Biomarkers,

    /// <summary>Vital capacity and strength.</summary>
    OtherFunction,

    /// <summary>Freedom from death, permanent ventilation and withdrawal for progression.</summary>
    Events,

    /// <summary>Adverse events.</summary>
    Safety,

    /// <summary>Entry into the extension and completion.</summary>
    Retention,
}
