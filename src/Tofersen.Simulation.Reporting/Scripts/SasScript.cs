using System.Globalization;
using System.Text;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting.DataSets;

namespace Tofersen.Simulation.Reporting.Scripts;

/// <summary>Writes the program in SAS: a DATA step for each file with lengths and labels, then procedures for each analysis.</summary>
internal static class SasScript
{
    internal static string Make(IEnumerable<ScriptStep> steps, IEnumerable<DataSet> dataSets, CancellationToken cancellation)
    {
        var text = new StringBuilder(AnalysisScripts.Common("read-and-analyse.sas"));
        foreach (DataSet dataSet in dataSets)
        {
            AppendDataStep(text, dataSet, DataSetMeasure.Of(dataSet, cancellation));
        }

        foreach (ScriptStep step in steps)
        {
            text.Append($"title {Text(step.Name)};\n");
            text.Append(Procedures(step) ?? "%put NOTE: This analysis is not rerun here. Its title is in force.;\n");
            text.Append('\n');
        }

        return text.Append("title;\n").Replace("\r\n", "\n").ToString();
    }

    private static void AppendDataStep(StringBuilder text, DataSet dataSet, DataSetMeasure measure)
    {
        text.Append($"data {dataSet.Name} (label={Text(dataSet.Label)});\n");
        text.Append($"  infile \"&folder./{DictionaryReport.FileOf(dataSet)}\" dsd dlm=',' firstobs=2 truncover lrecl=32767 encoding='utf-8' termstr=lf;\n");
        foreach ((int i, DataSetColumn column) in dataSet.Columns.Index())
        {
            string length = (column.Kind == DataSetValueKind.Text ? "$" : "") + measure.Lengths[i].ToString(CultureInfo.InvariantCulture);
            text.Append($"  attrib {column.Name} length={length} label={Text(column.Label)};\n");
        }

        text.Append("  input").Append(string.Concat(dataSet.Columns.Select(c => c.Kind == DataSetValueKind.Text ? $" {c.Name} $" : $" {c.Name}"))).Append(";\n");
        if (dataSet.Columns.Any(c => c.Name == "BNFL"))
        {
            text.Append("  MALE = (SEX = 'M');\n  LNBNFL = log(BNFL);\n");
        }

        text.Append("run;\n\n");
    }

    private static string? Procedures(ScriptStep step) => step.Analysis switch
    {
        Ancova { Variance: RobustVariance.None } a => Ancova(step, a),
        Mmrm a when Structure(a.Covariance) is { } structure => Mmrm(step, a, structure),
        RandomSlopeModel a => RandomSlope(step, a),
        SlopeAnalysis a => Slopes(step, a),
        LogRank a => Times(step, a, a.ThroughWeek) + $"""
            proc lifetest data=TIMES notable;
              time TIME * EVENT(0);
              strata {Terms(step, a.StratifyBy)}{(a.StratifyBy.Count > 0 ? " / group=ARM" : "ARM /")} test=logrank;
            run;

            """,
        CoxRegression a => Times(step, a, a.ThroughWeek) + $"""
            proc phreg data=TIMES;
              class {Classes(step, a.Covariates)} / param=ref;
              model TIME * EVENT(0) = {Terms(step, a.Covariates)}ARM / ties={(a.Ties == TieHandling.Breslow ? "breslow" : "efron")} risklimits;{(a.StratifyBy.Count > 0 ? $"\n  strata {Terms(step, a.StratifyBy).TrimEnd()};" : "")}
            run;

            """,
        _ => null,
    };

    private static string Ancova(ScriptStep step, Ancova a) => Rows(step, a, $"AVISITN = {Number(a.Week)}") + $"""
        proc glm data=ROWS;
          class {Classes(step, a.Covariates)};
          model {Response(step, a.Response)} = {Terms(step, a.Covariates)}ARM / solution;
          lsmeans ARM / pdiff=control({Text(Formulas.Neutralise(step.Control))}) cl;
        run; quit;

        """;

    private static string Mmrm(ScriptStep step, Mmrm a, string structure) =>
        Rows(step, a, $"0 < AVISITN <= {Number(a.ThroughWeek ?? a.Week)}") + $"""
        {(a.DegreesOfFreedom == DegreesOfFreedomMethod.KenwardRoger ? "/* Of an unstructured covariance ddfm=kr is what tofersen-sim calls kenwardRogerLinear; its kenwardRoger has second derivatives besides. */\n" : "")}proc mixed data=ROWS method={Method(a.Estimation)};
          class USUBJID AVISITN {Classes(step, a.Covariates)};
          model {Response(step, a.Response)} = {Terms(step, a.Covariates)}ARM AVISITN ARM*AVISITN / solution ddfm={Degrees(a.DegreesOfFreedom)};
          repeated AVISITN / subject=USUBJID type={structure};
          lsmeans ARM*AVISITN / diff cl;
        run;

        """;

    private static string RandomSlope(ScriptStep step, RandomSlopeModel a) =>
        Rows(step, a, $"{Number(a.FromWeek)} <= AVISITN <= {Number(a.ThroughWeek)}") + $"""
        proc mixed data=ROWS method={Method(a.Estimation)};
          class USUBJID {Classes(step, a.Covariates)};
          model {step.Value} = {Terms(step, a.Covariates)}{(a.CommonBaseline ? "" : "ARM ")}MONTH ARM*MONTH / solution cl ddfm={Degrees(a.DegreesOfFreedom)};
          random intercept MONTH / subject=USUBJID type=un;
        run;

        """;

    private static string Slopes(ScriptStep step, SlopeAnalysis a) =>
        Rows(step, a, $"{Number(a.FromWeek)} <= AVISITN <= {Number(a.ThroughWeek)} and {step.Value} ne .") + $"""
        proc sort data=ROWS; by USUBJID; run;
        proc reg data=ROWS outest=LINES noprint;
          by USUBJID;
          model {step.Value} = MONTH;
        run; quit;
        proc sql;
          create table COUNTS as select USUBJID, count(distinct MONTH) as VISITS from ROWS group by USUBJID order by USUBJID;
        quit;
        proc sort data=ROWS out=PEOPLE nodupkey; by USUBJID; run;
        data LINES;
          merge PEOPLE LINES (keep=USUBJID MONTH rename=(MONTH=SLOPE)) COUNTS;
          by USUBJID;
          if VISITS >= {Number(a.MinimumVisits)};
        run;
        proc glm data=LINES;
          class {Classes(step, a.Covariates)};
          model SLOPE = {Terms(step, a.Covariates)}ARM / solution;
          lsmeans ARM / pdiff=control({Text(Formulas.Neutralise(step.Control))}) cl;
        run; quit;

        """;

    // The rows of the analysis, in which BASE is the baseline of what is analysed.
    private static string Rows(ScriptStep step, TwoArmAnalysis analysis, string condition) => $"""
        data ROWS;
          set {step.DataSet};
          where PARAMCD = {Text(step.Code)} and {condition} and {Who(step, analysis)};
        run;

        """;

    private static string Times(ScriptStep step, TimeToEventAnalysis analysis, double? through)
    {
        string manifest = analysis.Events.Contains(EventKind.Phenoconversion)
            ? """
                proc sql;
                  create table MANIFEST as select USUBJID, AVAL as MANIFEST from ADTTE where PARAMCD = 'PHENCONV' and CNSR = 0 order by USUBJID;
                quit;

                """
            : "";
        string source = manifest.Length > 0 ? "merge ADSL MANIFEST; by USUBJID;" : "set ADSL;";
        string cut = through is { } week
            ? $"\n  LIMIT = {Number(week)} * 7 / (365.25 / 12);\n  if TIME > LIMIT then do; TIME = LIMIT; EVENT = 0; end;"
            : "";
        string conversion = manifest.Length > 0 ? "\n  if MANIFEST ne . then do; TIME = MANIFEST; EVENT = 1; end;" : "";
        return manifest + $"""
            data TIMES;
              {source}
              if {Who(step, analysis)};
              TIME = EOSMO;
              EVENT = EOSSTT in ({string.Join(", ", analysis.Events.Select(TrialDataSets.Describe).Select(Text))});{conversion}{cut}
            run;

            """;
    }

    private static string Who(ScriptStep step, TwoArmAnalysis analysis)
    {
        string arms = $"ARM in ({Text(Formulas.Neutralise(step.Control))}, {Text(Formulas.Neutralise(step.Active))})";
        return analysis.Strata.Count == 0
            ? arms
            : $"{arms} and STRATUM in ({string.Join(", ", analysis.Strata.Select(Formulas.Neutralise).Select(Text))})";
    }

    private static string Response(ScriptStep step, AncovaResponse response) => response == AncovaResponse.Score ? step.Value : step.Change;

    private static string Method(LikelihoodEstimation estimation) => estimation == LikelihoodEstimation.Ml ? "ml" : "reml";

    private static string Degrees(DegreesOfFreedomMethod method) => method switch
    {
        DegreesOfFreedomMethod.Satterthwaite => "satterthwaite",
        DegreesOfFreedomMethod.Residual => "residual",
        DegreesOfFreedomMethod.KenwardRogerLinear => "kr(firstorder)",
        _ => "kr",
    };

    private static string? Structure(CovarianceStructure structure) => structure switch
    {
        CovarianceStructure.Unstructured => "un",
        CovarianceStructure.Toeplitz => "toep",
        CovarianceStructure.HeterogeneousToeplitz => "toeph",
        CovarianceStructure.Ar1 => "ar(1)",
        CovarianceStructure.HeterogeneousAr1 => "arh(1)",
        CovarianceStructure.CompoundSymmetry => "cs",
        CovarianceStructure.HeterogeneousCompoundSymmetry => "csh",
        CovarianceStructure.HeterogeneousAntedependence => "ante(1)",
        _ => null,
    };

    private static string Classes(ScriptStep step, IEnumerable<string> covariates) =>
        $"ARM (ref={Text(Formulas.Neutralise(step.Control))})"
        + string.Concat(covariates.SelectMany(c => c.Split('*', StringSplitOptions.TrimEntries))
            .Where(c => c is Covariates.Stratum or Covariates.Cohort).Distinct().Select(c => " " + Term(step, c)));

    // Each followed by a space.
    private static string Terms(ScriptStep step, IEnumerable<string> covariates) => string.Concat(covariates.Select(
        c => string.Join('*', c.Split('*', StringSplitOptions.TrimEntries).Select(part => Term(step, part))) + " "));

    private static string Term(ScriptStep step, string covariate) => covariate switch
    {
        "visit" => "AVISITN",
        "time" => "MONTH",
        "arm" => "ARM",
        Covariates.Baseline => step.Before,
        Covariates.Stratum => "STRATUM",
        Covariates.Age => "AGE",
        Covariates.Male => "MALE",
        Covariates.BulbarOnset => "BULBAR",
        Covariates.Riluzole => "RILUZOLE",
        Covariates.Edaravone => "EDARAVON",
        Covariates.MonthsSinceOnset => "ONSETMO",
        Covariates.PreRandomisationSlope => "PRESLOPE",
        Covariates.LogNeurofilamentLight => "LNBNFL",
        Covariates.Cohort => "COHORT",
        _ => throw new ArgumentException($"There is no column of the covariate '{covariate}'.", nameof(covariate)),
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // In single quotes neither & nor % means anything.
    private static string Text(string text) => $"'{text.ReplaceLineEndings(" ").Replace("'", "''", StringComparison.Ordinal)}'";
}
