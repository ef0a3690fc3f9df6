using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>What the analyses of tables have in common: the arm, the level, and the rows that count.</summary>
public abstract record TableAnalysis : ITableAnalysis
{
    private protected TableAnalysis()
    {
    }

    /// <inheritdoc/>
    public abstract string Method { get; }

    /// <summary>Column of the arms; text, or numbers that stand for arms. Null where there is no arm to compare.</summary>
    public string? Arm { get; init; }

    /// <summary>The arm that the others are compared with; the first in order where null.</summary>
    public string? Control { get; init; }

    /// <summary>Two-sided significance level of the intervals; 0.05 by default, from 10⁻⁶ to 0.5.</summary>
    public double Alpha { get; init => field = Require.InRange(value, 1e-6, 0.5); } = 0.05;

    /// <summary>Rows that count: column and value, all of which must hold. All rows where empty.</summary>
    public ValueList<RowCondition> Where { get; init => field = Require.NotNull(value); } = [];

    /// <inheritdoc/>
    public TableResult Analyse(AnalysisTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        foreach (RowCondition condition in Where)
        {
            table = table.Where(condition.Column, condition.Value);
        }

        return AnalyseRows(table);
    }

    private protected abstract TableResult AnalyseRows(AnalysisTable table);

    /// <summary>The arm's name, which a method that compares arms cannot do without.</summary>
    private protected string RequiredArm => Arm ?? throw new AnalysisDataException($"The method {Method} needs an arm.");
}
