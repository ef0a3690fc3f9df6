using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>ANCOVA beside lm, emmeans and robust variances.</summary>
internal static class AncovaValidation
{
    private static readonly Agreement Values = new("estimates, standard errors, statistics, limits", 1e-9);

    private static readonly Agreement DateValues = new("the same with dates near day 738,000 or year 2000 as covariates", 1e-6);

    private static readonly Agreement Probabilities = new("p values", 1e-6);

    private static readonly (string, string)[] Shown =
        [("trial108", "baseline+stratum"), ("gaps60", "baseline+stratum+age+logNfl+riluzole+sex"), ("collinear108", "age+ageMonths")];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection("ANCOVA", "lm, emmeans and robust variances written out", "ancova");
        ILookup<(string, string), ReferenceRow> coefficients =
            ReferenceFile.Read("ancova", "coefficients").Rows.ToLookup(Key);
        foreach (ReferenceRow row in ReferenceFile.Read("ancova", "expected").Rows)
        {
            ValidationRows rows = section.Of($"{row.Text("dataset")}, {row.Text("model")}", Shown.Contains(Key(row)));
            bool hasDate = row.Text("model").Contains("enrolment", StringComparison.Ordinal);
            Compare(rows, row, [.. coefficients[Key(row)]], hasDate ? DateValues : Values);
        }

        return section;
    }

    private static void Compare(ValidationRows rows, ReferenceRow row, ReferenceRow[] coefficients, Agreement values)
    {
        AncovaFit fit = AncovaReferenceTests.Fit(row, RobustVariance.None);
        double se = row.Number("se");
        rows.Compare("effect", row.Number("estimate"), fit.Arm.Estimate, values, se);
        rows.Compare("standard error", se, fit.Arm.StandardError, values);
        rows.Compare("t", row.Number("t"), fit.Arm.Statistic, values, 1);
        rows.Compare("p", row.Number("p"), fit.Arm.PValue, Probabilities);
        rows.Count(row.Number("lower"), fit.Arm.Lower, values, se);
        rows.Count(row.Number("upper"), fit.Arm.Upper, values, se);
        rows.Count(row.Number("sigma"), fit.ResidualSd, values);
        rows.Count(row.Number("df"), fit.DegreesOfFreedom, Agreement.Counts);
        foreach (RobustVariance variance in Enum.GetValues<RobustVariance>().Where(v => v != RobustVariance.None))
        {
            double robust = AncovaReferenceTests.Fit(row, variance).Arm.StandardError;
            double reference = row.Number(variance.ToString().ToLowerInvariant());
            if (variance == RobustVariance.HC3)
            {
                rows.Compare("HC3 standard error", reference, robust, values);
            }
            else
            {
                rows.Count(reference, robust, values);
            }
        }

        for (int arm = 0; arm < 2; arm++)
        {
            string name = arm == 0 ? "Control" : "Active";
            Mean(rows, row, name + "EqualRiluzoleAtMean", fit.EqualMeans[arm], values);
            Mean(rows, row, name + "Proportional", fit.ProportionalMeans[arm], values);
        }

        for (int j = 0; j < coefficients.Length; j++)
        {
            double error = coefficients[j].Number("se");
            rows.Count(coefficients[j].Number("estimate"), fit.Coefficients[j].Estimate, values, error);
            rows.Count(error, fit.Coefficients[j].StandardError, values);
        }
    }

    private static void Mean(ValidationRows rows, ReferenceRow row, string column, Coefficient mean, Agreement values)
    {
        double se = row.Number("seLs" + column);
        rows.Count(row.Number("ls" + column), mean.Estimate, values, se);
        rows.Count(se, mean.StandardError, values);
    }

    private static (string, string) Key(ReferenceRow row) => (row.Text("dataset"), row.Text("model"));
}
