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

    /// <summary>Column that is 1 where the time is that of an event and 0 where it is that of a censoring.</summary>
    public required string Event { get; init => field = Require.Text(value); }

    /// <summary>The rows that have times, events and everything in some other columns.</summary>
    private protected int[] CompleteRows(AnalysisTable table, IEnumerable<string> others)
    {
        TableColumn[] numbers = [table.NumbersOf(Time, "time"), table.NumbersOf(Event, "event")];
        RequireDifferent(("time", Time), ("event", Event), ("arm", Arm));
        return TableRows.Complete(table, [.. numbers, .. others.Select(name => table[name])]);
    }

    /// <summary>Times, events and strata of some rows, and how many strata there are.</summary>
    private protected (EventTime[] Entries, int Strata) Read(AnalysisTable table, int[] rows, ValueList<string> strata)
    {
        TableColumn time = table.NumbersOf(Time, "time");
        TableColumn events = table.NumbersOf(Event, "event");
        TableColumn[] factors = [.. strata.Select(name => table[name])];
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        var entries = new EventTime[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            string key = TableRows.Combination(factors, row);
            positions.TryAdd(key, positions.Count);
            entries[i] = new EventTime(
                TableRows.InRange(table, time, row, 0, double.MaxValue), IsOne(table, events, row), positions[key]);
        }

        return (entries, positions.Count);
    }

    /// <summary>The arms of some rows, the control first, for a method that compares them.</summary>
    private protected ModelVariable Arms(AnalysisTable table, int[] rows) => TableRows.Arms(table[RequiredArm], rows, Control);

    private static bool IsOne(AnalysisTable table, TableColumn column, int row) => column.Numbers[row] switch
    {
        0 => false,
        1 => true,
        double value => throw new AnalysisDataException(FormattableString.Invariant(
            $"Column '{column.Name}' holds {value} in row {table.RowNumber(row)}; an event is 1 and a censoring 0.")),
    };

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
