using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Kaplan–Meier curves, medians, restricted means and piecewise hazards beside survfit, survRM2's formulas and
/// poisson.test.</summary>
internal static class SurvivalCurveValidation
{
    private const string Curves = "kaplan-meier";
    private const string Means = "restricted-mean";

    private static readonly Agreement Times = new("medians and other quantiles with their limits", 1e-14);

    private static readonly Agreement Values = new("survival, restricted means, hazards, standard errors, limits", 1e-10);

    private static readonly Agreement Probabilities = new("p values", 1e-9);

    internal static ValidationSection Section()
    {
        var section = new ValidationSection(
            "Kaplan–Meier, medians, restricted means, hazards", "survfit, survRM2's formulas and poisson.test", Curves, Means);
        foreach (ReferenceRow row in ReferenceFile.Read(Curves, "medians").Rows)
        {
            Curve(section.Of($"{row.Text("dataset")}, arm {row.Text("arm")}", row.Text("dataset") == "days228"), row);
        }

        foreach (ReferenceRow row in ReferenceFile.Read(Means, "quantiles").Rows)
        {
            (double[] times, bool[] events) = RestrictedMeanReferenceTests.Arm(row);
            SurvivalQuantile quantile = KaplanMeier.Estimate(times, events).Quantile(row.Number("probability"));
            ValidationRows rows = section.Of(row.Text("dataset"));
            rows.Count(row.Number("time"), quantile.Time, Times);
            rows.Count(row.Number("lower"), quantile.Lower, Times);
            rows.Count(row.Number("upper"), quantile.Upper, Times);
        }

        foreach (ReferenceRow row in ReferenceFile.Read(Means, "expected").Rows)
        {
            string horizon = row.Text("horizon");
            bool isShown = (row.Text("dataset"), horizon) is ("months150", "9") or ("days5000", "365.25");
            Difference(section.Of($"{row.Text("dataset")}, to {horizon}", isShown), row);
        }

        foreach (ReferenceRow row in ReferenceFile.Read(Means, "hazards").Rows)
        {
            (double[] times, bool[] events) = RestrictedMeanReferenceTests.Arm(row);
            HazardRate rate = PiecewiseHazard.Estimate(times, events, RestrictedMeanReferenceTests.Cuts(row))
                .Single(r => r.From == row.Number("from"));
            string interval = $"{row.Text("from")} to {row.Text("to")}";
            bool isShown = (row.Text("dataset"), row.Text("arm"), row.Text("from")) is ("months150", "1", "2");
            ValidationRows rows = section.Of($"{row.Text("dataset")}, arm {row.Text("arm")}, {interval}", isShown);
            rows.Compare("hazard", row.Number("rate"), rate.Rate, Values);
            rows.Compare("lower limit", row.Number("lower"), rate.Lower, Values);
            rows.Compare("upper limit", row.Number("upper"), rate.Upper, Values);
        }

        return section;
    }

    private static void Curve(ValidationRows rows, ReferenceRow row)
    {
        SurvivalCurve curve = KaplanMeierReferenceTests.Curve(row);
        rows.Compare("median", row.Number("median"), curve.Median, Times);
        rows.Compare("lower limit", row.Number("lower"), curve.MedianLower, Times);
        rows.Compare("upper limit", row.Number("upper"), curve.MedianUpper, Times);
        ReferenceRow[] points = [.. Of("curves")];
        for (int i = 0; i < points.Length; i++)
        {
            bool isMiddle = i == points.Length / 2;
            SurvivalPoint point = curve.Points.Single(p => p.Time == points[i].Number("time"));
            foreach ((string column, double ours) in (IEnumerable<(string, double)>)
                [("survival", point.Survival), ("stdErr", point.StandardError), ("lower", point.Lower), ("upper", point.Upper)])
            {
                if (isMiddle && column is "survival" or "stdErr")
                {
                    string quantity = column == "survival" ? "survival" : "its standard error";
                    rows.Compare($"{quantity} at {points[i].Text("time")}", points[i].Number(column), ours, Values);
                }
                else
                {
                    rows.Count(points[i].Number(column), ours, Values);
                }
            }
        }

        foreach (ReferenceRow area in Of("restricted-means"))
        {
            (double mean, double standardError) = curve.RestrictedMean(area.Number("horizon"));
            rows.Count(area.Number("mean"), mean, Values);
            rows.Count(area.Number("se"), standardError, Values);
        }

        IEnumerable<ReferenceRow> Of(string file) => ReferenceFile.Read(Curves, file).Rows
            .Where(r => r.Text("dataset") == row.Text("dataset") && r.Text("arm") == row.Text("arm"));
    }

    private static void Difference(ValidationRows rows, ReferenceRow row)
    {
        double scale = RestrictedMeanReferenceTests.TimeScale;
        RestrictedMeanFit fit = new RestrictedMeanSurvival { ThroughWeek = row.Number("horizon") }
            .Fit(RestrictedMeanReferenceTests.Read(row.Text("dataset")));
        double se = row.Number("se");
        rows.Compare("difference of restricted means", row.Number("difference"), fit.Difference.Estimate / scale, Values, se);
        rows.Compare("its standard error", se, fit.Difference.StandardError / scale, Values);
        rows.Count(row.Number("z"), fit.Difference.Statistic, Values, 1);
        rows.Compare("p", row.Number("p"), fit.Difference.PValue, Probabilities);
        if (!double.IsNaN(se))
        {
            rows.Count(row.Number("control"), fit.Control.Estimate / scale, Values);
            rows.Count(row.Number("controlSe"), fit.Control.StandardError / scale, Values);
            rows.Count(row.Number("active"), fit.Active.Estimate / scale, Values);
            rows.Count(row.Number("activeSe"), fit.Active.StandardError / scale, Values);
        }
    }
}
