using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.Observations;

/// <summary>Event times under constant hazards, over one trial of 200,000 participants.</summary>
[Category("Statistical")]
public sealed class ConstantHazardTests
{
    private const int Participants = 200_000;
    private const double EndWeek = 52;

    [Test]
    public void Simulate_OneConstantHazard_EventTimesAreExponential()
    {
        TrialData data = Simulate(801, Hazard(EventKind.Death, 0.02));

        double[] weeks = EventWeeks(data);
        double all = 1 - Math.Exp(-0.02 * EndWeek);
        Assert.That(weeks.Length / (double)Participants, Is.EqualTo(all).Within(FalseAlarm.Proportion(all, Participants)));
        Assert.That(
            FalseAlarm.KolmogorovSmirnov(weeks, t => (1 - Math.Exp(-0.02 * t)) / all),
            Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
    }

    // Of hazards 1 : 3 : 2 the kinds split 1/6 : 1/2 : 1/3 at all times, and the first comes at rate 0.06.
    [Test]
    public void Simulate_CompetingConstantHazards_SplitInProportionAtAnyTime()
    {
        TrialData data = Simulate(
            802,
            Hazard(EventKind.Death, 0.01),
            Hazard(EventKind.PermanentVentilation, 0.03),
            Hazard(EventKind.OtherWithdrawal, 0.02));
        (EventKind Kind, double Share)[] kinds =
            [(EventKind.Death, 1 / 6.0), (EventKind.PermanentVentilation, 1 / 2.0), (EventKind.OtherWithdrawal, 1 / 3.0)];

        double all = 1 - Math.Exp(-0.06 * EndWeek);
        var counts = new List<long>();
        var probabilities = new List<double>();
        for (int tenth = 0; tenth < 10; tenth++)
        {
            double from = EndWeek * tenth / 10, to = EndWeek * (tenth + 1) / 10;
            double inTenth = (Math.Exp(-0.06 * from) - Math.Exp(-0.06 * to)) / all;
            foreach ((EventKind kind, double share) in kinds)
            {
                counts.Add(Count(data, kind, from, to));
                probabilities.Add(share * inTenth);
            }
        }

        Assert.That(counts.Sum() / (double)Participants, Is.EqualTo(all).Within(FalseAlarm.Proportion(all, Participants)));
        Assert.That(
            FalseAlarm.ChiSquare([.. counts], [.. probabilities]), Is.LessThan(FalseAlarm.ChiSquareLimit(29)));
    }

    // Two constant hazards of the same size beside a progression-dependent one with exponent and coefficient 0.
    [Test]
    public void Simulate_ProgressionHazardWithoutDependence_IsAConstantHazard()
    {
        var flat = new ProgressionHazard
        {
            Kind = EventKind.WithdrawalForProgression,
            PerWeek = 0.02,
            RateExponent = 0,
            ScoreCoefficient = 0,
        };
        TrialData data = Simulate(803, Hazard(EventKind.Death, 0.02), flat);

        double[] weeks = EventWeeks(data);
        double all = 1 - Math.Exp(-0.04 * EndWeek);
        long progression = Count(data, EventKind.WithdrawalForProgression, 0, EndWeek);
        Assert.That(
            FalseAlarm.KolmogorovSmirnov(weeks, t => (1 - Math.Exp(-0.04 * t)) / all),
            Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        Assert.That(
            progression / (double)weeks.Length, Is.EqualTo(0.5).Within(FalseAlarm.Proportion(0.5, weeks.Length)));
    }

    [Test]
    public void Simulate_HazardOfZero_NeverHappens()
    {
        TrialData data = Simulate(804, Hazard(EventKind.Death, 0), Hazard(EventKind.OtherWithdrawal, 0.01));

        Assert.That(data.FollowUpEnds.ToArray(), Has.None.EqualTo(EventKind.Death));
        Assert.That(data.FollowUpEnds.ToArray(), Has.Some.EqualTo(EventKind.OtherWithdrawal));
    }

    [Test]
    public void Simulate_NoHazards_EverybodyCompletes()
    {
        TrialData data = Simulate(805);

        Assert.That(data.FollowUpEnds.ToArray(), Is.All.EqualTo(EventKind.Completed));
        Assert.That(data.Observed.ToArray(), Is.All.True);
    }

    private static ConstantHazard Hazard(EventKind kind, double perWeek) => new() { Kind = kind, PerWeek = perWeek };

    private static TrialData Simulate(ulong seed, params EventHazard[] hazards)
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Design = new ParallelGroup { Participants = Participants, VisitWeeks = [0, 28, EndWeek] },
            Observation = new ObservationModel { Events = [.. hazards], Rounding = ScoreRounding.None },
        };
        return new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(seed), 0);
    }

    private static double[] EventWeeks(TrialData data) =>
    [
        .. Enumerable.Range(0, Participants)
            .Where(p => data.FollowUpEnds[p] != EventKind.Completed)
            .Select(p => StudyTime.WeeksFromMonths(data.FollowUpMonths[p])),
    ];

    private static long Count(TrialData data, EventKind kind, double fromWeek, double toWeek)
    {
        long count = 0;
        for (int p = 0; p < Participants; p++)
        {
            double week = StudyTime.WeeksFromMonths(data.FollowUpMonths[p]);
            count += data.FollowUpEnds[p] == kind && week >= fromWeek && week < toWeek ? 1 : 0;
        }

        return count;
    }
}
