using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Tests of ranks and proportions without an effect, in VALOR with its extension: randomised within two strata whose courses
/// differ much. A test that does not know the strata rejects too seldom; a stratified one keeps its level.</summary>
[Category("Statistical")]
public sealed class RankTypeOneErrorTests
{
    private const int Replicates = 20_000;
    private const int ExactReplicates = 2_000;

    private static readonly JointRank Rank = new() { Week = 52, Test = JointRankTest.Unadjusted, Covariates = [] };

    private static readonly Scenario Null = ValorOpenLabelExtension.ToWeek52.Scenario with
    {
        Effect = new NoEffect(),
        Analyses =
        [
            Rank with { Name = "overall" },
            Rank with { Name = "stratified", StratifyBy = ["stratum"] },
            Rank with { Name = "withdrawals", StratifyBy = ["stratum"], Incomplete = IncompleteFollowUp.OrderedAtWithdrawal },
            Rank with { Name = "win ratio", StratifyBy = ["stratum"], Test = JointRankTest.WinRatio },
            Rank with { Name = "win odds", StratifyBy = ["stratum"], Test = JointRankTest.WinOdds },
            Rank with { Name = "net benefit", StratifyBy = ["stratum"], Test = JointRankTest.NetBenefit },
            Rank with { Name = "null win ratio", StratifyBy = ["stratum"], Test = JointRankTest.WinRatio, WinVariance = WinVariance.UnderNull },
            new ResponderAnalysis { Name = "responders", Week = 28, Threshold = -4, StratifyBy = ["stratum"] },
            new EventProportion { Name = "events", ThroughWeek = 52, StratifyBy = ["stratum"] },
            new PosteriorProbability { Name = "posterior", Analysis = new Ancova { Week = 28, Covariates = ["baseline", "stratum"] } },
        ],
    };

    private PowerResult? _result;

    [OneTimeSetUp]
    public void Run() => _result = PowerAnalysis.Run(
        Null, options: new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(1081), CollectCourses = false });

    [TestCase("stratified")]
    [TestCase("withdrawals")]
    public void Stratified_NoEffect_RejectsAtNominalAlpha(string name) => Check(name, 0.05, FalseAlarm.Proportion(0.05, Replicates));

    [Test]
    public void Overall_NoEffectWithinStrata_RejectsTooSeldom() => Assert.That(Find("overall").Power, Is.LessThan(0.04));

    // First-order variances in strata of 60 and 48 leave the level within 0.01; that of a ratio is the least exact.
    [TestCase("win ratio")]
    [TestCase("win odds")]
    [TestCase("net benefit")]
    [TestCase("null win ratio")]
    public void WinStatistics_NoEffect_RejectNearNominalAlpha(string name) =>
        Check(name, 0.05, FalseAlarm.Proportion(0.05, Replicates) + 0.01);

    // Counts are discrete; the χ² distribution is approximate.
    [TestCase("responders")]
    [TestCase("events")]
    public void Proportions_NoEffect_RejectNearNominalAlpha(string name) =>
        Check(name, 0.05, FalseAlarm.Proportion(0.05, Replicates) + 0.01);

    // Only benefit counts, so half of the two-sided level. Changes are skewed and the arms 2:1, which moves some of ANCOVA's rejections
    // from one side to the other.
    [Test]
    public void Posterior_NoEffectFlatPrior_SucceedsInHalfOfAlpha() =>
        Check("posterior", 0.025, FalseAlarm.Proportion(0.025, Replicates) + 0.003);

    // The exact test holds its level in small trials; the share is at most alpha, up to Monte Carlo error.
    [Test]
    public void ExactPermutation_NoEffectSmallTrials_RejectsAtMostAtAlpha()
    {
        Scenario small = Null with
        {
            Design = ((DelayedStart)Null.Design) with { Participants = 36 },
            Analyses = [Rank with { Name = "exact", Test = JointRankTest.ExactPermutation, StratifyBy = ["stratum"] }],
        };
        OperatingCharacteristics exact = PowerAnalysis.Run(
            small, options: new RunOptions { Replicates = ExactReplicates, Seed = FalseAlarm.Seed(1082), CollectCourses = false }).Analyses[0];
        TestContext.Out.WriteLine(FormattableString.Invariant($"{exact.Power:F5}"));
        Assert.That(exact.Power, Is.LessThan(0.05 + FalseAlarm.Proportion(0.05, ExactReplicates)).And.GreaterThan(0.02));
    }

    private void Check(string name, double alpha, double within)
    {
        OperatingCharacteristics result = Find(name);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {result.Power:F5}, {result.Failed} failed"));
        Assert.That(result.Power, Is.EqualTo(alpha).Within(within));
    }

    private OperatingCharacteristics Find(string name) => _result!.Analyses.Single(a => a.Name == name);
}
