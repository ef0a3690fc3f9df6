using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Proportions beside mantelhaen.test, chisq.test and interval formulas written out in R.</summary>
internal static class ProportionValidation
{
    private static readonly Agreement Values = new("differences, standard errors, limits, χ², odds ratios", 1e-8);

    private static readonly string[] Shown = ["newcombeA", "valor"];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection("Proportions", "mantelhaen.test, chisq.test and prop.test", "proportions");
        var analysis = new ResponderAnalysis { Week = 28, Threshold = -4, StratifyBy = ["table"] };
        foreach (ReferenceRow row in ReferenceFile.Read("proportions", "expected").Rows)
        {
            string name = row.Text("dataset");
            ProportionFit fit = analysis.Fit(ProportionTests.ReadTables(name));
            ProportionFit corrected =
                (analysis with { ContinuityCorrection = true }).Fit(ProportionTests.ReadTables(name));
            ValidationRows rows = section.Of(name, Shown.Contains(name));
            rows.Compare("χ²", row.Number("chiSquare"), fit.ChiSquare, Values, 1e-3);
            rows.Count(row.Number("chiSquareCorrected"), corrected.ChiSquare, Values, 1e-3);
            rows.Compare("ln odds ratio", row.Number("logOddsRatio"), fit.LogOddsRatio.Estimate, Values, 1e-3);
            rows.Count(row.Number("logOddsRatioSe"), fit.LogOddsRatio.StandardError, Values);
            if (fit.Test.IsUsable)
            {
                rows.Compare("difference", row.Number("difference"), fit.Test.Estimate, Values, 1e-3);
                rows.Compare("standard error", Math.Sqrt(row.Number("sato")), fit.Test.StandardError, Values);
                rows.Compare("lower limit", row.Number("lower"), fit.Test.Lower, Values, 1e-2);
                rows.Compare("upper limit", row.Number("upper"), fit.Test.Upper, Values, 1e-2);
            }
        }

        return section;
    }
}
