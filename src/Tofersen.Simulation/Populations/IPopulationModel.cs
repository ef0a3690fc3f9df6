using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Who enrols: the strata of a trial and the traits of their participants. Implement it to bring a population of
/// your own, for example one that draws from a registry.</summary>
public interface IPopulationModel
{
    /// <summary>Names of the strata, each once; at least one.</summary>
    ValueList<string> StratumNames { get; }

    /// <summary>Expected share of each stratum, in the order of <see cref="StratumNames"/>; each above 0, summing to 1.</summary>
    ValueList<double> StratumShares { get; }

    /// <summary>Whether each trial holds the shares as exactly as whole participants allow, or draws them.</summary>
    StratumComposition Composition { get; }

    /// <summary>Prepares the model for drawing.</summary>
    /// <returns>A sampler, used by one thread at a time.</returns>
    IParticipantSampler CreateSampler();
}
