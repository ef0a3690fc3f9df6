using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Cox regression beside coxph.</summary>
internal static class CoxValidation
{
    private static readonly Agreement Likelihoods = new("log likelihoods", 1e-9);

    private static readonly Agreement Values = new("estimates, standard errors, covariances, test statistics", 1e-7);

    private static readonly Agreement Probabilities = new("p values", 1e-6);

    private static readonly string[][] Shown =
    [
        ["days228", "all", "none", "efron"], ["months150", "none", "stratum", "breslow"], ["days5000", "number", "both", "efron"],
    ];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection("Cox regression", "coxph", "cox");
        foreach (ReferenceRow row in ReferenceFile.Read("cox", "models").Rows)
        {
            string[] keys = [row.Text("dataset"), row.Text("covariates"), row.Text("strata"), row.Text("ties")];
            string name = $"{keys[0]}, covariates {keys[1]}, strata {keys[2]}, {keys[3]}";
            Model(section.Of(name, Shown.Any(s => s.SequenceEqual(keys))), row, CoxReferenceTests.Read(keys[0]));
        }

        foreach (ReferenceRow row in ReferenceFile.Read("cox", "separated").Rows)
        {
            Separated(section.Of($"{row.Text("dataset")}, separated"), row);
        }

        return section;
    }

    private static void Model(ValidationRows rows, ReferenceRow row, TrialData data)
    {
        CoxRegression specification = CoxReferenceTests.Specification(row);
        CoxFit fit = specification.Fit(data);
        double se = row.Number("se");
        rows.Compare("log hazard ratio", row.Number("estimate"), fit.Coefficients[^1].Estimate, Values, se);
        rows.Compare("standard error", se, fit.Coefficients[^1].StandardError, Values);
        rows.Compare("log likelihood", row.Number("logLik"), fit.LogLikelihood, Likelihoods);
        rows.Count(row.Number("logLikZero"), fit.LogLikelihoodAtZero, Likelihoods);
        rows.Count(row.Number("likelihoodRatio"), fit.LikelihoodRatio.ChiSquare, Values, 1);
        rows.Count(row.Number("wald"), fit.Wald.ChiSquare, Values, 1);
        rows.Count(row.Number("score"), fit.Score.ChiSquare, Values, 1);
        rows.Count(row.Number("pLikelihoodRatio"), fit.LikelihoodRatio.PValue, Probabilities, 1e-4);
        rows.Count(row.Number("pScore"), fit.Score.PValue, Probabilities, 1e-4);
        foreach (CoxTest test in Enum.GetValues<CoxTest>())
        {
            AnalysisResult result = (specification with { Test = test }).CreateWorker(data.Layout).Run(data);
            rows.Compare($"z, {Words(test)}", row.Number("z" + test), result.Statistic, Values, 1);
        }

        foreach (ReferenceRow expected in CoxReferenceTests.Matching("coefficients", row))
        {
            Coefficient coefficient = fit.Coefficients[expected.Count("position")];
            rows.Count(expected.Number("estimate"), coefficient.Estimate, Values, expected.Number("se"));
            rows.Count(expected.Number("se"), coefficient.StandardError, Values);
        }

        foreach (ReferenceRow expected in CoxReferenceTests.Matching("covariances", row))
        {
            (int i, int j) = (expected.Count("row"), expected.Count("column"));
            double scale = fit.Coefficients[i].StandardError * fit.Coefficients[j].StandardError;
            rows.Count(expected.Number("value"), fit.Covariance[(i * fit.Coefficients.Count) + j], Values, scale);
        }
    }

    // Where the maximum is at infinity, the other tests have numbers still.
    private static void Separated(ValidationRows rows, ReferenceRow row)
    {
        TrialData data = CoxReferenceTests.Read("separated-" + row.Text("dataset"));
        var cox = new CoxRegression { Covariates = CoxReferenceTests.Covariates(row) };
        rows.Count(row.Number("logLik"), cox.Fit(data).LogLikelihood, Likelihoods);
        rows.Count(row.Number("zScore"), Run(CoxTest.Score).Statistic, Values);
        rows.Count(row.Number("zLikelihoodRatio"), Run(CoxTest.LikelihoodRatio).Statistic, Values);
        rows.Count(row.Number("estimate"), Run(CoxTest.Wald).Estimate, Values);
        rows.Count(row.Number("se"), Run(CoxTest.Wald).StandardError, Values);

        AnalysisResult Run(CoxTest test) => (cox with { Test = test }).CreateWorker(data.Layout).Run(data);
    }

    private static string Words(CoxTest test) => test switch
    {
        CoxTest.Wald => "Wald",
        CoxTest.Score => "score",
        _ => "likelihood ratio",
    };
}
