using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>The rank-preserving model written out in R; see ReferenceData/rank-preserving/README.md.</summary>
[Category("Reference")]
public sealed class RankPreservingReferenceTests
{
    private const string Folder = "rank-preserving";

    private static IEnumerable<TestCaseData> Models() =>
        ReferenceFile.Cases(Folder, "expected", "dataset", "test", "recensoring", "stratified");

    private static IEnumerable<TestCaseData> Statistics() =>
        ReferenceFile.Cases(Folder, "statistics", "dataset", "test", "recensoring", "stratified", "psi");

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceTrial_GivesPsiAndHazardRatio(object model)
    {
        var row = (ReferenceRow)model;
        TrialData data = Read(row.Text("dataset"));
        RankPreservingFailureTime analysis = Specification(row, data);
        RankPreservingFit fit = analysis.Fit(data);
        double lower = Limit(row, "lower");
        double upper = Limit(row, "upper");
        bool isBounded = double.IsFinite(lower) && double.IsFinite(upper);
        double ratio = row.Number("logHazardRatio");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(analysis.CreateWorker(data.Layout).Run(data), Is.EqualTo(fit.Psi));
            Assert.That(fit.Psi.Status, Is.EqualTo(isBounded ? AnalysisStatus.Converged : AnalysisStatus.Boundary));
            Assert.That(fit.Roots, Has.Count.EqualTo(row.Count("roots")));
            Assert.That(fit.Psi.Statistic, Nearly.Equal(row.Number("z"), 1e-8, 1));
            Assert.That(fit.Psi.PValue, Nearly.Equal(row.Number("p"), 1e-8));
            Assert.That(fit.Psi.Estimate, Nearly.Equal(row.Number("psi"), 1e-8, 1));
            Assert.That(fit.Psi.Lower, Nearly.Equal(lower, 1e-8, 1));
            Assert.That(fit.Psi.Upper, Nearly.Equal(upper, 1e-8, 1));
            Assert.That(fit.AccelerationFactor, Nearly.Equal(Math.Exp(-row.Number("psi")), 1e-7));
            Assert.That(fit.LogHazardRatio.Estimate, Nearly.Equal(ratio, 1e-7, row.Number("coxSe")));
            Assert.That(fit.CoxStandardError, Nearly.Equal(row.Number("coxSe"), 1e-7));
            Assert.That(fit.LogHazardRatio.StandardError, Nearly.Equal(Math.Abs(ratio / row.Number("z")), 1e-6));
            Assert.That(fit.LogHazardRatio.PValue, Is.EqualTo(fit.Psi.PValue));
            if (isBounded)
            {
                Assert.That(fit.Psi.StandardError, Nearly.Equal((upper - lower) / (2 * 1.959963984540054), 1e-7));
            }
        }
    }

    [TestCaseSource(nameof(Statistics))]
    public void Statistic_ReferencePsi_EqualsThatOfR(object expected)
    {
        var row = (ReferenceRow)expected;
        Assert.That(Engine(row).Statistic(row.Number("psi")), Nearly.Equal(row.Number("z"), 1e-8, 1));
    }

    internal static RankPreservingEngine Engine(ReferenceRow row)
    {
        ReferenceFile file = ReferenceFile.Read(Folder, row.Text("dataset"));
        bool isStratified = row.Count("stratified") == 1;
        var engine = new RankPreservingEngine(
            file.Rows.Count,
            2,
            Enum.Parse<RankPreservingTest>(row.Text("test")),
            Enum.Parse<Recensoring>(row.Text("recensoring")));
        foreach (ReferenceRow entry in file.Rows)
        {
            double time = entry.Number("time");
            int stratum = isStratified && entry.Text("stratum") == "slow" ? 1 : 0;
            engine.Add(new SwitchingEntry(
                new EventTime(time, entry.Count("event") == 1, stratum),
                entry.Number("treated") / time,
                entry.Count("arm") == 1,
                entry.Number("censoring")));
        }

        engine.FindSwitching();
        return engine;
    }

    internal static RankPreservingFailureTime Specification(ReferenceRow row, TrialData data) => new()
    {
        ThroughWeek = data.Layout.VisitWeeks[^1],
        Test = Enum.Parse<RankPreservingTest>(row.Text("test")),
        Recensoring = Enum.Parse<Recensoring>(row.Text("recensoring")),
        StratifyBy = row.Count("stratified") == 1 ? ["stratum"] : [],
    };

    internal static double Limit(ReferenceRow row, string column) =>
        row.Text(column) == "-Infinity" ? double.NegativeInfinity : row.Number(column);

    internal static TrialData Read(string name)
    {
        ReferenceFile file = ReferenceFile.Read(Folder, name);
        PlainTrial trial = PlainTrial.OfTimes(
            [.. file.Numbers("arm").Select(arm => (byte)arm)],
            file.Numbers("time"),
            [.. file.Numbers("event").Select(e => e == 1 ? EventKind.Death : EventKind.OtherWithdrawal)]);
        double end = file.Rows[0].Number("censoring");
        trial.VisitWeeks = [0, Simulation.Common.StudyTime.WeeksFromMonths(end)];
        trial.Columns = [PlainColumn.Factor("stratum", file.Texts("stratum"))];
        trial.Exposure =
        [
            .. file.Rows.Select(r => double.IsNaN(r.Number("start"))
                ? Array.Empty<ExposureInterval>()
                : [new ExposureInterval(r.Number("start"), r.Number("stop"))]),
        ];
        return trial.ToData();
    }
}
