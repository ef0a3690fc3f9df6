using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of trajectories beyond the straight and the attenuated line, and of mixtures of rates.</summary>
internal static class NaturalHistoryShapes
{
    internal static RecordShape<LatentClassRate> LatentClassRate() =>
        new RecordShape<LatentClassRate>("latentClasses", new LatentClassRate { Classes = [Class] }, "latentClassRate")
            .Add("classes", new ListShape<RateClass>(RateClassShape()), x => x.Classes, (x, v) => x with { Classes = v }, required: true);

    internal static UnionShape<ITrajectoryModel> AddTrajectories(UnionShape<ITrajectoryModel> union) => union
        .Case(new RecordShape<SigmoidDecline>("sigmoid", new SigmoidDecline())
            .Number("shapeMinimumMonths", x => x.ShapeMinimumMonths, (x, v) => x with { ShapeMinimumMonths = v }, 0.1, 120))
        .Case(new RecordShape<QuadraticDecline>("quadratic", new QuadraticDecline { AccelerationMean = 0 })
            .Number("accelerationMean", x => x.AccelerationMean, (x, v) => x with { AccelerationMean = v }, -5, 5, required: true)
            .Number("accelerationSd", x => x.AccelerationSd, (x, v) => x with { AccelerationSd = v }, 0, 5)
            .Number("attenuationScore", x => x.AttenuationScore, (x, v) => x with { AttenuationScore = v }, 0, 48))
        .Case(new RecordShape<BrokenStickDecline>("brokenStick", new BrokenStickDecline { ChangeMonths = 1, RateFactor = 1 })
            .Number("changeMonths", x => x.ChangeMonths, (x, v) => x with { ChangeMonths = v }, 0.01, 480, required: true)
            .Number("changeSdMonths", x => x.ChangeSdMonths, (x, v) => x with { ChangeSdMonths = v }, 0, 480)
            .Number("rateFactor", x => x.RateFactor, (x, v) => x with { RateFactor = v }, 0, 20, required: true)
            .Number("attenuationScore", x => x.AttenuationScore, (x, v) => x with { AttenuationScore = v }, 0, 48))
        .Case(new RecordShape<LatentClassTrajectory>(
            "latentClasses",
            new LatentClassTrajectory { Classes = [new TrajectoryClass { Weight = 1, Underlying = new LinearDecline() }] },
            "latentClassTrajectory")
            .Add(
                "classes",
                new ListShape<TrajectoryClass>(TrajectoryClassShape(union)),
                x => x.Classes,
                (x, v) => x with { Classes = v },
                required: true));

    private static RateClass Class => new() { Weight = 1, Mean = 1, Sd = 1 };

    private static RecordShape<RateClass> RateClassShape() => new RecordShape<RateClass>("rateClass", Class)
        .Number("weight", x => x.Weight, (x, v) => x with { Weight = v }, 0, 1e6, aboveMinimum: true, required: true)
        .Number("mean", x => x.Mean, (x, v) => x with { Mean = v }, 0.001, 48, required: true)
        .Number("sd", x => x.Sd, (x, v) => x with { Sd = v }, 0.001, 48, required: true);

    private static RecordShape<TrajectoryClass> TrajectoryClassShape(IShape trajectory) =>
        new RecordShape<TrajectoryClass>("trajectoryClass", new TrajectoryClass { Weight = 1, Underlying = new LinearDecline() })
            .Number("weight", x => x.Weight, (x, v) => x with { Weight = v }, 0, 1e6, aboveMinimum: true, required: true)
            .Number("rateMultiplier", x => x.RateMultiplier, (x, v) => x with { RateMultiplier = v }, 0, 20)
            .Add("underlying", trajectory, x => x.Underlying, (x, v) => x with { Underlying = v }, required: true);
}
