using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios;

/// <summary>The truth behind one simulated trial; for the engine alone.</summary>
internal sealed class LatentTrial(TrialLayout layout)
{
    /// <summary>Latent scores at the scheduled visits, whatever ended follow-up; participant by participant.</summary>
    internal double[] LatentScores { get; } = new double[layout.Participants * layout.VisitWeeks.Count];

    /// <summary>Scores as they would have been written down had nobody left or missed a visit; participant by
    /// participant.</summary>
    internal double[] CompleteScores { get; } = new double[layout.Participants * layout.VisitWeeks.Count];

    /// <summary>Latent values of the endpoints besides the ALSFRS-R total at the scheduled visits; as <see cref="LatentScores"/>.</summary>
    internal double[][] LatentEndpoints { get; } =
        [.. layout.Endpoints.Select(_ => new double[layout.Participants * layout.VisitWeeks.Count])];

    /// <summary>Values of the endpoints as they would have been recorded had nobody left or missed a visit.</summary>
    internal double[][] CompleteEndpoints { get; } =
        [.. layout.Endpoints.Select(_ => new double[layout.Participants * layout.VisitWeeks.Count])];

    /// <summary>Candidates screened for this trial, those who failed included.</summary>
    internal long CandidatesScreened { get; set; }
}
