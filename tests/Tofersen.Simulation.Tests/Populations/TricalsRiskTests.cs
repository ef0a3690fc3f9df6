using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Populations;

/// <summary>The TRICALS risk profile against check values of the evidence sheet and against R.</summary>
public sealed class TricalsRiskTests
{
    private static IEnumerable<TestCaseData> Profiles() => ReferenceFile.Cases("natural-history", "tricals", "loss", "delay", "age");

    private static IEnumerable<TestCaseData> Survivals() =>
        ReferenceFile.Cases("natural-history", "tricals-survival", "predictor", "months");

    private static TricalsProfile Example => new()
    {
        LossPerMonth = 10.0 / 14,
        DiagnosticDelayMonths = 11,
        AgeAtOnsetYears = 60,
        VitalCapacityPercent = 85,
    };

    // Medians to one decimal, computed for the evidence sheet from the published coefficients.
    [TestCase(-2, 18.0)]
    [TestCase(-3, 23.9)]
    [TestCase(-4, 31.5)]
    [TestCase(-5, 41.8)]
    [TestCase(-6, 56.9)]
    [TestCase(-7, 79.5)]
    [TestCase(-8, 114.3)]
    public void MedianSurvivalMonths_CheckValues_AreReproduced(double predictor, double months) =>
        Assert.That(TricalsRisk.MedianSurvivalMonths(predictor), Is.EqualTo(months).Within(0.05));

    // At predictor 0 the odds of death are exp(s).
    [TestCase(12, 0.636)]
    [TestCase(24, 3.011)]
    [TestCase(36, 4.480)]
    [TestCase(60, 6.165)]
    public void Survival_CheckValuesOfTheSpline_AreReproduced(double months, double spline)
    {
        double survival = TricalsRisk.Survival(0, months);

        Assert.That(Math.Log((1 - survival) / survival), Is.EqualTo(spline).Within(0.0005));
    }

    // Screened at 14 months with a score of 38, diagnosed after 11 months, aged 60, vital capacity 85 %, limb onset.
    [Test]
    public void LinearPredictor_WorkedExample_IsReproduced()
    {
        double predictor = TricalsRisk.LinearPredictor(Example);

        Assert.That(predictor, Is.EqualTo(-4.191).Within(0.0005));
        Assert.That(TricalsRisk.MedianSurvivalMonths(predictor), Is.EqualTo(33.2).Within(0.05));
    }

    [Category("Reference")]
    [TestCaseSource(nameof(Profiles))]
    public void LinearPredictor_Profile_MatchesReference(object profile)
    {
        var row = (ReferenceRow)profile;
        var someone = new TricalsProfile
        {
            LossPerMonth = row.Number("loss"),
            DiagnosticDelayMonths = row.Number("delay"),
            AgeAtOnsetYears = row.Number("age"),
            VitalCapacityPercent = row.Number("vc"),
            HasBulbarOnset = row.Number("bulbar") > 0,
            HasDefiniteElEscorial = row.Number("definite") > 0,
            HasFrontotemporalDementia = row.Number("dementia") > 0,
        };

        double predictor = TricalsRisk.LinearPredictor(someone);
        Assert.That(predictor, Nearly.Equal(row.Number("predictor"), 1e-12));
        Assert.That(
            TricalsRisk.LinearPredictorWithC9orf72(someone, row.Number("c9") > 0), Nearly.Equal(row.Number("predictor8"), 1e-12));
        Assert.That(TricalsRisk.MedianSurvivalMonths(predictor), Nearly.Equal(row.Number("median"), 1e-9));
    }

    // The reference hazard is a difference quotient.
    [Category("Reference")]
    [TestCaseSource(nameof(Survivals))]
    public void Survival_PredictorAndMonths_MatchesReference(object point)
    {
        var row = (ReferenceRow)point;
        (double predictor, double months) = (row.Number("predictor"), row.Number("months"));

        Assert.That(TricalsRisk.Survival(predictor, months), Nearly.Equal(row.Number("survival"), 1e-12));
        Assert.That(TricalsRisk.HazardPerMonth(predictor, months), Nearly.Equal(row.Number("hazard"), 1e-6, scale: 1e-4));
        Assert.That(TricalsRisk.MedianSurvivalMonths(predictor), Nearly.Equal(row.Number("median"), 1e-9));
    }

    [Test]
    public void Survival_AtTheMedian_IsAHalf([Values(-900, -13, -6, 0, 6.6, 900)] double predictor)
    {
        double median = TricalsRisk.MedianSurvivalMonths(predictor);
        if (median is > 0 and <= 10_000)
        {
            Assert.That(TricalsRisk.Survival(predictor, median), Is.EqualTo(0.5).Within(1e-9));
        }

        Assert.That(median, Is.Positive.Or.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Survival_AtOnset_IsCertain() => Assert.That(TricalsRisk.Survival(5, 0), Is.EqualTo(1));

    [Test]
    public void LinearPredictor_EachFeature_AddsItsCoefficient()
    {
        double plain = TricalsRisk.LinearPredictor(Example);

        Assert.That(TricalsRisk.LinearPredictor(Example with { HasBulbarOnset = true }) - plain, Is.EqualTo(0.271).Within(1e-12));
        Assert.That(TricalsRisk.LinearPredictor(Example with { HasDefiniteElEscorial = true }) - plain, Is.EqualTo(0.238).Within(1e-12));
        Assert.That(TricalsRisk.LinearPredictor(Example with { HasFrontotemporalDementia = true }) - plain, Is.EqualTo(0.415).Within(1e-12));
        Assert.That(
            TricalsRisk.LinearPredictorWithC9orf72(Example, true) - TricalsRisk.LinearPredictorWithC9orf72(Example, false),
            Is.EqualTo(0.256).Within(1e-12));
    }

    [Test]
    public void LinearPredictor_WorseProfile_IsHigher()
    {
        double plain = TricalsRisk.LinearPredictor(Example);

        Assert.That(TricalsRisk.LinearPredictor(Example with { LossPerMonth = 1 }), Is.GreaterThan(plain));
        Assert.That(TricalsRisk.LinearPredictor(Example with { DiagnosticDelayMonths = 6 }), Is.GreaterThan(plain));
        Assert.That(TricalsRisk.LinearPredictor(Example with { AgeAtOnsetYears = 70 }), Is.GreaterThan(plain));
        Assert.That(TricalsRisk.LinearPredictor(Example with { VitalCapacityPercent = 60 }), Is.GreaterThan(plain));
    }

    [Test]
    public void Predictions_OutOfRange_ThrowNamingTheArgument()
    {
        Refuses(() => TricalsRisk.Survival(double.NaN, 12), "linearPredictor");
        Refuses(() => TricalsRisk.Survival(0, -1), "months");
        Refuses(() => TricalsRisk.HazardPerMonth(0, 0), "months");
        Refuses(() => TricalsRisk.MedianSurvivalMonths(1_001), "linearPredictor");
        Assert.That(() => TricalsRisk.LinearPredictor(null!), Throws.ArgumentNullException);
    }

    private static void Refuses(Func<double> compute, string name) =>
        Assert.That(
            () => compute(),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo(name));
}
