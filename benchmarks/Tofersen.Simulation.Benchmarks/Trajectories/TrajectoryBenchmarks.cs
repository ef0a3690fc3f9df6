using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Benchmarks.Trajectories;

/// <summary>Natural histories.</summary>
public enum History
{
    Linear,
    Attenuated,
    FlatStart,
    BrokenStick,
    Quadratic,
    Sigmoid,
    LatentClasses,
}

/// <summary>Latent courses of 108 participants over 56 weeks by natural history; the plain version goes from time to time with
/// <see cref="Math.Exp"/>. Times are for one participant.</summary>
public class TrajectoryBenchmarks
{
    private readonly ValorCourses _courses = new();
    private double[][] _scores = [];
    private double[][] _plainScores = [];
    private ITrajectoryModel _model = null!;

    [Params(
        History.Linear, History.Attenuated, History.FlatStart, History.BrokenStick, History.Quadratic, History.Sigmoid, History.LatentClasses)]
    public History Model { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _model = Create(Model);
        _scores = _courses.Rows();
        _plainScores = _courses.Rows();
        Library();
        Plain();
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            Agreement.Check(_scores[p], _plainScores[p], $"scores of participant {p}");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ValorCourses.Participants)]
    public void Plain()
    {
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            TrialRandom random = _courses.Key.Open(p, DrawPurpose.Trajectory);
            PlainCourses.Fill(_model, _courses.All[p], _courses.Months, _courses.Months, ref random, _plainScores[p]);
        }
    }

    [Benchmark(OperationsPerInvoke = ValorCourses.Participants)]
    public void Library()
    {
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            TrialRandom random = _courses.Key.Open(p, DrawPurpose.Trajectory);
            _model.Fill(_courses.All[p], new TrajectoryTimes(_courses.Months, _courses.Months), ref random, _scores[p]);
        }
    }

    private static ITrajectoryModel Create(History history) => history switch
    {
        History.Linear => new LinearDecline(),
        History.Attenuated => new AttenuatedDecline(),
        History.FlatStart => new FlatStart { Underlying = new AttenuatedDecline(), FullByWeeks = 8, GoneAfterWeeks = 12 },
        History.BrokenStick => new BrokenStickDecline { ChangeMonths = 6, ChangeSdMonths = 2, RateFactor = 1.5 },
        History.Quadratic => new QuadraticDecline { AccelerationMean = 0.02, AccelerationSd = 0.05 },
        History.Sigmoid => new SigmoidDecline(),
        _ => new LatentClassTrajectory
        {
            Classes =
            [
                new TrajectoryClass { Weight = 2, Underlying = new AttenuatedDecline() },
                new TrajectoryClass { Weight = 1, RateMultiplier = 2, Underlying = new BrokenStickDecline { ChangeMonths = 4, RateFactor = 0.5 } },
            ],
        },
    };
}
