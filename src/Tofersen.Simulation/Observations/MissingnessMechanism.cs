namespace Tofersen.Simulation.Observations;

/// <summary>What missing data depend on (Rubin, Biometrika 63 (1976) 581–592).</summary>
public enum MissingnessMechanism
{
    /// <summary>Missing completely at random: on nothing.</summary>
    Mcar = 0,

    /// <summary>Missing at random: on what was observed before.</summary>
    Mar,

    /// <summary>Missing not at random: on the latent score at the time, which nobody observes.</summary>
    Mnar,
}
