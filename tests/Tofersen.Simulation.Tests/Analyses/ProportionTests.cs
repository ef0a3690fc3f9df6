using System.Globalization;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class ProportionTests
{
    private const int TrialsPerSeed = 150;

    private static readonly ResponderAnalysis Responders = new() { Week = 28, Threshold = -4 };

    /// <summary>As printed by Newcombe 1998, table II, method 10.</summary>
    internal static (string Name, string Lower, string Upper)[] NewcombesIntervals { get; } =
    [
        ("newcombeA", "0.0524", "0.3339"),
        ("newcombeB", "0.1705", "0.8090"),
        ("newcombeC", "0.0582", "0.8062"),
        ("newcombeD", "-0.0381", "0.1926"),
        ("newcombeG", "0.6791", "1.0000"),
        ("newcombeH", "0.6075", "1.0000"),
    ];

    private static IEnumerable<TestCaseData> NewcombesCases() => NewcombesIntervals.Select(i => new TestCaseData(
        i.Name, double.Parse(i.Lower, CultureInfo.InvariantCulture), double.Parse(i.Upper, CultureInfo.InvariantCulture)));

    private static IEnumerable<TestCaseData> References() => ReferenceFile.Cases("proportions", "expected", "dataset");

    [TestCaseSource(nameof(References))]
    [Category("Reference")]
    public void Fit_Tables_MatchesReference(object item)
    {
        var row = (ReferenceRow)item;
        TrialData data = ReadTables(row.Text("dataset"));
        ResponderAnalysis analysis = Responders with { StratifyBy = ["table"] };
        ProportionFit fit = analysis.Fit(data);
        double chiSquare = row.Number("chiSquare");
        bool isBoundary = row.Number("sato") == 0;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.ChiSquare, Nearly.Equal(chiSquare, 1e-12, 1e-3));
            Assert.That(
                (analysis with { ContinuityCorrection = true }).Fit(data).ChiSquare,
                Nearly.Equal(row.Number("chiSquareCorrected"), 1e-12, 1e-3));
            Assert.That(
                fit.Test.Status,
                Is.EqualTo(double.IsNaN(chiSquare) ? AnalysisStatus.NotEstimable
                    : isBoundary ? AnalysisStatus.Boundary : AnalysisStatus.Converged));
            if (fit.Test.IsUsable)
            {
                Assert.That(fit.Test.Estimate, Nearly.Equal(row.Number("difference"), 1e-12, 1e-3));
                Assert.That(fit.Test.StandardError, Nearly.Equal(Math.Sqrt(row.Number("sato")), 1e-10));
                Assert.That(fit.Test.Statistic, Nearly.Equal(Math.CopySign(Math.Sqrt(chiSquare), fit.Test.Estimate), 1e-12, 1e-3));
                Assert.That(fit.Test.Lower, Nearly.Equal(row.Number("lower"), 1e-8, 1e-2));
                Assert.That(fit.Test.Upper, Nearly.Equal(row.Number("upper"), 1e-8, 1e-2));
            }

            bool hasOdds = !double.IsNaN(row.Number("logOddsRatio"));
            Assert.That(fit.LogOddsRatio.IsUsable, Is.EqualTo(hasOdds));
            Assert.That(fit.LogOddsRatio.Estimate, Nearly.Equal(row.Number("logOddsRatio"), 1e-10, 1e-3));
            Assert.That(fit.LogOddsRatio.StandardError, Nearly.Equal(row.Number("logOddsRatioSe"), 1e-8));
        }
    }

    [TestCaseSource(nameof(NewcombesCases))]
    public void Fit_NewcombesExamples_GivesThePrintedIntervals(string name, double lower, double upper)
    {
        AnalysisResult result = Responders.Fit(ReadTables(name)).Test;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Lower, Is.EqualTo(lower).Within(5.1e-5));
            Assert.That(result.Upper, Is.EqualTo(upper).Within(5.1e-5));
        }
    }

    // Alive at −3 and −5, missing alive, dead: a responder, one who is not, and two without an outcome.
    [TestCase(MissingOutcome.CountsAsNo, 4)]
    [TestCase(MissingOutcome.Excluded, 2)]
    public void Responders_WithoutAScore_CountAsNoOrAreLeftOut(MissingOutcome missing, int participants)
    {
        PlainTrial trial = PlainTrial.OfTimes(
            [1, 1, 1, 1, 0, 0], [7, 7, 7, 3, 7, 7], [0, 0, 0, EventKind.Death, 0, 0]);
        trial.Scores = [[40, 36], [40, 35], [40, double.NaN], [40, double.NaN], [40, 30], [40, 39]];
        ProportionFit fit = (Responders with { Missing = missing }).Fit(trial.ToData());
        Assert.That(
            (fit.ActiveParticipants, fit.ActiveCount, fit.ControlParticipants, fit.ControlCount), Is.EqualTo((participants, 1, 2, 1)));
    }

    // Week 20 is month 4.6: death before, death after, left before, ventilated before.
    [TestCase(MissingOutcome.CountsAsNo, 4)]
    [TestCase(MissingOutcome.Excluded, 3)]
    public void Events_FollowUpThatEndedEarlier_CountsAsNoOrIsLeftOut(MissingOutcome missing, int participants)
    {
        PlainTrial trial = PlainTrial.OfTimes(
            [1, 1, 1, 1, 0],
            [4, 5, 4, 4, 6.5],
            [EventKind.Death, EventKind.Death, EventKind.OtherWithdrawal, EventKind.PermanentVentilation, 0]);
        ProportionFit fit = new EventProportion { ThroughWeek = 20, Missing = missing }.Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That((fit.ActiveParticipants, fit.ActiveCount), Is.EqualTo((participants, 2)));
            Assert.That(fit.Test.Estimate, Is.Positive);
            Assert.That(fit.Test.Statistic, Is.Negative, "more events do not favour treatment");
            Assert.That(fit.LogOddsRatio.IsUsable, Is.False);
        }
    }

    [Test]
    public void Proportions_RandomTrials_EqualPlain([Range(1, 20)] int seed)
    {
        for (int t = 0; t < TrialsPerSeed; t++)
        {
            string message = FormattableString.Invariant($"random trial {(seed * 1000) + t}");
            var random = new Random((seed * 1000) + t);
            PlainTrial trial = RandomTrial.Draw(random);
            int visit = random.Next(1, trial.VisitWeeks.Length);
            var missing = (MissingOutcome)random.Next(2);
            string[] factors = RandomTrial.Some(random, ["site", "stratum"]);
            string[] strata = RandomTrial.Strata(random);
            bool corrects = random.Next(2) == 0;
            double threshold = random.Next(-8, 2);
            bool isResponse = random.Next(2) == 0;
            TrialData data = trial.ToData();
            ProportionFit fit = isResponse
                ? new ResponderAnalysis
                {
                    Week = trial.VisitWeeks[visit],
                    Threshold = threshold,
                    Missing = missing,
                    StratifyBy = [.. factors],
                    ContinuityCorrection = corrects,
                    Strata = [.. strata],
                }.Fit(data)
                : new EventProportion
                {
                    ThroughWeek = trial.VisitWeeks[visit],
                    Missing = missing,
                    StratifyBy = [.. factors],
                    ContinuityCorrection = corrects,
                    Strata = [.. strata],
                }.Fit(data);
            double months = StudyTime.MonthsFromWeeks(trial.VisitWeeks[visit]);
            bool? Outcome(int p)
            {
                double change = trial.Scores[p][visit] - trial.Scores[p][0];
                bool isEvent = trial.Ends![p] is EventKind.Death or EventKind.PermanentVentilation;
                return isResponse ? (double.IsNaN(change) ? null : change >= threshold)
                    : trial.FollowUpMonths![p] <= months && isEvent ? true
                    : trial.FollowUpMonths[p] >= months ? false : null;
            }

            var plain = new PlainProportions(
                Enumerable.Range(0, trial.Participants)
                    .Where(p => PlainAncova.Counts(trial, p, factors, strata))
                    .Where(p => Outcome(p) is not null || missing == MissingOutcome.CountsAsNo)
                    .Select(p => (
                        string.Join('/', factors.Select(f => trial.Columns.Single(c => c.Name == f).Values[p])),
                        (int)trial.Arms[p],
                        Outcome(p) == true)));
            Check(plain, fit, corrects, isResponse ? 1 : -1, message);
        }
    }

    private static void Check(PlainProportions plain, ProportionFit fit, bool corrects, int sign, string message)
    {
        double root = plain.SignedRoot(corrects);
        (double lower, double upper) = plain.Interval();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Test.Participants, Is.EqualTo(plain.Participants), message);
            Assert.That(fit.Test.IsUsable, Is.EqualTo(!double.IsNaN(root)), message);
            Assert.That(fit.Test.Statistic, Nearly.Equal(sign * root, 1e-9, 1), message);
            if (fit.Test.IsUsable)
            {
                Assert.That(fit.Test.Estimate, Nearly.Equal(plain.Difference, 1e-10, 1), message);
                Assert.That(fit.Test.Lower, Nearly.Equal(Math.Max(-1, lower), 1e-8, 1), message);
                Assert.That(fit.Test.Upper, Nearly.Equal(Math.Min(1, upper), 1e-8, 1), message);
                Assert.That(fit.Test.PValue, Nearly.Equal(PlainTail.TwoSidedP(root, double.PositiveInfinity), 1e-9, 1e-3), message);
            }
        }
    }

    internal static TrialData ReadTables(string dataset)
    {
        List<byte> arms = [];
        List<double> changes = [];
        List<string> strata = [];
        foreach (ReferenceRow row in ReferenceFile.Read("proportions", "counts").Rows.Where(r => r.Text("dataset") == dataset))
        {
            foreach ((string column, byte arm, double change) in
                ((string, byte, double)[])[("x1", 1, -4), ("y1", 1, -5), ("x0", 0, 0), ("y0", 0, -30)])
            {
                for (int i = 0; i < row.Count(column); i++)
                {
                    arms.Add(arm);
                    changes.Add(change);
                    strata.Add(row.Text("stratum"));
                }
            }
        }

        PlainTrial trial = PlainTrial.OfChanges([.. arms], [.. changes]);
        trial.Columns = [PlainColumn.Factor("table", [.. strata])];
        return trial.ToData();
    }
}
