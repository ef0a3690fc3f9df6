using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>Ends of follow-up from a table of times to event.</summary>
internal static class FollowUpTable
{
    private static readonly Dictionary<string, EventKind> Ends = new(StringComparer.OrdinalIgnoreCase)
    {
        ["COMPLETED"] = EventKind.Completed,
        ["DEATH"] = EventKind.Death,
        ["PERMANENT VENTILATION"] = EventKind.PermanentVentilation,
        ["WITHDRAWAL FOR PROGRESSION"] = EventKind.WithdrawalForProgression,
        ["OTHER WITHDRAWAL"] = EventKind.OtherWithdrawal,
        ["EXTENSION NOT ENTERED"] = EventKind.ExtensionNotEntered,
    };

    internal static (string[] Participants, double[] Months, EventKind[] Ends, string Note) Read(
        NaturalHistoryReading reading, AnalysisTable events)
    {
        TableColumn participant = ScoreColumns.Lookup(events, reading.ParticipantColumn)
            ?? ScoreColumns.Lookup(events, "USUBJID")
            ?? throw new AnalysisDataException($"The events have no column '{reading.ParticipantColumn}'.");
        TableColumn? description = ScoreColumns.Lookup(events, "EVNTDESC");
        TableColumn? censoring = ScoreColumns.Lookup(events, "CNSR");
        TableColumn? parameter = ScoreColumns.Lookup(events, "PARAMCD");
        bool hasEnds = description is { IsText: true } && description.Levels.All(Ends.ContainsKey);
        if (!hasEnds && censoring is null)
        {
            throw new AnalysisDataException("The events have neither known ends of follow-up in EVNTDESC nor a column CNSR.");
        }

        int[] rows = [.. Enumerable.Range(0, events.Rows)];
        if (parameter is { IsText: true, Levels.Count: > 1 })
        {
            if (!hasEnds)
            {
                throw new AnalysisDataException(
                    $"The events are of the parameters {Names.List(parameter.Levels)}; without known ends of follow-up in EVNTDESC there may be only one.");
            }

            string first = parameter.TextAt(rows.First(i => !parameter.IsMissing(i)));
            rows = [.. rows.Where(i => parameter.TextAt(i) == first)];
        }

        Func<int, double> month = Months(events, rows);
        HashSet<string> known = [.. reading.Data.All.Select(p => p.Name)];
        rows = [.. rows.Where(i => known.Contains(participant.TextAt(i)))];
        HashSet<string> listed = [.. rows.Select(participant.TextAt)];
        if (known.FirstOrDefault(name => !listed.Contains(name)) is { } absent)
        {
            throw new AnalysisDataException($"The events have no row of participant '{absent}', who has scores.");
        }

        return (
            [.. rows.Select(participant.TextAt)],
            [.. rows.Select(month)],
            [.. rows.Select(i => hasEnds ? End(events, description!, i) : Event(events, censoring!, i))],
            hasEnds ? $"ends of follow-up as {description!.Name} says" : $"events as {censoring!.Name} says, counted as other withdrawals");
    }

    private static Func<int, double> Months(AnalysisTable events, int[] rows)
    {
        string label = ScoreColumns.Lookup(events, "PARAM") is { } parameter ? parameter.TextAt(rows[0]) : "";
        TimeUnit? unit = label.Contains("(months)", StringComparison.OrdinalIgnoreCase) ? TimeUnit.Months
            : label.Contains("(weeks)", StringComparison.OrdinalIgnoreCase) ? TimeUnit.Weeks
            : label.Contains("(days)", StringComparison.OrdinalIgnoreCase) ? TimeUnit.Days
            : null;
        string? name = (unit is null ? null : ScoreColumns.Lookup(events, "AVAL")?.Name) ?? ScoreColumns.Lookup(events, "ADY")?.Name;
        if (name is null)
        {
            throw new AnalysisDataException(
                "The events have no time whose unit is known: AVAL with (days), (weeks) or (months) in PARAM, or ADY.");
        }

        TimeUnit known = name.Equals("AVAL", StringComparison.OrdinalIgnoreCase) ? unit!.Value : TimeUnit.StudyDays;
        TableColumn column = events.NumbersOf(name, "time of the event");
        return i => column.IsMissing(i)
            ? throw new AnalysisDataException(FormattableString.Invariant($"Column '{name}' of the events is empty in row {events.RowNumber(i)}."))
            : ScoreColumns.ToMonths(column.Numbers[i], known);
    }

    private static EventKind End(AnalysisTable events, TableColumn column, int row) => column.IsMissing(row)
        ? throw new AnalysisDataException(FormattableString.Invariant($"Column '{column.Name}' of the events is empty in row {events.RowNumber(row)}."))
        : Ends[column.TextAt(row)];

    private static EventKind Event(AnalysisTable events, TableColumn column, int row) => column.TextAt(row) switch
    {
        "0" => EventKind.OtherWithdrawal,
        { Length: > 0 } => EventKind.Completed,
        _ => throw new AnalysisDataException(FormattableString.Invariant(
            $"Column '{column.Name}' of the events is empty in row {events.RowNumber(row)}; 0 is an event, anything else none.")),
    };
}
