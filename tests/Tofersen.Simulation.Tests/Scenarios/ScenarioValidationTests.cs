using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

public sealed class ScenarioValidationTests
{
    [Test]
    public void Validate_Presets_AreFine()
    {
        foreach (Preset preset in Presets.All)
        {
            Assert.That(preset.Scenario.Validate, Throws.Nothing, preset.Name);
        }
    }

    // Visits 28 days apart: windows of 14 days touch, of 13.9 do not.
    [TestCase(14, true)]
    [TestCase(20, true)]
    [TestCase(13.9, false)]
    public void Validate_VisitWindows_MayNotOverlap(double window, bool overlaps)
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Design = new ParallelGroup { Participants = 10, VisitWeeks = [0, 4, 12] },
            Observation = new ObservationModel { VisitJitterSdDays = 3, VisitWindowDays = window },
        };

        Assert.That(
            scenario.Validate,
            overlaps
                ? Throws.ArgumentException.With.Message.Contains("28 days apart").And.Message.Contains("below 14")
                : Throws.Nothing);
    }

    [Test]
    public void Validate_WindowWithoutJitter_DoesNotMatter() =>
        Assert.That(
            (TestScenarios.Bare with
            {
                Design = new ParallelGroup { Participants = 10, VisitWeeks = [0, 1, 2] },
                Observation = new ObservationModel { VisitWindowDays = 50 },
            }).Validate,
            Throws.Nothing);

    private static IEnumerable<TestCaseData> BadAnalyses =>
    [
        new TestCaseData(new Ancova { Week = 28, Covariates = ["weight"] }, "'weight'").SetArgDisplayNames("ANCOVA, covariate"),
        new TestCaseData(new Ancova { Week = 30 }, "0, 28, 52").SetArgDisplayNames("ANCOVA, visit"),
        new TestCaseData(new Ancova { Week = 28, Strata = ["fast"] }, "'fast'").SetArgDisplayNames("ANCOVA, stratum"),
        new TestCaseData(new JointRank { Week = 28, Covariates = ["weight"] }, "'weight'").SetArgDisplayNames("joint rank, covariate"),
        new TestCaseData(new JointRank { Week = 30 }, "0, 28, 52").SetArgDisplayNames("joint rank, visit"),
        new TestCaseData(new SlopeAnalysis { ThroughWeek = 52, Covariates = ["weight"] }, "'weight'").SetArgDisplayNames("slopes, covariate"),
        new TestCaseData(new SlopeAnalysis { ThroughWeek = 28, MinimumVisits = 3 }, "3 are needed").SetArgDisplayNames("slopes, visits"),
        new TestCaseData(new LogRank { StratifyBy = ["weight"] }, "'weight'").SetArgDisplayNames("log-rank, factor"),
        new TestCaseData(new LogRank { StratifyBy = ["age"] }, "continuous").SetArgDisplayNames("log-rank, continuous"),
        new TestCaseData(new LogRank { Strata = ["fast"] }, "'fast'").SetArgDisplayNames("log-rank, stratum"),
    ];

    [TestCaseSource(nameof(BadAnalyses))]
    public void Validate_AnalysisThatDoesNotFit_ThrowsNamingWhat(IAnalysis analysis, string message) =>
        Assert.That(
            (TestScenarios.Bare with { Analyses = [analysis] }).Validate,
            Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

    [Test]
    public void Analyses_SameNameTwice_ThrowsNamingIt() =>
        Assert.That(
            () => TestScenarios.Bare with { Analyses = [new Ancova { Week = 28 }, new Ancova { Week = 28, Covariates = [] }] },
            Throws.ArgumentException.With.Message.Contains("'ancova-28'"));

    [Test]
    public void Validate_ImpossibleDesign_Throws() =>
        Assert.That(
            (TestScenarios.Rich with { Design = (DelayedStart)TestScenarios.Rich.Design with { SwitchWeeks = 52 } }).Validate,
            Throws.ArgumentException.With.Property("ParamName").EqualTo("SwitchWeeks"));

    [Test]
    public void TrialSimulator_ScenarioThatDoesNotFit_Throws() =>
        Assert.That(
            () => new TrialSimulator(TestScenarios.Bare with { Analyses = [new Ancova { Week = 30 }] }),
            Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Validate_PopulationWithoutAShareForEachStratum_Throws() =>
        Assert.That(
            (TestScenarios.Bare with { Population = new OddPopulation(["a", "b"], [1]) }).Validate,
            Throws.ArgumentException.With.Message.Contains("2 strata").And.Message.Contains("1 shares"));

    [Test]
    public void Validate_PopulationWithoutStrata_Throws() =>
        Assert.That(
            (TestScenarios.Bare with { Population = new OddPopulation([], []) }).Validate, Throws.ArgumentException);

    [Test]
    public void Parts_Null_ThrowNamingThePart()
    {
        Assert.That(
            () => TestScenarios.Bare with { Population = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Population"));
        Assert.That(
            () => TestScenarios.Bare with { Design = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Design"));
        Assert.That(
            () => TestScenarios.Bare with { Effect = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Effect"));
        Assert.That(
            () => TestScenarios.Bare with { Name = " " },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("Name"));
    }

    [Test]
    public void Equality_ScenariosThatSayTheSame_AreEqual()
    {
        Scenario first = TestScenarios.Rich;
        Scenario second = TestScenarios.Rich;

        Assert.That(second, Is.Not.SameAs(first));
        Assert.That(second.Equals(first), Is.True);
        Assert.That(second.GetHashCode(), Is.EqualTo(first.GetHashCode()));
        Assert.That(second with { Effect = new NoEffect() }, Is.Not.EqualTo(first));
    }

    private sealed record OddPopulation(ValueList<string> StratumNames, ValueList<double> StratumShares) : IPopulationModel
    {
        public StratumComposition Composition => StratumComposition.Fixed;

        public IParticipantSampler CreateSampler() => throw new NotSupportedException();
    }
}
