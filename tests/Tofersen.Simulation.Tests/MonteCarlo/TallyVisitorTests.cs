using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>What is written of counts and sums comes back as it was, and adds up.</summary>
public sealed class TallyVisitorTests
{
    [Test]
    public void WriteAndRead_RandomCounts_AddUp()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(601), 0, 0, DrawPurpose.Trajectory);
        for (int trial = 0; trial < 2_000; trial++)
        {
            long[] counts = [.. RandomCounts(ref random)];
            long[] total = [.. RandomCounts(ref random, counts.Length)];
            long[] expected = [.. counts.Zip(total, (a, b) => a + b)];

            using BinaryReader reader = Written(v => v.Visit(counts));
            new TallyReader(reader).Visit(total);

            Assert.That(total, Is.EqualTo(expected), $"Trial {trial}");
            Assert.That(reader.BaseStream.Position, Is.EqualTo(reader.BaseStream.Length));
        }
    }

    [Test]
    public void WriteAndRead_RandomSums_AddUpExactly()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(602), 0, 0, DrawPurpose.Trajectory);
        for (int trial = 0; trial < 3_000; trial++)
        {
            double[] terms = Terms(ref random);
            double[] others = Terms(ref random);
            ExactSum sum = Sum(terms);
            ExactSum total = Sum(others);

            using BinaryReader reader = Written(v => v.Visit(sum));
            new TallyReader(reader).Visit(total);

            Assert.That(total.ToDouble(), Is.EqualTo(RationalSum.Of([.. terms, .. others])), $"Trial {trial}");
            Assert.That(sum.ToDouble(), Is.EqualTo(RationalSum.Of(terms)), "the sum that was written is as it was");
        }
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void WriteAndRead_SumThatIsNotFinite_StaysSo(double term)
    {
        ExactSum sum = Sum([1, term]);
        var total = new ExactSum();

        using BinaryReader reader = Written(v => v.Visit(sum));
        new TallyReader(reader).Visit(total);

        Assert.That(total.ToDouble(), Is.EqualTo(term));
    }

    [Test]
    public void WriteAndRead_SingleCounts_AddUp()
    {
        int count = 12;
        long large = long.MaxValue - 5;
        using BinaryReader reader = Written(v =>
        {
            v.Visit(ref count);
            v.Visit(ref large);
        });
        int total = 30;
        long largeTotal = 5;
        var read = new TallyReader(reader);
        read.Visit(ref total);
        read.Visit(ref largeTotal);

        Assert.That((total, largeTotal), Is.EqualTo((42, long.MaxValue)));
    }

    [Test]
    public void Clear_CountsAndSums_AreZero()
    {
        var clearer = new TallyClearer();
        int count = 1;
        long[] counts = [1, 2];
        ExactSum sum = Sum([1, -1e300, double.NaN]);

        clearer.Visit(ref count);
        clearer.Visit(counts);
        clearer.Visit(sum);

        Assert.That(count, Is.Zero);
        Assert.That(counts, Is.All.Zero);
        Assert.That(sum.ToDouble(), Is.Zero);
    }

    [Test]
    public void Read_RunBeyondTheCounts_IsRefused()
    {
        using BinaryReader reader = Written(v => v.Visit([0L, 0, 7]));

        Assert.That(() => new TallyReader(reader).Visit(new long[2]), Throws.TypeOf<InvalidDataException>());
    }

    private static BinaryReader Written(Action<TallyWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            write(new TallyWriter(writer));
        }

        stream.Position = 0;
        return new BinaryReader(stream);
    }

    private static long[] RandomCounts(ref TrialRandom random, int length = -1)
    {
        var counts = new long[length < 0 ? 1 + random.NextBelow(60) : length];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = random.NextBelow(3) == 0 ? 1 + ((long)random.NextBelow(int.MaxValue) << random.NextBelow(20)) : 0;
        }

        return counts;
    }

    private static double[] Terms(ref TrialRandom random)
    {
        var terms = new double[random.NextBelow(12)];
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = (random.NextUniform() - 0.5) * Math.Pow(2, random.NextBelow(2_000) - 1_000);
        }

        return terms;
    }

    private static ExactSum Sum(double[] terms)
    {
        var sum = new ExactSum();
        foreach (double term in terms)
        {
            sum.Add(term);
        }

        return sum;
    }
}
