using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Contrasts, slopes, Fieller's limits and time saved from R; see ReferenceData/delayed-start/README.md.</summary>
[Category("Reference")]
public sealed class DelayedStartReferenceTests
{
    private const double Tolerance = 1e-6;
    private const double ToleranceOfDegreesOfFreedom = 1e-4;

    private static readonly string[] Sets = ["gaps90", "worse60", "complete54"];
    private static readonly string[] Models = ["baseline*visit", "none"];

    [Test]
    public void Fit_ReferenceTrial_GivesContrastsAndTheirCovariance(
        [ValueSource(nameof(Sets))] string set, [ValueSource(nameof(Models))] string model)
    {
        TrialData data = Read(set).ToData();
        DelayedStartFit fit = DelayedStart(model).Fit(data);
        using (Assert.EnterMultipleScope())
        {
            AssertTest(fit.FirstDifference, Row(set, model, "first"));
            AssertTest(fit.SecondDifference, Row(set, model, "second"));
            AssertTest(fit.Retained, Row(set, model, "retained"));
            Assert.That(fit.Covariance, Nearly.Equal(Row(set, model, "covariance").Number("estimate"), Tolerance));
        }
    }

    [Test]
    public void Fit_ReferenceTrial_GivesFiellersLimits(
        [ValueSource(nameof(Sets))] string set, [ValueSource(nameof(Models))] string model)
    {
        RatioInterval ratio = DelayedStart(model).Fit(Read(set).ToData()).GapRetention;
        double lower = Row(set, model, "fiellerLower").Number("estimate");
        double upper = Row(set, model, "fiellerUpper").Number("estimate");
        double expected = Row(set, model, "second").Number("estimate") / Row(set, model, "first").Number("estimate");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ratio.Ratio, Nearly.Equal(expected, Tolerance));
            Assert.That(ratio.Kind == RatioIntervalKind.Bounded, Is.EqualTo(!double.IsNaN(lower)));
            if (ratio.Kind == RatioIntervalKind.Bounded)
            {
                // The limits hang on the degrees of freedom, which agree to 1e-4 only.
                Assert.That(ratio.Lower, Nearly.Equal(lower, 1e-5, 1));
                Assert.That(ratio.Upper, Nearly.Equal(upper, 1e-5, 1));
            }
        }
    }

    [Test]
    public void Fit_ReferenceTrial_GivesTheTimeSavedAndItsDeltaMethod(
        [ValueSource(nameof(Sets))] string set, [ValueSource(nameof(Models))] string model)
    {
        TimeSaved saved = DelayedStart(model).Fit(Read(set).ToData()).MonthsSaved;
        ReferenceRow row = Row(set, model, "monthsSaved");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(saved.Months, Nearly.Equal(row.Number("estimate"), Tolerance));
            Assert.That(saved.StandardError, Nearly.Equal(row.Number("se"), Tolerance));
            Assert.That(saved.Upper - saved.Months, Nearly.Equal(1.959963984540054 * row.Number("se"), Tolerance));
            Assert.That(saved.Months - saved.Lower, Nearly.Equal(1.959963984540054 * row.Number("se"), Tolerance));
        }
    }

    [Test]
    public void AdagioFit_ReferenceTrial_GivesSlopesOfLeastSquares(
        [ValueSource(nameof(Sets))] string set, [ValueSource(nameof(Models))] string model)
    {
        AdagioFit fit = Adagio(model).Fit(Read(set).ToData());
        ReferenceRow second = Row(set, model, "slopeSecond");
        double statistic = (second.Number("estimate") + 0.2) / second.Number("se");
        using (Assert.EnterMultipleScope())
        {
            AssertTest(fit.FirstSlope, Row(set, model, "slopeFirst"));
            AssertTest(fit.EndDifference, Row(set, model, "second"));
            Assert.That(fit.SecondSlope.Estimate, Nearly.Equal(second.Number("estimate"), Tolerance, second.Number("se")));
            Assert.That(fit.SecondSlope.StandardError, Nearly.Equal(second.Number("se"), Tolerance));
            Assert.That(fit.SecondSlope.DegreesOfFreedom, Nearly.Equal(second.Number("df"), ToleranceOfDegreesOfFreedom));
            Assert.That(fit.SecondSlope.Statistic, Nearly.Equal(statistic, Tolerance, 1));
            Assert.That(fit.SecondSlope.PValue, Nearly.Equal(second.Number("p"), 1e-4));
        }
    }

    internal static DelayedStartAnalysis DelayedStart(string model) =>
        new() { FirstWeek = 28, SecondWeek = 52, Covariates = CovariatesOf(model) };

    internal static AdagioAnalysis Adagio(string model) => new()
    {
        FirstFromWeek = 0,
        FirstToWeek = 28,
        SecondFromWeek = 28,
        SecondToWeek = 52,
        MarginPerMonth = 0.2,
        Covariates = CovariatesOf(model),
    };

    private static ValueList<string> CovariatesOf(string model) => model == "none" ? [] : [model];

    private static void AssertTest(AnalysisResult actual, ReferenceRow row)
    {
        double se = row.Number("se");
        double statistic = row.Number("estimate") / se;
        Assert.That(actual.Status, Is.EqualTo(AnalysisStatus.Converged));
        Assert.That(actual.Estimate, Nearly.Equal(row.Number("estimate"), Tolerance, se));
        Assert.That(actual.StandardError, Nearly.Equal(se, Tolerance));
        Assert.That(actual.DegreesOfFreedom, Nearly.Equal(row.Number("df"), ToleranceOfDegreesOfFreedom));
        Assert.That(actual.Statistic, Nearly.Equal(statistic, Tolerance, 1));
        Assert.That(actual.PValue, Nearly.Equal(row.Number("p"), 1e-4));
    }

    internal static ReferenceRow Row(string set, string model, string quantity) =>
        ReferenceFile.Read("delayed-start", "expected").Rows.Single(
            row => row.Text("dataset") == set && row.Text("model") == model && row.Text("quantity") == quantity);

    internal static PlainTrial Read(string set)
    {
        ReferenceRow[][] participants =
        [
            .. ReferenceFile.Read("delayed-start", set).Rows.GroupBy(row => row.Text("participant")).Select(rows => rows.ToArray()),
        ];
        double[][] scores = [.. participants.Select(rows => rows.Select(row => row.Number("score")).ToArray())];
        return new PlainTrial
        {
            VisitWeeks = [.. participants[0].Select(row => row.Number("week"))],
            Arms = [.. participants.Select(rows => (byte)rows[0].Count("arm"))],
            Scores = scores,
            Columns = [new PlainColumn("baseline", [], [.. scores.Select(s => s[0])])],
        };
    }
}
