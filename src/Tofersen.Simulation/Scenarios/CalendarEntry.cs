using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios;

/// <summary>When a participant is randomised, in calendar time.</summary>
internal static class CalendarEntry
{
    /// <summary>Draws months since enrolment opened; 0 where the design does not say how participants enrol.</summary>
    internal static double Draw(TrialDesign design, StreamKey key, int p)
    {
        if (design.Enrolment is not { } enrolment)
        {
            return 0;
        }

        TrialRandom random = key.Open(p, DrawPurpose.CalendarEntry);
        return StudyTime.MonthsFromWeeks(enrolment.WeekOf(random.NextUniform(), design.Participants));
    }
}
