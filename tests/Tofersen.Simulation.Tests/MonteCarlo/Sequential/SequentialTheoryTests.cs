using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.MonteCarlo.Sequential;

/// <summary>Simulated sequential trials against the theory of their boundaries: normal scores of known variance, so that it holds for any
/// number of participants.</summary>
/// <remarks>Each comparison would fail by chance about once in a million times.</remarks>
[Category("Statistical")]
public sealed class SequentialTheoryTests
{
    private const int Replicates = 20_000;

    private static IEnumerable<TestCaseData> Designs =>
    [
        Case("O'Brien-Fleming", new GroupSequentialDesign { InformationFractions = [0.25, 0.5, 1], Efficacy = new ObrienFleming() }),
        Case("Pocock", new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new Pocock() }),
        Case("Lan-DeMets", new GroupSequentialDesign { InformationFractions = [0.3, 0.6, 1], Efficacy = new LanDeMetsObrienFleming() }),
        Case(
            "futility",
            new GroupSequentialDesign
            {
                InformationFractions = [0.5, 1],
                Efficacy = new HwangShihDeCani { Gamma = -4 },
                Futility = new BetaSpending { Shape = new HwangShihDeCani { Gamma = -2 }, Beta = 0.2 },
            }),
        Case(
            "binding",
            new GroupSequentialDesign
            {
                InformationFractions = [0.4, 0.7, 1],
                Efficacy = new LanDeMetsPocock(),
                Futility = new FixedFutility { Z = [0, 0.5] },
                IsFutilityBinding = true,
            }),
    ];

    [TestCaseSource(nameof(Designs))]
    public void Run_KnownVariance_StopsAsTheBoundariesSay(GroupSequentialDesign design)
    {
        const int Participants = 40;
        foreach (double effect in (double[])[0, 4.2])
        {
            SequentialProbabilities theory =
                design.ComputeBoundaries().ProbabilitiesAt(SequentialScenarios.Drift(Participants, effect));
            Scenario scenario = SequentialScenarios.Normal(Participants, effect, SequentialScenarios.ByInformation(design));

            SequentialResult result = Run(scenario, 3121);

            for (int k = 0; k < result.Looks.Count; k++)
            {
                SequentialLookResult look = result.Looks[k];
                bool isLast = k == result.Looks.Count - 1;
                Near(look.Efficacy, theory.Efficacy[k], $"efficacy {k}, effect {effect}");
                Near(look.Futility, isLast ? 0 : theory.Futility[k], $"futility {k}, effect {effect}");
                Assert.That(look.Failed + look.NotHeld, Is.Zero);
                Assert.That(look.Information.Mean, Is.EqualTo(design.InformationFractions[k]).Within(1e-12));
            }

            Near(result.Rejection, theory.Power, "power");
            Near(result.EarlyStopping, theory.EarlyStoppingProbability, "early");

            // All who count towards the information at the stop have come to the visit.
            double expected = theory.ExpectedInformationFraction * Participants;
            Assert.That(result.Reached.Mean, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * result.Reached.MonteCarloError));
        }
    }

    // Fractions that nobody planned: the level is kept by spending functions at what occurs, and by classic shapes off their plan.
    [Test]
    public void Run_CalendarLooksUnderNoEffect_KeepTheLevel()
    {
        BoundaryShape[] shapes =
            [new LanDeMetsObrienFleming(), new LanDeMetsPocock(), new KimDeMets { Power = 2 }, new Pocock(), new ObrienFleming()];
        foreach (BoundaryShape shape in shapes)
        {
            var design = new GroupSequentialDesign { InformationFractions = [0.3, 0.6, 1], Efficacy = shape };
            SequentialPlan plan = SequentialScenarios.ByInformation(design) with { Looks = SequentialScenarios.InWeeks(30, 71) };

            SequentialResult result = Run(SequentialScenarios.Normal(60, 0, plan), 3122);

            Near(result.Rejection, 0.025, shape.ToString());
            Assert.That(result.Looks[0].Information.Mean, Is.EqualTo(10.0 / 60).Within(0.01));
            Assert.That(result.Looks[1].Information.Mean, Is.EqualTo(51.0 / 60).Within(0.01));
        }
    }

    // Futility bounds that do not bind leave the level where nobody heeds them, and lower it where everybody does.
    [Test]
    public void Run_FutilityNotObeyed_KeepsTheLevelAndCountsCrossings()
    {
        var design = new GroupSequentialDesign
        {
            InformationFractions = [0.5, 1],
            Efficacy = new LanDeMetsObrienFleming(),
            Futility = new FixedFutility { Z = [1] },
        };
        SequentialPlan plan = SequentialScenarios.ByInformation(design) with { ObeysFutility = false };

        SequentialResult ignored = Run(SequentialScenarios.Normal(80, 0, plan), 3123);
        SequentialResult obeyed = Run(SequentialScenarios.Normal(80, 0, plan with { ObeysFutility = true }), 3123);

        Near(ignored.Rejection, 0.025, "ignored");
        Near(ignored.Looks[0].FutilityIgnored, 1 - 0.158655253931457, "crossings");
        Assert.That(ignored.Looks[0].Futility.Value, Is.Zero);
        Assert.That(obeyed.Looks[0].FutilityIgnored.Value, Is.Zero);
        Assert.That(obeyed.Looks[0].Futility.Value, Is.EqualTo(ignored.Looks[0].FutilityIgnored.Value));
        Assert.That(obeyed.Rejection.Value, Is.LessThan(ignored.Rejection.Value));
    }

    // The test of an analysis of covariance is a t test; by its p value it is a normal one under no effect.
    [TestCase(0, 0.025)]
    [TestCase(1.8, double.NaN)]
    public void Run_Ancova_IsCloseToTheTheory(double effect, double level)
    {
        const int Participants = 240;
        var design = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new Pocock() };
        var ancova = new Ancova { Week = 20, Covariates = [], Response = AncovaResponse.Score };
        Scenario scenario = SequentialScenarios.Normal(
            Participants, effect, SequentialScenarios.ByInformation(design, ancova.Name), ancova);
        SequentialProbabilities theory =
            design.ComputeBoundaries().ProbabilitiesAt(SequentialScenarios.Drift(Participants, effect));

        SequentialResult result = Run(scenario, 3124);

        // Against the normal distribution the noncentral t of 118 degrees of freedom loses up to 0.002 of power.
        double slack = double.IsNaN(level) ? 0.002 : 0;
        Assert.That(
            result.Rejection.Value,
            Is.EqualTo(theory.Power).Within(FalseAlarm.Proportion(theory.Power, Replicates) + slack));
        Assert.That(
            result.Looks[0].Efficacy.Value,
            Is.EqualTo(theory.Efficacy[0]).Within(FalseAlarm.Proportion(theory.Efficacy[0], Replicates) + slack));
    }

    // At a look by statistical information 1/SE² has come to the fraction: with known variance that is a number of participants.
    [Test]
    public void Run_StatisticalInformation_LooksWhenTheStandardErrorIsSmallEnough()
    {
        const int Participants = 60;
        double maximum = Participants / (4 * SequentialScenarios.Sd * SequentialScenarios.Sd);
        var design = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new LanDeMetsObrienFleming() };
        SequentialPlan plan = SequentialScenarios.ByInformation(design) with
        {
            Information = new StatisticalInformation { Maximum = maximum, MonitoringWeeks = 1 },
        };

        SequentialResult result = Run(SequentialScenarios.Normal(Participants, 0, plan), 3125);

        Near(result.Rejection, 0.025, "level");
        Assert.That(result.Looks[0].Information.Mean, Is.InRange(0.5, 0.53), "one participant enters a week");
        Assert.That(result.Looks[1].Information.Mean, Is.EqualTo(1).Within(1e-9));
        Assert.That(result.Looks[0].NotHeld, Is.Zero);
    }

    // The standard errors of a few participants are small by chance at times; without a fewest number looks came then, and the level was 0.043.
    [Test]
    public void Run_StatisticalInformationWithEstimatedVariance_KeepsTheLevel()
    {
        const int Participants = 60;
        var design = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new LanDeMetsPocock() };
        SequentialPlan plan = SequentialScenarios.ByInformation(design, SequentialScenarios.PooledVariance.Name) with
        {
            Information = new StatisticalInformation { Maximum = Participants / (4 * SequentialScenarios.Sd * SequentialScenarios.Sd) },
        };

        SequentialResult result = Run(SequentialScenarios.Normal(Participants, 0, plan, SequentialScenarios.PooledVariance), 3127);

        // Some of the choice by a chance standard error stays: two in a thousand.
        Assert.That(result.Rejection.Value, Is.EqualTo(0.025).Within(FalseAlarm.Proportion(0.025, Replicates) + 0.002));
        Assert.That(result.Looks[0].Information.Mean, Is.InRange(0.4, 1));
    }

    // A look that is not held, or whose analysis fails, leaves the other looks their own bounds.
    [Test]
    public void Run_FirstLookFails_TheSecondKeepsItsFixedFutilityBound()
    {
        var design = new GroupSequentialDesign
        {
            InformationFractions = [0.3, 0.6, 1],
            Efficacy = new LanDeMetsObrienFleming(),
            Futility = new FixedFutility { Z = [-1, 1] },
        };

        // In week 19 nobody has come to week 20.
        SequentialPlan plan = SequentialScenarios.ByInformation(design) with { Looks = SequentialScenarios.InWeeks(19, 60) };
        Scenario scenario = SequentialScenarios.Normal(40, 0, plan);

        SequentialResult measured = Run(scenario, 3128);
        SequentialResult planned = Run(scenario with { Sequential = plan with { Information = null } }, 3128);

        // Φ(1) = 0.841345.
        Near(measured.Looks[1].Futility, 0.841344746, "information measured");
        Near(planned.Looks[1].Futility, 0.841344746, "as planned");
        Assert.That(measured.Looks[0].Failed, Is.EqualTo(Replicates));
    }

    // Trials that stop for efficacy are those with large estimates: above the truth, and by what the truncated normal says.
    [Test]
    public void Run_StopsForEfficacy_ExaggeratesAsTheTruncatedNormal()
    {
        const int Participants = 100;
        const double Effect = 2;
        var design = new GroupSequentialDesign { InformationFractions = [0.5, 1], Efficacy = new Pocock() };
        SequentialResult result = Run(
            SequentialScenarios.Normal(Participants, Effect, SequentialScenarios.ByInformation(design)), 3126, trueValues: true);
        double error = SequentialScenarios.Sd * Math.Sqrt(4.0 / (Participants / 2));
        double a = design.ComputeBoundaries().EfficacyZ[0] - (Effect / error);
        double density = Math.Exp(-a * a / 2) / Math.Sqrt(2 * Math.PI);
        double stops = MathNet.Numerics.Distributions.Normal.CDF(0, 1, -a);

        SampleSummary estimates = result.Looks[0].Estimates;
        double expected = error * density / stops;

        // Blocks of two may be open at the look: 26 against 24 moves the standard error by less than one in a thousand.
        Assert.That(
            result.Looks[0].Bias,
            Is.EqualTo(expected).Within((FalseAlarm.StandardErrors * estimates.MonteCarloError) + (0.001 * estimates.Mean)));
        Assert.That(result.Looks[0].EfficacyEstimates, Is.EqualTo(estimates), "nothing else stops the trial");
        Assert.That(result.Looks[1].EfficacyEstimates.Mean, Is.GreaterThan(result.Looks[1].Estimates.Mean));
        Assert.That(result.Looks[0].TrueValue, Is.EqualTo(Effect).Within(1e-9));
        double saved = stops * expected;
        Assert.That(result.Bias.Value, Is.GreaterThan(0).And.LessThan(saved));
        Assert.That(result.Estimates.Mean - Effect, Is.EqualTo(result.Bias.Value).Within(1e-9));
    }

    private static void Near(MonteCarloValue value, double probability, string what) =>
        Assert.That(value.Value, Is.EqualTo(probability).Within(FalseAlarm.Proportion(probability, Replicates) + 1e-12), what);

    private static TestCaseData Case(string name, GroupSequentialDesign design) => new TestCaseData(design).SetArgDisplayNames(name);

    private static SequentialResult Run(Scenario scenario, ulong seed, bool trueValues = false) => PowerAnalysis.Run(
        scenario,
        options: new RunOptions
        {
            Replicates = Replicates,
            Seed = FalseAlarm.Seed(seed),
            CollectCourses = false,
            TrueValues = trueValues,
        }).Sequential!;
}
