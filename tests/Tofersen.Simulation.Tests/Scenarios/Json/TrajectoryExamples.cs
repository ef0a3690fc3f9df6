using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Trajectories for <see cref="ScenarioExamples"/>.</summary>
internal static class TrajectoryExamples
{
    private const double AlmostThreeTenths = 0.1 + 0.2;
    private const double Tiny = 1e-300;
    private const double Third = 1.0 / 3;

    /// <summary>Every trajectory that can stand below another.</summary>
    internal static LatentClassTrajectory Classes => new()
    {
        Classes =
        [
            new TrajectoryClass { Weight = Tiny, Underlying = new AttenuatedDecline { AttenuationScore = AlmostThreeTenths } },
            new TrajectoryClass { Weight = Third, RateMultiplier = 20, Underlying = new SigmoidDecline { ShapeMinimumMonths = Third } },
            new TrajectoryClass
            {
                Weight = 1e6,
                RateMultiplier = 0,
                Underlying = new QuadraticDecline
                {
                    AccelerationMean = -AlmostThreeTenths,
                    AccelerationSd = double.Epsilon,
                    AttenuationScore = 0,
                },
            },
            new TrajectoryClass
            {
                Weight = AlmostThreeTenths,
                RateMultiplier = Tiny,
                Underlying = new BrokenStickDecline
                {
                    ChangeMonths = 480,
                    ChangeSdMonths = Third,
                    RateFactor = AlmostThreeTenths,
                    AttenuationScore = 48,
                },
            },
        ],
    };
}
