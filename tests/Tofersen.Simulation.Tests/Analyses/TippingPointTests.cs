using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Deltas on fixed draws, and the one at which a significant effect is lost.</summary>
public sealed class TippingPointTests
{
    private static readonly AncovaWithImputation Analysis = new()
    {
        Week = 12,
        Imputation = new MultipleImputation { Imputations = 20 },
    };

    private static readonly ValueList<double> Deltas = [-3, -1, 0, 2];

    [TestCase(DeltaAdjustment.Constant, ImputedScores.AsDrawn)]
    [TestCase(DeltaAdjustment.Accumulating, ImputedScores.Clipped)]
    [TestCase(DeltaAdjustment.Sequential, ImputedScores.AsDrawn)]
    public void WithActiveDeltas_EachDelta_EqualsTheAnalysisWithIt(DeltaAdjustment adjustment, ImputedScores scores)
    {
        TrialData data = Trial(effect: 3).ToData();
        MultipleImputation imputation = Analysis.Imputation with { DeltaAdjustment = adjustment, Scores = scores };
        ValueList<AnalysisResult> results = (Analysis with { Imputation = imputation }).WithActiveDeltas(data, Deltas);
        for (int i = 0; i < Deltas.Count; i++)
        {
            AncovaWithImputation with = Analysis with { Imputation = imputation with { ActiveDelta = Deltas[i] } };
            Assert.That(results[i], Is.EqualTo(with.CreateWorker(data.Layout).Run(data)));
        }
    }

    // With the same draws everything is a sum: the effect moves by the same for every point.
    [Test]
    public void WithActiveDeltas_ConstantDelta_MovesTheEstimateInALine()
    {
        ValueList<AnalysisResult> results = Analysis.WithActiveDeltas(Trial(effect: 3).ToData(), [0, 1, 2, -10]);
        double perPoint = results[1].Estimate - results[0].Estimate;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(perPoint, Is.GreaterThan(0).And.LessThan(1));
            Assert.That(results[2].Estimate - results[0].Estimate, Is.EqualTo(2 * perPoint).Within(1e-12));
            Assert.That(results[3].Estimate - results[0].Estimate, Is.EqualTo(-10 * perPoint).Within(1e-11));
        }
    }

    [TestCase(3)]
    [TestCase(-3)]
    public void FindTippingPoint_SignificantEffect_IsWherePIsAlpha(double effect)
    {
        TrialData data = Trial(effect).ToData();
        TippingPoint point = Analysis.FindTippingPoint(data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(point.WithoutDelta.PValue, Is.LessThan(0.05));
            Assert.That(Math.Sign(point.ActiveDelta!.Value), Is.EqualTo(-Math.Sign(effect)), "a delta against the effect");
            Assert.That(point.AtTippingPoint.PValue, Is.EqualTo(0.05).Within(1e-7));
            Assert.That(point.AtTippingPoint.Estimate * effect, Is.GreaterThan(0));
            AnalysisResult there = Analysis.WithActiveDeltas(data, [point.ActiveDelta.Value])[0];
            Assert.That(there, Is.EqualTo(point.AtTippingPoint));
        }
    }

    [Test]
    public void FindTippingPoint_NoEffect_HasNone()
    {
        TippingPoint point = Analysis.FindTippingPoint(Trial(effect: 0).ToData());
        Assert.That(point.ActiveDelta, Is.Null);
        Assert.That(point.AtTippingPoint, Is.EqualTo(point.WithoutDelta));
    }

    [Test]
    public void FindTippingPoint_BeyondTheLargestDelta_IsNotFound()
    {
        TippingPoint point = Analysis.FindTippingPoint(Trial(effect: 30).ToData(), largestDelta: 5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(point.ActiveDelta, Is.Null);
            Assert.That(point.AtTippingPoint.PValue, Is.LessThan(0.05));
            Assert.That(point.AtTippingPoint.Estimate, Is.LessThan(point.WithoutDelta.Estimate));
        }
    }

    [Test]
    public void FindTippingPoint_NothingMissing_HasNone()
    {
        PlainTrial trial = Trial(effect: 3);
        foreach (double[] scores in trial.Scores)
        {
            scores[3] = double.IsNaN(scores[3]) ? 30 : scores[3];
            scores[2] = double.IsNaN(scores[2]) ? 31 : scores[2];
        }

        TippingPoint point = Analysis.FindTippingPoint(trial.ToData());
        Assert.That(point.ActiveDelta, Is.Null);
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(2e6)]
    public void FindTippingPoint_LargestDeltaOutOfRange_ThrowsNamingIt(double largest) =>
        Assert.That(
            () => Analysis.FindTippingPoint(Trial(0).ToData(), largest),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("largestDelta"));

    [Test]
    public void WithActiveDeltas_NotANumber_ThrowsNamingThem() =>
        Assert.That(
            () => Analysis.WithActiveDeltas(Trial(0).ToData(), [double.NaN]),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("activeDeltas"));

    private static PlainTrial Trial(double effect)
    {
        var random = new Random(31);
        double[][] scores =
        [
            .. Enumerable.Range(0, 80).Select(i =>
            {
                double baseline = 30 + (10 * random.NextDouble());
                double slope = -1 + random.NextDouble() + (i % 2 * effect / 3);
                int seen = random.Next(4) == 0 ? random.Next(1, 4) : 4;
                return Enumerable.Range(0, 4)
                    .Select(v => v < seen ? Math.Round(baseline + (slope * v) + (3 * random.NextDouble()), 2) : double.NaN).ToArray();
            }),
        ];
        return new PlainTrial
        {
            VisitWeeks = [0, 4, 8, 12],
            Arms = [.. Enumerable.Range(0, 80).Select(i => (byte)(i % 2))],
            Scores = scores,
            Columns = [new PlainColumn("baseline", [], [.. scores.Select(s => s[0])])],
        };
    }
}
