using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>survRM2's formulas, quantiles of survfit and poisson.test in R; see ReferenceData/restricted-mean/README.md.</summary>
[Category("Reference")]
public sealed class RestrictedMeanReferenceTests
{
    private const string Folder = "restricted-mean";

    // Horizons are specified in weeks, so that the times, too, are taken as weeks.
    internal static double TimeScale { get; } = StudyTime.MonthsFromWeeks(1);

    private static IEnumerable<TestCaseData> Means() => ReferenceFile.Cases(Folder, "expected", "dataset", "horizon");

    private static IEnumerable<TestCaseData> Quantiles() =>
        ReferenceFile.Cases(Folder, "quantiles", "dataset", "arm", "probability");

    private static IEnumerable<TestCaseData> Hazards() => ReferenceFile.Cases(Folder, "hazards", "dataset", "arm", "from");

    [TestCaseSource(nameof(Means))]
    public void Run_ReferenceTrial_GivesMeansAndTest(object test)
    {
        var row = (ReferenceRow)test;
        double scale = TimeScale;
        TrialData data = Read(row.Text("dataset"));
        var analysis = new RestrictedMeanSurvival { ThroughWeek = row.Number("horizon") };
        RestrictedMeanFit fit = analysis.Fit(data);
        double se = row.Number("se") * scale;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(analysis.CreateWorker(data.Layout).Run(data), Is.EqualTo(fit.Difference));
            Assert.That(
                fit.Difference.Status, Is.EqualTo(double.IsNaN(se) ? AnalysisStatus.NotEstimable : AnalysisStatus.Converged));
            Assert.That(fit.Difference.Estimate, Nearly.Equal(row.Number("difference") * scale, 1e-10, se));
            Assert.That(fit.Difference.StandardError, Nearly.Equal(se, 1e-10));
            Assert.That(fit.Difference.Statistic, Nearly.Equal(row.Number("z"), 1e-10, 1));
            Assert.That(fit.Difference.PValue, Nearly.Equal(row.Number("p"), 1e-9));
            Assert.That(fit.Control.StandardError, IsOrNotDefined(row.Number("controlSe") * scale));
            Assert.That(fit.Active.StandardError, IsOrNotDefined(row.Number("activeSe") * scale));
            Assert.That(fit.Control.Estimate, IsOrNotDefined(row.Number("control") * scale));
            Assert.That(fit.Active.Estimate, IsOrNotDefined(row.Number("active") * scale));
        }
    }

    [TestCaseSource(nameof(Quantiles))]
    public void Quantile_ReferenceData_EqualsThatOfSurvfit(object expected)
    {
        var row = (ReferenceRow)expected;
        (double[] times, bool[] events) = Arm(row);
        SurvivalQuantile quantile = KaplanMeier.Estimate(times, events).Quantile(row.Number("probability"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(quantile.Time, Nearly.Equal(row.Number("time"), 1e-14));
            Assert.That(quantile.Lower, Nearly.Equal(row.Number("lower"), 1e-14));
            Assert.That(quantile.Upper, Nearly.Equal(row.Number("upper"), 1e-14));
        }
    }

    [TestCaseSource(nameof(Hazards))]
    public void PiecewiseHazard_ReferenceData_EqualsPoissonTest(object expected)
    {
        var row = (ReferenceRow)expected;
        (double[] times, bool[] events) = Arm(row);
        HazardRate rate = PiecewiseHazard.Estimate(times, events, Cuts(row)).Single(r => r.From == row.Number("from"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rate.To, Is.EqualTo(row.Number("to")));
            Assert.That(rate.Events, Is.EqualTo(row.Count("events")));
            Assert.That(rate.Exposure, Nearly.Equal(row.Number("exposure"), 1e-12, 1e-3));
            Assert.That(rate.Rate, Nearly.Equal(row.Number("rate"), 1e-12));
            Assert.That(rate.Lower, Nearly.Equal(row.Number("lower"), 1e-10));
            Assert.That(rate.Upper, Nearly.Equal(row.Number("upper"), 1e-10));
        }
    }

    internal static ValueList<double> Cuts(ReferenceRow row) => row.Text("dataset") == "days5000" ? [30, 100, 250] : [2, 5, 9];

    internal static TrialData Read(string name)
    {
        ReferenceFile file = ReferenceFile.Read(Folder, name);
        return PlainTrial.OfTimes(
            [.. file.Numbers("arm").Select(arm => (byte)arm)],
            [.. file.Numbers("time").Select(t => t * TimeScale)],
            [.. file.Numbers("event").Select(e => e == 1 ? EventKind.Death : EventKind.OtherWithdrawal)]).ToData();
    }

    // An arm that has a mean where the other has none keeps it.
    private static NUnit.Framework.Constraints.Constraint IsOrNotDefined(double expected) =>
        double.IsNaN(expected) ? Is.NaN.Or.Positive : Nearly.Equal(expected, 1e-10);

    internal static (double[] Times, bool[] Events) Arm(ReferenceRow row)
    {
        ReferenceRow[] arm =
        [
            .. ReferenceFile.Read(Folder, row.Text("dataset")).Rows.Where(r => r.Text("arm") == row.Text("arm")),
        ];
        return ([.. arm.Select(r => r.Number("time"))], [.. arm.Select(r => r.Count("event") == 1)]);
    }
}
