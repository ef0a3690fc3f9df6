namespace Tofersen.Simulation.Populations;

/// <summary>How the participants of a trial are spread over the strata.</summary>
public enum StratumComposition
{
    /// <summary>Every trial holds the shares as exactly as whole participants allow (largest remainders).</summary>
    Fixed,

    /// <summary>Each participant's stratum is drawn, so that the composition varies between trials.</summary>
    Random,
}
