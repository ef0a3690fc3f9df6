namespace Tofersen.Simulation.Calibrations;

/// <summary>What a calibration target is about.</summary>
public enum TargetKind
{
    /// <summary>Mean ALSFRS-R change or a difference of means.</summary>
    Function,

    /// <summary>Spread of the ALSFRS-R change.</summary>
    Spread,

    /// <summary>Freedom from death, permanent ventilation and withdrawal for progression.</summary>
    Events,

    /// <summary>Entry into the extension and completion.</summary>
    Retention,
}
