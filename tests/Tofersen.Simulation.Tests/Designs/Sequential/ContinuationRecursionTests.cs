using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Designs.Sequential;

/// <summary>The recursion at its limits: fine grids, close looks, far tails.</summary>
public sealed class ContinuationRecursionTests
{
    private static IEnumerable<GroupSequentialDesign> Awkward =>
    [
        With([0.01, 0.02, 0.99, 1], new LanDeMetsObrienFleming()),
        With([0.01, 0.02, 0.99, 1], new Pocock()),
        With([0.5, 0.5001, 1], new LanDeMetsPocock()),
        With([0.5, 0.5001, 1], new ObrienFleming()),
        With([0.0001, 0.5, 0.50006, 0.9998, 1], new KimDeMets { Power = 25 }),
        With([.. Enumerable.Range(1, 20).Select(k => k / 20.0)], new LanDeMetsObrienFleming()),
        With([.. Enumerable.Range(1, 20).Select(k => 1 - ((20 - k) * 0.0002))], new WangTsiatis { Delta = 1 }),
        With([.. Enumerable.Range(1, 20).Select(k => k / 20.0)], new HwangShihDeCani { Gamma = -40 }),
        With([0.3, 0.31, 1], new HwangShihDeCani { Gamma = 40 }),
    ];

    [TestCaseSource(nameof(Awkward))]
    public void ComputeBoundaries_TwiceAsFineAGrid_MovesNothing(GroupSequentialDesign design)
    {
        foreach (GroupSequentialDesign variant in (GroupSequentialDesign[])
            [design, design with { Futility = new BetaSpending { Shape = new LanDeMetsPocock(), Beta = 0.2 } }])
        {
            SequentialBoundaries boundaries = BoundaryPlanner.Plan(variant, ContinuationRecursion.StandardPanelWidth);
            SequentialBoundaries fine = BoundaryPlanner.Plan(variant, ContinuationRecursion.StandardPanelWidth / 2);

            using (Assert.EnterMultipleScope())
            {
                for (int k = 0; k < boundaries.EfficacyZ.Count; k++)
                {
                    Assert.That(boundaries.EfficacyZ[k], Is.Not.NaN.And.EqualTo(fine.EfficacyZ[k]).Within(1e-10));
                    Assert.That(boundaries.FutilityZ[k], Is.Not.NaN.And.EqualTo(fine.FutilityZ[k]).Within(1e-10));
                }

                Assert.That(boundaries.CumulativeAlpha[^1], Is.EqualTo(0.025).Within(1e-14));
            }
        }
    }

    [Test]
    public void SolveAbove_LessThanTheSmallestProbability_IsInfinite()
    {
        SequentialBoundaries boundaries = With([0.01, 0.02, 0.99, 1], new LanDeMetsObrienFleming()).ComputeBoundaries();

        Assert.That(boundaries.EfficacyZ[0], Is.EqualTo(double.PositiveInfinity));
        Assert.That(boundaries.EfficacyZ[1], Is.EqualTo(double.PositiveInfinity));
        Assert.That(boundaries.NominalLevels[0], Is.Zero);
        Assert.That(boundaries.CumulativeAlpha[1], Is.Zero);
    }

    // P(Z₁ < b, Z₂ ≥ z) from the other side: P(Z₂ ≥ z) − P(Z₁ ≥ b, Z₂ ≥ z), where b is so high that the last term is all but nothing.
    [TestCase(1e-3)]
    [TestCase(1e-12)]
    [TestCase(1e-20)]
    [TestCase(1e-29)]
    public void SolveAbove_FarTail_KeepsItsDigits(double probability)
    {
        var recursion = new ContinuationRecursion(2);
        recursion.Reset();
        recursion.Begin(0.4);
        recursion.Continue(double.NegativeInfinity, double.PositiveInfinity);
        recursion.Begin(1);

        Assert.That(recursion.SolveAbove(probability, 0), Is.EqualTo(NormalTail.Quantile(probability)).Within(1e-11));
        Assert.That(recursion.Above(NormalTail.Quantile(probability), 0) / probability, Is.EqualTo(1).Within(1e-10));
    }

    [Test]
    public void SolveAbove_MoreThanIsLeft_IsMinusInfinity()
    {
        var recursion = new ContinuationRecursion(2);
        recursion.Reset();
        recursion.Begin(0.5);
        recursion.Continue(2.5, 2.6);
        recursion.Begin(1);

        Assert.That(recursion.SolveAbove(0.01, 0), Is.EqualTo(double.NegativeInfinity));
        Assert.That(recursion.SolveBelow(0.01, 0), Is.EqualTo(double.PositiveInfinity));
        Assert.That(
            recursion.Reached(0), Is.EqualTo(NormalTail.Probability(2.5) - NormalTail.Probability(2.6)).Within(1e-16));
    }

    [Test]
    public void Reached_LooksWithoutBounds_IsOne()
    {
        var recursion = new ContinuationRecursion(20);
        recursion.Reset(-3, 4);
        for (int k = 1; k <= 20; k++)
        {
            recursion.Begin(k / 20.0);
            foreach (double drift in (double[])[-3, 0, 4])
            {
                Assert.That(recursion.Reached(drift), Is.EqualTo(1).Within(1e-14));
            }

            recursion.Continue(double.NegativeInfinity, double.PositiveInfinity);
        }
    }

    [Test]
    [Category("Statistical")]
    public void ProbabilitiesAt_SimulatedTrials_AgreeWithinMonteCarloError()
    {
        const int Trials = 400_000;
        SequentialBoundaries boundaries = (With([0.35, 0.4, 0.8, 1], new LanDeMetsPocock()) with
        {
            Futility = new BetaSpending { Shape = new KimDeMets { Power = 1 }, Beta = 0.2 },
        }).ComputeBoundaries();
        const double Drift = 1.9;
        int[] efficacy = new int[4];
        int[] futility = new int[4];
        var random = TrialRandom.Open(20_260_101, 0, 0, DrawPurpose.Trajectory);
        for (int trial = 0; trial < Trials; trial++)
        {
            double score = 0;
            double before = 0;
            for (int k = 0; k < 4; k++)
            {
                double t = boundaries.InformationFractions[k];
                score += (Drift * (t - before)) + (Math.Sqrt(t - before) * random.NextNormal());
                before = t;
                double z = score / Math.Sqrt(t);
                if (z >= boundaries.EfficacyZ[k])
                {
                    efficacy[k]++;
                    break;
                }

                if (z <= boundaries.FutilityZ[k])
                {
                    futility[k]++;
                    break;
                }
            }
        }

        SequentialProbabilities expected = boundaries.ProbabilitiesAt(Drift);
        using (Assert.EnterMultipleScope())
        {
            for (int k = 0; k < 4; k++)
            {
                AssertShare(efficacy[k], expected.Efficacy[k]);
                AssertShare(futility[k], expected.Futility[k]);
            }
        }

        // Eight comparisons, each wrong by chance once in a million.
        static void AssertShare(int count, double probability) => Assert.That(
            (double)count / Trials,
            Is.EqualTo(probability).Within(4.9 * Math.Sqrt(probability * (1 - probability) / Trials)));
    }

    private static GroupSequentialDesign With(ValueList<double> fractions, BoundaryShape shape) =>
        new() { InformationFractions = fractions, Efficacy = shape };
}
