namespace Tofersen.Simulation.Analyses;

/// <summary>Where untreated times are censored again at the earliest time at which they could have been, so that censoring does not
/// depend on the treatment received.</summary>
public enum Recensoring
{
    /// <summary>In an arm in which somebody departs from its plan: an active arm in which not everybody is treated all the time, a
    /// control arm in which somebody is treated. The convention of the R package <c>rpsftm</c>
    /// (<c>autoswitch = TRUE</c>).</summary>
    SwitchingArms = 0,

    /// <summary>In both arms.</summary>
    AllArms = 1,

    /// <summary>Nowhere.</summary>
    None = 2,
}
