using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>The distribution of the effect over imputations against other programs with other random numbers; see
/// ReferenceData/imputation/README.md. Each comparison fails by chance about once in a million times.</summary>
[Category("Reference")]
[Category("Statistical")]
public sealed class ImputationReferenceTests
{
    private const int Imputations = 10_000;
    private const string Visits = "12345";

    private static readonly TrialData Monotone = Read("monotone150");
    private static readonly TrialData Gaps = Read("gaps120");

    private static IEnumerable<TestCaseData> MonotoneCases() =>
        ReferenceFile.Cases("imputation", "monotone-expected", "rule", "byArm", "delta", "sequential");

    private static IEnumerable<TestCaseData> ChainedCases() => ReferenceFile.Cases("imputation", "chained-expected", "byArm");

    // The limit is exact: the mean over all imputations, from the regressions in R.
    [TestCaseSource(nameof(MonotoneCases))]
    public void Fit_ManyImputations_HasTheMeanAndVariancesOfR(object expected)
    {
        var row = (ReferenceRow)expected;
        var imputation = new MultipleImputation
        {
            Imputations = Imputations,
            Predictors = ["baseline", "riluzole"],
            ByArm = row.Text("byArm") == "true",
            Reference = Enum.Parse<ReferenceBasedImputation>(row.Text("rule"), ignoreCase: true),
            ActiveDelta = row.Number("delta"),
            DeltaAdjustment = row.Text("sequential") == "true" ? DeltaAdjustment.Sequential : DeltaAdjustment.Constant,
            Seed = (int)FalseAlarm.Seed(171),
        };
        Compare(Fit(imputation, Monotone), row, row.Number("limit"), meanError: 0);
    }

    [TestCaseSource(nameof(ChainedCases))]
    public void Fit_ChainedEquations_HasTheMeanAndVariancesOfMice(object expected)
    {
        var row = (ReferenceRow)expected;
        var imputation = new MultipleImputation
        {
            Imputations = Imputations,
            Method = ImputationMethod.Chained,
            Predictors = ["baseline", "riluzole"],
            ByArm = row.Text("byArm") == "true",
            Seed = (int)FalseAlarm.Seed(173),
        };
        Compare(
            Fit(imputation, Gaps), row, row.Number("estimate"), Math.Sqrt(row.Number("between") / row.Number("draws")));
    }

    private static void Compare(AncovaWithImputationFit fit, ReferenceRow row, double mean, double meanError)
    {
        RubinPooling pooling = fit.Pooling!.Value;
        double draws = row.Number("draws");
        double ownShare = draws / Imputations;
        double between = row.Number("between");

        // Errors of both programs; the reference's own give the size of ours.
        double meanLimit = Math.Sqrt((between / Imputations) + (meanError * meanError));
        double withinLimit = row.Number("withinSd") / Math.Sqrt(draws) * Math.Sqrt(1 + ownShare);
        double betweenLimit = row.Number("betweenError") * Math.Sqrt(1 + ownShare);
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"standard errors off: mean {(pooling.Estimate - mean) / meanLimit:F2}, ")
            + FormattableString.Invariant($"within {(pooling.WithinVariance - row.Number("within")) / withinLimit:F2}, ")
            + FormattableString.Invariant($"between {(pooling.BetweenVariance - between) / betweenLimit:F2}"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pooling.Estimate, Is.EqualTo(mean).Within(FalseAlarm.StandardErrors * meanLimit));
            Assert.That(
                pooling.WithinVariance, Is.EqualTo(row.Number("within")).Within(FalseAlarm.StandardErrors * withinLimit));
            Assert.That(pooling.BetweenVariance, Is.EqualTo(between).Within(FalseAlarm.StandardErrors * betweenLimit));
        }
    }

    private static AncovaWithImputationFit Fit(MultipleImputation imputation, TrialData data) =>
        new AncovaWithImputation { Week = 20, Covariates = ["baseline", "riluzole"], Imputation = imputation }.Fit(data);

    private static TrialData Read(string name)
    {
        ReferenceFile file = ReferenceFile.Read("imputation", name);
        return new PlainTrial
        {
            VisitWeeks = [0, 4, 8, 12, 16, 20],
            Arms = [.. file.Numbers("arm").Select(arm => (byte)arm)],
            Scores = [.. file.Rows.Select(r => Visits.Select(v => r.Number("v" + v)).Prepend(r.Number("baseline")).ToArray())],
            Columns =
            [
                new PlainColumn("baseline", [], file.Numbers("baseline")), new PlainColumn("riluzole", [], file.Numbers("riluzole")),
            ],
        }.ToData();
    }
}
