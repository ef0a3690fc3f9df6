using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>What analyses of the time to an event in tables of one row a participant have in common.</summary>
/// <remarks>Times in any unit. Times that differ in the last digits are tied, as in <see cref="TimeToEventAnalysis"/>.</remarks>
public abstract record TableTimeToEvent : TableAnalysis
{
    private protected TableTimeToEvent()
    {
    }

    /// <summary>Column of the times to event or censoring, at least 0.</summary>
    public required string Time { get; init => field = Require.Text(value); }

    /// <summary>Column that is 1 where the time is that of an event and 0 where it is that of a censoring. Null where
    /// <see cref="Censored"/> is given instead.</summary>
    public string? Event { get; init => field = value is null ? null : Require.Text(value); }

    /// <summary>Column that is 0 where the time is that of an event and positive where it is that of a censoring, as CNSR in an ADaM
    /// data set of times to events. Null where <see cref="Event"/> is given instead.</summary>
    public string? Censored { get; init => field = value is null ? null : Require.Text(value); }

    /// <summary>Column that tells participants apart, so that a second row of one is refused; a row without a value there is a participant of its own.
    /// Where null, a column of a usual name is taken (USUBJID, SUBJID, subject id, patient id, participant id, subject, patient, participant, with any
    /// letter case and separators); without one every row is taken for a participant.</summary>
    public string? Participant { get; init => field = value is null ? null : Require.Text(value); }

    private protected override string? NamedParticipant => Participant;

    /// <summary>The rows that have times, events and everything in some other columns.</summary>
    private protected int[] CompleteRows(AnalysisTable table, IEnumerable<string> others)
    {
        (string property, string column) = EventColumn;
        TableColumn[] numbers = [table.NumbersOf(Time, "time"), table.NumbersOf(column, property)];
        RequireDifferent(("time", Time), (property, column), ("arm", Arm), ("participant", Participant));
        if (Event is { } name && name.Equals("CNSR", StringComparison.OrdinalIgnoreCase))
        {
            throw new AnalysisDataException(
                $"Column '{name}' is ADaM's flag of censorings, 0 for an event; name it in 'censored', not in 'event'.");
        }

        int[] rows = TableRows.Complete(table, [.. numbers, .. others.Select(name => table[name])]);
        RequireOneRowEach(table, rows);
        return rows;
    }

    /// <summary>Times, events and strata of some rows, and how many strata there are.</summary>
    private protected (EventTime[] Entries, int Strata) Read(AnalysisTable table, int[] rows, ValueList<string> strata)
    {
        TableColumn time = table.NumbersOf(Time, "time");
        (string property, string column) = EventColumn;
        TableColumn events = table.NumbersOf(column, property);
        TableColumn[] factors = [.. strata.Select(name => table[name])];
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        var entries = new EventTime[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            string key = TableRows.Combination(factors, row);
            positions.TryAdd(key, positions.Count);
            entries[i] = new EventTime(
                TableRows.InRange(table, time, row, 0, double.MaxValue), IsEvent(table, events, row), positions[key]);
        }

        return (entries, positions.Count);
    }

    /// <summary>The arms of some rows, the control first, for a method that compares them.</summary>
    private protected ModelVariable Arms(AnalysisTable table, int[] rows) => TableRows.Arms(table[RequiredArm], rows, Control);

    private (string Property, string Column) EventColumn => (Event, Censored) switch
    {
        (string column, null) => ("event", column),
        (null, string column) => ("censored", column),
        (null, null) => throw new AnalysisDataException(
            "The specification has neither 'event', a column that is 1 for events, nor 'censored', one that is 0 for events."),
        _ => throw new AnalysisDataException("The specification has both 'event' and 'censored'; one of them says which times are events."),
    };

    private bool IsEvent(AnalysisTable table, TableColumn column, int row)
    {
        double value = column.Numbers[row];
        return Censored is not null
            ? value >= 0
                ? value == 0
                : throw Unknown(table, column, row, "an event is 0 and a censoring above 0")
            : value is 0 or 1
                ? value == 1
                : throw Unknown(table, column, row, "an event is 1 and a censoring 0");
    }

    private static AnalysisDataException Unknown(AnalysisTable table, TableColumn column, int row, string rule) =>
        new(FormattableString.Invariant(
            $"Column '{column.Name}' holds {column.Numbers[row]} in row {table.RowNumber(row)}; {rule}."));

    private protected double CriticalValue => StudentT.TwoSidedCriticalValue(Alpha, double.PositiveInfinity);

    /// <summary>Compares each arm with the control, the rows of the two alone.</summary>
    private protected TableResult ComparePairs(
        AnalysisTable table, ValueList<string> strata, Func<EventTime[], int, bool[], AnalysisResult> compare)
    {
        int[] rows = CompleteRows(table, [RequiredArm, .. strata]);
        (EventTime[] entries, int strataCount) = Read(table, rows, strata);
        ModelVariable arms = Arms(table, rows);
        var estimates = new List<TableEstimate>();
        var statuses = new List<AnalysisStatus>();
        for (int level = 1; level < arms.Levels.Length; level++)
        {
            int[] pair = [.. Enumerable.Range(0, rows.Length).Where(i => arms[i] == 0 || arms[i] == level)];
            AnalysisResult result = compare(
                [.. pair.Select(i => entries[i])], strataCount, [.. pair.Select(i => arms[i] == level)]);
            estimates.Add(TableEstimate.Of($"{arms.Levels[level]} - {arms.Levels[0]}", null, result));
            statuses.Add(result.Status);
        }

        return new TableResult(Method, statuses.Min(), rows.Length, rows.Length, [.. estimates], [], new TableFit());
    }
}
