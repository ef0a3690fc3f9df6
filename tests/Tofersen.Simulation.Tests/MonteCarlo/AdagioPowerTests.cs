using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Power of ADAGIO's tests of slopes with complete data against the noncentral t.</summary>
/// <remarks>The trial of <see cref="DelayedStartOracleTests"/>. The variance of a participant's slope through a period is
/// 0.36 + 4/Σ(t − t̄)²; the baseline's error is in every change and drops out of slopes. Without covariates each test is Student's with 106
/// degrees of freedom; R 4.2.2: <c>pt(qt(0.975, 106), 106, ncp, lower.tail = FALSE)</c>.</remarks>
[Category("Statistical")]
public sealed class AdagioPowerTests
{
    private const int Replicates = 10_000;
    private const double Scale = 365.25 / 84 / 4.345;
    private const double FirstError = 0.140293613;
    private const double SecondError = 0.157584344;

    private ValueList<OperatingCharacteristics> _results = [];

    [OneTimeSetUp]
    public void Run()
    {
        var scenario = new Scenario
        {
            Name = "slopes",
            Population = TestStrata.Population(TestScenarios.Alike with
            {
                BaselineScoreSd = 5,
                DeclineRate = new NormalRate { Mean = Scale, Sd = 0.6 * Scale },
                ResidualSd = 2,
            }),
            Trajectory = new LinearDecline(),
            Effect = new ConstantSlowing { PointsPerMonth = 0.4 * Scale },
            Design = new DelayedStart
            {
                Participants = 108,
                Allocation = new AllocationRatio(2, 1),
                VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52],
                SwitchWeeks = 28,
            },
            Observation = new ObservationModel { Rounding = ScoreRounding.None },
        };
        AdagioAnalysis analysis = new()
        {
            FirstFromWeek = 0,
            FirstToWeek = 28,
            SecondFromWeek = 28,
            SecondToWeek = 52,
            MarginPerMonth = 0.3 * Scale,
            Covariates = [],
        };
        _results = PowerAnalysis.Run(
            scenario,
            [
                analysis with { Name = "first", Hypothesis = AdagioHypothesis.FirstSlope },
                analysis with { Name = "second", Hypothesis = AdagioHypothesis.SlopeNonInferiority },
                analysis with { Name = "boundary", Hypothesis = AdagioHypothesis.SlopeNonInferiority, MarginPerMonth = 0 },
            ],
            new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(1761), CollectCourses = false }).Analyses;
    }

    // The slopes after the switch are parallel, so that a margin of zero is the boundary of its hypothesis: level 0.025, one-sided.
    [TestCase(0, 0.8065568)]
    [TestCase(1, 0.4707122)]
    [TestCase(2, 0.025)]
    public void Run_CompleteVisits_HaveThePowerOfTheClosedForm(int analysis, double power)
    {
        Assert.That(_results[analysis].Failed, Is.Zero);
        Assert.That(_results[analysis].Power, Is.EqualTo(power).Within(FalseAlarm.Proportion(power, Replicates)));
    }

    [TestCase(0, 0.4, FirstError)]
    [TestCase(1, 0, SecondError)]
    public void Run_Slopes_HaveTheMeanAndErrorOfTheClosedForm(int analysis, double slope, double error)
    {
        OperatingCharacteristics result = _results[analysis];
        double limit = FalseAlarm.StandardErrors * error * Scale / Math.Sqrt(Replicates);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.MeanEstimate, Is.EqualTo(slope * Scale).Within(limit));
            Assert.That(result.EmpiricalStandardError, Is.EqualTo(error * Scale).Within(limit / Math.Sqrt(2)));
            Assert.That(result.TrueValue.Value, Is.EqualTo(slope * Scale).Within(1e-9));
            Assert.That(result.Coverage, Is.EqualTo(0.95).Within(FalseAlarm.Proportion(0.95, Replicates)));
        }
    }
}
