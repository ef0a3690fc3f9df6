using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Who enters the extension and when its first dose is given.</summary>
[Category("Statistical")]
public sealed class ExtensionEntryTests
{
    private const int Participants = 100_000;

    private static readonly double SwitchMonths = 28 * 7 / 30.4375;

    private static readonly DelayedStart Design = new()
    {
        Participants = Participants,
        VisitWeeks = [0, 28, 40, 52],
        SwitchWeeks = 28,
    };

    [Test]
    public void FollowUpEnds_EntryProbability_HoldsAmongThoseStillFollowed()
    {
        TrialData data = Simulate(901, Design with { EntryProbability = 0.8 }, perWeek: 0.01);

        int atSwitch = 0;
        for (int p = 0; p < Participants; p++)
        {
            atSwitch += data.FollowUpMonths[p] >= SwitchMonths - 1e-12 ? 1 : 0;
        }

        int refused = data.FollowUpEnds.Count(EventKind.ExtensionNotEntered);
        double followed = Math.Exp(-0.28);
        Assert.That(refused / (double)atSwitch, Is.EqualTo(0.2).Within(FalseAlarm.Proportion(0.2, atSwitch)));
        Assert.That(atSwitch / (double)Participants, Is.EqualTo(followed).Within(FalseAlarm.Proportion(followed, Participants)));
    }

    [Test]
    public void FollowUp_NotEntered_EndsAtTheSwitchAfterItsVisit()
    {
        TrialData data = Simulate(902, Design with { EntryProbability = 0.5 }, perWeek: 0);

        for (int p = 0; p < Participants; p++)
        {
            bool entered = data.FollowUpEnds[p] == EventKind.Completed;
            Assert.That(data.FollowUpMonths[p], Is.EqualTo(entered ? 364 / 30.4375 : SwitchMonths).Within(1e-12));
            Assert.That(data.Observed.Slice(p * 4, 4).ToArray(), Is.EqualTo((bool[])[true, true, entered, entered]));
        }
    }

    [TestCase(0, EventKind.ExtensionNotEntered)]
    [TestCase(1, EventKind.Completed)]
    public void FollowUpEnds_EntryForNobodyOrEverybody_IsCertain(double probability, EventKind end)
    {
        TrialData data = Simulate(903, Design with { EntryProbability = probability }, perWeek: 0);

        Assert.That(data.FollowUpEnds.Count(end), Is.EqualTo(Participants));
    }

    [Test]
    public void Exposure_GapThatVaries_IsUniformInBothArms()
    {
        TrialData data = Simulate(904, Design with { GapMinimumWeeks = 2, GapMaximumWeeks = 6 }, perWeek: 0);

        for (int arm = 0; arm < 2; arm++)
        {
            double[] gaps =
            [
                .. Enumerable.Range(0, Participants).Where(p => data.Arms[p] == arm)
                    .Select(p => StudyTime.WeeksFromMonths(data.Exposure(p)[^1].StartMonths) - 28),
            ];
            Assert.That(gaps, Is.All.InRange(2 - 1e-9, 6 + 1e-9));
            Assert.That(
                FalseAlarm.KolmogorovSmirnov(gaps, g => (g - 2) / 4), Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        }
    }

    [TestCase(false, 2)]
    [TestCase(true, 1)]
    public void Exposure_Gap_InterruptsEarlyStartersUnlessBridged(bool bridged, int intervals)
    {
        TrialData data = Simulate(
            905, Design with { GapMinimumWeeks = 2, GapMaximumWeeks = 6, EarlyStartBridgesGap = bridged }, perWeek: 0);

        for (int p = 0; p < 2000; p++)
        {
            ExposureInterval[] exposure = [.. data.Exposure(p)];
            if (data.Arms[p] == TrialDesign.ActiveArm)
            {
                Assert.That(exposure, Has.Length.EqualTo(intervals));
                Assert.That(exposure[0].StartMonths, Is.Zero);
                Assert.That(exposure[0].StopMonths, Is.EqualTo(bridged ? 364 / 30.4375 : SwitchMonths).Within(1e-12));
            }
            else
            {
                Assert.That(exposure, Has.Length.EqualTo(1));
                Assert.That(exposure[0].StartMonths, Is.GreaterThan(SwitchMonths));
            }
        }
    }

    // The effect follows each participant's own gap: everybody alike loses 1.5 a month until the first dose, nothing after it.
    [Test]
    public void Scores_GapThatVaries_FollowTheParticipantsOwnFirstDose()
    {
        TrialData data = Simulate(906, Design with { GapMinimumWeeks = 2, GapMaximumWeeks = 6 }, perWeek: 0);

        for (int p = 0; p < Participants; p++)
        {
            ReadOnlySpan<ExposureInterval> exposure = data.Exposure(p);
            double untreated = data.Arms[p] == TrialDesign.ControlArm
                ? exposure[0].StartMonths
                : exposure[1].StartMonths - SwitchMonths;
            Assert.That(data.Scores[(p * 4) + 3], Is.EqualTo(36 - (1.5 * untreated)).Within(1e-10));
        }
    }

    [Test]
    public void Exposure_DroppedOutBeforeTheSwitch_DelayedStartersWereNeverTreated()
    {
        TrialData data = Simulate(907, Design, perWeek: 0.05);

        for (int p = 0; p < Participants; p++)
        {
            bool treated = data.Arms[p] == TrialDesign.ActiveArm || data.FollowUpMonths[p] > SwitchMonths;
            Assert.That(data.Exposure(p).Length, Is.EqualTo(treated ? 1 : 0));
        }
    }

    private static TrialData Simulate(ulong seed, DelayedStart design, double perWeek) =>
        new TrialSimulator(TestScenarios.Bare with
        {
            Effect = new SlopeReduction { MaxReduction = 1 },
            Design = design,
            Observation = new ObservationModel
            {
                Events = [new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = perWeek }],
                Rounding = ScoreRounding.None,
            },
        }).Simulate(FalseAlarm.Seed(seed), 0);
}
