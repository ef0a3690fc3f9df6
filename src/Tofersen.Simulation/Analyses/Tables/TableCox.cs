using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Cox regression of a table: one row a participant.</summary>
/// <remarks>Estimates are log hazard ratios of each arm against the control, at the means of numbers and with factors' levels counted equally where
/// the arm is in a product. Coefficients are the model's own. Statistics of both have the sign of the estimate: negative when the hazard is lower. The numbers agree with R's <c>coxph</c>; for separation see <see cref="CoxRegression"/>.</remarks>
public sealed record TableCox : TableTimeToEvent
{
    /// <inheritdoc/>
    public override string Method => "cox";

    /// <summary>Columns of covariates; texts are factors, "A*B" is both main effects and the interaction.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Columns whose combinations have baseline hazards of their own; none by default.</summary>
    public ValueList<string> Strata { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Treatment of events at the same time; Efron's by default.</summary>
    public TieHandling Ties { get; init => field = Require.Defined(value); }

    /// <summary>Test of the arm; Wald's by default, the others for two arms outside products.</summary>
    public CoxTest Test { get; init => field = Require.Defined(value); }

    private protected override TableResult AnalyseRows(AnalysisTable table)
    {
        var terms = new ModelTerms();
        foreach (string covariate in Covariates)
        {
            terms.Add(covariate, table);
        }

        if (Arm is { } arm)
        {
            terms.AddTerm(arm);
        }

        if (!terms.Variables.Any())
        {
            throw new AnalysisDataException("The method cox needs an arm or a covariate.");
        }

        int[] rows = CompleteRows(table, [.. terms.Variables, .. Strata]);
        (EventTime[] entries, int strata) = Read(table, rows, Strata);
        var matrix = new ModelMatrix(terms, terms.Variables.Select(name => name == Arm
            ? Arms(table, rows)
            : ModelVariable.Covariate(table, table[name], rows)));
        if (matrix.Count == 1)
        {
            throw new AnalysisDataException($"No covariate varies in the rows that count: {string.Join(", ", terms.Variables)}.");
        }

        CoxEngine engine = Arrange(matrix, entries, strata);
        return Arm is null || Test == CoxTest.Wald ? WaldTests(engine, matrix) : OtherTest(engine, matrix);
    }

    // The baseline hazard stands for the intercept.
    private CoxEngine Arrange(ModelMatrix matrix, EventTime[] entries, int strata)
    {
        var engine = new CoxEngine(entries.Length, matrix.Count - 1, strata, Ties);
        engine.Data.Reset(entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            engine.Data.Set(i, entries[i]);
            for (int j = 1; j < matrix.Count; j++)
            {
                engine.Data.Column(j - 1)[i] = matrix.Value(j, i);
            }
        }

        engine.Data.Arrange();
        return engine;
    }

    private TableResult WaldTests(CoxEngine engine, ModelMatrix matrix)
    {
        CoxOutcome outcome = engine.Fit(matrix.Count - 1);
        TableCoxFit fit = new(engine, outcome, CriticalValue);
        TableEstimate[] contrasts =
        [
            // A partial likelihood has no intercept.
            .. Arm is null
                ? []
                : matrix.ArmContrasts(Arm, engine.Data.Count).Select(c => fit.Contrast(c.Name, [.. c.Combination.Skip(1)])),
        ];
        bool isDetermined = Arm is null ? engine.Data.Events > 0 : Array.Exists(contrasts, c => double.IsFinite(c.StandardError));
        AnalysisStatus status = outcome switch
        {
            CoxOutcome.NotConverged => AnalysisStatus.NotConverged,
            _ when !isDetermined => AnalysisStatus.NotEstimable,
            CoxOutcome.Infinite => AnalysisStatus.Boundary,
            _ => AnalysisStatus.Converged,
        };
        return Result(engine, status, contrasts, fit, matrix);
    }

    private TableResult OtherTest(CoxEngine engine, ModelMatrix matrix)
    {
        MatrixColumn[] armColumns = [.. Enumerable.Range(1, matrix.Count - 1).Select(j => matrix[j])
            .Where(c => c.Factors.Any(f => f.Variable.Name == Arm))];
        ModelVariable arms = matrix.Variable(Arm!);
        if (armColumns is not [{ Factors.Length: 1 }])
        {
            throw new AnalysisDataException(
                $"The tests score and likelihoodRatio are for two arms outside products; column '{Arm}' has {Names.List(arms.Levels)}.");
        }

        if (armColumns[0] != matrix[matrix.Count - 1])
        {
            throw new AnalysisDataException(
                $"The tests score and likelihoodRatio need the arm '{Arm}' as the last term: leave it out of the covariates and use no products.");
        }

        AnalysisResult result = CoxArmTest.Run(engine, Test, CriticalValue);
        CoxOutcome outcome = result.Status switch
        {
            AnalysisStatus.NotConverged => CoxOutcome.NotConverged,
            AnalysisStatus.Boundary => CoxOutcome.Infinite,
            _ => CoxOutcome.Converged,
        };
        TableEstimate estimate = TableEstimate.OfLogHazard($"{arms.Levels[1]} - {arms.Levels[0]}", result);
        return Result(engine, result.Status, [estimate], new TableCoxFit(engine, outcome, CriticalValue), matrix);
    }

    private TableResult Result(
        CoxEngine engine, AnalysisStatus status, TableEstimate[] contrasts, TableCoxFit fit, ModelMatrix matrix) => new(
            Method,
            status,
            engine.Data.Count,
            engine.Data.Count,
            [.. contrasts],
            [.. Enumerable.Range(1, matrix.Count - 1).Select(j => fit.Coefficient(matrix[j].Name, j - 1))],
            new TableFit(
                // 0 − 0 is 0; −2 · 0 would be written as −0.
                MinusTwoLogLikelihood: 0 - (2 * engine.LogLikelihood),
                Iterations: engine.Iterations,
                GradientNorm: engine.Distance));
}
