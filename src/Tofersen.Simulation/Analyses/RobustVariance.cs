namespace Tofersen.Simulation.Analyses;

/// <summary>Heteroscedasticity-consistent variances (MacKinnon and White 1985, doi 10.1016/0304-4076(85)90158-7).</summary>
public enum RobustVariance
{
    /// <summary>None: the pooled residual variance.</summary>
    None = 0,

    /// <summary>Squared residuals as they are.</summary>
    HC0,

    /// <summary>Times n / (n − rank).</summary>
    HC1,

    /// <summary>Each over 1 − leverage.</summary>
    HC2,

    /// <summary>Each over (1 − leverage)².</summary>
    HC3,
}
