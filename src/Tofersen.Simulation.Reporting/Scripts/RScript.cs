using System.Globalization;
using System.Text;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Reporting.Scripts;

/// <summary>Writes the program in R: what is common to all, then a call for each analysis.</summary>
internal static class RScript
{
    internal static string Make(IEnumerable<ScriptStep> steps)
    {
        var text = new StringBuilder(AnalysisScripts.Common("read-and-analyse.R"));
        foreach (ScriptStep step in steps)
        {
            text.Append(Call(step) is { } call
                ? $"analyse({Text(step.Name)}, {call})\n"
                : $"not_rerun({Text(step.Name)}, {Text(step.Analysis.GetType().Name)})\n");
        }

        text.Append("""

            print(results, digits = 6)
            output <- commandArgs(trailingOnly = TRUE)
            if (length(output) == 1) write.csv(results, output, row.names = FALSE, fileEncoding = "UTF-8")

            """);
        return text.Replace("\r\n", "\n").ToString();
    }

    // Null where there is no counterpart.
    private static string? Call(ScriptStep step) => step.Analysis switch
    {
        Ancova { Variance: RobustVariance.None } a =>
            $"ancova({Values(step)}, week = {Number(a.Week)}, response = {Response(a.Response)}, covariates = {Terms(a.Covariates)}{Who(step, a)})",
        Mmrm a when Correlation(a.Covariance) is { } correlation && TermsBy(a.Covariates, "visit") is var (plain, byVisit) =>
            $"repeated_measures({Values(step)}, week = {Number(a.Week)}, through = {Number(a.ThroughWeek ?? a.Week)}, response = {Response(a.Response)}, "
            + $"covariates = {plain}, by_visit = {byVisit}, correlation = {correlation}, heterogeneous = {Flag(IsHeterogeneous(a.Covariance))}, method = {Method(a.Estimation)}{Who(step, a)})",
        RandomSlopeModel a when TermsBy(a.Covariates, "time") is var (plain, byTime) =>
            $"random_slope({Values(step)}, from = {Number(a.FromWeek)}, through = {Number(a.ThroughWeek)}, covariates = {plain}, by_time = {byTime}, "
            + $"common_baseline = {Flag(a.CommonBaseline)}, method = {Method(a.Estimation)}{Who(step, a)})",
        SlopeAnalysis a =>
            $"slopes({Values(step)}, from = {Number(a.FromWeek)}, through = {Number(a.ThroughWeek)}, minimum = {Number(a.MinimumVisits)}, covariates = {Terms(a.Covariates)}{Who(step, a)})",
        JointRank { Test: JointRankTest.AncovaOnRanks or JointRankTest.Unadjusted, StratifyBy.Count: 0 } a =>
            $"joint_rank({Values(step)}, week = {Number(a.Week)}, incomplete = {Text(Camel(a.Incomplete))}, ventilation_is_death = {Flag(a.PermanentVentilationIsDeath)}, "
            + $"covariates = {Terms(a.Covariates)}, test = {Text(a.Test == JointRankTest.Unadjusted ? "unadjusted" : "ancova")}{Who(step, a)})",
        LogRank a =>
            $"log_rank(events = {Events(a)}, through = {Number(a.ThroughWeek)}, stratify = {Terms(a.StratifyBy)}{Who(step, a)})",
        CoxRegression { Test: CoxTest.Wald } a =>
            $"cox(events = {Events(a)}, through = {Number(a.ThroughWeek)}, covariates = {Terms(a.Covariates)}, stratify = {Terms(a.StratifyBy)}, "
            + $"ties = {Text(Camel(a.Ties))}{Who(step, a)})",
        _ => null,
    };

    private static string Values(ScriptStep step) =>
        $"values({step.DataSet}, {Text(step.Code)}, {Text(step.Value)}, {Text(step.Before)}, {Text(step.Change)})";

    private static string Who(ScriptStep step, TwoArmAnalysis analysis) =>
        $", arms = {List([Formulas.Neutralise(step.Control), Formulas.Neutralise(step.Active)])}"
        + (analysis.Strata.Count > 0 ? $", strata = {List(analysis.Strata.Select(Formulas.Neutralise))}" : "");

    private static string Response(AncovaResponse response) => Text(response == AncovaResponse.Score ? "VALUE" : "CHANGE");

    private static string Method(LikelihoodEstimation estimation) => Text(estimation == LikelihoodEstimation.Ml ? "ML" : "REML");

    private static string Events(TimeToEventAnalysis analysis) => List(analysis.Events.Select(TrialDataSets.Describe));

    private static string? Correlation(CovarianceStructure structure) => structure switch
    {
        CovarianceStructure.Unstructured => "corSymm(form = ~ INDEX | USUBJID)",
        CovarianceStructure.Ar1 or CovarianceStructure.HeterogeneousAr1 => "corAR1(form = ~ INDEX | USUBJID)",
        CovarianceStructure.CompoundSymmetry or CovarianceStructure.HeterogeneousCompoundSymmetry => "corCompSymm(form = ~ 1 | USUBJID)",
        _ => null,
    };

    private static bool IsHeterogeneous(CovarianceStructure structure) => structure is CovarianceStructure.Unstructured
        or CovarianceStructure.HeterogeneousAr1 or CovarianceStructure.HeterogeneousCompoundSymmetry;

    private static string Terms(IEnumerable<string> covariates) => List(covariates.Select(Term));

    // Covariates alone, and those in products with the visit or with time; null where there are other products.
    private static (string Plain, string By)? TermsBy(IEnumerable<string> covariates, string other)
    {
        string[][] all = [.. covariates.Select(c => c.Split('*', StringSplitOptions.TrimEntries))];
        return all.All(c => c.Length == 1 || (c.Length == 2 && c.Contains(other)))
            ? (Terms(all.Where(c => c.Length == 1).Select(c => c[0])), Terms(all.Where(c => c.Length == 2).Select(c => c[0] == other ? c[1] : c[0])))
            : null;
    }

    private static string Term(string covariate) => covariate switch
    {
        Covariates.Baseline => "BEFORE",
        Covariates.Stratum => "STRATUM",
        Covariates.Age => "AGE",
        Covariates.Male => "(SEX == \"M\")",
        Covariates.BulbarOnset => "BULBAR",
        Covariates.Riluzole => "RILUZOLE",
        Covariates.Edaravone => "EDARAVON",
        Covariates.MonthsSinceOnset => "ONSETMO",
        Covariates.PreRandomisationSlope => "PRESLOPE",
        Covariates.LogNeurofilamentLight => "log(BNFL)",
        Covariates.Cohort => "COHORT",
        _ => throw new ArgumentException($"There is no column of the covariate '{covariate}'.", nameof(covariate)),
    };

    private static string List(IEnumerable<string> texts) => $"c({string.Join(", ", texts.Select(Text))})";

    private static string Flag(bool value) => value ? "TRUE" : "FALSE";

    private static string Number(double? value) => value is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : "Inf";

    private static string Camel<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    // In ASCII, so that the program means the same in every locale.
    private static string Text(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            literal.Append(rune.Value switch
            {
                '"' or '\\' => "\\" + rune,
                >= ' ' and < 127 => rune.ToString(),
                <= 0xFFFF => FormattableString.Invariant($"\\u{rune.Value:x4}"),
                _ => FormattableString.Invariant($"\\U{rune.Value:x8}"),
            });
        }

        return literal.Append('"').ToString();
    }
}
