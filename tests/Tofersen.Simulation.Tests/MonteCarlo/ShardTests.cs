using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class ShardTests
{
    [TestCase("1/1", 1, 1)]
    [TestCase("3/8", 3, 8)]
    [TestCase("1000000/1000000", 1_000_000, 1_000_000)]
    public void Parse_Share_IsRead(string text, int index, int count)
    {
        Assert.That(Shard.Parse(text), Is.EqualTo(new Shard(index, count)));
        Assert.That(new Shard(index, count).ToString(), Is.EqualTo(text));
    }

    [TestCase("0/8")]
    [TestCase("9/8")]
    [TestCase("-1/8")]
    [TestCase("1/0")]
    [TestCase("1/1000001")]
    [TestCase("1/99999999999")]
    [TestCase("1")]
    [TestCase("1/2/3")]
    [TestCase("1 / 2")]
    [TestCase("+1/2")]
    [TestCase("a/b")]
    [TestCase("")]
    public void Parse_NoShare_SaysHowToWriteOne(string text) =>
        Assert.That(() => Shard.Parse(text), Throws.ArgumentException.With.Message.Contains("such as 1/8"));

    [Test]
    public void Constructor_OutOfRange_Throws([Values(0, 4)] int index) =>
        Assert.That(() => new Shard(index, 3), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void BlocksOf_AllShares_HoldEveryBlockOnce([Values(1, 2, 7, 30)] int count, [Values(1, 6, 29)] int blocks)
    {
        IEnumerable<int> all = Enumerable.Range(1, count).SelectMany(i => new Shard(i, count).BlocksOf(blocks));

        Assert.That(all.Order(), Is.EqualTo(Enumerable.Range(0, blocks)));
    }
}
