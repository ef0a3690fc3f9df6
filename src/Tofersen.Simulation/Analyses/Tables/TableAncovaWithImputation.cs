using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Analysis of covariance of a table at one visit after multiple imputation: one row a participant and visit.</summary>
/// <remarks>A visit is missing where its row or its response is; who was never seen needs a row all the same. Covariates and predictors are baseline values, the same in all rows of a
/// participant; participants who lack one do not count. Predictors must be named as columns: that of the default is
/// "baseline". Two arms.</remarks>
public sealed record TableAncovaWithImputation : TableAnalysis
{
    // Strata are kept as bytes.
    private const int MaximumStrata = 256;
    private const int LargestScore = 48;

    /// <inheritdoc/>
    public override string Method => "ancovaWithImputation";

    /// <summary>Column of the response, which is imputed and analysed as it is.</summary>
    public required string Response { get; init => field = Require.Text(value); }

    /// <summary>Column that tells participants apart.</summary>
    public required string Participant { get; init => field = Require.Text(value); }

    /// <summary>Column of the visits; numbers are ordered by size, texts with runs of digits counted as numbers.</summary>
    public required string Visit { get; init => field = Require.Text(value); }

    /// <summary>The visit that is analysed: a value of the column of visits.</summary>
    public required string AtVisit { get; init => field = Require.Text(value); }

    /// <summary>Columns of covariates of the analysis; texts are factors.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Column of the strata, where the imputation is by stratum.</summary>
    public string? Stratum { get; init; }

    /// <summary>How missing responses are imputed. Deaths are unknown to a table, so all are.</summary>
    public MultipleImputation Imputation { get; init => field = Require.NotNull(value); } = new();

    /// <summary>Degrees of freedom of the pooled test; those of Barnard and Rubin by default.</summary>
    public PooledDegreesOfFreedom DegreesOfFreedom { get; init => field = Require.Defined(value); }

    private protected override string? NamedParticipant => Participant;

    private protected override TableResult AnalyseRows(AnalysisTable table)
    {
        TableColumn response = table.NumbersOf(Response, "response");
        TableColumn participant = table[Participant];
        TableColumn arm = table[RequiredArm];
        int[] rows = TableRows.Complete(table, [participant, table[Visit], arm]);
        CheckScale(table, response, rows);
        ModelVariable arms = TableRows.Arms(arm, rows, Control);
        int[] atVisits = AtVisits(table[Visit], response, rows);
        ModelVariable visits = ModelVariable.Factor(
            table[Visit], [.. atVisits.Select(i => rows[i])], reference: null, naturalOrder: true);
        Check(table, arms, visits);

        int[] numbers = RepeatedMeasuresTable.Number(participant, rows, out int participants);
        var firstRow = new int[participants];
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            firstRow[numbers[i]] = i;
        }

        TrialData data = MakeData(table, rows, atVisits, numbers, firstRow, arms, visits, response);
        var analysis = new AncovaWithImputation
        {
            Week = Array.IndexOf(visits.Levels, AtVisit) + 1,
            Response = AncovaResponse.Score,
            Covariates = Covariates,
            Imputation = Imputation,
            DegreesOfFreedom = DegreesOfFreedom,
            Alpha = Alpha,
        };
        AncovaWithImputationFit fit = analysis.Fit(data);
        return new TableResult(
            Method,
            fit.Arm.Status,
            rows.Count(row => !response.IsMissing(row)),
            fit.Arm.Participants,
            [TableEstimate.Of($"{arms.Levels[1]} - {arms.Levels[0]}", AtVisit, fit.Arm)],
            [.. Coefficients(analysis, fit, data)],
            new TableFit());
    }

    // Which of the rows are of visits that somebody has a response at. The others, as a baseline that has no change from itself, still say
    // who took part.
    private static int[] AtVisits(TableColumn visits, TableColumn response, int[] rows)
    {
        HashSet<string> seen = [.. rows.Where(row => !response.IsMissing(row)).Select(visits.TextAt)];
        return seen.Count == 0
            ? throw new AnalysisDataException($"Column '{response.Name}' has no values in the rows that count.")
            : [.. Enumerable.Range(0, rows.Length).Where(i => seen.Contains(visits.TextAt(rows[i])))];
    }

    private void CheckScale(AnalysisTable table, TableColumn response, int[] rows)
    {
        int row = Imputation.Scores == ImputedScores.AsDrawn
            ? -1
            : Array.FindIndex(rows, i => response.Numbers[i] is < 0 or > LargestScore);
        if (row >= 0)
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{response.Name}' holds {response.Numbers[rows[row]]} in row {table.RowNumber(rows[row])}, but imputed scores are to lie between 0 and {LargestScore}; set imputation.scores to asDrawn, or take the scores themselves for the response."));
        }
    }

    private void Check(AnalysisTable table, ModelVariable arms, ModelVariable visits)
    {
        if (arms.Levels.Length > 2)
        {
            throw new AnalysisDataException(
                $"Column '{arms.Name}' has {arms.Levels.Length} arms; the method {Method} compares two. Choose them with where.");
        }

        if (!visits.Levels.Contains(AtVisit))
        {
            throw new AnalysisDataException(
                $"atVisit is '{AtVisit}'; column '{visits.Name}' has {Names.List(visits.Levels)}.");
        }

        if (Imputation.ByStratum && Stratum is null)
        {
            throw new AnalysisDataException("An imputation by stratum needs the column of the strata.");
        }

        if (Imputation.AfterDeath == ImputationAfterDeath.Exclude)
        {
            throw new AnalysisDataException("Deaths are unknown to a table: leave out the rows of those who died instead.");
        }

        try
        {
            Imputation.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new AnalysisDataException(exception.Message.Split(" (Parameter '")[0], exception);
        }

        string? unknown = Imputation.Predictors.FirstOrDefault(name => table.Columns.All(c => c.Name != name));
        if (unknown is not null)
        {
            throw new AnalysisDataException(
                $"There is no column '{unknown}', a predictor of the imputation; name the columns in imputation.predictors, or none: [].");
        }
    }

    // Visits become weeks 1, 2, …; week 0 has no scores.
    private TrialData MakeData(
        AnalysisTable table,
        int[] rows,
        int[] atVisits,
        int[] numbers,
        int[] firstRow,
        ModelVariable arms,
        ModelVariable visits,
        TableColumn response)
    {
        TableColumn[] columns = [.. Covariates.Concat(Imputation.Predictors).Distinct().Select(name => table[name])];
        string[] fixedColumns = Stratum is null ? [RequiredArm] : [RequiredArm, Stratum];
        foreach (TableColumn column in columns)
        {
            // Refuses a column of numbers with slips in it, of which every number would be a level.
            ModelVariable.Covariate(table, column, [.. rows.Where(row => !column.IsMissing(row))]);
        }

        foreach (TableColumn column in columns.Concat(fixedColumns.Select(name => table[name])))
        {
            CheckConstant(column, table[Participant], rows, numbers, firstRow);
        }

        TableColumn? strata = Stratum is null ? null : table[Stratum];
        string[] stratumNames = strata is null
            ? ["all"]
            : [.. firstRow.Select(i => strata.TextAt(rows[i])).Distinct().Order(StringComparer.Ordinal)];
        if (stratumNames.Length > MaximumStrata)
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{Stratum}' has {stratumNames.Length} values; strata are at most {MaximumStrata}."));
        }

        var layout = new TrialLayout
        {
            Participants = firstRow.Length,
            VisitWeeks = [.. Enumerable.Range(0, visits.Levels.Length + 1).Select(v => (double)v)],
            ArmNames = [.. arms.Levels],
            StratumNames = [.. stratumNames.Select(name => name.Length == 0 ? "none" : name)],
            Covariates = [.. columns.Select(c => new CovariateColumn { Name = c.Name, Levels = c.Levels })],
        };
        double[][] scores = Scores(table, rows, atVisits, numbers, firstRow.Length, visits, response);
        return TrialData.FromRecords(layout,
        [
            .. firstRow.Select((first, p) => new ParticipantRecord
            {
                Arm = (byte)arms[first],
                Stratum = strata is null ? (byte)0 : (byte)Array.IndexOf(stratumNames, strata.TextAt(rows[first])),
                Scores = [.. scores[p]],
                Covariates = [.. columns.Select(c => c.IsMissing(rows[first]) ? double.NaN : Value(c, rows[first]))],
            }),
        ]);
    }

    private double[][] Scores(
        AnalysisTable table, int[] rows, int[] atVisits, int[] numbers, int participants, ModelVariable visits, TableColumn response)
    {
        double[][] scores = [.. Enumerable.Range(0, participants).Select(_ => new double[visits.Levels.Length + 1])];
        foreach (double[] row in scores)
        {
            Array.Fill(row, double.NaN);
        }

        var isTaken = new bool[participants, visits.Levels.Length];
        for (int k = 0; k < atVisits.Length; k++)
        {
            int i = atVisits[k];
            int visit = (int)visits[k];
            if (isTaken[numbers[i], visit])
            {
                throw new AnalysisDataException(
                    $"Participant '{table[Participant].TextAt(rows[i])}' has two rows at visit '{visits.Levels[visit]}'.");
            }

            isTaken[numbers[i], visit] = true;
            scores[numbers[i]][visit + 1] = response.Numbers[rows[i]];
        }

        return scores;
    }

    private static double Value(TableColumn column, int row) => column.IsText ? column.Codes[row] : column.Numbers[row];

    private static void CheckConstant(TableColumn column, TableColumn participant, int[] rows, int[] numbers, int[] firstRow)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (column.TextAt(rows[i]) != column.TextAt(rows[firstRow[numbers[i]]]))
            {
                throw new AnalysisDataException(
                    $"Column '{column.Name}' changes within participant '{participant.TextAt(rows[i])}'; arm, stratum and covariates are fixed at baseline.");
            }
        }
    }

    private IEnumerable<TableEstimate> Coefficients(AncovaWithImputation analysis, AncovaWithImputationFit fit, TrialData data)
    {
        AnalysisResult Test(double estimate, double standardError, double degreesOfFreedom) =>
            standardError > 0 && double.IsFinite(standardError)
                ? AnalysisResult.FromT(
                    estimate,
                    standardError,
                    degreesOfFreedom,
                    StudentT.TwoSidedCriticalValue(Alpha, degreesOfFreedom),
                    fit.Arm.Participants)
                : AnalysisResult.NotEstimable(fit.Arm.Participants);
        if (fit.Pooling is not null)
        {
            return fit.Coefficients.Select(c => TableEstimate.Of(
                c.Name, null, Test(c.Pooling.Estimate, c.Pooling.StandardError, c.Pooling.DegreesOfFreedom(DegreesOfFreedom))));
        }

        // Nothing to impute: the analysis of covariance itself.
        var complete = new Ancova { Week = analysis.Week, Response = AncovaResponse.Score, Covariates = Covariates, Alpha = Alpha };
        return fit.Arm.IsUsable
            ? complete.Fit(data).Coefficients.Select(
                c => TableEstimate.Of(c.Name, null, Test(c.Estimate, c.StandardError, fit.Arm.DegreesOfFreedom)))
            : [];
    }
}
