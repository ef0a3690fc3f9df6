using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>A look in a week of the calendar. Needs a design with enrolment.</summary>
public sealed record CalendarTiming : LookTiming
{
    /// <summary>Weeks since enrolment opened; above 0, at most 20,000, and before the last participant can have ended follow-up.</summary>
    public required double Weeks { get; init => field = Require.Above(value, 0, 2e4); }

    internal override void Validate(Scenario scenario, SequentialPlan plan) => CheckWeek(Weeks, scenario, plan);

    /// <summary>Checks a week of the calendar in which something is to be seen of a trial that still runs.</summary>
    internal static void CheckWeek(double weeks, Scenario scenario, SequentialPlan plan)
    {
        if (scenario.Design.Enrolment is not { } enrolment)
        {
            throw new ArgumentException(
                "A look by calendar needs to know when participants enter: give the design an enrolment, or time the look by information or by the first period.",
                nameof(Weeks));
        }

        double end = enrolment.WeekOf(1, scenario.Design.Participants) + scenario.Design.EndWeeks + plan.DataLagWeeks;
        if (weeks >= end || weeks <= plan.DataLagWeeks)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Weeks),
                weeks,
                FormattableString.Invariant(
                    $"Must lie between {plan.DataLagWeeks} weeks, when the first data come in, and {end}, when the trial has ended at the latest."));
        }
    }
}
