using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo.Sequential;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How a trial with interim looks behaves over the replicates of a scenario.</summary>
/// <remarks>A look whose analysis fails decides nothing; at the end of the trial it counts as not rejected. Early stopping exaggerates: trials
/// that stop for efficacy are those whose estimates happen to be large.</remarks>
public sealed record SequentialResult
{
    /// <summary>Replicates.</summary>
    public required int Replicates { get; init; }

    /// <summary>Probability of rejecting in favour of treatment at any look: power, or the one-sided type I error rate where there is no
    /// effect.</summary>
    public required MonteCarloValue Rejection { get; init; }

    /// <summary>Probability of stopping before the end of the trial.</summary>
    public required MonteCarloValue EarlyStopping { get; init; }

    /// <summary>One entry for each look, the end of the trial last.</summary>
    public required ValueList<SequentialLookResult> Looks { get; init; }

    /// <summary>Number of participants enrolled by the end of the trial, or by the look at which it stopped.</summary>
    public required SampleSummary Participants { get; init; }

    /// <summary>Most participants that may enrol: the design's number.</summary>
    public required int MaximumParticipants { get; init; }

    /// <summary>Weeks from the opening of enrolment to the end of the trial, or to the look at which it stopped.</summary>
    public required SampleSummary DurationWeeks { get; init; }

    /// <summary>The visit of <see cref="Reached"/>, in weeks since randomisation: the one that the plan counts as information, or else the
    /// design's last.</summary>
    public required double ReachedWeek { get; init; }

    /// <summary>Number of participants who had come to that visit by the last data cut-off, or would have had they stayed.</summary>
    public required SampleSummary Reached { get; init; }

    /// <summary>Estimate of the look at which the trial ended; empty where looks test different analyses.</summary>
    public required SampleSummary Estimates { get; init; }

    /// <summary>Mean of that estimate − the true value of what it estimates; NaN where a look has none.</summary>
    public required MonteCarloValue Bias { get; init; }

    /// <summary>The change of the number of participants; null where none is planned.</summary>
    public ReestimationResult? Reestimation { get; init; }

    /// <summary>The visit by which a plan counts participants.</summary>
    internal static double ReachedWeekOf(Scenario scenario, SequentialPlan plan) =>
        plan.Information is VisitInformation { Week: var week } ? week : scenario.Design.EndWeeks;

    /// <summary>True value of what each look estimates.</summary>
    internal static double[] TrueValues(Scenario scenario, SequentialPlan plan, TrueValue[] truths)
    {
        string[] names = [.. scenario.Analyses.Select(a => a.Name)];
        return [.. Enumerable.Range(0, plan.Looks.Count + 1).Select(k => truths[Array.IndexOf(names, plan.AnalysisAt(k))].Value)];
    }

    internal static SequentialResult From(Scenario scenario, SequentialPlan plan, double[] truths, SequentialTally tally)
    {
        SequentialBoundaries boundaries = plan.Boundaries.ComputeBoundaries();
        int last = plan.Looks.Count;
        long n = tally.Replicates;
        long early = n - tally.Count(last, LookStatus.Efficacy) - tally.Count(last, LookStatus.Continued) - tally.Count(last, LookStatus.Failed);
        SampleSummary error = tally.Error.Summary;
        bool isOneAnalysis = Enumerable.Range(0, last).All(k => plan.AnalysisAt(k) == plan.Analysis);
        bool hasTruth = !truths.Any(double.IsNaN);
        return new SequentialResult
        {
            Replicates = (int)n,
            Rejection = MonteCarloValue.OfShare(tally.Rejected, n),
            EarlyStopping = MonteCarloValue.OfShare(early, n),
            Looks = [.. Enumerable.Range(0, last + 1).Select(k => Look(plan, boundaries, truths[k], tally, k))],
            Participants = tally.Participants.Summary,
            MaximumParticipants = scenario.Design.Participants,
            DurationWeeks = tally.DurationWeeks.Summary,
            ReachedWeek = ReachedWeekOf(scenario, plan),
            Reached = tally.Reached.Summary,
            Estimates = isOneAnalysis ? tally.Estimate.Summary : SampleSummary.FromSums(0, 0, 0),
            Bias = hasTruth ? new MonteCarloValue(error.Mean, error.MonteCarloError) : new MonteCarloValue(double.NaN, double.NaN),
            Reestimation = plan.Reestimation is null ? null : Review(tally),
        };
    }

    private static SequentialLookResult Look(
        SequentialPlan plan, SequentialBoundaries boundaries, double truth, SequentialTally tally, int k)
    {
        long Count(LookStatus status) => tally.Count(k, status);
        return new SequentialLookResult
        {
            Analysis = plan.AnalysisAt(k),
            PlannedInformation = boundaries.InformationFractions[k],
            PlannedEfficacyZ = boundaries.EfficacyZ[k],
            PlannedFutilityZ = k < plan.Looks.Count ? boundaries.FutilityZ[k] : double.NegativeInfinity,
            Held = (int)(Count(LookStatus.Efficacy) + Count(LookStatus.Futility) + Count(LookStatus.Ignored) + Count(LookStatus.Continued)),
            NotHeld = (int)Count(LookStatus.NotHeld),
            Failed = (int)Count(LookStatus.Failed),
            Efficacy = MonteCarloValue.OfShare(Count(LookStatus.Efficacy), tally.Replicates),
            Futility = MonteCarloValue.OfShare(Count(LookStatus.Futility), tally.Replicates),
            FutilityIgnored = MonteCarloValue.OfShare(Count(LookStatus.Ignored), tally.Replicates),
            Weeks = tally.Weeks[k].Summary,
            Information = tally.Information[k].Summary,
            Estimates = tally.Estimates[k].Summary,
            EfficacyEstimates = tally.EfficacyEstimates[k].Summary,
            TrueValue = truth,
        };
    }

    private static ReestimationResult Review(SequentialTally tally)
    {
        SampleSummary participants = tally.NewParticipants.Summary;
        return new ReestimationResult
        {
            Held = (int)(tally.Count(ReviewStatus.Set) + tally.Count(ReviewStatus.Overtaken)),
            Failed = (int)tally.Count(ReviewStatus.Failed),
            NotHeld = (int)tally.Count(ReviewStatus.None),
            Participants = participants,
            PooledSd = tally.PooledSd.Summary,
            ShareAtMinimum = MonteCarloValue.OfShare(tally.AtMinimum, participants.Count),
            ShareAtMaximum = MonteCarloValue.OfShare(tally.AtMaximum, participants.Count),
            ShareOvertaken = MonteCarloValue.OfShare(tally.Count(ReviewStatus.Overtaken), participants.Count),
        };
    }
}
