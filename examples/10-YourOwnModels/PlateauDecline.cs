using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Examples.YourOwnModels;

/// <summary>A course that stands still for a while in some participants, on top of another.</summary>
/// <remarks>
/// <para>Model: with probability <see cref="Share"/> the disease of a participant pauses at an age drawn from an exponential distribution, and goes
/// on where it stood. In disease age A the course underneath is read at A − min(max(A − start, 0), length). Treatment slows the disease, so a
/// treated participant comes to the pause later and stays in it longer.</para>
/// <para>What an <see cref="ITrajectoryModel"/> owes to the simulator: it is immutable, since all threads share it; its draws do not depend on the
/// times that are asked for, since the same participant is drawn again in the other arm; it does not allocate, hence the stack.</para>
/// </remarks>
internal sealed record PlateauDecline : ITrajectoryModel
{
    // Times are those of the visits, or a fine grid for events; a long list goes in pieces that fit on the stack.
    private const int Piece = 128;

    /// <summary>Share of participants with a plateau, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Mean disease age at which a plateau begins, in months.</summary>
    public required double MeanStartMonths { get; init; }

    /// <summary>How long a plateau lasts, in months of disease age.</summary>
    public required double LengthMonths { get; init; }

    /// <summary>The course before and after. One that draws nothing, so that its draws need no place after these.</summary>
    public required ITrajectoryModel Underlying { get; init; }

    public void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        // Both numbers are drawn for everybody, so that a change of the share changes nobody's start.
        bool hasPlateau = random.NextUniform() < Share;
        double start = MeanStartMonths * random.NextExponential();
        double length = hasPlateau ? LengthMonths : 0;

        Span<double> ages = stackalloc double[Piece];
        for (int from = 0; from < scores.Length; from += Piece)
        {
            int count = Math.Min(Piece, scores.Length - from);
            for (int i = 0; i < count; i++)
            {
                double age = times.DiseaseMonths[from + i];
                ages[i] = age - Math.Clamp(age - start, 0, length);
            }

            Underlying.Fill(participant, new TrajectoryTimes(times.Months.Slice(from, count), ages[..count]), ref random, scores.Slice(from, count));
        }
    }
}
