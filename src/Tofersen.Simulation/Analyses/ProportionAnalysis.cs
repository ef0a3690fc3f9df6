using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>What comparisons of the proportions of a yes-or-no outcome have in common.</summary>
public abstract record ProportionAnalysis : TwoArmAnalysis
{
    private protected ProportionAnalysis()
    {
    }

    /// <summary>What becomes of participants whose outcome was not seen: counted as no by default, or left out.</summary>
    public MissingOutcome Missing { get; init => field = Require.Defined(value); }

    /// <summary>Names of factors whose combinations make the strata of the test; none by default.</summary>
    public ValueList<string> StratifyBy { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Whether the test takes half a participant off the difference; not by default.</summary>
    public bool ContinuityCorrection { get; init; }
}
