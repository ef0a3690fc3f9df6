using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Calibrations.NaturalHistories;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Reads natural-history data from tables: ADaM-shaped scores, the PRO-ACT table of ALSFRS scores, or columns as named.</summary>
/// <remarks>
/// <para>What is not named is found, upper and lower case alike. ADaM: USUBJID, AVAL where PARAMCD says ALSFRSR, time from MONTH, ADY or
/// AVISIT (Baseline, Week 4, Month 2, Day 15), STRATUM. PRO-ACT: subject_id, ALSFRS_R_Total, ALSFRS_Delta in days; rows without a revised
/// total, as of the older scale, do not count.</para>
/// <para>Where the file has arms (ARM, TRT01P, TRTP) only the control counts: the arm with placebo, control or untreated in its name, or
/// the one that is asked for. A delayed-start arm is without treatment only up to its switch; see <see cref="UntilMonth"/>.</para>
/// <para>Times are refused if the median gap between the visits of a participant is below 6 days or above a year: then the unit is
/// probably another one.</para>
/// </remarks>
public sealed record NaturalHistoryReader
{
    // Visits of trials and registries lie weeks to months apart.
    private const double ShortestGapMonths = 6 / StudyTime.DaysPerMonth;
    private const double LongestGapMonths = 12;

    // Dates that SAS counts from 1960 are beyond this since 1990; no disease is.
    private const double LatestStartMonths = 360;

    /// <summary>Column that tells participants apart; null to find it.</summary>
    public string? Participant { get; init => field = TextOrNull(value, nameof(Participant)); }

    /// <summary>Column of times; null to find it.</summary>
    public string? Time { get; init => field = TextOrNull(value, nameof(Time)); }

    /// <summary>What times count; null where the name of the column tells.</summary>
    public TimeUnit? Unit { get; init => field = value is { } unit ? Require.Defined(unit, nameof(Unit)) : null; }

    /// <summary>Column of ALSFRS-R totals; null to find it.</summary>
    public string? Score { get; init => field = TextOrNull(value, nameof(Score)); }

    /// <summary>Column of strata, each of which is fitted for itself; null for STRATUM where there is one.</summary>
    public string? Stratum { get; init => field = TextOrNull(value, nameof(Stratum)); }

    /// <summary>Whether all are fitted together, also where the file has strata; false by default.</summary>
    public bool IsPooled { get; init; }

    /// <summary>The arm whose rows count; null for the control.</summary>
    public string? Arm { get; init => field = TextOrNull(value, nameof(Arm)); }

    /// <summary>Last month that counts, above 0 and at most 1200; null for all. Follow-up beyond it counts as complete.</summary>
    public double? UntilMonth { get; init => field = value is { } month ? Require.Above(month, 0, 1200, nameof(UntilMonth)) : null; }

    /// <summary>Reads scores.</summary>
    /// <param name="table">One row a score.</param>
    /// <returns>The data, and what was made of columns and rows.</returns>
    /// <exception cref="AnalysisDataException">A column is missing, a value cannot be used, or no row is left; the message names column
    /// and row.</exception>
    public NaturalHistoryReading Read(AnalysisTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = ScoreColumns.Find(table, this);
        int[] ofParameter = columns.RowsOfParameter();
        int[] ofArm = columns.RowsOfArm(ofParameter, out string? arm);
        int[] complete = [.. ofArm.Where(columns.IsComplete)];
        if (complete.Length == 0)
        {
            throw new AnalysisDataException(columns.WhyNothingIsLeft(ofArm));
        }

        double[] allMonths = [.. complete.Select(columns.MonthAt)];
        int[] kept = [.. Enumerable.Range(0, complete.Length).Where(i => !(allMonths[i] > UntilMonth))];
        int[] rows = [.. kept.Select(i => complete[i])];
        if (rows.Length == 0)
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{columns.Time.Name}' has no time up to month {UntilMonth}."));
        }

        var names = new RowNames(
            $"Column '{columns.Time.Name}'",
            $"Column '{columns.Score.Name}'",
            i => FormattableString.Invariant($"row {table.RowNumber(rows[i])}"));
        var data = NaturalHistoryData.FromRows(
            [.. rows.Select(columns.Participant.TextAt)],
            [.. kept.Select(i => allMonths[i])],
            [.. rows.Select(i => columns.Score.Numbers[i])],
            columns.Stratum is { } stratum ? [.. rows.Select(stratum.TextAt)] : null,
            names);
        CheckGaps(data, columns);
        return new NaturalHistoryReading(
            data,
            columns.Form,
            columns.Participant.Name,
            columns.Time.Name,
            columns.Unit,
            columns.Score.Name,
            columns.Stratum?.Name,
            columns.Arm?.Name,
            arm,
            table.Rows,
            table.Rows - ofParameter.Length,
            ofParameter.Length - ofArm.Length,
            ofArm.Length - complete.Length,
            complete.Length - rows.Length);
    }

    /// <summary>Adds how follow-up ended from a table of times to event (ADTTE).</summary>
    /// <remarks>The table has USUBJID (or the participants' column of the scores), a time (AVAL, if PARAM names its unit in brackets, or
    /// ADY) and EVNTDESC with the ends that simulated data have: COMPLETED, DEATH, PERMANENT VENTILATION, WITHDRAWAL FOR PROGRESSION, OTHER
    /// WITHDRAWAL, EXTENSION NOT ENTERED; or CNSR, whose events then count as other withdrawals. Of several parameters the first counts if
    /// EVNTDESC tells the ends; otherwise there may be one only. Participants without a score in the data do not count.</remarks>
    /// <param name="reading">The scores.</param>
    /// <param name="events">One row a participant and parameter.</param>
    /// <returns>The same reading with data that know their follow-up.</returns>
    /// <exception cref="AnalysisDataException">A column is missing, a value cannot be used, or a participant has no row.</exception>
    public NaturalHistoryReading ReadFollowUp(NaturalHistoryReading reading, AnalysisTable events)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(events);
        (string[] participants, double[] months, EventKind[] ends, string note) = FollowUpTable.Read(reading, events);
        for (int i = 0; i < months.Length; i++)
        {
            if (months[i] > UntilMonth)
            {
                (months[i], ends[i]) = (UntilMonth.Value, EventKind.Completed);
            }
        }

        return reading with { Data = reading.Data.WithFollowUp(participants, months, ends), FollowUpNote = note };
    }

    private static void CheckGaps(NaturalHistoryData data, ScoreColumns columns)
    {
        double gap = DropoutFitting.MedianGap(data.All);
        if (gap > 0 && gap is < ShortestGapMonths or > LongestGapMonths)
        {
            string unit = columns.Unit.ToString().ToLowerInvariant();
            throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{columns.Time.Name}' has a median gap between visits of {gap * StudyTime.DaysPerMonth:0.##} days if it counts {(columns.Unit == TimeUnit.StudyDays ? "study days" : unit)}; give its true unit: days, weeks or months."))
            {
                Setting = nameof(Unit),
            };
        }

        double[] starts = [.. data.All.Select(p => p.Months[0]).Order()];
        if (starts[starts.Length / 2] > LatestStartMonths)
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{columns.Time.Name}' begins at month {starts[starts.Length / 2]:0} for half of the participants, as dates do that count from a fixed day, such as SAS's; give a column of times since baseline."))
            {
                Setting = nameof(Time),
            };
        }
    }

    private static string? TextOrNull(string? value, string name) => value is null ? null : Require.Text(value, name);
}
