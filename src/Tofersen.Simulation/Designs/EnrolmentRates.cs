using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs;

/// <summary>Participants enrol at a rate that is constant in stretches of calendar time: centres that open one after another, or a pause.</summary>
/// <remarks>Enrolment ends when as many are expected to have enrolled as the design has participants.</remarks>
public sealed record EnrolmentRates : Enrolment
{
    /// <summary>The periods, from the opening of enrolment on; at least one, the last with a rate above 0.</summary>
    public required ValueList<EnrolmentPeriod> Periods { get; init => field = Checked(value); }

    internal override double WeekOf(double share, int participants)
    {
        double awaited = share * participants;
        double start = 0;
        int last = Periods.Count - 1;
        for (int i = 0; i < last; i++)
        {
            EnrolmentPeriod period = Periods[i];
            double enrolled = period.Weeks * period.PerWeek;
            if (awaited < enrolled)
            {
                return start + (awaited / period.PerWeek);
            }

            awaited -= enrolled;
            start += period.Weeks;
        }

        return start + (awaited / Periods[last].PerWeek);
    }

    private static ValueList<EnrolmentPeriod> Checked(ValueList<EnrolmentPeriod>? periods)
    {
        Require.NotEmpty(periods, nameof(Periods));
        return periods![^1].PerWeek > 0
            ? periods
            : throw new ArgumentOutOfRangeException(
                nameof(Periods), periods[^1].PerWeek, "The rate of the last period must be above 0: it lasts until enough have enrolled.");
    }
}
