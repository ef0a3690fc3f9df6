using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Tests.Analyses.Tables;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Analyses of a user's table, from a CSV file and a specification in JSON, beside R.</summary>
internal static class TableValidation
{
    private const string Folder = "tables";

    private static readonly Agreement Values = new("estimates, standard errors, statistics, −2 log likelihoods", 1e-6);

    private static readonly Agreement Derived = new("degrees of freedom, p values, limits", 1e-4);

    private static readonly string[] Shown = ["ancova-where", "mmrm-varying", "cox-interaction"];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection(
            "Analyses of tables", "lm, nlme::gls brought to the optimum, lme4 with lmerTest and pbkrtest, coxph, survdiff", Folder);
        ILookup<string, ReferenceRow> expected = ReferenceFile.Read(Folder, "expected").Rows.ToLookup(r => r.Text("analysis"));
        ILookup<string, ReferenceRow> fits = ReferenceFile.Read(Folder, "fits").Rows.ToLookup(r => r.Text("analysis"));
        foreach (object?[] analysis in TableReferenceTests.Analyses().Select(c => c.Arguments))
        {
            var name = (string)analysis[0]!;
            TableResult result = TableReferenceTests.Analyse((string)analysis[1]!, (string)analysis[3]!);
            ILookup<bool, ReferenceRow> kinds = expected[name].ToLookup(r => r.Text("kind") == "coefficient");
            ReferenceRow[] estimates = [.. kinds[false]];
            for (int i = 0; i < estimates.Length; i++)
            {
                TableEstimate actual = result.Estimates[i];
                string label = actual.Visit is null ? actual.Name : $"{actual.Name}, {actual.Visit}";
                bool isShown = Shown.Contains(name) && i == estimates.Length - 1;
                Compare(section.Of($"{name}, {label}", isShown), actual, estimates[i]);
            }

            Dictionary<string, TableEstimate> coefficients = result.Coefficients.ToDictionary(c => TableReferenceTests.Normal(c.Name));
            foreach (ReferenceRow row in kinds[true])
            {
                Compare(section.Of($"{name}, {row.Text("name")}"), coefficients[TableReferenceTests.Normal(row.Text("name"))], row);
            }

            double criterion = fits[name].Single().Number("minusTwoLogLikelihood");
            if (!double.IsNaN(criterion))
            {
                section.Of(name).Count(criterion, result.Fit.MinusTwoLogLikelihood ?? double.NaN, Values);
            }
        }

        return section;
    }

    private static void Compare(ValidationRows rows, TableEstimate actual, ReferenceRow row)
    {
        double se = row.Number("se");
        double scale = double.IsNaN(se) ? 0 : se;
        rows.Compare("estimate", row.Number("estimate"), actual.Estimate, Values, scale);
        if (row.Text("kind") == "value")
        {
            return;
        }

        rows.Count(row.Number("statistic"), actual.Statistic, Values, 1);
        rows.Count(row.Number("df"), actual.DegreesOfFreedom, Derived);
        if (!double.IsNaN(se))
        {
            rows.Compare("standard error", se, actual.StandardError, Values);
            rows.Count(row.Number("lower"), actual.Lower, Derived, scale);
            rows.Count(row.Number("upper"), actual.Upper, Derived, scale);
        }

        rows.Compare("p", row.Number("p"), actual.PValue, Derived);
    }
}
