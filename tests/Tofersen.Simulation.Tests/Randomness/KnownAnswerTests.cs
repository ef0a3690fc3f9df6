using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Randomness;

/// <summary>Output of the generators' reference code: xoshiro256plusplus.c and splitmix64.c by Blackman and Vigna,
/// prng.di.unimi.it.</summary>
[Category("Reference")]
public sealed class KnownAnswerTests
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    [Test]
    public void NextBits_StateOneToFour_MatchesReferenceCode()
    {
        var random = new TrialRandom(1, 2, 3, 4);
        ulong[] expected =
        [
            41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205, 9973669472204895162,
            14011001112246962877, 12406186145184390807, 15849039046786891736, 10450023813501588000,
        ];

        ulong[] actual = [.. expected.Select(_ => random.NextBits())];

        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void Mix_SuccessiveGoldenGammas_MatchesReferenceSplitMix64()
    {
        ulong[] expected =
        [
            6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
        ];

        ulong[] actual = [.. Enumerable.Range(1, 5).Select(k => StreamKey.Mix(1234567 + ((ulong)k * GoldenGamma)))];

        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void NextUniform_KnownBits_IsTopFiftyThreeBitsOverTwoToTheFiftyThree()
    {
        var random = new TrialRandom(1, 2, 3, 4);
        for (int i = 0; i < 4; i++)
        {
            random.NextBits();
        }

        // 9228616714210784205 >> 11 = 4506160504985734.
        Assert.That(random.NextUniform(), Is.EqualTo(4506160504985734 / 9007199254740992.0));
    }

    [Test]
    public void NextUniformOpen_AllZeroBits_IsAboveZero()
    {
        var zero = new TrialRandom(0, 1, 0, 0);

        Assert.That(zero.NextUniformOpen(), Is.EqualTo(1.0 / 9007199254740992));
    }

    [Test]
    public void NextUniformOpen_AllOneBits_IsBelowOne()
    {
        // rotl(s0 + s3, 23) + s0 = 2⁶⁴ − 1 for s0 = 2⁶⁴ − 1 and s3 = 1.
        var ones = new TrialRandom(ulong.MaxValue, 0, 0, 1);

        Assert.That(ones.NextUniformOpen(), Is.EqualTo(1 - (1.0 / 9007199254740992)));
    }

    [Test]
    public void NextUniform_AllOneBits_IsBelowOne()
    {
        var ones = new TrialRandom(ulong.MaxValue, 0, 0, 1);

        Assert.That(ones.NextUniform(), Is.EqualTo(1 - (1.0 / 9007199254740992)));
    }
}
