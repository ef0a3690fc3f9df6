using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>R's survdiff; see ReferenceData/log-rank/README.md. There z is that of the active arm's observed − expected events, here it
/// is positive when the active arm does better.</summary>
[Category("Reference")]
public sealed class LogRankReferenceTests
{
    private static IEnumerable<TestCaseData> Tests() => ReferenceFile.Cases("log-rank", "expected", "dataset", "analysis");

    [TestCaseSource(nameof(Tests))]
    public void Fit_ReferenceTest_GivesItsParts(object test)
    {
        var row = (ReferenceRow)test;
        LogRankFit fit = Specification(row).Fit(Read(row.Text("dataset")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Test.Participants, Is.EqualTo(row.Count("nControl") + row.Count("nActive")));
            Assert.That(fit.ObservedControl, Is.EqualTo(row.Count("observedControl")));
            Assert.That(fit.ObservedActive, Is.EqualTo(row.Count("observedActive")));
            Assert.That(fit.ExpectedControl, Nearly.Equal(row.Number("expectedControl"), 1e-11));
            Assert.That(fit.ExpectedActive, Nearly.Equal(row.Number("expectedActive"), 1e-11));
            Assert.That(fit.Variance, Nearly.Equal(row.Number("variance"), 1e-11));
        }
    }

    [TestCaseSource(nameof(Tests))]
    public void Run_ReferenceTest_GivesStatisticAndOneStepHazardRatio(object test)
    {
        var row = (ReferenceRow)test;
        TrialData data = Read(row.Text("dataset"));
        AnalysisResult result = Specification(row).CreateWorker(data.Layout).Run(data);
        double z = row.Number("z");
        double variance = double.IsNaN(z) ? double.NaN : row.Number("variance");
        double difference = row.Number("observedActive") - row.Number("expectedActive");

        // R: qnorm(0.975)
        double margin = 1.959963984540054 / Math.Sqrt(variance);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                result.Status, Is.EqualTo(double.IsNaN(z) ? AnalysisStatus.NotEstimable : AnalysisStatus.Converged));
            Assert.That(result.Statistic, Nearly.Equal(-z, 1e-10));
            Assert.That(result.PValue, Nearly.Equal(row.Number("p"), 1e-9));
            Assert.That(result.Estimate, Nearly.Equal(difference / variance, 1e-10));
            Assert.That(result.StandardError, Nearly.Equal(1 / Math.Sqrt(variance), 1e-10));
            Assert.That(result.Lower, Nearly.Equal((difference / variance) - margin, 1e-10, margin));
            Assert.That(result.Upper, Nearly.Equal((difference / variance) + margin, 1e-10, margin));
        }
    }

    internal static LogRank Specification(ReferenceRow row) =>
        new() { StratifyBy = row.Text("analysis") == "stratified" ? ["stratum"] : [] };

    internal static TrialData Read(string name)
    {
        ReferenceFile file = ReferenceFile.Read("log-rank", name);
        PlainTrial trial = PlainTrial.OfTimes(
            [.. file.Numbers("arm").Select(arm => (byte)arm)],
            file.Numbers("time"),
            [.. file.Numbers("event").Select(e => e == 1 ? EventKind.Death : EventKind.OtherWithdrawal)]);
        trial.Columns = [PlainColumn.Factor("stratum", file.Texts("stratum"))];
        return trial.ToData();
    }
}
