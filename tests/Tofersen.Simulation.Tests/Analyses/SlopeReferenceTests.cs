using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>R's lm for each participant and for the slopes; see ReferenceData/slopes/README.md.</summary>
[Category("Reference")]
public sealed class SlopeReferenceTests
{
    private static IEnumerable<TestCaseData> Analyses() =>
        ReferenceFile.Cases("slopes", "expected", "dataset", "minimumVisits", "model");

    private static IEnumerable<TestCaseData> Slopes() => ReferenceFile.Cases("slopes", "slopes", "dataset", "participant");

    [TestCaseSource(nameof(Analyses))]
    public void Run_ReferenceAnalysis_GivesTheTestOfTheArm(object analysis)
    {
        var row = (ReferenceRow)analysis;
        TrialData data = Read(row.Text("dataset")).ToData();
        var slopes = new SlopeAnalysis
        {
            ThroughWeek = data.Layout.VisitWeeks[^1],
            MinimumVisits = row.Count("minimumVisits"),
            Covariates = row.Text("model") == "arm" ? [] : ["stratum"],
        };
        AnalysisResult result = slopes.CreateWorker(data.Layout).Run(data);
        double se = row.Number("se");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(result.Participants, Is.EqualTo(row.Count("n")));
            Assert.That(result.DegreesOfFreedom, Is.EqualTo(row.Count("df")));
            Assert.That(result.Estimate, Nearly.Equal(row.Number("estimate"), 1e-10, se));
            Assert.That(result.StandardError, Nearly.Equal(se, 1e-10));
            Assert.That(result.Statistic, Nearly.Equal(row.Number("t"), 1e-10, 1));
            Assert.That(result.PValue, Nearly.Equal(row.Number("p"), 1e-10));
            Assert.That(result.Lower, Nearly.Equal(row.Number("lower"), 1e-10, se));
            Assert.That(result.Upper, Nearly.Equal(row.Number("upper"), 1e-10, se));
        }
    }

    [TestCaseSource(nameof(Slopes))]
    public void Slope_ReferenceParticipant_IsThatOfLeastSquares(object participant)
    {
        var row = (ReferenceRow)participant;
        PlainTrial trial = Read(row.Text("dataset"), row.Text("participant"));
        TrialData data = trial.ToData();
        var worker = new SlopeWorker(new SlopeAnalysis { ThroughWeek = data.Layout.VisitWeeks[^1] }, data.Layout);
        Assert.That(worker.Slope(data, 0), Nearly.Equal(row.Number("slope"), 1e-10, 1e-3));
    }

    // Each participant's rows in order of time make the visits; the weeks of the layout only number them.
    internal static PlainTrial Read(string name, string? onlyParticipant = null)
    {
        ReferenceRow[][] participants =
        [
            .. ReferenceFile.Read("slopes", name).Rows
                .Where(row => onlyParticipant is null || row.Text("participant") == onlyParticipant)
                .GroupBy(row => row.Text("participant"))
                .Select(rows => rows.OrderBy(row => row.Number("month")).ToArray()),
        ];
        int visits = Math.Max(2, participants.Max(rows => rows.Length));
        ReferenceRow?[][] padded = [.. participants.Select(rows => (ReferenceRow?[])[.. rows, .. new ReferenceRow?[visits - rows.Length]])];
        return new PlainTrial
        {
            VisitWeeks = [.. Enumerable.Range(0, visits).Select(v => (double)v)],
            Arms = [.. participants.Select(rows => (byte)rows[0].Number("arm"))],
            Scores = [.. padded.Select(rows => rows.Select(row => row?.Number("score") ?? double.NaN).ToArray())],
            VisitMonths = [.. padded.Select(rows => rows.Select(row => row?.Number("month") ?? 99).ToArray())],
            Columns = [PlainColumn.Factor("stratum", [.. participants.Select(rows => rows[0].Text("stratum"))])],
        };
    }
}
