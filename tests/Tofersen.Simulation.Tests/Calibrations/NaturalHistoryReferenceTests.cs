using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>Against lme4 and against a likelihood that R integrates and maximises.</summary>
[Category("Reference")]
public sealed class NaturalHistoryReferenceTests
{
    private static IEnumerable<TestCaseData> Fits =>
        ReferenceFile.Cases(NaturalHistoryRows.Folder, "expected", "dataset", "rates", "parameter");

    // Estimates within a millionth of a standard error; standard errors to the digits of Richardson's second derivatives.
    [TestCaseSource(nameof(Fits))]
    public void Fit_ReferenceData_EqualsR(object reference)
    {
        var row = (ReferenceRow)reference;
        StratumFit fit = Fit(row.Text("dataset"), Enum.Parse<RateModel>(row.Text("rates")));
        Assert.That(fit.Status, Is.EqualTo(AnalysisStatus.Converged));
        if (row.Text("parameter") == "minusTwoLogLikelihood")
        {
            Assert.That(fit.MinusTwoLogLikelihood, Nearly.Equal(row.Number("estimate"), 1e-9));
            return;
        }

        NaturalHistoryEstimate estimate = row.Text("parameter") switch
        {
            "baselineMean" => fit.BaselineMean,
            "baselineSd" => fit.BaselineSd,
            "rateMean" => fit.RateMean,
            "rateSd" => fit.RateSd,
            "logRateMean" => fit.LogRateMean,
            "logRateSd" => fit.LogRateSd,
            "correlation" => fit.Correlation,
            "residualSd" => fit.ResidualSd,
            string other => throw new InvalidOperationException(other),
        };
        Assert.That(estimate.Value, Is.EqualTo(row.Number("estimate")).Within(1e-5 * row.Number("se")));
        Assert.That(estimate.StandardError, Nearly.Equal(row.Number("se"), 1e-5));
    }

    // survreg's interval-censored exponential model.
    [TestCaseSource(nameof(Hazards))]
    public void Dropout_FromLastVisits_EqualsSurvreg(object reference)
    {
        var row = (ReferenceRow)reference;
        NaturalHistoryFit fit = new NaturalHistoryFitter { Rates = RateModel.Normal }
            .Fit(NaturalHistoryRows.Reference(row.Text("dataset")).Data);
        DropoutFit dropout = fit.Dropout.Single();
        Assert.That(fit.DropoutBasis, Is.EqualTo(DropoutBasis.LastVisit));
        Assert.That(dropout.Events, Is.EqualTo(row.Count("events")));
        Assert.That(dropout.PerWeek.Value, Nearly.Equal(row.Number("rate"), 1e-7));
        Assert.That(dropout.PerWeek.StandardError, Nearly.Equal(row.Number("se"), 1e-6));
    }

    private static IEnumerable<TestCaseData> Hazards => ReferenceFile.Cases(NaturalHistoryRows.Folder, "hazards", "dataset");

    private static StratumFit Fit(string name, RateModel rates) =>
        new NaturalHistoryFitter { Rates = rates }.Fit(NaturalHistoryRows.Reference(name).Data).Strata.Single();
}
