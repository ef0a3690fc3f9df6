using Tofersen.Simulation.Analyses.RandomSlopes;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Linear mixed model of a table with a random intercept and slope for each participant: one row a score.</summary>
/// <remarks>
/// <para>The model holds time, the covariates and arm by time; the arm itself only where the arms do not share their mean at time zero.
/// Estimates are differences of slopes, in the response's units over those of time. Rows of a participant may stand anywhere in the
/// table, and several at one time.</para>
/// <para>The fit's covariance is that of intercept and slope. The numbers agree with lme4, lmerTest and pbkrtest.</para>
/// </remarks>
public sealed record TableRandomSlope : TableAnalysis
{
    /// <inheritdoc/>
    public override string Method => "randomSlope";

    /// <summary>Column of the response.</summary>
    public required string Response { get; init => field = Require.Text(value); }

    /// <summary>Column that tells participants apart.</summary>
    public required string Participant { get; init => field = Require.Text(value); }

    /// <summary>Column of the time of each score, numbers.</summary>
    public required string Time { get; init => field = Require.Text(value); }

    /// <summary>Columns of covariates; texts are factors, "A*B" is both main effects and the interaction. Time and arm may occur in
    /// products; covariates may vary within participants.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Whether the arms have the same mean at time zero; true by default. Otherwise the arm has a main effect.</summary>
    public bool CommonBaseline { get; init; } = true;

    /// <summary>What is maximised; restricted likelihood by default.</summary>
    public LikelihoodEstimation Estimation { get; init => field = Require.Defined(value); }

    /// <summary>Degrees of freedom and standard errors; Satterthwaite by default. Both forms of Kenward and Roger's method are the
    /// same here.</summary>
    public DegreesOfFreedomMethod DegreesOfFreedom { get; init => field = Require.Defined(value); }

    private protected override string? NamedParticipant => Participant;

    private protected override TableResult AnalyseRows(AnalysisTable table)
    {
        RequireMethod(DegreesOfFreedom, Estimation);

        RequireDifferent(("response", Response), ("participant", Participant), ("time", Time), ("arm", Arm));
        TableColumn response = table.NumbersOf(Response, "response");
        TableColumn time = table.NumbersOf(Time, "time");
        TableColumn participant = table[Participant];
        ModelTerms terms = Terms(table);
        TableColumn[] columns = [.. terms.Variables.Select(name => table[name])];
        int[] complete = TableRows.Complete(table, [response, time, participant, .. columns]);
        int[] numbers = RepeatedMeasuresTable.Number(participant, complete, out int participants);

        // The engine takes participant by participant; the order within one is that of the table.
        int[] order = [.. Enumerable.Range(0, complete.Length).OrderBy(i => numbers[i])];
        int[] rows = [.. order.Select(i => complete[i])];
        var matrix = new ModelMatrix(terms, columns.Select(c => c.Name == Arm
            ? TableRows.Arms(c, rows, Control)
            : ModelVariable.Covariate(table, c, rows)));
        var engine = new RandomSlopeEngine(
            participants, rows.Length, matrix.Count, hasRowColumns: true, Estimation, DegreesOfFreedom);
        Load(engine.Data, matrix, [.. rows.Select(i => time.Numbers[i])], [.. rows.Select(i => response.Numbers[i])], [.. order.Select(i => numbers[i])]);
        return Result(engine, engine.Fit(), matrix);
    }

    private ModelTerms Terms(AnalysisTable table)
    {
        var terms = new ModelTerms();
        terms.AddTerm(Time);
        foreach (string covariate in Covariates)
        {
            terms.Add(covariate, table);
        }

        if (Arm is { } arm)
        {
            if (!CommonBaseline)
            {
                terms.AddTerm(arm);
            }

            // Last, so that it is the one to be left out where it is confounded with a covariate.
            terms.Remove(arm, Time);
            terms.AddTerm(arm, Time);
        }

        return terms;
    }

    private static void Load(SlopeStatistics data, ModelMatrix matrix, double[] times, double[] responses, int[] participants)
    {
        data.Reset();
        for (int start = 0, end; start < times.Length; start = end)
        {
            end = start + 1;
            while (end < times.Length && participants[end] == participants[start])
            {
                end++;
            }

            data.Add(times.AsSpan(start, end - start), responses.AsSpan(start, end - start));
        }

        data.CloseParticipants();
        var values = new double[times.Length];
        for (int c = 0; c < matrix.Count; c++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = matrix.Value(c, i);
            }

            data.SetRowColumn(c, values);
        }

        data.Decompose();
    }

    private TableResult Result(RandomSlopeEngine engine, AnalysisStatus status, ModelMatrix matrix)
    {
        bool isUsable = status is AnalysisStatus.Converged or AnalysisStatus.Boundary;
        var coefficients = new TableEstimate[matrix.Count];
        int next = 0;
        for (int c = 0; c < coefficients.Length; c++)
        {
            int position = isUsable && !engine.Data.IsAliased(c) ? next++ : -1;
            coefficients[c] = TableEstimate.Of(matrix[c].Name, null, Test(engine, position));
        }

        TableEstimate[] contrasts = Arm is null ? [] : [.. Contrasts(matrix, coefficients)];
        TableFit fit = isUsable ? Fit(engine) : new TableFit();
        return new TableResult(
            Method,
            isUsable && contrasts.Length > 0 && contrasts.All(c => double.IsNaN(c.Estimate)) ? AnalysisStatus.NotEstimable : status,
            engine.Data.Rows,
            engine.Data.Participants,
            [.. contrasts],
            [.. coefficients],
            fit);
    }

    private AnalysisResult Test(RandomSlopeEngine engine, int position)
    {
        (double estimate, double standardError, double degreesOfFreedom) =
            position < 0 ? (double.NaN, double.NaN, double.NaN) : engine.Coefficient(position);
        return double.IsNaN(standardError)
            ? AnalysisResult.NotEstimable(engine.Data.Participants)
            : AnalysisResult.FromT(
                estimate,
                standardError,
                degreesOfFreedom,
                StudentT.TwoSidedCriticalValue(Alpha, degreesOfFreedom),
                engine.Data.Participants);
    }

    private TableFit Fit(RandomSlopeEngine engine)
    {
        (double intercept, double covariance, double slope) = engine.RandomCovariance;
        return new TableFit(
            engine.MinusTwoLogLikelihood,
            [[intercept, covariance], [covariance, slope]],
            engine.ResidualVariance,
            Iterations: engine.Iterations,
            GradientNorm: engine.GradientNorm)
        {
            CovarianceNames = ["(Intercept)", Time],
        };
    }

    // The coefficients of arm by time are the differences of slopes.
    private IEnumerable<TableEstimate> Contrasts(ModelMatrix matrix, TableEstimate[] coefficients)
    {
        string[] arms = matrix.Variable(Arm!).Levels;
        for (int c = 0; c < coefficients.Length; c++)
        {
            MatrixFactor[] factors = [.. matrix[c].Factors];
            if (factors.Length == 2 && factors[0].Variable.Name == Arm && factors[1].Variable.Name == Time)
            {
                yield return coefficients[c] with { Name = $"{arms[factors[0].Level]} - {arms[0]}" };
            }
        }
    }
}
