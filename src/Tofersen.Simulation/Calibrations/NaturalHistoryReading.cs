namespace Tofersen.Simulation.Calibrations;

/// <summary>Natural-history data read from a table, and what was made of its columns and rows.</summary>
/// <param name="Data">The data.</param>
/// <param name="Form">The kind of file: <c>ADaM</c>, <c>PRO-ACT</c>, or <c>columns as named</c>.</param>
/// <param name="ParticipantColumn">Column of participants.</param>
/// <param name="TimeColumn">Column of times.</param>
/// <param name="Unit">What times count; <see cref="TimeUnit.Weeks"/> where they are names of visits.</param>
/// <param name="ScoreColumn">Column of scores.</param>
/// <param name="StratumColumn">Column of strata; null where there is none or all are fitted together.</param>
/// <param name="ArmColumn">Column of arms; null where there is none.</param>
/// <param name="Arm">The arm whose rows count; null where there are no arms.</param>
/// <param name="Rows">Rows of the file.</param>
/// <param name="OtherParameterRows">Rows of other parameters than the ALSFRS-R total.</param>
/// <param name="OtherArmRows">Rows of other arms.</param>
/// <param name="SkippedRows">Rows without a participant, time, score or stratum among those that are left.</param>
/// <param name="LaterRows">Rows after the last month that counts.</param>
public sealed record NaturalHistoryReading(
    NaturalHistoryData Data,
    string Form,
    string ParticipantColumn,
    string TimeColumn,
    TimeUnit Unit,
    string ScoreColumn,
    string? StratumColumn,
    string? ArmColumn,
    string? Arm,
    int Rows,
    int OtherParameterRows,
    int OtherArmRows,
    int SkippedRows,
    int LaterRows)
{
    /// <summary>How ends of follow-up were told, in a sentence; null where they were not read.</summary>
    public string? FollowUpNote { get; init; }
}
