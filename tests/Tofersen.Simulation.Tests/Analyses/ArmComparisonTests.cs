using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Common;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Two arms of a trial that has more.</summary>
public sealed class ArmComparisonTests
{
    private static readonly Scenario Scenario = PhaseOneTwo.Preset.Scenario with
    {
        Design = PhaseOneTwo.Preset.Scenario.Design with { Participants = 400 },
        Analyses = [],
    };

    private static readonly TrialData Data = new TrialSimulator(Scenario).Simulate(8, 0);

    private static IEnumerable<IAnalysis> Analyses =>
    [
        new Ancova { Week = 12, Covariates = [Covariates.Baseline, Covariates.Stratum] },
        new Mmrm { Week = 24, Covariates = [Covariates.Baseline] },
        new RandomSlopeModel { ThroughWeek = 24 },
        new SlopeAnalysis { ThroughWeek = 24 },
        new JointRank { Week = 24, Covariates = [Covariates.Baseline] },
        new LogRank { Events = [EventKind.Death, EventKind.OtherWithdrawal] },
        new CoxRegression { Events = [EventKind.Death, EventKind.OtherWithdrawal], Covariates = [Covariates.Age] },
        new RestrictedMeanSurvival { Events = [EventKind.Death, EventKind.OtherWithdrawal], ThroughWeek = 20 },
        new EventProportion { Events = [EventKind.Death, EventKind.OtherWithdrawal], ThroughWeek = 20 },
        new ResponderAnalysis { Week = 12, Threshold = -1 },
        new EstimandAnalysis { Analysis = new Ancova { Week = 12 }, Strategies = new Estimand { Withdrawal = EventStrategy.WhileOnTreatment } },
    ];

    // A trial that never had the other arms says the same.
    [TestCaseSource(nameof(Analyses))]
    public void Run_TwoOfFiveArms_EqualsATrialOfThoseTwo(IAnalysis analysis)
    {
        const byte Active = 4;
        const byte Control = 2;
        ParticipantRecord[] records =
        [
            .. Enumerable.Range(0, Data.Participants).Where(p => Data.Arms[p] is Active or Control)
                .Select(p => Record(p) with { Arm = (byte)(Data.Arms[p] == Active ? 1 : 0) }),
        ];
        TrialLayout layout = Data.Layout with { Participants = records.Length, ArmNames = ["40 mg", "100 mg"], Endpoints = [] };
        AnalysisResult expected = analysis.CreateWorker(layout).Run(TrialData.FromRecords(layout, records));

        var comparison = new ArmComparison { Active = "100 mg", Control = "40 mg", Analysis = analysis };
        AnalysisResult actual = comparison.CreateWorker(Data.Layout).Run(Data);

        Assert.That(expected.IsUsable, Is.True);
        Assert.That(actual.Estimate, Is.EqualTo(expected.Estimate).Within(1e-9));
        Assert.That(actual.StandardError, Is.EqualTo(expected.StandardError).Within(1e-9));
        Assert.That(actual.PValue, Is.EqualTo(expected.PValue).Within(1e-9));
        Assert.That(actual.Participants, Is.EqualTo(expected.Participants));
    }

    [Test]
    public void Run_OnAnEndpoint_ComparesItsValues()
    {
        var comparison = new EndpointAnalysis
        {
            Endpoint = "sod1",
            Analysis = new ArmComparison { Active = "100 mg", Analysis = new Ancova { Week = 12, Covariates = [] } },
        };
        double[] active = Changes(4);
        double[] control = Changes(0);

        AnalysisResult result = comparison.CreateWorker(Data.Layout).Run(Data);

        // Without covariates the estimate is the difference of means.
        Assert.That(result.Estimate, Is.EqualTo(active.Average() - control.Average()).Within(1e-12));
        Assert.That(result.Participants, Is.EqualTo(active.Length + control.Length));
    }

    [Test]
    public void Run_AnotherTrialOfTheSameShape_IsSeen()
    {
        IAnalysisWorker worker = new ArmComparison { Active = "60 mg", Analysis = new Ancova { Week = 12 } }.CreateWorker(Data.Layout);
        TrialData other = new TrialSimulator(Scenario).Simulate(8, 1);

        AnalysisResult first = worker.Run(Data);

        Assert.That(worker.Run(other).Estimate, Is.Not.EqualTo(first.Estimate));
        Assert.That(worker.Run(Data), Is.EqualTo(first));
    }

    [Test]
    public void Run_Warm_AllocatesNothing()
    {
        IAnalysisWorker worker = new ArmComparison { Active = "60 mg", Analysis = new Ancova { Week = 12 } }.CreateWorker(Data.Layout);
        Assert.That(WarmAllocation.Least(() => worker.Run(Data)), Is.Zero);
    }

    [Test]
    public void CreateWorker_UnknownArm_ThrowsWithTheArms() =>
        Assert.That(
            () => new ArmComparison { Active = "80 mg", Analysis = new Ancova { Week = 12 } }.CreateWorker(Data.Layout),
            Throws.ArgumentException.With.Message.Contains("'80 mg'").And.Message.Contains("60 mg"));

    [Test]
    public void CreateWorker_ArmAgainstItself_Throws() =>
        Assert.That(
            () => new ArmComparison { Active = "Placebo", Analysis = new Ancova { Week = 12 } }.CreateWorker(Data.Layout),
            Throws.ArgumentException.With.Message.Contains("with itself"));

    [Test]
    public void CreateWorker_EndpointInside_ThrowsSayingWhereItGoes() =>
        Assert.That(
            () => new ArmComparison
            {
                Active = "60 mg",
                Analysis = new EndpointAnalysis { Endpoint = "sod1", Analysis = new Ancova { Week = 12 } },
            }.CreateWorker(Data.Layout),
            Throws.ArgumentException.With.Message.Contains("goes outside"));

    [Test]
    public void Equals_NameGivenOrNot_SayTheSame()
    {
        var comparison = new ArmComparison { Active = "60 mg", Analysis = new Ancova { Week = 12 } };
        Assert.That(comparison with { Name = comparison.Name }, Is.EqualTo(comparison));
        Assert.That((comparison with { Name = comparison.Name }).GetHashCode(), Is.EqualTo(comparison.GetHashCode()));
        Assert.That(comparison with { Control = "20 mg" }, Is.Not.EqualTo(comparison));
        var endpoint = new EndpointAnalysis { Endpoint = "sod1", Analysis = comparison };
        Assert.That(endpoint with { Name = endpoint.Name }, Is.EqualTo(endpoint));
        Assert.That(endpoint with { Endpoint = "nfl", Name = endpoint.Name }, Is.Not.EqualTo(endpoint));
    }

    private static double[] Changes(byte arm)
    {
        TrialData sod1 = Data.OnEndpoint(0);
        int visit = Data.Layout.VisitAt(12);
        return
        [
            .. Enumerable.Range(0, Data.Participants).Where(p => Data.Arms[p] == arm)
                .Select(p => sod1.Scores[(p * Data.Visits) + visit] - sod1.Scores[p * Data.Visits]).Where(double.IsFinite),
        ];
    }

    private static ParticipantRecord Record(int p) => new()
    {
        Arm = 0,
        Stratum = Data.Strata[p],
        Scores = [.. Data.Scores.Slice(p * Data.Visits, Data.Visits)],
        VisitMonths = [.. Data.VisitMonths.Slice(p * Data.Visits, Data.Visits)],
        Covariates = [.. Enumerable.Range(0, Data.Layout.Covariates.Count).Select(c => Data.Covariate(c)[p])],
        FollowUpMonths = Data.FollowUpMonths[p],
        FollowUpEnd = Data.FollowUpEnds[p],
        Exposure = [.. Data.Exposure(p)],
    };
}
