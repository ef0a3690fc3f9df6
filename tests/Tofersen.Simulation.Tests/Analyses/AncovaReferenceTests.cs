using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>R's lm, emmeans and robust variances; see ReferenceData/ancova/README.md.</summary>
[Category("Reference")]
public sealed class AncovaReferenceTests
{
    private static readonly string[] Factors = ["stratum", "sex"];
    private static readonly Dictionary<string, TrialData> Trials = [];

    private static IEnumerable<TestCaseData> Models() => ReferenceFile.Cases("ancova", "expected", "dataset", "model");

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceModel_GivesTheTestOfTheArm(object model)
    {
        var row = (ReferenceRow)model;
        double tolerance = Tolerance(row);
        AncovaFit fit = Fit(row, RobustVariance.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Arm.Participants, Is.EqualTo(row.Count("n")));
            Assert.That(fit.Coefficients, Has.Count.EqualTo(row.Count("columns")));
            Assert.That(fit.Coefficients.Count(c => !double.IsNaN(c.Estimate)), Is.EqualTo(row.Count("rank")));
            Assert.That(fit.DegreesOfFreedom, Is.EqualTo(row.Count("df")));
            Assert.That(fit.ResidualSd, Nearly.Equal(row.Number("sigma"), tolerance));
            Assert.That(fit.Arm.Status, Is.EqualTo(ExpectedStatus(row)));
            Assert.That(fit.Arm.Estimate, Nearly.Equal(row.Number("estimate"), tolerance, row.Number("se")));
            Assert.That(fit.Arm.StandardError, Nearly.Equal(row.Number("se"), tolerance));
            Assert.That(fit.Arm.Statistic, Nearly.Equal(row.Number("t"), tolerance, 1));
            Assert.That(fit.Arm.PValue, Nearly.Equal(row.Number("p"), 1e-6));
            Assert.That(fit.Arm.Lower, Nearly.Equal(row.Number("lower"), tolerance, row.Number("se")));
            Assert.That(fit.Arm.Upper, Nearly.Equal(row.Number("upper"), tolerance, row.Number("se")));
            Assert.That(
                fit.Arm.DegreesOfFreedom,
                fit.Arm.IsUsable ? Is.EqualTo(row.Number("df")) : Is.NaN);
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceModel_GivesTheLeastSquaresMeans(object model)
    {
        var row = (ReferenceRow)model;
        AncovaFit fit = Fit(row, RobustVariance.None);
        using (Assert.EnterMultipleScope())
        {
            for (int arm = 0; arm < 2; arm++)
            {
                string name = arm == 0 ? "Control" : "Active";
                Compare(row, fit.EqualMeans[arm], $"s{name}EqualRiluzoleAtMean");
                Compare(row, fit.ProportionalMeans[arm], $"s{name}Proportional");
                Assert.That(fit.EqualMeans[arm].Name, Is.EqualTo(arm == 0 ? "control" : "active"));
            }
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceModel_GivesAllCoefficients(object model)
    {
        var row = (ReferenceRow)model;
        ReferenceRow[] expected =
        [
            .. ReferenceFile.Read("ancova", "coefficients").Rows
                .Where(r => r.Text("dataset") == row.Text("dataset") && r.Text("model") == row.Text("model")),
        ];
        AncovaFit fit = Fit(row, RobustVariance.None);
        double tolerance = Tolerance(row);
        Assert.That(fit.Coefficients, Has.Count.EqualTo(expected.Length));
        using (Assert.EnterMultipleScope())
        {
            for (int j = 0; j < expected.Length; j++)
            {
                double se = expected[j].Number("se");
                Assert.That(fit.Coefficients[j].Name, Is.EqualTo(expected[j].Text("term")));
                Assert.That(fit.Coefficients[j].Estimate, Nearly.Equal(expected[j].Number("estimate"), tolerance, se));
                Assert.That(fit.Coefficients[j].StandardError, Nearly.Equal(se, tolerance));
            }
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Fit_ReferenceModel_GivesRobustStandardErrors(object model)
    {
        var row = (ReferenceRow)model;
        using (Assert.EnterMultipleScope())
        {
            foreach (RobustVariance variance in Enum.GetValues<RobustVariance>().Where(v => v != RobustVariance.None))
            {
                AncovaFit fit = Fit(row, variance);
                double expected = row.Number(variance.ToString().ToLowerInvariant());
                Assert.That(fit.Arm.Status, Is.EqualTo(ExpectedStatus(row)));
                Assert.That(fit.Arm.StandardError, Nearly.Equal(expected, Tolerance(row)), variance.ToString());
                Assert.That(
                    fit.Arm.Statistic, Nearly.Equal(row.Number("estimate") / expected, Tolerance(row), 1), variance.ToString());
            }
        }
    }

    [TestCaseSource(nameof(Models))]
    public void Run_ReferenceModel_EqualsFit(object model)
    {
        var row = (ReferenceRow)model;
        TrialData data = Trial(row.Text("dataset"));
        Ancova ancova = Specification(row, RobustVariance.HC3);
        Assert.That(ancova.CreateWorker(data.Layout).Run(data), Is.EqualTo(ancova.Fit(data).Arm));
    }

    private static void Compare(ReferenceRow row, Coefficient mean, string column)
    {
        // Columns: lsControl… and seLsControl….
        double se = row.Number("seL" + column);
        Assert.That(mean.Estimate, Nearly.Equal(row.Number("l" + column), Tolerance(row), se), column);
        Assert.That(mean.StandardError, Nearly.Equal(se, Tolerance(row)), column);
    }

    // Days near 738,000 and years near 2000 that differ in the sixth digit: condition numbers up to 1e7.
    private static double Tolerance(ReferenceRow row) => row.Text("model").Contains("enrolment", StringComparison.Ordinal) ? 1e-6 : 1e-9;

    private static AnalysisStatus ExpectedStatus(ReferenceRow row) =>
        double.IsNaN(row.Number("estimate")) ? AnalysisStatus.NotEstimable : AnalysisStatus.Converged;

    internal static AncovaFit Fit(ReferenceRow row, RobustVariance variance) =>
        Specification(row, variance).Fit(Trial(row.Text("dataset")));

    private static Ancova Specification(ReferenceRow row, RobustVariance variance)
    {
        string model = row.Text("model");
        return new Ancova { Week = 28, Covariates = model == "none" ? [] : [.. model.Split('+')], Variance = variance };
    }

    private static TrialData Trial(string name)
    {
        lock (Trials)
        {
            if (!Trials.TryGetValue(name, out TrialData? data))
            {
                data = Read(name).ToData();
                Trials.Add(name, data);
            }

            return data;
        }
    }

    private static PlainTrial Read(string name)
    {
        ReferenceFile file = ReferenceFile.Read("ancova", name);
        PlainTrial trial = PlainTrial.OfChanges([.. file.Numbers("arm").Select(arm => (byte)arm)], file.Numbers("change"));
        trial.Columns =
        [
            .. file.Columns.Except(["participant", "arm", "change"]).Select(column => Factors.Contains(column)
                ? PlainColumn.Factor(column, file.Texts(column))
                : new PlainColumn(column, [], file.Numbers(column))),
        ];
        return trial;
    }
}
