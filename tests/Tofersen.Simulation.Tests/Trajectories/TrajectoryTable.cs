using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Trajectories;

/// <summary>Latent scores of one participant under a trajectory model.</summary>
internal static class TrajectoryTable
{
    internal static double[] Scores(
        ITrajectoryModel model, double baseline, double rate, double[] diseaseMonths, double[]? months = null, double flatStart = 0)
    {
        var participant = new Participant
        {
            Stratum = 0,
            BaselineScore = baseline,
            DeclinePerMonth = rate,
            ResidualSd = 0,
            EventHazardMultiplier = 1,
            FlatStartPoints = flatStart,
        };
        var scores = new double[diseaseMonths.Length];
        TrialRandom random = TrialRandom.Open(1, 0, 0, DrawPurpose.Trajectory);
        model.Fill(participant, new TrajectoryTimes(months ?? diseaseMonths, diseaseMonths), ref random, scores);
        return scores;
    }
}
