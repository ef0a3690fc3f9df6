using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Tests.Common;

namespace Tofersen.Simulation.Tests.Designs.Sequential;

/// <summary>Looks that come one at a time, on and off the plan.</summary>
public sealed class SequentialMonitorTests
{
    private static readonly BetaSpending SpendsBeta = new() { Shape = new HwangShihDeCani { Gamma = -2 }, Beta = 0.2 };

    private static IEnumerable<GroupSequentialDesign> Designs =>
        from shape in (BoundaryShape[])
        [
            new ObrienFleming(), new Pocock(), new WangTsiatis { Delta = 0.3 }, new HaybittlePeto(), new LanDeMetsObrienFleming(),
            new LanDeMetsPocock(), new KimDeMets { Power = 3 }, new HwangShihDeCani { Gamma = 1 },
        ]
        from futility in (FutilityRule?[])[null, SpendsBeta, new FixedFutility { Z = [-0.5, 0.5] }]
        from binding in (bool[])[false, true]
        select new GroupSequentialDesign
        {
            InformationFractions = [0.4, 0.7, 1],
            Efficacy = shape,
            Futility = futility,
            IsFutilityBinding = binding,
        };

    [TestCaseSource(nameof(Designs))]
    public void NextEfficacy_PlannedFractions_GivesThePlan(GroupSequentialDesign design)
    {
        SequentialBoundaries boundaries = design.ComputeBoundaries();
        var monitor = new SequentialMonitor(boundaries);
        for (int trial = 0; trial < 2; trial++)
        {
            monitor.Reset();
            for (int k = 0; k < 3; k++)
            {
                double efficacy = monitor.NextEfficacy(design.InformationFractions[k], k == 2);

                Assert.That(efficacy, Is.EqualTo(boundaries.EfficacyZ[k]));
                Assert.That(monitor.Efficacy, Is.EqualTo(efficacy));
                Assert.That(monitor.Futility, Is.EqualTo(boundaries.FutilityZ[k]));
                Assert.That(monitor.AlphaSpent, Is.EqualTo(boundaries.CumulativeAlpha[k]));
                Assert.That(monitor.BetaSpent, Is.EqualTo(boundaries.CumulativeBeta[k]));
            }
        }
    }

    [TestCaseSource(nameof(Designs))]
    public void NextEfficacy_FractionsOffThePlan_KeepsTheLevel(GroupSequentialDesign design)
    {
        var monitor = new SequentialMonitor(design.ComputeBoundaries());
        foreach (double[] fractions in (double[][])
            [[0.4, 0.7, 1.3], [0.4, 0.7, 0.72], [0.1, 0.15, 0.9], [0.6, 0.61, 0.62, 1.1], [0.5], [0.3, 1.05, 1.2], [1.4]])
        {
            double level = Level(monitor, fractions, heeds: design.IsFutilityBinding);

            // What is left may be nothing once the planned information is there.
            Assert.That(level, Is.EqualTo(design.Alpha).Within(1e-13), string.Join(' ', fractions));
            Assert.That(Level(monitor, fractions, heeds: true), Is.LessThanOrEqualTo(design.Alpha + 1e-13));
        }
    }

    // By hand: the first look spends 0.025 · 0.5² = 0.00625 and the last, at whatever fraction, the other 0.01875.
    [TestCase(0.8)]
    [TestCase(1)]
    [TestCase(1.25)]
    public void NextEfficacy_LastLookOffThePlan_SpendsWhatIsLeft(double last)
    {
        var monitor = new SequentialMonitor(new GroupSequentialDesign
        {
            InformationFractions = [0.5, 1],
            Efficacy = new KimDeMets { Power = 2 },
        }.ComputeBoundaries());

        double first = monitor.NextEfficacy(0.5, isFinal: false);
        double second = monitor.NextEfficacy(last, isFinal: true);

        // P(Z₁ < a, Z₂ ≥ b) by plain integration over Z₁.
        double correlation = Math.Sqrt(0.5 / last);
        double sd = Math.Sqrt(1 - (correlation * correlation));
        const int Steps = 40_000;
        double width = (first + 12) / Steps;
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double z = -12 + ((i + 0.5) * width);
            sum += NormalTail.Density(z) * NormalTail.Probability((second - (correlation * z)) / sd) * width;
        }

        Assert.That(first, Is.EqualTo(NormalTail.Quantile(0.00625)).Within(1e-13));
        Assert.That(sum, Is.EqualTo(0.01875).Within(1e-9));
    }

    [Test]
    public void NextEfficacy_AllInformationBeforeTheLastLook_SpendsEverythingThere()
    {
        var monitor = new SequentialMonitor(new GroupSequentialDesign
        {
            InformationFractions = [0.5, 1],
            Efficacy = new LanDeMetsPocock(),
        }.ComputeBoundaries());

        Assert.That(monitor.NextEfficacy(1.1, isFinal: false), Is.EqualTo(1.959963984540054).Within(1e-13));
        Assert.That(monitor.NextEfficacy(1.2, isFinal: true), Is.EqualTo(double.PositiveInfinity));
        Assert.That(monitor.AlphaSpent, Is.EqualTo(0.025).Within(1e-16));
    }

    [Test]
    public void NextEfficacy_InformationDoesNotRise_SpendsNothing()
    {
        var monitor = new SequentialMonitor(new GroupSequentialDesign
        {
            InformationFractions = [0.5, 1],
            Efficacy = new LanDeMetsPocock(),
            Futility = SpendsBeta,
        }.ComputeBoundaries());
        monitor.NextEfficacy(0.5, isFinal: false);
        double spent = monitor.AlphaSpent;

        Assert.That(monitor.NextEfficacy(0.5, isFinal: false), Is.EqualTo(double.PositiveInfinity));
        Assert.That(monitor.Futility, Is.EqualTo(double.NegativeInfinity));
        Assert.That(monitor.NextEfficacy(0.2, isFinal: false), Is.EqualTo(double.PositiveInfinity));
        Assert.That(monitor.AlphaSpent, Is.EqualTo(spent));
        Assert.That(monitor.NextEfficacy(0.5, isFinal: true), Is.Not.NaN);
        Assert.That(monitor.AlphaSpent, Is.EqualTo(0.025).Within(1e-15));
    }

    // An early look that comes late would spend more than the level by the planned formula.
    [Test]
    public void NextEfficacy_ClassicShapeWithMoreLooks_NeverSpendsMoreThanIsLeft()
    {
        var monitor = new SequentialMonitor(new GroupSequentialDesign
        {
            InformationFractions = [0.5, 1],
            Efficacy = new Pocock(),
        }.ComputeBoundaries());
        for (int k = 1; k <= 12; k++)
        {
            monitor.NextEfficacy(k / 13.0, isFinal: false);
            Assert.That(monitor.AlphaSpent, Is.LessThanOrEqualTo(0.025 + 1e-16));
        }

        monitor.NextEfficacy(1, isFinal: true);
        Assert.That(monitor.AlphaSpent, Is.EqualTo(0.025).Within(1e-15));
    }

    [Test]
    public void NextEfficacy_AnotherTrialBefore_HasTheSameBits()
    {
        SequentialBoundaries boundaries = Designs.First(d => d.Futility == SpendsBeta).ComputeBoundaries();
        var used = new SequentialMonitor(boundaries);
        used.NextEfficacy(0.1, isFinal: false);
        used.NextEfficacy(0.10005, isFinal: false);
        used.NextEfficacy(0.9, isFinal: false);
        used.Reset();
        var fresh = new SequentialMonitor(boundaries);
        foreach ((double fraction, bool isFinal) in ((double, bool)[])[(0.37, false), (0.74, false), (1.02, true)])
        {
            Assert.That(used.NextEfficacy(fraction, isFinal), Is.EqualTo(fresh.NextEfficacy(fraction, isFinal)));
            Assert.That(used.Futility, Is.EqualTo(fresh.Futility));
        }
    }

    [Test]
    [NonParallelizable]
    public void NextEfficacy_WarmMonitor_AllocatesNothing()
    {
        foreach (bool binding in (bool[])[false, true])
        {
            var monitor = new SequentialMonitor(new GroupSequentialDesign
            {
                InformationFractions = [0.3, 0.6, 1],
                Efficacy = new LanDeMetsObrienFleming(),
                Futility = SpendsBeta,
                IsFutilityBinding = binding,
            }.ComputeBoundaries());
            int round = 0;
            long allocated = WarmAllocation.Least(() =>
            {
                monitor.Reset();
                monitor.NextEfficacy(0.3 + (0.01 * (round++ % 7)), isFinal: false);
                monitor.NextEfficacy(0.65, isFinal: false);
                monitor.NextEfficacy(0.98, isFinal: true);
            });

            Assert.That(allocated, Is.Zero);
        }
    }

    [TestCase(0)]
    [TestCase(-0.5)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void NextEfficacy_FractionThatIsNoFraction_Throws(double fraction)
    {
        var monitor = new SequentialMonitor(Designs.First().ComputeBoundaries());

        Assert.That(
            () => monitor.NextEfficacy(fraction, isFinal: false),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("fraction"));
    }

    [Test]
    public void NextEfficacy_MoreLooksThanThereMayBe_Throws()
    {
        var monitor = new SequentialMonitor(Designs.First().ComputeBoundaries());
        for (int k = 1; k <= GroupSequentialDesign.MaximumLooks; k++)
        {
            monitor.NextEfficacy(k / 100.0, isFinal: false);
        }

        Assert.That(() => monitor.NextEfficacy(1, isFinal: true), Throws.InvalidOperationException);
    }

    /// <summary>Probability of a rejection under no effect, of a trial that does or does not heed the futility bounds.</summary>
    private static double Level(SequentialMonitor monitor, double[] fractions, bool heeds)
    {
        var recursion = new ContinuationRecursion(fractions.Length);
        recursion.Reset();
        monitor.Reset();
        double level = 0;
        for (int k = 0; k < fractions.Length; k++)
        {
            double efficacy = monitor.NextEfficacy(fractions[k], k == fractions.Length - 1);
            recursion.Begin(fractions[k]);
            level += recursion.Above(efficacy, 0);
            recursion.Continue(heeds ? monitor.Futility : double.NegativeInfinity, efficacy);
        }

        return level;
    }
}
