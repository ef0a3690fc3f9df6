using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Rank-preserving structural failure time model of a table of two arms: one row a participant.</summary>
/// <remarks>The estimate is ψ; the one coefficient is the log hazard ratio of the active arm as observed against the control arm untreated.
/// Statistics are those of the arms as randomised, negative, as ψ, when the active arm does better. See
/// <see cref="RankPreservingFailureTime"/>.</remarks>
public sealed record TableRankPreserving : TableTimeToEvent
{
    /// <inheritdoc/>
    public override string Method => "rpsft";

    /// <summary>Column of the share of the time on treatment, from 0 to 1.</summary>
    public required string TreatedFraction { get; init => field = Require.Text(value); }

    /// <summary>Column of the times at which follow-up would have ended without an event, not before the times. Null: times are not censored
    /// again.</summary>
    public string? Censoring { get; init; }

    /// <summary>Columns whose combinations make the strata of the test; none by default.</summary>
    public ValueList<string> Strata { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Test of the arms; log-rank by default.</summary>
    public RankPreservingTest Test { get; init => field = Require.Defined(value); }

    /// <summary>Where times are censored again; in arms with switching by default.</summary>
    public Recensoring Recensoring { get; init => field = Require.Defined(value); }

    /// <summary>Lower end of the search range, from −10 to −0.01; −3 by default.</summary>
    public double LowestPsi { get; init => field = Require.InRange(value, -10, -0.01); } = -3;

    /// <summary>Upper end of the search range, from 0.01 to 10; 3 by default.</summary>
    public double HighestPsi { get; init => field = Require.InRange(value, 0.01, 10); } = 3;

    private protected override TableResult AnalyseRows(AnalysisTable table)
    {
        TableColumn fraction = table.NumbersOf(TreatedFraction, "treatedFraction");
        TableColumn? censoring = Censoring is { } name ? table.NumbersOf(name, "censoring") : null;
        if (censoring is null && Recensoring == Recensoring.AllArms)
        {
            throw new AnalysisDataException("Times can be censored again only where 'censoring' names the column of the planned ends of follow-up.");
        }

        int[] rows = CompleteRows(
            table, [RequiredArm, fraction.Name, .. Strata, .. censoring is null ? Array.Empty<string>() : [censoring.Name]]);
        (EventTime[] entries, int strata) = Read(table, rows, Strata);
        ModelVariable arms = Arms(table, rows);
        if (arms.Levels.Length > 2)
        {
            throw new AnalysisDataException(
                $"Column '{arms.Name}' has {arms.Levels.Length} arms, {Names.List(arms.Levels)}; the method compares two.");
        }

        var engine = new RankPreservingEngine(rows.Length, strata, Test, censoring is null ? Recensoring.None : Recensoring);
        for (int i = 0; i < rows.Length; i++)
        {
            double end = censoring is null ? double.MaxValue : TableRows.InRange(table, censoring, rows[i], entries[i].Time, double.MaxValue);
            engine.Add(new SwitchingEntry(entries[i], TableRows.InRange(table, fraction, rows[i], 0, 1), arms[i] == 1, end));
        }

        AnalysisResult psi = RankPreservingEstimate.Psi(engine, LowestPsi, HighestPsi, CriticalValue);
        (AnalysisResult ratio, _) = RankPreservingEstimate.LogHazardRatio(engine, psi, CriticalValue);
        return new TableResult(
            Method,
            psi.Status,
            rows.Length,
            rows.Length,
            [TableEstimate.OfLogHazard("psi", psi)],
            [TableEstimate.OfLogHazard("logHazardRatio", ratio)],
            new TableFit());
    }
}
