using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Designs;

public sealed class PermutedBlocksTests
{
    [TestCase(1, 1, 1)]
    [TestCase(2, 1, 2)]
    [TestCase(1, 2, 1)]
    [TestCase(3, 1, 1)]
    [TestCase(2, 2, 1)]
    [TestCase(1, 1, 100)]
    public void Fill_FullBlocks_EachHasTheExactRatio(int active, int control, int multiple)
    {
        ParallelGroup design = Design(active, control, multiple);
        int size = (active + control) * multiple;
        var arms = new byte[size * 50];

        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(601), 0, 0, DrawPurpose.Randomisation);
        PermutedBlocks.Fill(design, ref random, arms);

        Assert.That(design.BlockSize, Is.EqualTo(size));
        foreach (byte[] block in arms.Chunk(size))
        {
            Assert.That(block.Count(a => a == TrialDesign.ActiveArm), Is.EqualTo(active * multiple));
            Assert.That(block.Count(a => a == TrialDesign.ControlArm), Is.EqualTo(control * multiple));
        }
    }

    [Category("Statistical")]
    [TestCase(1, 1, 1, 2)]
    [TestCase(2, 1, 1, 3)]
    [TestCase(2, 1, 2, 15)]
    [TestCase(3, 1, 1, 4)]
    [TestCase(2, 2, 2, 70)]
    public void Fill_FullBlock_EveryOrderIsEquallyLikely(int active, int control, int multiple, int orders)
    {
        Dictionary<string, long> counts = Orders(Design(active, control, multiple), (active + control) * multiple);

        Assert.That(counts, Has.Count.EqualTo(orders));
        Assert.That(FalseAlarm.ChiSquare([.. counts.Values]), Is.LessThan(FalseAlarm.ChiSquareLimit(orders - 1)));
    }

    // Two of a block of four active and two control: AA 4/6 · 3/5 = 0.4, AC and CA 4/15 each, CC 1/15.
    [Category("Statistical")]
    [Test]
    public void Fill_CutOffBlock_IsTheBeginningOfAShuffledBlock()
    {
        Dictionary<string, long> counts = Orders(Design(2, 1, 2), length: 8, from: 6);

        Assert.That(
            FalseAlarm.ChiSquare(
                [counts["11"], counts["10"], counts["01"], counts["00"]], [6 / 15.0, 4 / 15.0, 4 / 15.0, 1 / 15.0]),
            Is.LessThan(FalseAlarm.ChiSquareLimit(3)));
    }

    [Test]
    public void Fill_ShorterTrial_IsTheBeginningOfALongerOne()
    {
        var longer = new byte[100];
        var shorter = new byte[37];
        TrialRandom first = TrialRandom.Open(602, 0, 0, DrawPurpose.Randomisation);
        TrialRandom second = TrialRandom.Open(602, 0, 0, DrawPurpose.Randomisation);

        PermutedBlocks.Fill(Design(2, 1, 2), ref first, longer);
        PermutedBlocks.Fill(Design(2, 1, 2), ref second, shorter);

        Assert.That(shorter, Is.EqualTo(longer[..37]));
    }

    [Test]
    public void Fill_EmptyStratum_DrawsNothing()
    {
        TrialRandom random = TrialRandom.Open(603, 0, 0, DrawPurpose.Randomisation);
        TrialRandom untouched = random;

        PermutedBlocks.Fill(Design(2, 1, 1), ref random, []);

        Assert.That(random.NextBits(), Is.EqualTo(untouched.NextBits()));
    }

    private static ParallelGroup Design(int active, int control, int multiple) => new()
    {
        Participants = 1000,
        Allocation = new AllocationRatio(active, control),
        BlockMultiple = multiple,
        VisitWeeks = [0, 28],
    };

    private static Dictionary<string, long> Orders(ParallelGroup design, int length, int from = 0)
    {
        var key = new StreamKey(FalseAlarm.Seed(604), 0);
        var arms = new byte[length];
        var counts = new Dictionary<string, long>();
        for (int stratum = 0; stratum < 150_000; stratum++)
        {
            TrialRandom random = key.Open(stratum, DrawPurpose.Randomisation);
            PermutedBlocks.Fill(design, ref random, arms);
            string order = string.Concat(arms[from..]);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        return counts;
    }
}
