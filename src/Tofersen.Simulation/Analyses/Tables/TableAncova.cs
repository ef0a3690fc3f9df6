using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Analysis of covariance of a table: one row a participant.</summary>
/// <remarks>The numbers agree with R's <c>lm</c>; arms are compared through LS means with factors' levels counted equally and numbers at
/// their means, as <c>emmeans</c> does.</remarks>
public sealed record TableAncova : TableAnalysis
{
    /// <inheritdoc/>
    public override string Method => "ancova";

    /// <summary>Column of the response.</summary>
    public required string Response { get; init => field = Require.Text(value); }

    /// <summary>Columns of covariates; texts are factors, "A*B" is both main effects and the interaction.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Column that tells participants apart, so that a second row of one is refused; a row without a value there is a participant of its own.
    /// Where null, a column of a usual name is taken (USUBJID, SUBJID, subject id, patient id, participant id, subject, patient, participant, with any
    /// letter case and separators); without one every row is taken for a participant.</summary>
    public string? Participant { get; init => field = value is null ? null : Require.Text(value); }

    private protected override string? NamedParticipant => Participant;

    private protected override TableResult AnalyseRows(AnalysisTable table)
    {
        RequireDifferent(("response", Response), ("arm", Arm), ("participant", Participant));
        TableColumn response = table.NumbersOf(Response, "response");
        var terms = new ModelTerms();
        foreach (string covariate in Covariates)
        {
            terms.Add(covariate, table);
        }

        if (Arm is { } arm)
        {
            terms.AddTerm(arm);
        }

        TableColumn[] columns = [.. terms.Variables.Select(name => table[name])];
        int[] rows = TableRows.Complete(table, [response, .. columns]);
        RequireOneRowEach(table, rows);
        var matrix = new ModelMatrix(terms, columns.Select(c => c.Name == Arm
            ? TableRows.Arms(c, rows, Control)
            : ModelVariable.Covariate(table, c, rows)));
        LinearModel model = Fit(matrix, response, rows);
        AnalysisStatus status = model.ResidualDegreesOfFreedom > 0 && !model.FitsExactly
            ? AnalysisStatus.Converged
            : AnalysisStatus.NotEstimable;
        var coefficients = new double[matrix.Count];
        model.FillCoefficients(coefficients);
        TableEstimate Estimate(string name, double[] combination, bool isKept) =>
            TableEstimate.Of(name, null, Test(model, status, coefficients, combination, isKept));
        TableEstimate[] contrasts = Arm is null
            ? []
            : [.. matrix.ArmContrasts(Arm, rows.Length).Select(c => Estimate(c.Name, c.Combination, model.IsEstimable(c.Combination)))];
        return new TableResult(
            Method,
            contrasts.Length > 0 && contrasts.All(c => double.IsNaN(c.Estimate)) ? AnalysisStatus.NotEstimable : status,
            rows.Length,
            rows.Length,
            [.. contrasts],
            [.. Enumerable.Range(0, matrix.Count).Select(c => Estimate(matrix[c].Name, Unit(matrix.Count, c), !model.IsAliased(c)))],
            new TableFit(ResidualVariance: model.Sigma * model.Sigma))
        {
            // A determined estimate leaves no doubt, whatever was left out for it.
            ConfoundedTerm = status == AnalysisStatus.Converged && contrasts.All(c => !double.IsNaN(c.Estimate))
                ? null
                : Enumerable.Range(0, matrix.Count).Where(model.IsAliased).Select(c => matrix[c].Name).FirstOrDefault(),
        };
    }

    private static LinearModel Fit(ModelMatrix matrix, TableColumn response, int[] rows)
    {
        var model = new LinearModel(rows.Length, matrix.Count);
        model.Reset(rows.Length);
        for (int c = 0; c < matrix.Count; c++)
        {
            Span<double> column = model.Column(c);
            for (int i = 0; i < rows.Length; i++)
            {
                column[i] = matrix.Value(c, i);
            }
        }

        for (int i = 0; i < rows.Length; i++)
        {
            model.Response[i] = response.Numbers[rows[i]];
        }

        model.Fit();
        return model;
    }

    private AnalysisResult Test(
        LinearModel model, AnalysisStatus status, double[] coefficients, double[] combination, bool isDetermined)
    {
        if (status != AnalysisStatus.Converged || !isDetermined)
        {
            return AnalysisResult.NotEstimable(model.Rows);
        }

        double estimate = 0;
        for (int c = 0; c < combination.Length; c++)
        {
            estimate += model.IsAliased(c) ? 0 : combination[c] * coefficients[c];
        }

        int degreesOfFreedom = model.ResidualDegreesOfFreedom;
        return AnalysisResult.FromT(
            estimate,
            model.Sigma * Math.Sqrt(model.UnscaledVariance(combination)),
            degreesOfFreedom,
            StudentT.TwoSidedCriticalValue(Alpha, degreesOfFreedom),
            model.Rows);
    }

    private static double[] Unit(int length, int at)
    {
        var unit = new double[length];
        unit[at] = 1;
        return unit;
    }
}
