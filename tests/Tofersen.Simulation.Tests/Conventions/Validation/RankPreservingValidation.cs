using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>The rank-preserving model beside g-estimation written out in R.</summary>
internal static class RankPreservingValidation
{
    private const string Folder = "rank-preserving";

    private static readonly Agreement Values = new("ψ and its limits, z at given ψ, p values", 1e-8);

    private static readonly Agreement Ratios = new("log hazard ratios and their standard errors", 1e-6);

    internal static ValidationSection Section()
    {
        var section = new ValidationSection(
            "Rank-preserving structural failure time model", "g-estimation written out on survdiff and coxph", Folder);
        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "expected").Rows)
        {
            Model(section, row);
        }

        RankPreservingEngine? engine = null;
        string? name = null;
        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "statistics").Rows)
        {
            // Rows of one model follow each other.
            if (engine is null || Name(row) != name)
            {
                name = Name(row);
                engine = RankPreservingReferenceTests.Engine(row);
            }

            section.Of(name).Count(row.Number("z"), engine.Statistic(row.Number("psi")), Values, 1);
        }

        return section;
    }

    private static void Model(ValidationSection section, ReferenceRow row)
    {
        TrialData data = RankPreservingReferenceTests.Read(row.Text("dataset"));
        RankPreservingFit fit = RankPreservingReferenceTests.Specification(row, data).Fit(data);
        bool isShown = row.Text("recensoring") == "SwitchingArms"
            && (row.Text("dataset"), row.Text("test"), row.Count("stratified"))
                is ("switch300", "LogRank", 0) or ("delayed108", "LogRank", 1) or ("months240", "CoxWald", 0);
        ValidationRows rows = section.Of(Name(row), isShown);
        rows.Compare("ψ", row.Number("psi"), fit.Psi.Estimate, Values, 1);
        rows.Compare("lower limit", RankPreservingReferenceTests.Limit(row, "lower"), fit.Psi.Lower, Values, 1);
        rows.Compare("upper limit", RankPreservingReferenceTests.Limit(row, "upper"), fit.Psi.Upper, Values, 1);
        rows.Count(row.Number("z"), fit.Psi.Statistic, Values, 1);
        rows.Count(row.Number("p"), fit.Psi.PValue, Values);
        rows.Count(row.Number("roots"), fit.Roots.Count, Agreement.Counts);
        rows.Compare(
            "log hazard ratio, untreated control",
            row.Number("logHazardRatio"),
            fit.LogHazardRatio.Estimate,
            Ratios,
            row.Number("coxSe"));
        rows.Count(row.Number("coxSe"), fit.CoxStandardError, Ratios);
    }

    private static string Name(ReferenceRow row) => string.Join(
        ", ",
        row.Text("dataset"),
        row.Text("test") == "LogRank" ? "log-rank" : "Cox",
        row.Text("recensoring") switch
        {
            "SwitchingArms" => "recensored where switching",
            "AllArms" => "recensored",
            _ => "not recensored",
        },
        row.Count("stratified") == 1 ? "stratified" : "unstratified");
}
