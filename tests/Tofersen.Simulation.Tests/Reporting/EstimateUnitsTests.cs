using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>Units of estimates, by what the analyses say of themselves.</summary>
public sealed class EstimateUnitsTests
{
    private static readonly Scenario Scenario = Presets.Find("valor-ole")!.Scenario with
    {
        Analyses =
        [
            new Ancova { Name = "ancova", Week = 28 },
            new Mmrm { Name = "mmrm", Week = 28 },
            new RandomSlopeModel { Name = "slopes", ThroughWeek = 28 },
            new JointRank { Name = "ranks", Week = 28 },
            new JointRank { Name = "wins", Week = 28, Test = JointRankTest.WinRatio },
            new JointRank { Name = "benefit", Week = 28, Test = JointRankTest.Unadjusted },
            new LogRank { Name = "log-rank" },
            new CoxRegression { Name = "cox" },
            new RestrictedMeanSurvival { Name = "restricted mean", ThroughWeek = 28 },
            new RankPreservingFailureTime { Name = "rpsft" },
            new EventProportion { Name = "events", ThroughWeek = 28 },
            new EndpointAnalysis { Name = "sod1", Endpoint = "sod1", Analysis = new Ancova { Week = 28 } },
            new EndpointAnalysis { Name = "svc", Endpoint = "svc", Analysis = new Ancova { Week = 28 } },
            new EndpointAnalysis { Name = "svc slopes", Endpoint = "svc", Analysis = new RandomSlopeModel { ThroughWeek = 28 } },
            new EstimandAnalysis { Name = "estimand", Strategies = new Estimand(), Analysis = new Ancova { Week = 28 } },
            new DelayedStartAnalysis { Name = "delayed", FirstWeek = 28, SecondWeek = 52 },
        ],
    };

    [TestCase("ancova", "points")]
    [TestCase("mmrm", "points")]
    [TestCase("slopes", "points/month")]
    [TestCase("ranks", "mean ranks")]
    [TestCase("wins", "log win ratio")]
    [TestCase("benefit", "net benefit")]
    [TestCase("log-rank", "log hazard ratio")]
    [TestCase("cox", "log hazard ratio")]
    [TestCase("restricted mean", "months")]
    [TestCase("rpsft", "log time ratio ψ")]
    [TestCase("events", "difference of proportions")]
    [TestCase("sod1", "log ratio")]
    [TestCase("svc", "% predicted")]
    [TestCase("svc slopes", "% predicted/month")]
    [TestCase("estimand", "points")]
    [TestCase("delayed", "points")]
    [TestCase("nothing of the sort", "")]
    public void Of_Analysis_IsTheUnitOfItsEstimate(string analysis, string expected) => Assert.That(EstimateUnits.Of(Scenario, analysis), Is.EqualTo(expected));
}
