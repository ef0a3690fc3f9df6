using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class ExactSumTests
{
    private static IEnumerable<TestCaseData> Terms
    {
        get
        {
            yield return Case("nothing");
            yield return Case("cancellation", 1e308, 1, -1e308);
            yield return Case("cancellation to the smallest", 1e16, 1, -1e16, double.Epsilon, -1);
            yield return Case("subnormals", double.Epsilon, double.Epsilon, 3 * double.Epsilon, -double.Epsilon);
            yield return Case("subnormals that become normal", 2.2250738585072009E-308, double.Epsilon);
            yield return Case("normal that becomes subnormal", 2.2250738585072014E-308, -double.Epsilon);
            yield return Case("tie to even, down", 9007199254740992, 1);
            yield return Case("tie to even, up", 9007199254740994, 1);
            yield return Case("a hair above a tie", 9007199254740992, 1, 1e-300);
            yield return Case("a hair below a tie", 9007199254740994, 1, -1e-300);
            yield return Case("a negative hair above a tie", -9007199254740992, -1, -double.Epsilon);
            yield return Case("carry through many limbs", 1e300, -1e-300);
            yield return Case("negative", -0.1, -0.2, -0.3);
            yield return Case("largest", double.MaxValue, double.MaxValue, -double.MaxValue);
            yield return Case("zeros", 0.0, -0.0);
            yield return Case("tenths", [.. Enumerable.Repeat(0.1, 1000)]);
        }
    }

    [TestCaseSource(nameof(Terms))]
    public void ToDouble_ChosenTerms_IsTheExactSumRoundedOnce(double[] terms) =>
        Assert.That(Sum(terms), Is.EqualTo(RationalSum.Of(terms)));

    [Test]
    public void ToDouble_RandomTermsOfWildExponents_IsTheExactSumRoundedOnce()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(1001), 0, 0, DrawPurpose.Trajectory);
        for (int trial = 0; trial < 5000; trial++)
        {
            double[] terms = RandomTerms(ref random, 1 + random.NextBelow(20));
            Assert.That(Sum(terms), Is.EqualTo(RationalSum.Of(terms)), $"Trial {trial}");
        }
    }

    [Test]
    public void ToDouble_TermsInAnyOrder_GivesTheSameBits()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(1002), 0, 0, DrawPurpose.Trajectory);
        for (int trial = 0; trial < 500; trial++)
        {
            double[] terms = RandomTerms(ref random, 100);
            double inOrder = Sum(terms);
            random.Shuffle<double>(terms);
            Assert.That(Bits(Sum(terms)), Is.EqualTo(Bits(inOrder)), $"Trial {trial}");
        }
    }

    [Test]
    public void Add_PartsMergedInAnyOrder_GivesTheSameBits()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(1003), 0, 0, DrawPurpose.Trajectory);
        for (int trial = 0; trial < 300; trial++)
        {
            double[] terms = RandomTerms(ref random, 60);
            ExactSum[] parts = [.. Enumerable.Range(0, 7).Select(_ => new ExactSum())];
            foreach (double term in terms)
            {
                parts[random.NextBelow(7)].Add(term);
            }

            random.Shuffle<ExactSum>(parts);
            var total = new ExactSum();
            foreach (ExactSum part in parts)
            {
                total.Add(part);
            }

            Assert.That(Bits(total.ToDouble()), Is.EqualTo(Bits(Sum(terms))), $"Trial {trial}");
        }
    }

    [Test]
    public void ToDouble_AskedTwiceAndInBetween_DoesNotDisturbTheSum()
    {
        var sum = new ExactSum();
        foreach (double term in (double[])[-1e200, 3, 1e200, -7.25, 1e-200])
        {
            sum.Add(term);
            double once = sum.ToDouble();
            Assert.That(sum.ToDouble(), Is.EqualTo(once));
        }

        Assert.That(sum.ToDouble(), Is.EqualTo(-4.25));
    }

    [Test]
    public void Add_OtherSum_LeavesTheOtherAsItWas()
    {
        var one = new ExactSum();
        var other = new ExactSum();
        one.Add(0.5);
        other.Add(-0.25);
        other.Add(1e100);

        one.Add(other);

        Assert.That(other.ToDouble(), Is.EqualTo(1e100));
        Assert.That(one.ToDouble(), Is.EqualTo(1e100));
        one.Add(-1e100);
        Assert.That(one.ToDouble(), Is.EqualTo(0.25));
    }

    [TestCase(new[] { 1.0, double.PositiveInfinity, 2 }, double.PositiveInfinity)]
    [TestCase(new[] { double.NegativeInfinity, 1e308 }, double.NegativeInfinity)]
    [TestCase(new[] { double.PositiveInfinity, double.NegativeInfinity }, double.NaN)]
    [TestCase(new[] { 1, double.NaN, 2 }, double.NaN)]
    public void ToDouble_TermNotFinite_SumIsNotFinite(double[] terms, double expected)
    {
        Assert.That(Sum(terms), Is.EqualTo(expected));

        var merged = new ExactSum();
        var part = new ExactSum();
        foreach (double term in terms)
        {
            part.Add(term);
        }

        merged.Add(1);
        merged.Add(part);
        Assert.That(merged.ToDouble(), Is.EqualTo(expected));
    }

    [TestCase(1, double.PositiveInfinity)]
    [TestCase(-1, double.NegativeInfinity)]
    public void ToDouble_BeyondTheRange_IsInfinite(double sign, double expected) =>
        Assert.That(Sum([sign * double.MaxValue, sign * double.MaxValue]), Is.EqualTo(expected));

    // 0.1 as a double is 3602879701896397 / 2⁵⁵: a million of them and of 2⁵⁰ make 2⁵⁰ · 10⁶ + 3602879701896397 · 10⁶ / 2⁵⁵.
    [Test]
    public void ToDouble_MillionsOfTerms_IsExact()
    {
        var sum = new ExactSum();
        for (int i = 0; i < 1_000_000; i++)
        {
            sum.Add(0.1);
            sum.Add(1125899906842624);
        }

        Assert.That(sum.ToDouble(), Is.EqualTo(1.1258999068426241e+21));
        for (int i = 0; i < 1_000_000; i++)
        {
            sum.Add(-1125899906842624);
        }

        Assert.That(sum.ToDouble(), Is.EqualTo(3602879701896397 * 1e6 / 36028797018963968));
    }

    private static double[] RandomTerms(ref TrialRandom random, int count)
    {
        var terms = new double[count];
        for (int i = 0; i < count; i++)
        {
            // Any finite bits; every third term takes part of an earlier one back.
            double term;
            do
            {
                term = BitConverter.UInt64BitsToDouble(random.NextBits()) / 1024;
            }
            while (!double.IsFinite(term));

            terms[i] = i > 0 && i % 3 == 0 ? -terms[random.NextBelow(i)] * (1 + (random.NextBelow(3) * 1e-16)) : term;
        }

        return terms;
    }

    private static double Sum(IEnumerable<double> terms)
    {
        var sum = new ExactSum();
        foreach (double term in terms)
        {
            sum.Add(term);
        }

        return sum.ToDouble();
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static TestCaseData Case(string name, params double[] terms) =>
        new TestCaseData(terms).SetArgDisplayNames(name);
}
