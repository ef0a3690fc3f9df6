namespace Tofersen.Simulation.Calibrations;

/// <summary>Distribution of the rates of decline between participants that a natural-history fit assumes.</summary>
public enum RateModel
{
    /// <summary>Log-normal rates: everybody declines, some much faster than most. Maximum likelihood. Recommended, because slopes in
    /// SOD1-ALS are skewed.</summary>
    LogNormal = 0,

    /// <summary>Normal rates: the linear mixed model, restricted maximum likelihood.</summary>
    Normal = 1,
}
