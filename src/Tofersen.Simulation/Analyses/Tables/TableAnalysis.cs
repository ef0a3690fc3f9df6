using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>What the analyses of tables have in common: the arm, the level, and the rows that count.</summary>
public abstract record TableAnalysis : ITableAnalysis
{
    // Usual names of the column of participants, letters alone; the surest first, since SUBJID may begin anew at each site.
    private static readonly string[] ParticipantColumns =
        ["USUBJID", "SUBJID", "SUBJECTID", "PATIENTID", "PARTICIPANTID", "SUBJECT", "PATIENT", "PARTICIPANT"];

    private protected TableAnalysis()
    {
    }

    /// <inheritdoc/>
    public abstract string Method { get; }

    /// <summary>Column of the arms; text, or numbers that stand for arms. Null where there is no arm to compare.</summary>
    public string? Arm { get; init => field = value is null ? null : Require.Text(value); }

    /// <summary>The arm that the others are compared with; the first in order where null.</summary>
    public string? Control { get; init => field = value is null ? null : Require.Text(value); }

    /// <summary>Two-sided significance level of the intervals; 0.05 by default, from 10⁻⁶ to 0.5.</summary>
    public double Alpha { get; init => field = Require.InRange(value, 1e-6, 0.5); } = 0.05;

    /// <summary>Rows that count: column and value, all of which must hold. All rows where empty.</summary>
    public ValueList<RowCondition> Where { get; init => field = Require.NotNull(value); } = [];

    /// <inheritdoc/>
    public TableResult Analyse(AnalysisTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        AnalysisTable chosen = Where.Aggregate(table, (rows, condition) => rows.Where(condition));
        TableResult result = AnalyseRows(chosen);
        return result with
        {
            Rows = table.Rows,
            ExcludedRows = table.Rows - chosen.Rows,
            IncompleteRows = chosen.Rows - result.Observations,
            ParticipantColumn = ParticipantsOf(table)?.Name,
        };
    }

    /// <summary>The column of participants that was named; null where none was.</summary>
    private protected abstract string? NamedParticipant { get; }

    /// <summary>Checks that no participant has two rows, where the table says who is who in the column named, or in one of a usual name.</summary>
    /// <exception cref="AnalysisDataException">Somebody has.</exception>
    private protected void RequireOneRowEach(AnalysisTable table, int[] rows)
    {
        TableColumn? participant = ParticipantsOf(table);
        if (participant is null)
        {
            return;
        }

        var firstRow = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int row in rows)
        {
            string id = participant.TextAt(row);
            if (id.Length > 0 && !firstRow.TryAdd(id, row))
            {
                throw new AnalysisDataException(FormattableString.Invariant(
                    $"Participant '{id}' of column '{participant.Name}' has two rows, {table.RowNumber(firstRow[id])} and {table.RowNumber(row)}; the method {Method} takes one row a participant. Choose them with where{(NamedParticipant is null ? ", or name the column that tells participants apart in participant" : "")}."));
            }
        }
    }

    // The column named, or the one of the surest usual name.
    private TableColumn? ParticipantsOf(AnalysisTable table) => NamedParticipant is { } name
        ? table[name]
        : ParticipantColumns
            .Select(usual => table.Columns.FirstOrDefault(
                c => string.Concat(c.Name.Where(char.IsLetter)).Equals(usual, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(c => c is not null);

    private protected abstract TableResult AnalyseRows(AnalysisTable table);

    /// <summary>Checks that a mixed model's method of degrees of freedom is defined for its estimation.</summary>
    /// <exception cref="AnalysisDataException">It is not.</exception>
    private protected static void RequireMethod(DegreesOfFreedomMethod method, LikelihoodEstimation estimation)
    {
        if (!method.GoesWith(estimation))
        {
            throw new AnalysisDataException(
                "The Kenward–Roger method is defined for restricted likelihood; take satterthwaite with full likelihood.");
        }
    }

    /// <summary>Checks that columns of different use are different columns.</summary>
    /// <exception cref="AnalysisDataException">One column stands for two things.</exception>
    private protected static void RequireDifferent(params ReadOnlySpan<(string Use, string? Column)> columns)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            for (int j = i + 1; j < columns.Length; j++)
            {
                if (columns[i].Column is { } column && column == columns[j].Column)
                {
                    throw new AnalysisDataException(
                        $"Column '{column}' cannot be both the {columns[i].Use} and the {columns[j].Use}.");
                }
            }
        }
    }

    /// <summary>The arm's name, which a method that compares arms cannot do without.</summary>
    private protected string RequiredArm => Arm ?? throw new AnalysisDataException($"The method {Method} needs an arm.");
}
