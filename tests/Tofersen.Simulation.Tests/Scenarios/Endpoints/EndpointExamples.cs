using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios.Endpoints;

/// <summary>Endpoints for tests.</summary>
internal static class EndpointExamples
{
    internal static BiomarkerEndpoint Marker { get; } = new()
    {
        Name = "marker",
        Label = "Marker in plasma",
        Unit = "pg/mL",
        Strata =
        [
            new BiomarkerStratum
            {
                GeometricMean = 50,
                LogSd = 0.5,
                DriftPerMonth = 0.02,
                DriftSdPerMonth = 0.01,
                Response = new BiomarkerResponse { Ratio = 0.4, LogSd = 0.3, LagWeeks = 4, HalfTimeWeeks = 6, WashoutHalfTimeWeeks = 8 },
            },
        ],
        WithinParticipantLogSd = 0.2,
    };

    internal static FunctionEndpoint Capacity { get; } = new()
    {
        Name = "capacity",
        Unit = "%",
        Strata =
        [
            new FunctionStratum
            {
                BaselineMean = 85,
                BaselineSd = 15,
                ScoreCorrelation = 0.4,
                LossPerMonth = 2,
                LossSdPerMonth = 1.5,
                RateCorrelation = 0.6,
            },
        ],
        ResidualSd = 4,
    };

    /// <summary>A large parallel trial with both, everybody seen on schedule.</summary>
    internal static Scenario Scenario { get; } = new()
    {
        Name = "endpoints",
        Population = new PopulationModel
        {
            Strata =
            [
                new Stratum
                {
                    Name = "all",
                    Weight = 1,
                    BaselineScoreMean = 37,
                    BaselineScoreSd = 5,
                    DeclineRate = new LogNormalRate { Mean = 1, Sd = 0.8 },
                    ResidualSd = 1.5,
                },
            ],
        },
        Trajectory = new LinearDecline(),
        Effect = new SlopeReduction { MaxReduction = 0.5 },
        Design = new ParallelGroup { Participants = 20_000, VisitWeeks = [0, 4, 12, 28] },
        Endpoints = [Marker, Capacity],
    };
}
