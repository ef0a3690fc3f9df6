using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Rubin's rules against a worked example and against <c>pool</c> of the R package mice; see
/// ReferenceData/imputation/README.md.</summary>
public sealed class RubinPoolingTests
{
    internal static RubinPooling WorkedExample { get; } = RubinPooling.Pool(
        [1.10, 1.45, 0.92, 1.31, 1.02], [2.21 * 2.21, 2.25 * 2.25, 2.18 * 2.18, 2.30 * 2.30, 2.24 * 2.24], 55);

    private static IEnumerable<TestCaseData> Pooled() =>
        ReferenceFile.Cases("imputation", "pooling-expected", "term", "dfcom");

    // Worked out with R by hand, printed with seven figures.
    [Test]
    [Category("Reference")]
    public void Pool_WorkedExample_GivesThePrintedFigures()
    {
        RubinPooling pooling = WorkedExample;
        double degreesOfFreedom = pooling.BarnardRubinDegreesOfFreedom;
        double margin = StudentT.TwoSidedCriticalValue(0.05, degreesOfFreedom) * pooling.StandardError;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pooling.Estimate, Is.EqualTo(1.16).Within(1e-12));
            Assert.That(pooling.TotalVariance, Is.EqualTo(5.05754).Within(5e-6));
            Assert.That(pooling.StandardError, Is.EqualTo(2.248898).Within(5e-7));
            Assert.That(pooling.Lambda, Is.EqualTo(0.0111161).Within(5e-8));
            Assert.That(pooling.RubinDegreesOfFreedom, Is.EqualTo(32371.06).Within(5e-3));
            Assert.That(pooling.ObservedDegreesOfFreedom, Is.EqualTo(52.51315).Within(5e-6));
            Assert.That(degreesOfFreedom, Is.EqualTo(52.42810).Within(5e-6));
            Assert.That(
                StudentT.TwoSidedP(1.16 / pooling.StandardError, degreesOfFreedom), Is.EqualTo(0.608157).Within(5e-7));
            Assert.That(1.16 - margin, Is.EqualTo(-3.351866).Within(5e-7));
            Assert.That(1.16 + margin, Is.EqualTo(5.671866).Within(5e-7));
        }
    }

    [TestCaseSource(nameof(Pooled))]
    [Category("Reference")]
    public void Pool_SetsAnalysedInR_EqualsMice(object expected)
    {
        var row = (ReferenceRow)expected;
        ReferenceRow[] sets =
        [
            .. ReferenceFile.Read("imputation", "pooling-sets").Rows.Where(r => r.Text("term") == row.Text("term")),
        ];
        RubinPooling pooling = RubinPooling.Pool(
            [.. sets.Select(s => s.Number("estimate"))], [.. sets.Select(s => s.Number("variance"))], row.Number("dfcom"));
        double df = pooling.BarnardRubinDegreesOfFreedom;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pooling.Imputations, Is.EqualTo(sets.Length));
            Assert.That(pooling.Estimate, Nearly.Equal(row.Number("estimate"), 1e-12));
            Assert.That(pooling.StandardError, Nearly.Equal(row.Number("se"), 1e-12));
            Assert.That(pooling.WithinVariance, Nearly.Equal(row.Number("within"), 1e-12));
            Assert.That(pooling.BetweenVariance, Nearly.Equal(row.Number("between"), 1e-11));
            Assert.That(pooling.TotalVariance, Nearly.Equal(row.Number("total"), 1e-12));
            Assert.That(pooling.RelativeIncrease, Nearly.Equal(row.Number("increase"), 1e-11));
            Assert.That(pooling.Lambda, Nearly.Equal(row.Number("lambda"), 1e-11));
            Assert.That(pooling.FractionMissing, Nearly.Equal(row.Number("fmi"), 1e-11));
            Assert.That(df, Nearly.Equal(row.Number("df"), 1e-11));
            Assert.That(
                StudentT.TwoSidedP(pooling.Estimate / pooling.StandardError, df), Nearly.Equal(row.Number("p"), 1e-8));
        }
    }

    [Test]
    public void Pool_EstimatesThatAgree_HasNothingBetween()
    {
        RubinPooling pooling = RubinPooling.Pool([0.1, 0.1, 0.1], [2, 2, 2], 10);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pooling.BetweenVariance, Is.Zero);
            Assert.That(pooling.Lambda, Is.Zero);
            Assert.That(pooling.TotalVariance, Is.EqualTo(2));
            Assert.That(pooling.RubinDegreesOfFreedom, Is.EqualTo(double.PositiveInfinity));
            Assert.That(pooling.BarnardRubinDegreesOfFreedom, Nearly.Equal(110.0 / 13, 1e-15));
        }
    }

    [Test]
    public void Pool_NoVarianceWithin_IsAllBetween()
    {
        RubinPooling pooling = RubinPooling.Pool([1, 2, 3], [0, 0, 0], 10);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pooling.Lambda, Is.EqualTo(1));
            Assert.That(pooling.RelativeIncrease, Is.EqualTo(double.PositiveInfinity));
            Assert.That(pooling.FractionMissing, Is.EqualTo(1));
            Assert.That(pooling.BarnardRubinDegreesOfFreedom, Is.Zero);
        }
    }

    [Test]
    public void Pool_BadArguments_ThrowsNamingThem()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => RubinPooling.Pool([1], [1], 10), Throws.ArgumentException.With.Message.Contains("at least 2"));
            Assert.That(
                () => RubinPooling.Pool([1, 2], [1], 10), Throws.ArgumentException.With.Property("ParamName").EqualTo("variances"));
        }
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void Pool_NoDegreesOfFreedom_ThrowsNamingThem(double degreesOfFreedom) =>
        Assert.That(
            () => RubinPooling.Pool([1, 2], [1, 1], degreesOfFreedom),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("completeDegreesOfFreedom"));
}
