using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>The columns of a table of scores.</summary>
internal sealed class ScoreColumns
{
    private static readonly string[] ArmNames = ["ARM", "TRT01P", "TRTP"];
    private static readonly string[] TotalCodes = ["ALSFRSR", "ALSFRSRT", "ALSFRS-R", "ALSFRS_R"];
    private static readonly string[] ControlWords = ["placebo", "control", "untreated"];

    private static readonly string[] RegistryWords = ["natural history", "registry", "historical", "observational"];

    private readonly AnalysisTable _table;
    private readonly TableColumn? _parameter;
    private readonly string? _wantedArm;
    private readonly bool _hasVisitNames;

    private ScoreColumns(AnalysisTable table, NaturalHistoryReader reader)
    {
        _table = table;
        _wantedArm = reader.Arm;
        bool isProAct = Lookup(table, "ALSFRS_R_Total") is not null && Lookup(table, "subject_id") is not null;
        bool isAdam = !isProAct && Lookup(table, "USUBJID") is not null && Lookup(table, "AVAL") is not null;
        string[] times = isProAct ? ["ALSFRS_Delta"] : isAdam ? ["MONTH", "ADY", "AVISIT"] : [];
        Form = reader.Participant is not null && reader.Time is not null && reader.Score is not null ? "columns as named"
            : isProAct ? "PRO-ACT" : isAdam ? "ADaM" : "columns as named";
        Participant = Choose(reader.Participant, nameof(NaturalHistoryReader.Participant), "participant", isProAct ? ["subject_id"] : ["USUBJID"]);
        TableColumn time = Choose(reader.Time, nameof(NaturalHistoryReader.Time), "time", times);
        Score = table.NumbersOf(Choose(reader.Score, nameof(NaturalHistoryReader.Score), "score", isProAct ? ["ALSFRS_R_Total"] : isAdam ? ["AVAL"] : []).Name, "ALSFRS-R total");
        Stratum = reader.IsPooled ? null : reader.Stratum is { } name ? table[name] : isAdam ? Lookup(table, "STRATUM") : null;
        Arm = ArmNames.Select(n => Lookup(table, n)).FirstOrDefault(c => c is not null);
        _parameter = Lookup(table, "PARAMCD");
        _hasVisitNames = time.Name.Equals("AVISIT", StringComparison.OrdinalIgnoreCase) && time.IsText && reader.Unit is null;
        Unit = _hasVisitNames ? TimeUnit.Weeks : reader.Unit ?? UnitOf(time.Name);
        Time = _hasVisitNames ? time : table.NumbersOf(time.Name, "time");
        RequireDifferent(Participant, Time, Score);
    }

    internal string Form { get; }

    internal TableColumn Participant { get; }

    internal TableColumn Time { get; }

    internal TimeUnit Unit { get; }

    internal TableColumn Score { get; }

    internal TableColumn? Stratum { get; }

    internal TableColumn? Arm { get; }

    internal static ScoreColumns Find(AnalysisTable table, NaturalHistoryReader reader) => new(table, reader);

    /// <summary>The column of a name, upper and lower case alike; null where there is none.</summary>
    internal static TableColumn? Lookup(AnalysisTable table, string name) =>
        table.Columns.FirstOrDefault(c => c.Name == name)
        ?? table.Columns.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the name of an arm says that it is without treatment throughout.</summary>
    internal static bool IsUntreated(string arm) => ControlWords.Concat(RegistryWords).Any(w => arm.Contains(w, StringComparison.OrdinalIgnoreCase));

    internal static double ToMonths(double time, TimeUnit unit) => unit switch
    {
        TimeUnit.Months => time,
        TimeUnit.Weeks => StudyTime.MonthsFromWeeks(time),
        TimeUnit.Days => time / StudyTime.DaysPerMonth,
        _ => (time > 0 ? time - 1 : time) / StudyTime.DaysPerMonth,
    };

    /// <summary>Rows of the ALSFRS-R total.</summary>
    internal int[] RowsOfParameter()
    {
        int[] all = [.. Enumerable.Range(0, _table.Rows)];
        if (_parameter is not { IsText: true } parameter)
        {
            return all;
        }

        string? code = parameter.Levels.FirstOrDefault(l => TotalCodes.Contains(l, StringComparer.OrdinalIgnoreCase))
            ?? (parameter.Levels.Count == 1 ? parameter.Levels[0] : null);
        return code is null
            ? throw new AnalysisDataException(
                $"Column '{parameter.Name}' never says {TotalCodes[0]}, the ALSFRS-R total; it says {Names.List(parameter.Levels)}.")
            : [.. all.Where(i => parameter.TextAt(i) == code)];
    }

    /// <summary>Rows of the arm that counts.</summary>
    internal int[] RowsOfArm(int[] rows, out string? arm)
    {
        if (Arm is not { } column)
        {
            arm = _wantedArm is null ? null : throw new AnalysisDataException(
                $"Arm '{_wantedArm}' is asked for, but there is no column {string.Join(", ", ArmNames)}.")
            {
                Setting = nameof(NaturalHistoryReader.Arm),
            };
            return rows;
        }

        string[] arms = [.. rows.Where(i => !column.IsMissing(i)).Select(column.TextAt).Distinct().Order(StringComparer.Ordinal)];
        string chosen = _wantedArm is not null
            ? Array.Find(arms, a => a == _wantedArm)
                ?? throw new AnalysisDataException(
                    $"Column '{column.Name}' never has the arm '{_wantedArm}'; it has {Names.List(arms)}.{NearestName.Hint(_wantedArm, arms)}")
                {
                    Setting = nameof(NaturalHistoryReader.Arm),
                }
            : Control(column.Name, arms);
        arm = chosen;
        return [.. rows.Where(i => column.TextAt(i) == chosen)];
    }

    internal bool IsComplete(int row) => Missing(row) is null;

    internal double MonthAt(int row) => _hasVisitNames ? VisitNames.ToMonths(Time, row, _table.RowNumber(row)) : ToMonths(Checked(row), Unit);

    internal string WhyNothingIsLeft(int[] rows)
    {
        string? empty = rows.Length == 0 ? null : rows.All(i => Score.IsMissing(i)) ? Score.Name : Missing(rows[0])?.Name;
        return empty is null ? "No row is left to fit." : $"Column '{empty}' has no value in any row that could count.";
    }

    private static string Control(string column, string[] arms)
    {
        string[] controls = [.. arms.Where(a => ControlWords.Any(w => a.Contains(w, StringComparison.OrdinalIgnoreCase)))];
        return controls.Length == 1 ? controls[0]
            : arms.Length == 1 ? arms[0]
            : throw new AnalysisDataException(
                $"Column '{column}' has the arms {Names.List(arms)}; say which of them was without treatment.")
            {
                Setting = nameof(NaturalHistoryReader.Arm),
            };
    }

    private static TimeUnit UnitOf(string column)
    {
        bool Has(string word) => column.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Has("month") ? TimeUnit.Months
            : Has("week") ? TimeUnit.Weeks
            : Has("day") || Has("delta") ? TimeUnit.Days
            : column.EndsWith("DY", StringComparison.OrdinalIgnoreCase) ? TimeUnit.StudyDays
            : throw new AnalysisDataException($"The name of column '{column}' does not tell the unit of time; give it: days, weeks or months.")
            {
                Setting = nameof(NaturalHistoryReader.Unit),
            };
    }

    private double Checked(int row)
    {
        double time = Time.Numbers[row];
        return Unit != TimeUnit.StudyDays || time != 0
            ? time
            : throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{Time.Name}' is 0 in row {_table.RowNumber(row)}; study days have no day 0. If it counts days from 0, give the unit days."))
            {
                Setting = nameof(NaturalHistoryReader.Unit),
            };
    }

    private TableColumn? Missing(int row) =>
        Score.IsMissing(row) ? Score
        : Time.IsMissing(row) ? Time
        : Participant.IsMissing(row) ? Participant
        : Stratum is { } stratum && stratum.IsMissing(row) ? stratum
        : null;

    private TableColumn Choose(string? named, string setting, string use, string[] usual)
    {
        if (named is not null)
        {
            return _table[named];
        }

        return usual.Select(n => Lookup(_table, n)).FirstOrDefault(c => c is not null)
            ?? throw new AnalysisDataException(
                $"No column of {use}s is named{(usual.Length > 0 ? $", and there is no {string.Join(" or ", usual)}" : " in a file that is neither ADaM-shaped nor PRO-ACT's")}; there are {Names.List(_table.Columns.Select(c => c.Name))}.")
            {
                Setting = setting,
            };
    }

    private static void RequireDifferent(TableColumn participant, TableColumn time, TableColumn score)
    {
        string? twice = new[] { participant, time, score }.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new AnalysisDataException($"Column '{twice}' has two uses among participant, time and score.");
        }
    }
}
