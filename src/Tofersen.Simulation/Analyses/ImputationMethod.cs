namespace Tofersen.Simulation.Analyses;

/// <summary>How the joint distribution of the visits is imputed. Both ways draw from Bayesian normal regressions.</summary>
public enum ImputationMethod
{
    /// <summary>Visit after visit, each from the visits before it, which is exact for data that are missing from some visit on. Gaps
    /// before a participant's last visit are first filled by <see cref="Chained"/>, anew in each imputation.</summary>
    Monotone,

    /// <summary>Chained equations, also called fully conditional specification: each visit from all others, round after round (van
    /// Buuren and Groothuis-Oudshoorn 2011, doi 10.18637/jss.v045.i03, method <c>norm</c>).</summary>
    Chained,
}
