using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>The log-rank test beside survdiff.</summary>
internal static class LogRankValidation
{
    private static readonly Agreement Values = new("expected events, variances, statistics", 1e-10);

    private static readonly Agreement Probabilities = new("p values", 1e-9);

    private static readonly (string, string)[] Shown =
        [("days228", "unstratified"), ("strata2x108", "stratified"), ("separated20", "unstratified")];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection("Log-rank test", "survdiff", "log-rank");
        foreach (ReferenceRow row in ReferenceFile.Read("log-rank", "expected").Rows)
        {
            (string data, string analysis) = (row.Text("dataset"), row.Text("analysis"));
            LogRankFit fit = LogRankReferenceTests.Specification(row).Fit(LogRankReferenceTests.Read(data));
            ValidationRows rows = section.Of($"{data}, {analysis}", Shown.Contains((data, analysis)));
            rows.Compare("observed events, active", row.Number("observedActive"), fit.ObservedActive, Agreement.Counts);
            rows.Count(row.Number("observedControl"), fit.ObservedControl, Agreement.Counts);
            rows.Compare("expected events, active", row.Number("expectedActive"), fit.ExpectedActive, Values);
            rows.Count(row.Number("expectedControl"), fit.ExpectedControl, Values);
            rows.Compare("variance", row.Number("variance"), fit.Variance, Values);

            // survdiff's z is that of observed − expected events, ours is positive in favour of treatment.
            rows.Compare("z in favour of treatment", -row.Number("z"), fit.Test.Statistic, Values);
            rows.Compare("p", row.Number("p"), fit.Test.PValue, Probabilities);
        }

        return section;
    }
}
