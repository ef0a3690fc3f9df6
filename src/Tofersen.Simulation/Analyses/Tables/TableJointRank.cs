using Tofersen.Simulation.Analyses.Ranks;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Joint rank analysis of a table: one row a participant, with a death or a change.</summary>
/// <remarks>
/// <para>Who died is ranked by the time of death, below everybody alive, who are ranked by the change. Rows without a death and without a
/// change, or without an arm, a covariate or a stratum, do not count. Two arms; choose them with <see cref="TableAnalysis.Where"/> where
/// there are more.</para>
/// <para>Estimates, in this order: the unadjusted test (the statistic is its Z, the estimate the net benefit with its standard error under
/// no effect), the analysis of covariance of the ranks, the win ratio, the win odds, the net benefit with a standard error that holds under an
/// effect too, and the exact permutation test (the unadjusted one with another p value). Win ratio and win odds are on their own scale:
/// statistic, p value and limits are those of their logarithms, the standard error is that of the logarithm times the estimate. With
/// <see cref="Strata"/> participants are compared within strata, and the analysis of covariance is left out.</para>
/// </remarks>
public sealed record TableJointRank : TableAnalysis
{
    /// <inheritdoc/>
    public override string Method => "jointRank";

    /// <summary>Column of the change from baseline of those alive; larger is better.</summary>
    public required string Change { get; init => field = Require.Text(value); }

    /// <summary>Column of the time of death in any unit, at least 0; empty for those alive.</summary>
    public required string DeathTime { get; init => field = Require.Text(value); }

    /// <summary>Time, in the unit of the times of death, at which the changes were seen: who died later was alive, and counts with the change;
    /// from 0 to 10⁹. Null where every death counts.</summary>
    public double? Horizon { get; init => field = value is { } time ? Require.InRange(time, 0, 1e9) : null; }

    /// <summary>Columns of covariates of the analysis of ranks; texts are factors, "A*B" is both main effects and the
    /// interaction.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Columns whose combinations make the strata; none by default.</summary>
    public ValueList<string> Strata { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Column that tells participants apart, so that a second row of one is refused; a row without a value there is a participant of its own.
    /// Where null, a column of a usual name is taken (USUBJID, SUBJID, subject id, patient id, participant id, subject, patient, participant, with any
    /// letter case and separators); without one every row is taken for a participant.</summary>
    public string? Participant { get; init => field = value is null ? null : Require.Text(value); }

    private protected override string? NamedParticipant => Participant;

    private protected override TableResult AnalyseRows(AnalysisTable table)
    {
        TableColumn change = table.NumbersOf(Change, "change");
        TableColumn death = table.NumbersOf(DeathTime, "time of death");
        TableColumn arm = table[RequiredArm];
        RequireDifferent(("change", Change), ("time of death", DeathTime), ("arm", Arm), ("participant", Participant));
        var terms = new ModelTerms();
        foreach (string covariate in Covariates)
        {
            terms.Add(covariate, table);
        }

        TableColumn[] strata = [.. Strata.Select(name => table[name])];
        int[] rows =
        [
            .. TableRows.Complete(table, [arm, .. terms.Variables.Select(name => table[name]), .. strata])
                .Where(i => !change.IsMissing(i) || Dies(death, i)),
        ];
        if (rows.Length == 0)
        {
            throw new AnalysisDataException($"No row that counts has a value in '{Change}' or '{DeathTime}'.");
        }

        RequireOneRowEach(table, rows);
        ModelVariable arms = TableRows.Arms(arm, rows, Control);
        if (arms.Levels.Length > 2)
        {
            throw new AnalysisDataException(
                $"Column '{arm.Name}' has the arms {Names.List(arms.Levels)}; a joint rank compares two.");
        }

        JointRankEngine engine = Ranked(table, change, death, arms, strata, rows);
        var tests = new ScoreTests(engine, rows.Length, Alpha, exact: true);
        TableResult? ancova = strata.Length > 0 ? null : Ancova(table, arms, engine, rows);
        string contrast = $"{arms.Levels[1]} - {arms.Levels[0]}";
        AnalysisResult unadjusted = tests.Unadjusted();
        WinStatistics wins = tests.Wins();
        List<TableEstimate> estimates =
        [
            TableEstimate.Of(contrast + ": unadjusted", null, unadjusted),
            Ratio(contrast + ": win ratio", wins.WeightedWins / wins.WeightedLosses, wins.LogWinRatio(WinVariance.General)),
            Ratio(
                contrast + ": win odds",
                (wins.WeightedPairs + wins.WeightedWins - wins.WeightedLosses)
                    / (wins.WeightedPairs - wins.WeightedWins + wins.WeightedLosses),
                wins.LogWinOdds(WinVariance.General)),
            TableEstimate.Of(contrast + ": net benefit", null, wins.NetBenefit(WinVariance.General)) with
            {
                Estimate = (wins.WeightedWins - wins.WeightedLosses) / wins.WeightedPairs,
            },
            TableEstimate.Of(contrast + ": exact permutation", null, tests.ExactPermutation()),
        ];
        if (ancova is not null)
        {
            estimates.Insert(1, ancova.Estimates[0] with { Name = contrast + ": ANCOVA of ranks" });
        }

        return new TableResult(
            Method, unadjusted.Status, rows.Length, rows.Length, [.. estimates], ancova?.Coefficients ?? [], ancova?.Fit ?? new TableFit());
    }

    private bool Dies(TableColumn death, int row) => !death.IsMissing(row) && !(death.Numbers[row] > Horizon);

    private JointRankEngine Ranked(
        AnalysisTable table, TableColumn change, TableColumn death, ModelVariable arms, TableColumn[] strata, int[] rows)
    {
        string[] combinations = [.. rows.Select(i => TableRows.Combination(strata, i))];
        var positions = combinations.Distinct().Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        var engine = new JointRankEngine(rows.Length, positions.Count, lastVisit: 0);
        for (int i = 0; i < rows.Length; i++)
        {
            bool dies = Dies(death, rows[i]);
            engine.Outcomes[i] = dies ? RankedOutcome.Died : RankedOutcome.Complete;
            engine.Values[i] = dies ? TableRows.InRange(table, death, rows[i], 0, double.MaxValue) : change.Numbers[rows[i]];
            engine.IsActive[i] = (int)arms[i];
            engine.Strata[i] = positions[combinations[i]];
        }

        engine.Score(rows.Length, countsWins: true, default, 0);
        engine.FillRanks();
        return engine;
    }

    /// <summary>The analysis of covariance of a table in which the ranks have taken the place of the changes.</summary>
    private TableResult Ancova(AnalysisTable table, ModelVariable arms, JointRankEngine engine, int[] rows)
    {
        var ranks = new double[table.Rows];
        Array.Fill(ranks, double.NaN);
        for (int i = 0; i < rows.Length; i++)
        {
            ranks[rows[i]] = engine.Ranks[i];
        }

        string name = "rank";
        while (table.Columns.Any(c => c.Name == name))
        {
            name += "_";
        }

        return new TableAncova { Response = name, Arm = Arm, Control = arms.Levels[0], Covariates = Covariates, Alpha = Alpha, Participant = Participant }
            .Analyse(table.With(TableColumn.OfNumbers(name, ranks)));
    }

    // The point value stands even where its logarithm has no standard error; a ratio without losses is no number.
    private static TableEstimate Ratio(string name, double ratio, in AnalysisResult logarithm) =>
        TableEstimate.Of(name, null, logarithm) with
        {
            Estimate = double.IsFinite(ratio) ? ratio : double.NaN,
            StandardError = logarithm.StandardError * ratio,
            Lower = Math.Exp(logarithm.Lower),
            Upper = Math.Exp(logarithm.Upper),
        };
}
