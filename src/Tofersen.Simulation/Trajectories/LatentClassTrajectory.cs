using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>Participants belong to unseen classes, each with a course and a rate of its own.</summary>
/// <remarks>The class is drawn from the trajectory stream, by one uniform, before the course of the class draws what it needs: the
/// draws of a participant depend on nothing but the stream, so that both arms see the same class. The class is independent of
/// the traits at baseline; for classes that correlate with them use <see cref="LatentClassRate"/>. Hazards that depend on
/// progression use the participant's own rate, without the multiplier of the class, which reaches them through the score.</remarks>
public sealed record LatentClassTrajectory : ITrajectoryModel
{
    private double _totalWeight;

    /// <summary>The classes, at least one.</summary>
    public required ValueList<TrajectoryClass> Classes
    {
        get;
        init
        {
            field = Require.NotEmpty(value);
            _totalWeight = value.Sum(c => c.Weight);
        }
    }

    /// <inheritdoc/>
    public void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        double u = random.NextUniform() * _totalWeight;
        int k = 0;
        for (; k < Classes.Count - 1 && u >= Classes[k].Weight; k++)
        {
            u -= Classes[k].Weight;
        }

        TrajectoryClass own = Classes[k];
        Participant ofClass = participant with { DeclinePerMonth = participant.DeclinePerMonth * own.RateMultiplier };
        own.Underlying.Fill(ofClass, times, ref random, scores);
    }
}
