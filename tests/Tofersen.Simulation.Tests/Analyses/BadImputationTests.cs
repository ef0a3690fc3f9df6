using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Mistakes in the specification of an imputation.</summary>
public sealed class BadImputationTests
{
    private static readonly TrialLayout Layout = new PlainTrial
    {
        VisitWeeks = [0, 12, 28],
        Arms = [0, 1],
        Scores = [[40, 39, 38], [40, 39, 38]],
        Columns = [new PlainColumn("baseline", [], [40, 40])],
    }.ToData().Layout;

    private static IEnumerable<TestCaseData> OutOfRange()
    {
        static TestCaseData Case(string name, string range, Func<object> make) =>
            new TestCaseData(name, range, make).SetArgDisplayNames(name, range);
        yield return Case("Imputations", "[2, 10000]", () => new MultipleImputation { Imputations = 1 });
        yield return Case("Imputations", "[2, 10000]", () => new MultipleImputation { Imputations = 10_001 });
        yield return Case("Cycles", "[1, 1000]", () => new MultipleImputation { Cycles = 0 });
        yield return Case("Seed", "[0, 2147483647]", () => new MultipleImputation { Seed = -1 });
        yield return Case("ActiveDelta", "[-1000, 1000]", () => new MultipleImputation { ActiveDelta = double.NaN });
        yield return Case("ControlDelta", "[-1000, 1000]", () => new MultipleImputation { ControlDelta = 1_001 });
        yield return Case("Method", "Chained", () => new MultipleImputation { Method = (ImputationMethod)9 });
        yield return Case("Scale", "Log", () => new MultipleImputation { Scale = (ImputationScale)9 });
        yield return Case("Reference", "CopyIncrements", () => new MultipleImputation { Reference = (ReferenceBasedImputation)9 });
        yield return Case("DeltaAdjustment", "Sequential", () => new MultipleImputation { DeltaAdjustment = (DeltaAdjustment)9 });
        yield return Case("Scores", "WholePoints", () => new MultipleImputation { Scores = (ImputedScores)9 });
        yield return Case("AfterDeath", "Exclude", () => new MultipleImputation { AfterDeath = (ImputationAfterDeath)9 });
        yield return Case(
            "DegreesOfFreedom", "Rubin", () => new AncovaWithImputation { Week = 1, DegreesOfFreedom = (PooledDegreesOfFreedom)9 });
    }

    [TestCaseSource(nameof(OutOfRange))]
    public void Property_OutOfRange_ThrowsNamingItAndTheRange(string name, string range, Func<object> make) =>
        Assert.That(
            () => make(),
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Property("ParamName").EqualTo(name).And.Message.Contains(range));

    [Test]
    public void Part_Null_ThrowsNamingIt()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => new MultipleImputation { Predictors = null! },
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Predictors"));
            Assert.That(
                () => new AncovaWithImputation { Week = 1, Imputation = null! },
                Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Imputation"));
        }
    }

    [Test]
    public void CreateWorker_ChainedWithAReference_ThrowsNamingReference() =>
        AssertMisfit(
            new MultipleImputation { Method = ImputationMethod.Chained, Reference = ReferenceBasedImputation.JumpToReference },
            "Reference");

    [Test]
    public void CreateWorker_ChainedWithSequentialDelta_ThrowsNamingTheAdjustment() =>
        AssertMisfit(
            new MultipleImputation { Method = ImputationMethod.Chained, DeltaAdjustment = DeltaAdjustment.Sequential },
            "DeltaAdjustment");

    [Test]
    public void CreateWorker_UnknownPredictor_ThrowsNamingTheCovariates() =>
        Assert.That(
            () => Worker(new MultipleImputation { Predictors = ["weight"] }),
            Throws.ArgumentException.With.Message.Contains("'weight'").And.Message.Contains("baseline"));

    private static IAnalysisWorker Worker(MultipleImputation imputation) =>
        new AncovaWithImputation { Week = 28, Imputation = imputation }.CreateWorker(Layout);

    private static void AssertMisfit(MultipleImputation imputation, string name) =>
        Assert.That(
            () => Worker(imputation),
            Throws.ArgumentException.With.Property("ParamName").EqualTo(name).And.Message.Contains("monotone"));
}
