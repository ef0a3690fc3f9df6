using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Randomness;

[Category("Statistical")]
public sealed class WholeNumberTests
{
    private const int Draws = 3_000_000;

    [TestCase(3)]
    [TestCase(6)]
    [TestCase(1000)]
    public void NextBelow_SmallLimit_IsUniform(int limit)
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(201), 0, 0, DrawPurpose.Randomisation);
        var counts = new long[limit];
        for (int i = 0; i < Draws; i++)
        {
            counts[random.NextBelow(limit)]++;
        }

        Assert.That(FalseAlarm.ChiSquare(counts), Is.LessThan(FalseAlarm.ChiSquareLimit(limit - 1)));
    }

    // Just above 2³¹ / 1.5 = 2³² / 3: without rejection, runs of four and of three 32-bit values would share their answers.
    // Whole numbers by residue show it, and thirds of the range show an uneven spread.
    [Test]
    public void NextBelow_LimitJustAboveThirdOfRange_IsUniform()
    {
        const int Limit = 1_431_655_766;
        const int Cells = 999;
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(202), 0, 0, DrawPurpose.Randomisation);
        var spread = new long[Cells];
        var residues = new long[7];
        for (int i = 0; i < Draws; i++)
        {
            int value = random.NextBelow(Limit);
            spread[(int)((long)value * Cells / Limit)]++;
            residues[value % 7]++;
        }

        Assert.That(FalseAlarm.ChiSquare(spread), Is.LessThan(FalseAlarm.ChiSquareLimit(Cells - 1)));
        Assert.That(FalseAlarm.ChiSquare(residues), Is.LessThan(FalseAlarm.ChiSquareLimit(6)));
    }

    [Test]
    public void NextBelow_LimitOne_IsZero()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(203), 0, 0, DrawPurpose.Randomisation);

        Assert.That(Enumerable.Range(0, 1000).Select(_ => random.NextBelow(1)), Is.All.Zero);
    }

    [Test]
    public void NextBelow_LargestLimit_StaysBelowIt()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(204), 0, 0, DrawPurpose.Randomisation);

        int[] draws = [.. Enumerable.Range(0, 1_000_000).Select(_ => random.NextBelow(int.MaxValue))];

        Assert.That(draws.Min(), Is.GreaterThanOrEqualTo(0));
        Assert.That(
            FalseAlarm.KolmogorovSmirnov([.. draws.Select(d => (double)d)], x => x / int.MaxValue),
            Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
    }

    [Test]
    public void Shuffle_FiveItems_EveryOrderIsEquallyLikely()
    {
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(205), 0, 0, DrawPurpose.Randomisation);
        var counts = new Dictionary<int, long>();
        Span<int> items = stackalloc int[5];
        for (int i = 0; i < 1_200_000; i++)
        {
            for (int k = 0; k < 5; k++)
            {
                items[k] = k;
            }

            random.Shuffle(items);
            int order = 0;
            foreach (int item in items)
            {
                order = (order * 5) + item;
            }

            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.That(counts, Has.Count.EqualTo(120));
        Assert.That(FalseAlarm.ChiSquare([.. counts.Values]), Is.LessThan(FalseAlarm.ChiSquareLimit(119)));
    }

    [Test]
    public void Shuffle_NothingOrOneItem_DrawsNothing()
    {
        TrialRandom random = TrialRandom.Open(206, 0, 0, DrawPurpose.Randomisation);
        TrialRandom untouched = random;

        random.Shuffle<int>([]);
        random.Shuffle<int>([7]);

        Assert.That(random.NextBits(), Is.EqualTo(untouched.NextBits()));
    }
}
