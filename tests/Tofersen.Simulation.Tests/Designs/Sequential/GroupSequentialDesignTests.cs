using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs.Sequential;

namespace Tofersen.Simulation.Tests.Designs.Sequential;

/// <summary>What holds of boundaries whatever program computes them.</summary>
public sealed class GroupSequentialDesignTests
{
    private static IEnumerable<BoundaryShape> Shapes =>
    [
        new ObrienFleming(), new Pocock(), new WangTsiatis { Delta = 0.25 }, new HaybittlePeto(), new LanDeMetsObrienFleming(),
        new LanDeMetsPocock(), new KimDeMets { Power = 2 }, new HwangShihDeCani { Gamma = -4 },
    ];

    // rpact 3.3.4, to the digits it prints.
    [TestCase(0, "3.471091445 2.454432299 2.004035580")]
    [TestCase(1, "3.710302873 2.511427484 1.993047483")]
    [TestCase(2, "4.876884949 3.357011922 2.680280067 2.289816774 2.031032063")]
    [TestCase(3, "2.772921295 2.347272210 2.061913766")]
    [Category("Reference")]
    public void ComputeBoundaries_EqualFractions_EqualsPrintedValues(int which, string printed)
    {
        double[] expected = [.. printed.Split(' ').Select(z => double.Parse(z, System.Globalization.CultureInfo.InvariantCulture))];
        BoundaryShape shape = which switch
        {
            0 => new ObrienFleming(),
            3 => new KimDeMets { Power = 2 },
            _ => new LanDeMetsObrienFleming(),
        };

        // The solver of rpact stops within 2·10⁻⁸ of its own root.
        Assert.That(Equal(shape, expected.Length).ComputeBoundaries().EfficacyZ, Is.EqualTo(expected).Within(2e-8));
    }

    [TestCaseSource(nameof(Shapes))]
    public void ComputeBoundaries_OneLook_IsTheFixedTest(BoundaryShape shape)
    {
        SequentialBoundaries boundaries = Equal(shape, 1).ComputeBoundaries();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(boundaries.EfficacyZ[0], Is.EqualTo(1.959963984540054).Within(1e-14));
            Assert.That(boundaries.FutilityZ[0], Is.EqualTo(boundaries.EfficacyZ[0]));
            Assert.That(boundaries.InflationFactor(0.9), Is.EqualTo(1).Within(1e-12));
            Assert.That(boundaries.DriftForPower(0.9), Is.EqualTo(1.959963984540054 + 1.2815515655446004).Within(1e-12));
            Assert.That(boundaries.ProbabilitiesAt(0).ExpectedInformationFraction, Is.EqualTo(1));
        }
    }

    // Φ₂(h, h; ρ) = Φ(h) − 2 T(h, √((1 − ρ) / (1 + ρ))) with Owen's function T.
    [TestCase(0.5)]
    [TestCase(0.9)]
    [TestCase(0.999)]
    public void ComputeBoundaries_PocockTwoLooks_SolvesTheBivariateNormal(double first)
    {
        SequentialBoundaries boundaries = new GroupSequentialDesign
        {
            InformationFractions = [first, 1],
            Efficacy = new Pocock(),
        }.ComputeBoundaries();
        double h = boundaries.EfficacyZ[0];
        double rho = Math.Sqrt(first);
        double owen = Simpson(
            x => Math.Exp(-0.5 * h * h * (1 + (x * x))) / (1 + (x * x)), Math.Sqrt((1 - rho) / (1 + rho))) / (2 * Math.PI);

        Assert.That(NormalTail.Probability(h) + (2 * owen), Is.EqualTo(0.025).Within(1e-14));
        Assert.That(boundaries.EfficacyZ[1], Is.EqualTo(h).Within(1e-12));
    }

    [TestCaseSource(nameof(Shapes))]
    public void ComputeBoundaries_AnyShape_SpendsTheLevelExactly(BoundaryShape shape)
    {
        SequentialBoundaries boundaries = Uneven(shape).ComputeBoundaries();

        Assert.That(boundaries.CumulativeAlpha[^1], Is.EqualTo(0.025).Within(1e-15));
        Assert.That(boundaries.ProbabilitiesAt(0).Power, Is.EqualTo(0.025).Within(1e-14));
        if (shape is SpendingFunction spending)
        {
            double[] spent = [.. boundaries.InformationFractions.Select(t => spending.Spent(t, 0.025))];
            Assert.That(boundaries.CumulativeAlpha, Is.EqualTo(spent).Within(1e-15));
        }
    }

    [Test]
    public void ComputeBoundaries_SpecialCasesOfFamilies_Agree()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Efficacy(new WangTsiatis { Delta = 0 }), Is.EqualTo(Efficacy(new ObrienFleming())).Within(1e-12));
            Assert.That(Efficacy(new WangTsiatis { Delta = 0.5 }), Is.EqualTo(Efficacy(new Pocock())).Within(1e-12));
            Assert.That(Efficacy(new HwangShihDeCani { Gamma = 0 }), Is.EqualTo(Efficacy(new KimDeMets { Power = 1 })).Within(1e-12));
            Assert.That(
                Efficacy(new HwangShihDeCani { Gamma = 1e-7 }), Is.EqualTo(Efficacy(new KimDeMets { Power = 1 })).Within(1e-7));
        }
    }

    [Test]
    public void ComputeBoundaries_SpendingFunction_EarlyLooksDoNotDependOnLaterOnes()
    {
        GroupSequentialDesign design = Uneven(new LanDeMetsPocock());
        SequentialBoundaries other = (design with { InformationFractions = [0.2, 0.5, 0.6, 0.8, 1] }).ComputeBoundaries();
        SequentialBoundaries boundaries = design.ComputeBoundaries();

        Assert.That(other.EfficacyZ[0], Is.EqualTo(boundaries.EfficacyZ[0]));
        Assert.That(other.EfficacyZ[1], Is.EqualTo(boundaries.EfficacyZ[1]));
        Assert.That(other.EfficacyZ[2], Is.Not.EqualTo(boundaries.EfficacyZ[2]));
    }

    [TestCaseSource(nameof(Shapes))]
    public void ProbabilitiesAt_AnyDrift_AddUpToOneAndRise(BoundaryShape shape)
    {
        SequentialBoundaries boundaries = (Uneven(shape) with { Futility = new FixedFutility { Z = [-1, 0, 0.5] } }).ComputeBoundaries();
        double last = 0;
        for (double drift = -6; drift <= 12; drift += 0.75)
        {
            SequentialProbabilities at = boundaries.ProbabilitiesAt(drift);
            Assert.That(at.Efficacy.Sum() + at.Futility.Sum(), Is.EqualTo(1).Within(1e-13));
            Assert.That(at.Power, Is.GreaterThan(last).Or.EqualTo(1).Within(1e-13));
            last = at.Power;
        }

        foreach (double extreme in (double[])[-50, 50])
        {
            SequentialProbabilities at = boundaries.ProbabilitiesAt(extreme);
            Assert.That(at.Efficacy.Sum() + at.Futility.Sum(), Is.EqualTo(1).Within(1e-13));
            Assert.That(at.Power, Is.EqualTo(extreme > 0 ? 1 : 0).Within(1e-13));
        }
    }

    // The last look apart, where the trial's end is not symmetric.
    [Test]
    public void ProbabilitiesAt_MirroredBounds_SwapEfficacyAndFutility()
    {
        GroupSequentialDesign design = new()
        {
            InformationFractions = [0.3, 0.6, 1],
            Efficacy = new HaybittlePeto { InterimZ = 2.5 },
            Futility = new FixedFutility { Z = [-2.5, -2.5] },
            Alpha = 0.499,
        };
        SequentialBoundaries boundaries = design.ComputeBoundaries();
        SequentialProbabilities up = boundaries.ProbabilitiesAt(1.7);
        SequentialProbabilities down = boundaries.ProbabilitiesAt(-1.7);

        for (int k = 0; k < 2; k++)
        {
            Assert.That(up.Efficacy[k], Is.EqualTo(down.Futility[k]).Within(1e-14));
            Assert.That(up.Futility[k], Is.EqualTo(down.Efficacy[k]).Within(1e-14));
        }
    }

    [Test]
    public void ComputeBoundaries_NonBindingFutility_LeavesTheCriticalValues_BindingLowersThem()
    {
        foreach (BoundaryShape shape in Shapes)
        {
            foreach (FutilityRule rule in Rules)
            {
                GroupSequentialDesign design = Uneven(shape);
                ValueList<double> without = design.ComputeBoundaries().EfficacyZ;
                ValueList<double> heeded = (design with { Futility = rule }).ComputeBoundaries().EfficacyZ;
                ValueList<double> binding = (design with { Futility = rule, IsFutilityBinding = true }).ComputeBoundaries().EfficacyZ;

                Assert.That(heeded, Is.EqualTo(without));
                Assert.That(binding[^1], Is.LessThan(without[^1]));
            }
        }
    }

    [Test]
    public void ComputeBoundaries_BetaSpending_GivesThePowerAtTheDrift()
    {
        foreach (BoundaryShape shape in Shapes)
        {
            foreach (bool binding in (bool[])[false, true])
            {
                SequentialBoundaries boundaries =
                    (Uneven(shape) with { Futility = Rules[0], IsFutilityBinding = binding }).ComputeBoundaries();
                SequentialProbabilities at = boundaries.ProbabilitiesAt(boundaries.Drift);
                double under = boundaries.ProbabilitiesAt(0).Power;

                using (Assert.EnterMultipleScope())
                {
                    Assert.That(at.Power, Is.EqualTo(0.9).Within(1e-12));
                    Assert.That(boundaries.DriftForPower(0.9), Is.EqualTo(boundaries.Drift).Within(1e-11));
                    Assert.That(boundaries.CumulativeBeta[^1], Is.EqualTo(0.1).Within(1e-12));
                    Assert.That(boundaries.FutilityZ[^1], Is.EqualTo(boundaries.EfficacyZ[^1]));
                    Assert.That(under, binding ? Is.EqualTo(0.025).Within(1e-12) : Is.LessThan(0.025));
                }
            }
        }
    }

    // A bound at a look where nobody stops: as if the look were not there.
    [Test]
    public void ComputeBoundaries_LookThatSpendsNothing_ChangesNothing()
    {
        double[] with = [.. (Uneven(new HaybittlePeto { InterimZ = 8 }) with { InformationFractions = [0.5, 1] }).ComputeBoundaries().EfficacyZ];

        Assert.That(with[1], Is.EqualTo(1.959963984540054).Within(1e-13));
    }

    private static FutilityRule[] Rules =>
    [
        new BetaSpending { Shape = new KimDeMets { Power = 1.5 }, Beta = 0.1 },
        new FixedFutility { Z = [-0.5, 0.2, 0.8] },
    ];

    private static double[] Efficacy(BoundaryShape shape) => [.. Uneven(shape).ComputeBoundaries().EfficacyZ];

    private static GroupSequentialDesign Equal(BoundaryShape shape, int looks) => new()
    {
        InformationFractions = [.. Enumerable.Range(1, looks).Select(k => k == looks ? 1 : (double)k / looks)],
        Efficacy = shape,
    };

    private static GroupSequentialDesign Uneven(BoundaryShape shape) => new()
    {
        InformationFractions = [0.2, 0.5, 0.85, 1],
        Efficacy = shape,
    };

    private static double Simpson(Func<double, double> function, double upper)
    {
        const int Intervals = 20_000;
        double step = upper / Intervals;
        double sum = function(0) + function(upper);
        for (int i = 1; i < Intervals; i++)
        {
            sum += function(i * step) * (i % 2 == 0 ? 2 : 4);
        }

        return sum * step / 3;
    }
}
