namespace Tofersen.Simulation.Analyses;

/// <summary>Variance of a win ratio, win odds or net benefit.</summary>
public enum WinVariance
{
    /// <summary>Whatever the effect: first-order variance of a U-statistic of two samples (Bebu and Lachin 2016,
    /// doi 10.1093/biostatistics/kxv032), with the divisors n − 1 of DeLong et al. 1988 (doi 10.2307/2531595), so that it is never
    /// negative.</summary>
    General,

    /// <summary>Under no effect: equal chances of a win and a loss (Dong et al. 2016, doi 10.1002/pst.1763; stratified 2018,
    /// doi 10.1080/10543406.2017.1397007).</summary>
    UnderNull,
}
