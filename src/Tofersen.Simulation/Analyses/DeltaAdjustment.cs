namespace Tofersen.Simulation.Analyses;

/// <summary>How a delta is added to values imputed after dropout. Gaps before the last observed visit get none.</summary>
public enum DeltaAdjustment
{
    /// <summary>The same at every visit after dropout, after the imputation is complete (a constant <c>delta</c> in the R package
    /// rbmi).</summary>
    Constant,

    /// <summary>Once at the first visit after dropout, twice at the second, and so on: a change of slope (rbmi with <c>delta</c> of 1 at
    /// every visit and <c>dlag</c> of 1).</summary>
    Accumulating,

    /// <summary>At every visit as it is imputed, so that later visits are drawn from shifted ones (<c>MNAR ADJUST</c> with the monotone
    /// regressions of SAS). Monotone imputation only.</summary>
    Sequential,
}
