using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>What holds in every simulated trial.</summary>
public sealed class TrialDataInvariantTests
{
    private static IEnumerable<TestCaseData> Trials =>
        from scenario in Presets.All.Select(p => p.Scenario).Append(TestScenarios.Rich).Append(MissingScenarios.Rich).Append(Extreme)
        select new TestCaseData(scenario).SetArgDisplayNames(scenario.Name);

    /// <summary>Rates, errors and hazards far from anything plausible, so that scores reach both ends of the scale.</summary>
    private static Scenario Extreme => TestScenarios.Rich with
    {
        Name = "extreme",
        Trajectory = new LinearDecline(),
        Population = TestStrata.Population(TestScenarios.Alike with
        {
            BaselineScoreSd = 20,
            DeclineRate = new NormalRate { Mean = 0, Sd = 5 },
            ResidualSd = 10,
        }),
    };

    [TestCaseSource(nameof(Trials))]
    public void Scores_Recorded_AreWholeAndOnTheScale(Scenario scenario) => ForEachTrial(scenario, simulator =>
    {
        foreach (double score in simulator.Latent.CompleteScores)
        {
            Assert.That(score, Is.InRange(0, 48));
            Assert.That(Math.Floor(score), Is.EqualTo(score));
        }
    });

    [TestCaseSource(nameof(Trials))]
    public void Scores_Observed_AreTheCompleteOnesAndOthersMissing(Scenario scenario) => ForEachTrial(scenario, simulator =>
    {
        TrialData data = simulator.Data;
        for (int i = 0; i < data.Scores.Length; i++)
        {
            // Who does not enter the extension may be seen at the switch in place of a visit after it.
            int p = i / data.Visits;
            bool atSwitch = data.FollowUpEnds[p] == EventKind.ExtensionNotEntered && data.VisitMonths[i] == data.FollowUpMonths[p];
            double expected = data.Observed[i] ? simulator.Latent.CompleteScores[i] : double.NaN;
            Assert.That(data.Scores[i], atSwitch && data.Observed[i] ? Is.InRange(0, 48) : Is.EqualTo(expected));
        }
    });

    [TestCaseSource(nameof(Trials))]
    public void Observed_AfterTheEvent_NothingIsSeen(Scenario scenario) => ForEachTrial(scenario, simulator =>
    {
        TrialData data = simulator.Data;
        double window = StudyTime.MonthsFromWeeks(scenario.Observation.VisitWindowDays / 7);
        for (int p = 0; p < data.Participants; p++)
        {
            // Who completes a period is seen at its last visit even when that falls a few days late.
            bool onSchedule = data.FollowUpEnds[p] is EventKind.Completed or EventKind.ExtensionNotEntered;
            double last = data.FollowUpMonths[p] + (onSchedule ? window : 0);
            for (int v = 0; v < data.Visits; v++)
            {
                int cell = (p * data.Visits) + v;
                Assert.That(data.Observed[cell] && data.VisitMonths[cell] > last + 1e-12, Is.False);
            }
        }
    });

    [TestCaseSource(nameof(Trials))]
    public void Observed_Baseline_IsAlwaysSeenOnDayZero(Scenario scenario) => ForEachTrial(scenario, simulator =>
    {
        TrialData data = simulator.Data;
        int column = data.Layout.CovariateAt(Covariates.Baseline);
        for (int p = 0; p < data.Participants; p++)
        {
            Assert.That(data.Observed[p * data.Visits], Is.True);
            Assert.That(data.VisitMonths[p * data.Visits], Is.Zero);
            Assert.That(data.Covariate(column)[p], Is.EqualTo(data.Scores[p * data.Visits]));
        }
    });

    [TestCaseSource(nameof(Trials))]
    public void VisitMonths_EachParticipant_Rise(Scenario scenario) => ForEachTrial(scenario, simulator =>
    {
        foreach (double[] row in simulator.Data.VisitMonths.ToArray().Chunk(simulator.Data.Visits))
        {
            Assert.That(row, Is.Ordered.Ascending);
        }
    });

    [TestCaseSource(nameof(Trials))]
    public void Exposure_EachParticipant_IsInOrderAndEndsWithFollowUp(Scenario scenario) => ForEachTrial(scenario, simulator =>
    {
        TrialData data = simulator.Data;
        for (int p = 0; p < data.Participants; p++)
        {
            double before = 0;
            foreach (ExposureInterval interval in data.Exposure(p))
            {
                Assert.That(interval.StartMonths, Is.GreaterThanOrEqualTo(before));
                Assert.That(interval.StopMonths, Is.GreaterThan(interval.StartMonths));
                Assert.That(interval.StopMonths, Is.LessThanOrEqualTo(data.FollowUpMonths[p]));
                before = interval.StopMonths;
            }
        }
    });

    [TestCaseSource(nameof(Trials))]
    public void FollowUp_EachParticipant_EndsWithinTheTrialAndCompletersAtItsEnd(Scenario scenario) => ForEachTrial(scenario, simulator =>
    {
        TrialData data = simulator.Data;
        for (int p = 0; p < data.Participants; p++)
        {
            Assert.That(data.FollowUpMonths[p], Is.GreaterThanOrEqualTo(0).And.LessThanOrEqualTo(data.Layout.EndMonths));
            if (data.FollowUpEnds[p] == EventKind.Completed)
            {
                Assert.That(data.FollowUpMonths[p], Is.EqualTo(data.Layout.EndMonths));
            }
        }
    });

    [TestCaseSource(nameof(Trials))]
    public void Arms_EachStratum_KeepTheRatioInFullBlocks(Scenario scenario) => ForEachTrial(scenario, simulator =>
    {
        // Blocks are within the cohorts of a dose-ranging trial, within strata elsewhere; in the order of entry, or of numbers where all enter at once.
        TrialData data = simulator.Data;
        int[] groups =
        [
            .. Enumerable.Range(0, data.Participants).Select(p => scenario.Design is DoseRanging
                ? (int)data.Covariate(data.Layout.CovariateAt(Covariates.Cohort))[p]
                : data.Strata[p]),
        ];
        foreach (int group in groups.Distinct())
        {
            byte[] arms =
            [
                .. Enumerable.Range(0, data.Participants).Where(p => groups[p] == group).OrderBy(p => data.EntryMonths[p]).Select(p => data.Arms[p]),
            ];
            foreach (byte[] block in arms.Chunk(scenario.Design.BlockSize).Where(b => b.Length == scenario.Design.BlockSize))
            {
                Assert.That(
                    block.Count(a => a != TrialDesign.ControlArm),
                    Is.EqualTo(scenario.Design.Allocation.Active * scenario.Design.BlockMultiple));
            }
        }
    });

    private static void ForEachTrial(Scenario scenario, Action<TrialSimulator> check)
    {
        var simulator = new TrialSimulator(scenario);
        for (int replicate = 0; replicate < 4; replicate++)
        {
            simulator.Simulate(711, replicate);
            check(simulator);
        }
    }
}
