using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>The latent course of the ALSFRS-R. Implement it to bring a natural history of your own.</summary>
/// <remarks>Implementations are immutable and safe to use from several threads.</remarks>
public interface ITrajectoryModel
{
    /// <summary>Whether <see cref="Fill"/> draws from its stream, which is opened only then; true unless an implementation says otherwise.</summary>
    bool DrawsAtRandom => true;

    /// <summary>Fills one participant's latent scores.</summary>
    /// <param name="participant">The participant's traits.</param>
    /// <param name="times">The times, in calendar months and in disease months; length T, in any order.</param>
    /// <param name="random">The participant's trajectory stream, where <see cref="DrawsAtRandom"/>. The same participant is filled again under another arm from
    /// the same start of the stream, so draws must not depend on <paramref name="times"/>.</param>
    /// <param name="scores">Receives the latent score at each time, in points; length T. Values may leave 0–48; rounding and
    /// clipping belong to the observation.</param>
    void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores);
}
