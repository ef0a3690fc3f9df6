using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.RandomSlopes;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>lme4, lmerTest and pbkrtest; see ReferenceData/random-slopes/README.md.</summary>
[Category("Reference")]
public sealed class RandomSlopeReferenceTests
{
    private const string Folder = "random-slopes";

    private static readonly Dictionary<string, ReferenceFile> Files = [];

    private static readonly string[] NumberColumns = ["month", "score", "age", "dose"];

    private static readonly DegreesOfFreedomMethod[] Methods =
        [DegreesOfFreedomMethod.Satterthwaite, DegreesOfFreedomMethod.KenwardRogerLinear, DegreesOfFreedomMethod.Residual];

    private static IEnumerable<TestCaseData> Fits() => ReferenceFile.Cases(Folder, "fits", "dataset", "model", "estimation");

    [TestCaseSource(nameof(Fits))]
    public void Fit_ReferenceData_GivesTheReferenceFit(object fit)
    {
        var row = (ReferenceRow)fit;
        RandomSlopeEngine engine = Fit(row, DegreesOfFreedomMethod.Satterthwaite, out AnalysisStatus status);
        (double intercept, double covariance, double slope) = engine.RandomCovariance;
        bool singular = row.Number("theta1") == 0 || row.Number("theta3") == 0;
        double interceptVariance = row.Number("interceptVariance");
        double slopeVariance = row.Number("slopeVariance");
        double residual = row.Number("residualVariance");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(singular ? AnalysisStatus.Boundary : AnalysisStatus.Converged));
            Assert.That(engine.Boundary, Is.EqualTo(Boundary(row)));
            Assert.That(engine.Data.Rows, Is.EqualTo(row.Count("observations")));
            Assert.That(engine.Data.Participants, Is.EqualTo(row.Count("participants")));
            Assert.That(engine.MinusTwoLogLikelihood, Nearly.Equal(row.Number("criterion"), 1e-11));
            Assert.That(engine.GradientNorm, Is.LessThan(1e-5));
            Assert.That(engine.ResidualVariance, Nearly.Equal(residual, 1e-6));
            Assert.That(intercept, Nearly.Equal(interceptVariance, 1e-6, 1e-9 * residual));
            Assert.That(slope, Nearly.Equal(slopeVariance, 1e-6, 1e-9 * residual));
            Assert.That(
                covariance,
                Nearly.Equal(row.Number("covariance"), 1e-6, Math.Max(1e-9 * residual, Math.Sqrt(interceptVariance * slopeVariance))));
        }
    }

    [TestCaseSource(nameof(Fits))]
    public void Coefficients_ReferenceData_AreTheReferenceTests(object fit)
    {
        var row = (ReferenceRow)fit;
        foreach (DegreesOfFreedomMethod method in Methods)
        {
            RandomSlopeEngine engine = Fit(row, method, out _);
            int residual = engine.Data.Rows - engine.Data.Rank;
            foreach (ReferenceRow expected in Matching("coefficients", row))
            {
                bool adjusts = method == DegreesOfFreedomMethod.KenwardRogerLinear;
                if (adjusts && double.IsNaN(expected.Number("kenwardRogerSe")))
                {
                    continue;
                }

                double standardError = expected.Number(adjusts ? "kenwardRogerSe" : "se");
                double degreesOfFreedom = method switch
                {
                    DegreesOfFreedomMethod.Satterthwaite => expected.Number("satterthwaiteDf"),
                    DegreesOfFreedomMethod.Residual => residual,
                    _ => expected.Number("kenwardRogerDf"),
                };
                (double estimate, double error, double df) = engine.Coefficient(expected.Count("index") - 1);
                string message = $"{method} {expected.Text("coefficient")}";
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(estimate, Nearly.Equal(expected.Number("estimate"), 1e-6, standardError), message);
                    Assert.That(error, Nearly.Equal(standardError, 1e-6), message);
                    if (!double.IsNaN(degreesOfFreedom))
                    {
                        Assert.That(df, Nearly.Equal(degreesOfFreedom, 1e-4), message);
                    }

                    if (method == DegreesOfFreedomMethod.Satterthwaite && !double.IsNaN(degreesOfFreedom))
                    {
                        Assert.That(StudentT.TwoSidedP(estimate / error, df), Nearly.Equal(expected.Number("p"), 1e-6, 1e-6), message);
                    }
                }
            }
        }
    }

    [TestCaseSource(nameof(Fits))]
    public void Covariance_ReferenceData_IsThatOfTheReference(object fit)
    {
        var row = (ReferenceRow)fit;
        RandomSlopeEngine plain = Fit(row, DegreesOfFreedomMethod.Satterthwaite, out _);
        RandomSlopeEngine adjusted = Fit(row, DegreesOfFreedomMethod.KenwardRoger, out _);
        foreach (ReferenceRow expected in Matching("covariances", row))
        {
            int i = expected.Count("row") - 1;
            int j = expected.Count("column") - 1;
            using (Assert.EnterMultipleScope())
            {
                Check(plain, "covariance");
                if (!double.IsNaN(expected.Number("kenwardRoger")))
                {
                    Check(adjusted, "kenwardRoger");
                }
            }

            void Check(RandomSlopeEngine engine, string column)
            {
                double scale = Math.Sqrt(engine.Covariance(i, i) * engine.Covariance(j, j));
                Assert.That(engine.Covariance(i, j), Nearly.Equal(expected.Number(column), 1e-6, scale), $"{column} {i} {j}");
                Assert.That(engine.Covariance(j, i), Nearly.Equal(engine.Covariance(i, j), 1e-12, scale));
            }
        }
    }

    [TestCaseSource(nameof(Fits))]
    public void RandomEffects_ReferenceData_AreThoseOfTheReference(object fit)
    {
        var row = (ReferenceRow)fit;
        RandomSlopeEngine engine = Fit(row, DegreesOfFreedomMethod.Satterthwaite, out _);
        double interceptSd = Math.Sqrt(row.Number("interceptVariance"));
        double slopeSd = Math.Sqrt(row.Number("slopeVariance"));
        double sigma = Math.Sqrt(row.Number("residualVariance"));
        string[] participants = [.. Read(row.Text("dataset")).Select(rows => rows[0].Text("participant"))];
        foreach (ReferenceRow expected in Matching("effects", row))
        {
            int index = Array.IndexOf(participants, expected.Text("participant"));
            (double intercept, double slope) = engine.RandomEffects(index);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(intercept, Nearly.Equal(expected.Number("intercept"), 1e-6, interceptSd + (1e-3 * sigma)));
                Assert.That(slope, Nearly.Equal(expected.Number("slope"), 1e-6, slopeSd + (1e-3 * sigma)));
            }
        }
    }

    [TestCaseSource(nameof(Fits))]
    public void Model_ReferenceTrial_GivesTheReferenceTest(object fit)
    {
        var row = (ReferenceRow)fit;
        string model = row.Text("model");
        if (model is "time" or "dose")
        {
            return;
        }

        PlainTrial trial = Trial(row.Text("dataset"));
        TrialData data = trial.ToData();
        var analysis = new RandomSlopeModel
        {
            ThroughWeek = trial.VisitWeeks[^1],
            CommonBaseline = model is "common" or "covariates",
            Covariates = model switch { "covariates" => ["age", "site"], "interaction" => ["age*time", "site*time"], _ => [] },
            Estimation = Enum.Parse<LikelihoodEstimation>(row.Text("estimation")),
        };
        RandomSlopeFit result = analysis.Fit(data);
        ReferenceRow[] expected = [.. Matching("coefficients", row)];
        AnalysisResult slope = result.SlopeDifference;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Coefficients, Has.Count.EqualTo(expected.Length));
            Assert.That(result.Boundary, Is.EqualTo(Boundary(row)));
            Assert.That(slope.Status == AnalysisStatus.Converged, Is.EqualTo(result.Boundary == RandomSlopeBoundary.None));
            Assert.That(slope.Estimate, Nearly.Equal(expected[^1].Number("estimate"), 1e-6, expected[^1].Number("se")));
            Assert.That(slope.StandardError, Nearly.Equal(expected[^1].Number("se"), 1e-6));
            Assert.That(slope.PValue, Nearly.Equal(expected[^1].Number("p"), 1e-6, 1e-6));
            Assert.That(analysis.CreateWorker(data.Layout).Run(data), Is.EqualTo(slope));
            for (int k = 0; k < expected.Length; k++)
            {
                string name = expected[k].Text("coefficient").Replace("(Intercept)", "intercept").Replace("month", "time");
                Assert.That(result.Coefficients[k].Name, Is.EqualTo(name));
                Assert.That(
                    result.Coefficients[k].Estimate, Nearly.Equal(expected[k].Number("estimate"), 1e-6, expected[k].Number("se")));
            }
        }
    }

    // The dose varies within participants; rows in another order, so that the participants' rows lie apart.
    [TestCaseSource(nameof(Fits))]
    public void Table_ReferenceData_GivesTheReferenceFit(object fit)
    {
        var row = (ReferenceRow)fit;
        string model = row.Text("model");
        bool hasArm = model != "time";
        ReferenceRow[] rows = [.. ReferenceFile.Read(Folder, row.Text("dataset")).Rows.OrderByDescending(r => r.Number("month"))];
        AnalysisTable table = AnalysisTable.FromColumns(
        [
            TableColumn.OfTexts("id", [.. rows.Select(r => "S" + r.Text("participant"))]),
            TableColumn.OfTexts("arm", [.. rows.Select(r => r.Text("arm") == "1" ? "active" : "control")]),
            TableColumn.OfTexts("site", [.. rows.Select(r => r.Text("site"))]),
            .. NumberColumns.Select(name => TableColumn.OfNumbers(name, [.. rows.Select(r => r.Number(name))])),
        ]);
        foreach (DegreesOfFreedomMethod method in Methods.Take(row.Text("estimation") == "Reml" ? 2 : 1))
        {
            var analysis = new TableRandomSlope
            {
                Response = "score",
                Participant = "id",
                Time = "month",
                Arm = hasArm ? "arm" : null,
                Control = hasArm ? "control" : null,
                CommonBaseline = model is not ("arm" or "interaction"),
                Covariates = model switch
                {
                    "covariates" => ["age", "site"],
                    "interaction" => ["age*month", "site*month"],
                    "dose" => ["dose"],
                    _ => [],
                },
                Estimation = Enum.Parse<LikelihoodEstimation>(row.Text("estimation")),
                DegreesOfFreedom = method,
            };
            TableResult result = analysis.Analyse(table);
            ReferenceRow last = Matching("coefficients", row).Last();
            bool adjusts = method == DegreesOfFreedomMethod.KenwardRogerLinear;
            double se = last.Number(adjusts ? "kenwardRogerSe" : "se");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(result.Observations, Is.EqualTo(row.Count("observations")));
                Assert.That(result.Participants, Is.EqualTo(row.Count("participants")));
                Assert.That(result.Fit.MinusTwoLogLikelihood, Nearly.Equal(row.Number("criterion"), 1e-11));
                Assert.That(result.Fit.ResidualVariance, Nearly.Equal(row.Number("residualVariance"), 1e-6));
                Assert.That(
                    result.Fit.Covariance![1][1],
                    Nearly.Equal(row.Number("slopeVariance"), 1e-6, 1e-9 * row.Number("residualVariance")));
                Assert.That(result.Status == AnalysisStatus.Boundary, Is.EqualTo(Boundary(row) != RandomSlopeBoundary.None));
                Assert.That(result.Coefficients, Has.Count.EqualTo(Matching("coefficients", row).Count()));
                Assert.That(result.Estimates, Has.Count.EqualTo(hasArm ? 1 : 0));
                TableEstimate estimate = hasArm ? result.Estimates[0] : result.Coefficients[^1];
                Assert.That(estimate.Name, Is.EqualTo(hasArm ? "active - control" : "month"));
                Assert.That(estimate.Estimate, Nearly.Equal(last.Number("estimate"), 1e-6, last.Number("se")));
                if (!double.IsNaN(se))
                {
                    Assert.That(estimate.StandardError, Nearly.Equal(se, 1e-6));
                    Assert.That(
                        estimate.DegreesOfFreedom, Nearly.Equal(last.Number(adjusts ? "kenwardRogerDf" : "satterthwaiteDf"), 1e-4));
                }
            }
        }
    }

    private static RandomSlopeBoundary Boundary(ReferenceRow row) =>
        (row.Number("theta1"), row.Number("theta2"), row.Number("theta3")) switch
        {
            (0, 0, 0) => RandomSlopeBoundary.NoVariance,
            (0, _, 0) => RandomSlopeBoundary.NoInterceptVariance,
            (_, 0, 0) => RandomSlopeBoundary.NoSlopeVariance,
            (_, _, 0) => RandomSlopeBoundary.PerfectCorrelation,
            _ => RandomSlopeBoundary.None,
        };

    internal static IEnumerable<ReferenceRow> Matching(string file, ReferenceRow fit)
    {
        if (!Files.TryGetValue(file, out ReferenceFile? rows))
        {
            rows = ReferenceFile.Read(Folder, file);
            Files[file] = rows;
        }

        return rows.Rows.Where(r => r.Text("dataset") == fit.Text("dataset") && r.Text("model") == fit.Text("model")
            && r.Text("estimation") == fit.Text("estimation"));
    }

    internal static ReferenceRow[][] Read(string name) =>
        [.. ReferenceFile.Read(Folder, name).Rows.GroupBy(row => row.Text("participant")).Select(rows => rows.ToArray())];

    // The engine on the columns that make.R writes down, all of them given row by row.
    internal static RandomSlopeEngine Fit(ReferenceRow fit, DegreesOfFreedomMethod method, out AnalysisStatus status)
    {
        ReferenceRow[][] participants = Read(fit.Text("dataset"));
        ReferenceRow[] rows = [.. participants.SelectMany(p => p)];
        double[] ones = [.. rows.Select(_ => 1.0)];
        double[] month = [.. rows.Select(r => r.Number("month"))];
        double[] arm = [.. rows.Select(r => r.Number("arm"))];
        double[] age = [.. rows.Select(r => r.Number("age"))];
        double[][] site = [.. "bc".Select(s => rows.Select(r => r.Text("site")[0] == s ? 1.0 : 0).ToArray())];
        double[] dose = [.. rows.Select(r => r.Number("dose"))];
        double[] ByTime(double[] x) => [.. x.Zip(month, (a, t) => a * t)];
        double[][] columns = fit.Text("model") switch
        {
            "time" => [ones, month],
            "common" => [ones, month, ByTime(arm)],
            "arm" => [ones, month, arm, ByTime(arm)],
            "covariates" => [ones, month, age, .. site, ByTime(arm)],
            "interaction" => [ones, month, age, .. site, arm, ByTime(age), .. site.Select(ByTime), ByTime(arm)],
            "dose" => [ones, month, dose, ByTime(arm)],
            string other => throw new InvalidOperationException(other),
        };
        var engine = new RandomSlopeEngine(
            participants.Length,
            rows.Length,
            columns.Length,
            hasRowColumns: true,
            Enum.Parse<LikelihoodEstimation>(fit.Text("estimation")),
            method);
        engine.Data.Reset();
        foreach (ReferenceRow[] own in participants)
        {
            engine.Data.Add([.. own.Select(r => r.Number("month"))], [.. own.Select(r => r.Number("score"))]);
        }

        engine.Data.CloseParticipants();
        for (int c = 0; c < columns.Length; c++)
        {
            engine.Data.SetRowColumn(c, columns[c]);
        }

        engine.Data.Decompose();
        status = engine.Fit();
        return engine;
    }

    // Each participant's rows make the visits; the weeks of the layout only number them.
    private static PlainTrial Trial(string name)
    {
        ReferenceRow[][] participants = Read(name);
        int visits = participants.Max(rows => rows.Length);
        double[] Padded(ReferenceRow[] rows, string column, double missing) =>
            [.. rows.Select(row => row.Number(column)), .. Enumerable.Repeat(missing, visits - rows.Length)];
        return new PlainTrial
        {
            VisitWeeks = [.. Enumerable.Range(0, visits).Select(v => (double)v)],
            Arms = [.. participants.Select(rows => (byte)rows[0].Number("arm"))],
            Scores = [.. participants.Select(rows => Padded(rows, "score", double.NaN))],
            VisitMonths = [.. participants.Select(rows => Padded(rows, "month", 99))],
            Columns =
            [
                new PlainColumn("age", [], [.. participants.Select(rows => rows[0].Number("age"))]),
                PlainColumn.Factor("site", [.. participants.Select(rows => rows[0].Text("site"))]),
            ],
        };
    }
}
