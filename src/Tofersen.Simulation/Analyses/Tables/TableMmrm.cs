using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Mixed model for repeated measures of a table: one row a participant and visit.</summary>
/// <remarks>
/// <para>The model holds arm, visit and their interaction besides the covariates; without an arm the covariates alone, so that visits
/// count only in the covariance. Visits that are numbers are ordered by size, texts with runs of digits counted as numbers.</para>
/// <para>Conventions are those of R's <c>mmrm</c>.</para>
/// </remarks>
public sealed record TableMmrm : TableAnalysis
{
    /// <inheritdoc/>
    public override string Method => "mmrm";

    /// <summary>Column of the response.</summary>
    public required string Response { get; init => field = Require.Text(value); }

    /// <summary>Column that tells participants apart.</summary>
    public required string Participant { get; init => field = Require.Text(value); }

    /// <summary>Column of the visits.</summary>
    public required string Visit { get; init => field = Require.Text(value); }

    /// <summary>Columns of covariates; texts are factors, "A*B" is both main effects and the interaction. The visit and the arm may occur
    /// in products.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Structure of the covariance; unstructured by default.</summary>
    public CovarianceStructure Covariance { get; init => field = Require.Defined(value); }

    /// <summary>Structures to try in turn where the first does not converge.</summary>
    public ValueList<CovarianceStructure> Fallback { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Degrees of freedom and standard errors; Satterthwaite by default.</summary>
    public DegreesOfFreedomMethod DegreesOfFreedom { get; init => field = Require.Defined(value); }

    /// <summary>What is maximised; restricted likelihood by default.</summary>
    public LikelihoodEstimation Estimation { get; init => field = Require.Defined(value); }

    private protected override string? NamedParticipant => Participant;

    private protected override TableResult AnalyseRows(AnalysisTable table) => Fit(table).Result();

    /// <summary>Fits the model and keeps it, for contrasts of contrasts.</summary>
    internal FittedTable Fit(AnalysisTable table)
    {
        RequireMethod(DegreesOfFreedom, Estimation);

        RequireDifferent(("response", Response), ("participant", Participant), ("visit", Visit), ("arm", Arm));
        TableColumn response = table.NumbersOf(Response, "response");
        TableColumn participant = table[Participant];
        TableColumn visit = table[Visit];
        var terms = new ModelTerms();
        foreach (string covariate in Covariates)
        {
            terms.Add(covariate, table);
        }

        if (Arm is { } arm)
        {
            terms.AddTerm(arm);
            terms.AddTerm(Visit);
            terms.AddTerm(arm, Visit);
        }

        TableColumn[] columns = [.. terms.Variables.Select(name => table[name])];
        int[] rows = TableRows.Complete(table, [response, participant, visit, .. columns]);
        ModelVariable visits = ModelVariable.Factor(visit, rows, reference: null, naturalOrder: true);
        var matrix = new ModelMatrix(terms, columns.Select(c => c.Name == Arm ? TableRows.Arms(c, rows, Control)
            : c.Name == Visit ? visits
            : ModelVariable.Covariate(table, c, rows)));
        var data = new RepeatedMeasuresTable(matrix, visits, participant, rows, spansVisits: Arm is not null);
        RepeatedMeasuresEngine engine = data.Load(response, rows, [Covariance, .. Fallback], Estimation, DegreesOfFreedom);
        return new FittedTable(this, matrix, visit, visits, engine, engine.Fit(), rows.Length, data.Participants);
    }

    /// <summary>A fitted model with the names of its columns.</summary>
    internal sealed class FittedTable(
        TableMmrm analysis,
        ModelMatrix matrix,
        TableColumn visitColumn,
        ModelVariable visits,
        RepeatedMeasuresEngine engine,
        AnalysisStatus status,
        int observations,
        int participants)
    {
        private readonly Dictionary<string, double> _means = matrix.Means(observations);

        internal RepeatedMeasuresEngine Engine => engine;

        internal AnalysisStatus Status => status;

        internal TableColumn VisitColumn => visitColumn;

        internal string[] VisitNames => visits.Levels;

        internal string[] ArmNames => matrix.Variable(analysis.Arm!).Levels;

        internal int Observations => observations;

        internal int Participants => participants;

        internal TableResult Result()
        {
            TableEstimate[] contrasts = analysis.Arm is null ? [] : [.. Contrasts()];
            return new TableResult(
                analysis.Method,
                status == AnalysisStatus.Converged && contrasts.Length > 0 && contrasts.All(c => double.IsNaN(c.Estimate))
                    ? AnalysisStatus.NotEstimable
                    : status,
                observations,
                participants,
                [.. contrasts],
                Coefficients(),
                Fit());
        }

        /// <summary>Difference of an arm and the control at a visit, as a combination of the columns.</summary>
        internal double[] Difference(int arm, int visit) => [.. Mean(arm, visit).Zip(Mean(0, visit), (a, b) => a - b)];

        internal AnalysisResult Test(double[] combination) => status == AnalysisStatus.Converged
            ? engine.Test(combination, analysis.Alpha)
            : AnalysisResult.NotEstimable(participants) with { Status = status };

        internal ValueList<TableEstimate> Coefficients() =>
        [
            .. Enumerable.Range(0, matrix.Count).Select(c => TableEstimate.Of(
                matrix[c].Name,
                null,
                status == AnalysisStatus.Converged
                    ? engine.TestColumn(c, analysis.Alpha)
                    : AnalysisResult.NotEstimable(participants) with { Status = status })),
        ];

        internal TableFit Fit()
        {
            if (status != AnalysisStatus.Converged)
            {
                return new TableFit(Iterations: engine.Iterations, GradientNorm: engine.GradientNorm);
            }

            int n = visits.Levels.Length;
            return new TableFit(
                engine.MinusTwoLogLikelihood,
                [.. Enumerable.Range(0, n).Select(j => (ValueList<double>)[.. Enumerable.Range(0, n).Select(k => engine.Sigma(j, k))])],
                ResidualVariance: null,
                engine.Structure,
                engine.Iterations,
                engine.GradientNorm)
            {
                CovarianceNames = [.. visits.Levels],
            };
        }

        private IEnumerable<TableEstimate> Contrasts()
        {
            for (int arm = 1; arm < ArmNames.Length; arm++)
            {
                for (int j = 0; j < visits.Levels.Length; j++)
                {
                    yield return TableEstimate.Of(
                        $"{ArmNames[arm]} - {ArmNames[0]}", visits.Levels[j], Test(Difference(arm, j)));
                }
            }
        }

        private double[] Mean(int arm, int visit) => matrix.MeanRow(
            new Dictionary<string, double> { [analysis.Arm!] = arm, [analysis.Visit] = visit }, _means);
    }
}
