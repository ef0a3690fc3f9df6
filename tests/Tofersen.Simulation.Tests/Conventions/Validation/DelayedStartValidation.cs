using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Contrasts, slopes, retention of the gap and time saved in delayed-start trials beside R.</summary>
internal static class DelayedStartValidation
{
    private const string Folder = "delayed-start";

    private static readonly Agreement Values = new("differences, slopes, standard errors, months saved", 1e-6);

    private static readonly Agreement Degrees = new("degrees of freedom", 1e-4);

    private static readonly Agreement Probabilities = new("p values and Fieller's limits, which hang on the degrees of freedom", 1e-4);

    private static readonly (string, string)[] Shown = [("gaps90", "baseline*visit"), ("worse60", "none")];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection("Delayed start", "restricted likelihood maximised in R from nlme::gls, and lm", Folder);
        foreach (IGrouping<(string, string), ReferenceRow> group in ReferenceFile.Read(Folder, "expected").Rows
            .GroupBy(r => (r.Text("dataset"), r.Text("model"))))
        {
            (string set, string model) = group.Key;
            Compare(
                section.Of($"{set}, {model}", Shown.Contains(group.Key)),
                model,
                DelayedStartReferenceTests.Read(set).ToData(),
                quantity => DelayedStartReferenceTests.Row(set, model, quantity));
        }

        return section;
    }

    private static void Compare(ValidationRows rows, string model, TrialData data, Func<string, ReferenceRow> row)
    {
        DelayedStartFit fit = DelayedStartReferenceTests.DelayedStart(model).Fit(data);
        AdagioFit slopes = DelayedStartReferenceTests.Adagio(model).Fit(data);
        Test(rows, "Δ1, week 28", row("first"), fit.FirstDifference);
        Test(rows, "Δ2, week 52", row("second"), fit.SecondDifference);
        Test(rows, "Δ2 − Δ1/2", row("retained"), fit.Retained);
        Test(rows, "slope, first period", row("slopeFirst"), slopes.FirstSlope);
        Test(rows, "slope, second period", row("slopeSecond"), slopes.SecondSlope);
        rows.Count(row("covariance").Number("estimate"), fit.Covariance, Values);

        // Where the set is no interval, R has no limits and ours say so by their kind.
        if (fit.GapRetention.Kind == RatioIntervalKind.Bounded)
        {
            rows.Compare(
                "Δ2/Δ1, lower Fieller limit", row("fiellerLower").Number("estimate"), fit.GapRetention.Lower, Probabilities, 1);
            rows.Compare(
                "Δ2/Δ1, upper Fieller limit", row("fiellerUpper").Number("estimate"), fit.GapRetention.Upper, Probabilities, 1);
        }

        rows.Compare("months saved", row("monthsSaved").Number("estimate"), fit.MonthsSaved.Months, Values);
        rows.Compare("its standard error", row("monthsSaved").Number("se"), fit.MonthsSaved.StandardError, Values);
    }

    private static void Test(ValidationRows rows, string quantity, ReferenceRow row, AnalysisResult actual)
    {
        double se = row.Number("se");
        rows.Compare(quantity, row.Number("estimate"), actual.Estimate, Values, se);
        rows.Compare("its standard error", se, actual.StandardError, Values);
        rows.Count(row.Number("df"), actual.DegreesOfFreedom, Degrees);
        rows.Count(row.Number("p"), actual.PValue, Probabilities);
    }
}
