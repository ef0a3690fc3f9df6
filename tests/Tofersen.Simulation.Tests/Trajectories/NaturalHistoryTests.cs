using MathNet.Numerics.Statistics;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Common;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Trajectories;

public sealed class NaturalHistoryTests
{
    private static readonly double[] Ages = [.. Enumerable.Range(0, 33).Select(i => Math.Sqrt(i) * 7.3)];

    private static IEnumerable<TestCaseData> Models =>
    [
        Case("sigmoid", new SigmoidDecline()),
        Case("quadratic", new QuadraticDecline { AccelerationMean = 0.1, AccelerationSd = 0.2 }),
        Case("quadratic, not attenuated", new QuadraticDecline { AccelerationMean = 0.1, AccelerationSd = 0.2, AttenuationScore = 0 }),
        Case("broken stick", new BrokenStickDecline { ChangeMonths = 6, ChangeSdMonths = 4, RateFactor = 2 }),
        Case("classes", Classes),
        Case("flat start of classes", new FlatStart { Underlying = Classes, FullByWeeks = 8, GoneAfterWeeks = 12 }),
    ];

    private static LatentClassTrajectory Classes => new()
    {
        Classes =
        [
            new TrajectoryClass { Weight = 3, Underlying = new AttenuatedDecline() },
            new TrajectoryClass
            {
                Weight = 1,
                RateMultiplier = 3,
                Underlying = new QuadraticDecline { AccelerationMean = 0.05, AccelerationSd = 0.05 },
            },
        ],
    };

    [TestCaseSource(nameof(Models))]
    public void Fill_AnyNumberAndOrderOfTimes_GivesTheSameBits(ITrajectoryModel model)
    {
        for (int p = 0; p < 20; p++)
        {
            double[] all = Scores(model, p, Ages);
            double[] single = [.. Ages.Select(a => Scores(model, p, [a])[0])];
            Assert.That(single, Is.EqualTo(all));
            Assert.That(Scores(model, p, [.. Ages.Reverse()]).Reverse(), Is.EqualTo(all));
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Fill_RandomisationAndLater_StartsAtTheBaselineAndStaysOnTheScale(ITrajectoryModel model)
    {
        bool isAttenuated = model is not QuadraticDecline { AttenuationScore: 0 };
        for (int p = 0; p < 200; p++)
        {
            double[] scores = Scores(model, p, Ages);
            Assert.That(scores[0], Is.EqualTo(36).Within(1e-12));
            Assert.That(scores, isAttenuated ? Is.All.InRange(0, 48) : Is.All.LessThanOrEqualTo(48));
        }
    }

    // Draws must not depend on the times: the stream is left at the same place.
    [TestCaseSource(nameof(Models))]
    public void Fill_OtherTimes_AdvancesTheStreamAlike(ITrajectoryModel model)
    {
        Assert.That(BitsAfter(model, []), Is.EqualTo(BitsAfter(model, Ages)));
        Assert.That(BitsAfter(model, [3]), Is.EqualTo(BitsAfter(model, Ages)));
    }

    [TestCaseSource(nameof(Models))]
    public void Fill_LengthsDiffer_ThrowsNamingScores(ITrajectoryModel model) =>
        Assert.That(
            () =>
            {
                TrialRandom random = TrialRandom.Open(1, 0, 0, DrawPurpose.Trajectory);
                model.Fill(Someone(36, 1), new TrajectoryTimes(Ages, Ages), ref random, new double[3]);
            },
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("scores"));

    [TestCaseSource(nameof(Models))]
    public void Fill_Warm_AllocatesNothing(ITrajectoryModel model)
    {
        var scores = new double[Ages.Length];
        void Run()
        {
            for (int p = 0; p < 200; p++)
            {
                TrialRandom random = TrialRandom.Open(1, 0, p, DrawPurpose.Trajectory);
                model.Fill(Someone(36, 1), new TrajectoryTimes(Ages, Ages), ref random, scores);
            }
        }

        Run();
        Assert.That(WarmAllocation.Least(Run), Is.Zero);
    }

    [TestCase(36, 1)]
    [TestCase(24, 1.5)]
    [TestCase(45, 0.4)]
    [TestCase(12, 0.9)]
    public void Sigmoid_Randomisation_HasTheParticipantsScoreAndRate(double score, double rate)
    {
        const double H = 1e-4;
        double[] y = TrajectoryTable.Scores(new SigmoidDecline(), score, rate, [0, H, 2 * H]);

        Assert.That(y[0], Is.EqualTo(score).Within(1e-12));
        Assert.That(((4 * y[1]) - (3 * y[0]) - y[2]) / (2 * H), Is.EqualTo(-rate).Within(1e-6));
    }

    // At D50 the score is 24, and 12 / dx points are lost a month.
    [Test]
    public void Sigmoid_Shape_IsWhereTheCourseReaches24()
    {
        Participant someone = Someone(38, 1.1) with { MonthsSinceOnset = 14 };
        SigmoidShape shape = new SigmoidDecline().Shape(someone);
        double d50 = shape.D50Months - 14;

        double[] y = TrajectoryTable.Scores(new SigmoidDecline(), 38, 1.1, [d50, d50 - 0.001, d50 + 0.001]);

        Assert.That(y[0], Is.EqualTo(24).Within(1e-12));
        Assert.That((y[1] - y[2]) / 0.002, Is.EqualTo(12 / shape.ShapeMonths).Within(1e-6));
        Assert.That(shape.RelativeD50(shape.D50Months), Is.EqualTo(0.5));
    }

    [Test]
    public void Sigmoid_HighScoreAndFastRate_IsHeldToTheSmallestShape()
    {
        double[] y = TrajectoryTable.Scores(new SigmoidDecline(), 47, 6, [.. Enumerable.Range(0, 400).Select(i => i / 10.0)]);

        double fastest = Enumerable.Range(0, 399).Max(i => (y[i] - y[i + 1]) * 10);
        Assert.That(fastest, Is.LessThan(6).And.GreaterThan(5.9));
    }

    [TestCase(52, 1, 47.5)]
    [TestCase(-3, 1, 0.5)]
    public void Sigmoid_BaselineOffTheScale_IsTakenAtItsEdge(double score, double rate, double start) =>
        Assert.That(TrajectoryTable.Scores(new SigmoidDecline(), score, rate, [0])[0], Is.EqualTo(start).Within(1e-12));

    [Test]
    public void Sigmoid_NoDecline_StaysAndImprovementStaysBelow48()
    {
        Assert.That(TrajectoryTable.Scores(new SigmoidDecline(), 30, 0, [0, 10, 500]), Is.All.EqualTo(30).Within(1e-12));
        Assert.That(TrajectoryTable.Scores(new SigmoidDecline(), 30, -1, [1, 50, 5_000]), Is.All.InRange(30, 48));
    }

    [Test]
    public void Quadratic_NoAcceleration_EqualsAttenuatedDecline() =>
        Assert.That(
            TrajectoryTable.Scores(new QuadraticDecline { AccelerationMean = 0 }, 33, 1.7, Ages),
            Is.EqualTo(TrajectoryTable.Scores(new AttenuatedDecline(), 33, 1.7, Ages)).Within(1e-12));

    [Test]
    public void BrokenStick_FactorOne_EqualsAttenuatedDecline() =>
        Assert.That(
            TrajectoryTable.Scores(new BrokenStickDecline { ChangeMonths = 4, RateFactor = 1 }, 33, 1.7, Ages),
            Is.EqualTo(TrajectoryTable.Scores(new AttenuatedDecline(), 33, 1.7, Ages)).Within(1e-12));

    // Treatment that halves the disease clock: the change comes at twice the calendar time.
    [Test]
    public void BrokenStick_SlowedDisease_ChangesByDiseaseAge() =>
        Assert.That(
            TrajectoryTable.Scores(
                new BrokenStickDecline { ChangeMonths = 4, RateFactor = 3 }, 40, 1, diseaseMonths: [2, 4, 5], months: [4, 8, 10]),
            Is.EqualTo((double[])[38, 36, 33]).Within(1e-12));

    [Category("Statistical")]
    [Test]
    public void Quadratic_Acceleration_IsNormalBetweenParticipants()
    {
        const int Draws = 40_000;
        var model = new QuadraticDecline { AccelerationMean = 0.1, AccelerationSd = 0.02, AttenuationScore = 0 };

        double[] accelerations = [.. Enumerable.Range(0, Draws).Select(p => (36 - 2 - Scores(model, p, [2])[0]) / 2)];

        Assert.That(accelerations.Mean(), Is.EqualTo(0.1).Within(FalseAlarm.StandardErrors * 0.02 / Math.Sqrt(Draws)));
        Assert.That(
            accelerations.StandardDeviation(), Is.EqualTo(0.02).Within(FalseAlarm.StandardErrors * 0.02 / Math.Sqrt(2.0 * Draws)));
    }

    // The loss is 1 a month before the change and 0 after it, so that late scores show the change point itself.
    [Category("Statistical")]
    [Test]
    public void BrokenStick_ChangePoint_IsLogNormalWithTheStatedMoments()
    {
        const int Draws = 40_000;
        var model = new BrokenStickDecline { ChangeMonths = 6, ChangeSdMonths = 3, RateFactor = 0, AttenuationScore = 0 };

        double[] logs = [.. Enumerable.Range(0, Draws).Select(p => Math.Log(36 - Scores(model, p, [1e6])[0]))];

        double sd = Math.Sqrt(Math.Log(1.25));
        Assert.That(logs.Mean(), Is.EqualTo(Math.Log(6) - (sd * sd / 2)).Within(FalseAlarm.StandardErrors * sd / Math.Sqrt(Draws)));
        Assert.That(logs.StandardDeviation(), Is.EqualTo(sd).Within(FalseAlarm.StandardErrors * sd / Math.Sqrt(2.0 * Draws)));
    }

    [Category("Statistical")]
    [Test]
    public void Classes_Weights_AreTheirShares()
    {
        const int Draws = 40_000;
        LatentClassTrajectory model = Classes with
        {
            Classes = [.. Classes.Classes.Select(c => c with { Underlying = new LinearDecline() })],
        };

        double[] lost = [.. Enumerable.Range(0, Draws).Select(p => 36 - Scores(model, p, [1])[0])];

        Assert.That(lost, Is.All.EqualTo(1).Within(1e-12).Or.EqualTo(3).Within(1e-12));
        Assert.That(lost.Count(l => l > 2) / (double)Draws, Is.EqualTo(0.25).Within(FalseAlarm.Proportion(0.25, Draws)));
    }

    [Test]
    public void Classes_One_IsItsUnderlyingModelWithAnotherRate()
    {
        var model = new LatentClassTrajectory
        {
            Classes = [new TrajectoryClass { Weight = 2, RateMultiplier = 1.5, Underlying = new AttenuatedDecline() }],
        };

        Assert.That(
            TrajectoryTable.Scores(model, 36, 1.2, Ages),
            Is.EqualTo(TrajectoryTable.Scores(new AttenuatedDecline(), 36, 1.2 * 1.5, Ages)));
    }

    [Test]
    public void Classes_NoneOrNull_Throw()
    {
        Assert.That(
            () => new LatentClassTrajectory { Classes = [] },
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("Classes"));
        Assert.That(
            () => new TrajectoryClass { Weight = 1, Underlying = null! },
            Throws.ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("Underlying"));
    }

    private static TestCaseData Case(string name, ITrajectoryModel model) => new TestCaseData(model).SetArgDisplayNames(name);

    private static Participant Someone(double baseline, double rate) => new()
    {
        Stratum = 0,
        BaselineScore = baseline,
        DeclinePerMonth = rate,
        ResidualSd = 0,
        EventHazardMultiplier = 1,
    };

    private static double[] Scores(ITrajectoryModel model, int participant, double[] ages)
    {
        TrialRandom random = TrialRandom.Open(77, 0, participant, DrawPurpose.Trajectory);
        var scores = new double[ages.Length];
        model.Fill(Someone(36, 1), new TrajectoryTimes(ages, ages), ref random, scores);
        return scores;
    }

    private static ulong BitsAfter(ITrajectoryModel model, double[] ages)
    {
        TrialRandom random = TrialRandom.Open(77, 0, 5, DrawPurpose.Trajectory);
        model.Fill(Someone(36, 1), new TrajectoryTimes(ages, ages), ref random, new double[ages.Length]);
        return random.NextBits();
    }
}
