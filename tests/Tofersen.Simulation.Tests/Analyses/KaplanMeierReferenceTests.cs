using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>R's survfit; see ReferenceData/kaplan-meier/README.md.</summary>
[Category("Reference")]
public sealed class KaplanMeierReferenceTests
{
    private static IEnumerable<TestCaseData> Curves() => ReferenceFile.Cases("kaplan-meier", "medians", "dataset", "arm");

    private static IEnumerable<TestCaseData> Points() => ReferenceFile.Cases("kaplan-meier", "curves", "dataset", "arm", "time");

    private static IEnumerable<TestCaseData> Means() =>
        ReferenceFile.Cases("kaplan-meier", "restricted-means", "dataset", "arm", "horizon");

    [TestCaseSource(nameof(Curves))]
    public void Estimate_ReferenceData_GivesAPointForEachDistinctTime(object curve)
    {
        var row = (ReferenceRow)curve;
        double[] expected =
        [
            .. ReferenceFile.Read("kaplan-meier", "curves").Rows
                .Where(r => r.Text("dataset") == row.Text("dataset") && r.Text("arm") == row.Text("arm"))
                .Select(r => r.Number("time")),
        ];
        SurvivalCurve actual = Curve(row);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Points.Select(p => p.Time), Is.EqualTo(expected));
            Assert.That(actual.Points[0].AtRisk, Is.EqualTo(row.Count("n")));
            Assert.That(actual.Points.Sum(p => p.Events), Is.EqualTo(row.Count("events")));
        }
    }

    [TestCaseSource(nameof(Points))]
    public void Estimate_ReferenceData_GivesTheCurve(object expected)
    {
        var row = (ReferenceRow)expected;
        SurvivalCurve curve = Curve(row);
        SurvivalPoint point = curve.Points.Single(p => p.Time == row.Number("time"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(point.AtRisk, Is.EqualTo(row.Count("nRisk")));
            Assert.That(point.Events, Is.EqualTo(row.Count("nEvent")));
            Assert.That(point.Censored, Is.EqualTo(row.Count("nCensor")));
            Assert.That(point.Survival, Nearly.Equal(row.Number("survival"), 1e-11));
            Assert.That(point.StandardError, Nearly.Equal(row.Number("stdErr"), 1e-11));
            Assert.That(point.Lower, Nearly.Equal(row.Number("lower"), 1e-11));
            Assert.That(point.Upper, Nearly.Equal(row.Number("upper"), 1e-11));
            Assert.That(curve.At(point.Time), Is.EqualTo(point.Survival));
        }
    }

    [TestCaseSource(nameof(Curves))]
    public void Median_ReferenceData_EqualsThatOfSurvfit(object expected)
    {
        var row = (ReferenceRow)expected;
        SurvivalCurve curve = Curve(row);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(curve.Median, Nearly.Equal(row.Number("median"), 1e-14));
            Assert.That(curve.MedianLower, Nearly.Equal(row.Number("lower"), 1e-14));
            Assert.That(curve.MedianUpper, Nearly.Equal(row.Number("upper"), 1e-14));
        }
    }

    [TestCaseSource(nameof(Means))]
    public void RestrictedMean_ReferenceHorizon_EqualsTheAreaUnderTheCurve(object expected)
    {
        var row = (ReferenceRow)expected;
        (double mean, double standardError) = Curve(row).RestrictedMean(row.Number("horizon"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mean, Nearly.Equal(row.Number("mean"), 1e-11));
            Assert.That(standardError, Nearly.Equal(row.Number("se"), 1e-11));
        }
    }

    internal static SurvivalCurve Curve(ReferenceRow row)
    {
        ReferenceRow[] arm =
        [
            .. ReferenceFile.Read("kaplan-meier", row.Text("dataset")).Rows.Where(r => r.Text("arm") == row.Text("arm")),
        ];
        double[] times = [.. arm.Select(r => r.Number("time"))];
        bool[] events = [.. arm.Select(r => r.Count("event") == 1)];
        return KaplanMeier.Estimate(times, events);
    }
}
