using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Trajectories;

/// <summary>Courses against differential equations integrated in R; see ReferenceData/natural-history/README.md.</summary>
[Category("Reference")]
public sealed class NaturalHistoryReferenceTests
{
    // Runge–Kutta's own error.
    private const double Points = 2e-8;

    private static IEnumerable<TestCaseData> Sigmoids() =>
        ReferenceFile.Cases("natural-history", "sigmoid", "baseline", "rate", "age");

    private static IEnumerable<TestCaseData> Quadratics() =>
        ReferenceFile.Cases("natural-history", "quadratic", "baseline", "rate", "acceleration", "attenuation", "age");

    private static IEnumerable<TestCaseData> BrokenSticks() =>
        ReferenceFile.Cases("natural-history", "broken-stick", "baseline", "rate", "change", "factor", "attenuation", "age");

    [TestCaseSource(nameof(Sigmoids))]
    public void Sigmoid_Course_MatchesReference(object course)
    {
        var row = (ReferenceRow)course;
        var model = new SigmoidDecline { ShapeMinimumMonths = 0.1 };

        Matches(model, row);
        Assert.That(model.Shape(Participant(row)).ShapeMonths, Nearly.Equal(row.Number("dx"), 1e-14));
    }

    [TestCaseSource(nameof(Quadratics))]
    public void Quadratic_Course_MatchesReference(object course)
    {
        var row = (ReferenceRow)course;
        Matches(
            new QuadraticDecline { AccelerationMean = row.Number("acceleration"), AttenuationScore = row.Number("attenuation") }, row);
    }

    [TestCaseSource(nameof(BrokenSticks))]
    public void BrokenStick_Course_MatchesReference(object course)
    {
        var row = (ReferenceRow)course;
        var model = new BrokenStickDecline
        {
            ChangeMonths = row.Number("change"),
            RateFactor = row.Number("factor"),
            AttenuationScore = row.Number("attenuation"),
        };

        Matches(model, row);
    }

    private static Participant Participant(ReferenceRow row) => new()
    {
        Stratum = 0,
        BaselineScore = row.Number("baseline"),
        DeclinePerMonth = row.Number("rate"),
        ResidualSd = 0,
        EventHazardMultiplier = 1,
    };

    private static void Matches(ITrajectoryModel model, ReferenceRow row) =>
        Assert.That(
            TrajectoryTable.Scores(model, row.Number("baseline"), row.Number("rate"), [row.Number("age")])[0],
            Is.EqualTo(row.Number("score")).Within(Points));
}
