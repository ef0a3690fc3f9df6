using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Rubin's rules beside pool of the R package mice.</summary>
internal static class ImputationValidation
{
    private static readonly Agreement Values = new("estimates, variances, shares, degrees of freedom", 1e-10);

    private static readonly Agreement Probabilities = new("p values", 1e-8);

    internal static ValidationSection Section()
    {
        var section = new ValidationSection("ANCOVA with multiple imputation: pooling", "pool of the R package mice", "imputation");
        ILookup<string, ReferenceRow> sets = ReferenceFile.Read("imputation", "pooling-sets").Rows.ToLookup(r => r.Text("term"));
        foreach (ReferenceRow row in ReferenceFile.Read("imputation", "pooling-expected").Rows)
        {
            string term = row.Text("term");
            double complete = row.Number("dfcom");
            RubinPooling pooling = RubinPooling.Pool(
                [.. sets[term].Select(s => s.Number("estimate"))], [.. sets[term].Select(s => s.Number("variance"))], complete);
            double df = pooling.BarnardRubinDegreesOfFreedom;
            ValidationRows rows = section.Of(
                $"{term}, {ValidationText.Value(complete)} complete-data df", term == "arm" && !double.IsInfinity(complete));
            rows.Compare("estimate", row.Number("estimate"), pooling.Estimate, Values);
            rows.Compare("standard error", row.Number("se"), pooling.StandardError, Values);
            rows.Compare("variance between", row.Number("between"), pooling.BetweenVariance, Values);
            rows.Compare("Barnard–Rubin df", row.Number("df"), df, Values);
            rows.Compare(
                "p", row.Number("p"), StudentT.TwoSidedP(pooling.Estimate / pooling.StandardError, df), Probabilities);
            rows.Count(row.Number("within"), pooling.WithinVariance, Values);
            rows.Count(row.Number("total"), pooling.TotalVariance, Values);
            rows.Count(row.Number("increase"), pooling.RelativeIncrease, Values);
            rows.Count(row.Number("lambda"), pooling.Lambda, Values);
            rows.Count(row.Number("fmi"), pooling.FractionMissing, Values);
        }

        return section;
    }
}
