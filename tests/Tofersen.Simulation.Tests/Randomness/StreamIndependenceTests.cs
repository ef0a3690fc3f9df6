using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Randomness;

/// <summary>Neighbouring streams are no more alike than any others.</summary>
public sealed class StreamIndependenceTests
{
    private const int Streams = 100_000;
    private const ulong Seed = 401;

    [Category("Statistical")]
    [Test]
    public void Open_ReplicateAndNext_FirstDrawsAreUncorrelated() =>
        AssertUncorrelated(
            k => TrialRandom.Open(Seed, k, 3, DrawPurpose.Baseline),
            k => TrialRandom.Open(Seed, k + 1, 3, DrawPurpose.Baseline));

    [Category("Statistical")]
    [Test]
    public void Open_ParticipantAndNext_FirstDrawsAreUncorrelated() =>
        AssertUncorrelated(
            k => TrialRandom.Open(Seed, 5, k, DrawPurpose.Baseline),
            k => TrialRandom.Open(Seed, 5, k + 1, DrawPurpose.Baseline));

    [Category("Statistical")]
    [Test]
    public void Open_PurposeAndNext_FirstDrawsAreUncorrelated([Range(1, 8)] int purpose) =>
        AssertUncorrelated(
            k => TrialRandom.Open(Seed, k / 100, k % 100, (DrawPurpose)purpose),
            k => TrialRandom.Open(Seed, k / 100, k % 100, (DrawPurpose)(purpose + 1)));

    [Category("Statistical")]
    [Test]
    public void Open_SeedAndNext_FirstDrawsAreUncorrelated() =>
        AssertUncorrelated(
            k => TrialRandom.Open((ulong)k, 5, 3, DrawPurpose.Baseline),
            k => TrialRandom.Open((ulong)k + 1, 5, 3, DrawPurpose.Baseline));

    [Category("Statistical")]
    [Test]
    public void Open_SeedAndReplicateShiftedTogether_FirstDrawsAreUncorrelated() =>
        AssertUncorrelated(
            k => TrialRandom.Open((ulong)k + 1, 5, 3, DrawPurpose.Baseline),
            k => TrialRandom.Open((ulong)k, 6, 3, DrawPurpose.Baseline));

    [Test]
    public void Open_MillionStreams_NoTwoShareTheFirst128Bits()
    {
        var seen = new HashSet<(ulong, ulong)>();
        for (int replicate = 0; replicate < 1000; replicate++)
        {
            var key = new StreamKey(Seed, replicate - 100);
            for (int participant = 0; participant < 125; participant++)
            {
                for (int purpose = 1; purpose <= 8; purpose++)
                {
                    TrialRandom random = key.Open(participant, (DrawPurpose)purpose);
                    seen.Add((random.NextBits(), random.NextBits()));
                }
            }
        }

        Assert.That(seen, Has.Count.EqualTo(1_000_000));
    }

    [Test]
    public void Open_SameKey_OpensTheSameStream()
    {
        TrialRandom direct = TrialRandom.Open(Seed, 12, 34, DrawPurpose.Events);
        TrialRandom throughKey = new StreamKey(Seed, 12).Open(34, DrawPurpose.Events);

        Assert.That(
            Enumerable.Range(0, 10).Select(_ => direct.NextBits()).ToArray(),
            Is.EqualTo(Enumerable.Range(0, 10).Select(_ => throughKey.NextBits()).ToArray()));
    }

    [Test]
    public void StreamKey_Equality_IsThatOfSeedAndReplicate()
    {
        var key = new StreamKey(1, 2);
        var same = new StreamKey(1, 2);

        Assert.That(same, Is.EqualTo(key));
        Assert.That(same.GetHashCode(), Is.EqualTo(key.GetHashCode()));
        Assert.That(same == key, Is.True);
        Assert.That(key != new StreamKey(1, 3), Is.True);
        Assert.That(new StreamKey(2, 1), Is.Not.EqualTo(key));
    }

    private static void AssertUncorrelated(Func<int, TrialRandom> open, Func<int, TrialRandom> openNeighbour)
    {
        FalseAlarm.Seed(Seed);
        double product = 0;
        double squareProduct = 0;
        double uniformProduct = 0;
        for (int k = 0; k < Streams; k++)
        {
            TrialRandom a = open(k);
            TrialRandom b = openNeighbour(k);
            double x = a.NextNormal();
            double y = b.NextNormal();
            product += x * y;
            squareProduct += ((x * x) - 1) * ((y * y) - 1) / 2;
            uniformProduct += 12 * (a.NextUniform() - 0.5) * (b.NextUniform() - 0.5);
        }

        // Means and variances are known, so each sum has mean 0 and variance 1 a stream.
        double limit = FalseAlarm.StandardErrors * Math.Sqrt(Streams);
        Assert.That(product, Is.EqualTo(0).Within(limit), "First normal draws");
        Assert.That(squareProduct, Is.EqualTo(0).Within(limit), "Squares of first normal draws");
        Assert.That(uniformProduct, Is.EqualTo(0).Within(limit), "Uniform draws after them");
    }
}
