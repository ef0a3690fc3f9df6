using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Populations;

/// <summary>Draws participants; made by an <see cref="IPopulationModel"/> and used by one thread at a time.</summary>
public interface IParticipantSampler
{
    /// <summary>Draws the traits of one participant.</summary>
    /// <param name="stratum">Position of the stratum in the model's list, from 0.</param>
    /// <param name="random">The participant's baseline stream.</param>
    /// <param name="participant">Receives the traits.</param>
    void Draw(int stratum, ref TrialRandom random, out Participant participant);
}
