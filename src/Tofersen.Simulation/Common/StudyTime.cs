namespace Tofersen.Simulation.Common;

/// <summary>Units of study time. Protocols speak of weeks; models and data speak of months since randomisation.</summary>
/// <remarks>One month is a twelfth of a Julian year, 365.25 / 12 = 30.4375 days, that is 4.348 weeks.</remarks>
public static class StudyTime
{
    /// <summary>Days in a month: 365.25 / 12.</summary>
    public const double DaysPerMonth = 365.25 / 12;

    /// <summary>Weeks in a month: 365.25 / 84.</summary>
    public const double WeeksPerMonth = DaysPerMonth / 7;

    /// <summary>Converts weeks to months.</summary>
    /// <param name="weeks">A time or duration in weeks.</param>
    /// <returns>The same time in months.</returns>
    public static double MonthsFromWeeks(double weeks) => weeks / WeeksPerMonth;

    /// <summary>Converts months to weeks.</summary>
    /// <param name="months">A time or duration in months.</param>
    /// <returns>The same time in weeks.</returns>
    public static double WeeksFromMonths(double months) => months * WeeksPerMonth;
}
