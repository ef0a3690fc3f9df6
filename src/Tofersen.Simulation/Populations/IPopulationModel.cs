using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;

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

/// <summary>Draws participants; made by an <see cref="IPopulationModel"/> and used by one thread at a time.</summary>
public interface IParticipantSampler
{
    /// <summary>Draws the traits of one participant.</summary>
    /// <param name="stratum">Position of the stratum in the model's list, from 0.</param>
    /// <param name="random">The participant's baseline stream.</param>
    /// <param name="participant">Receives the traits.</param>
    void Draw(int stratum, ref TrialRandom random, out Participant participant);
}

/// <summary>How the participants of a trial are spread over the strata.</summary>
public enum StratumComposition
{
    /// <summary>Every trial holds the shares as exactly as whole participants allow (largest remainders).</summary>
    Fixed,

    /// <summary>Each participant's stratum is drawn, so that the composition varies between trials.</summary>
    Random,
}
