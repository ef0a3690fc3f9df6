using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Populations;

public sealed class InclusionTests
{
    private const int Draws = 100_000;

    [Category("Statistical")]
    [Test]
    public void Draw_ScoreAndAgeCriteria_AreMetAndFailAtTheNormalRate()
    {
        Stratum stratum = TestStrata.Plain with
        {
            Inclusion =
            [
                new InclusionCriterion { Trait = Trait.BaselineScore, Minimum = 30, Maximum = 42 },
                new InclusionCriterion { Trait = Trait.Age, Minimum = 50 },
            ],
        };

        Participant[] participants = TestStrata.Draw(stratum, Draws, FalseAlarm.Seed(511));

        Assert.That(participants.Select(p => p.BaselineScore), Is.All.InRange(30, 42));
        Assert.That(participants.Select(p => p.AgeYears), Is.All.GreaterThanOrEqualTo(50));
        double eligible = (Normal.CDF(36, 6, 42) - Normal.CDF(36, 6, 30)) * (1 - Normal.CDF(55, 11, 50));
        AssertScreening(participants, eligible);
    }

    // ln rate is correlated with the score: screening the rate moves the score, by σ · r · φ(a) / (1 − Φ(a)).
    [Category("Statistical")]
    [Test]
    public void Draw_CriterionOnCorrelatedTrait_MovesTheOtherByTheTruncatedNormalMean()
    {
        var rate = (LogNormalRate)TestStrata.Plain.DeclineRate;
        Stratum stratum = TestStrata.Plain with
        {
            Correlations = [new TraitCorrelation { First = Trait.BaselineScore, Second = Trait.DeclineRate, Value = -0.5 }],
            Inclusion = [new InclusionCriterion { Trait = Trait.DeclineRate, Minimum = 1.2 }],
        };

        Participant[] participants = TestStrata.Draw(stratum, Draws, FalseAlarm.Seed(512));

        double variance = Math.Log(13.0 / 9);
        double a = Math.Sqrt(variance) / 2;
        double mean = 36 - (0.5 * 6 * Normal.PDF(0, 1, a) / (1 - Normal.CDF(0, 1, a)));
        Assert.That(rate.Mean, Is.EqualTo(1.2));
        Assert.That(
            participants.Average(p => p.BaselineScore),
            Is.EqualTo(mean).Within(FalseAlarm.StandardErrors * 6 / Math.Sqrt(Draws)));
        AssertScreening(participants, 1 - Normal.CDF(0, 1, a));
    }

    [TestCase(Trait.NeurofilamentLight, 60, 100)]
    [TestCase(Trait.PreRandomisationSlope, 0.5, 1.5)]
    [TestCase(Trait.DeclineRate, 0.2, 0.9)]
    public void Draw_CriterionInTheTraitsUnit_IsMetByEverybody(Trait trait, double minimum, double maximum)
    {
        Stratum stratum = TestStrata.Plain with
        {
            Inclusion = [new InclusionCriterion { Trait = trait, Minimum = minimum, Maximum = maximum }],
        };

        Participant[] participants = TestStrata.Draw(stratum, 5_000, FalseAlarm.Seed(513));

        double Value(Participant p) => trait switch
        {
            Trait.NeurofilamentLight => Math.Exp(p.LogNeurofilamentLight),
            Trait.PreRandomisationSlope => p.PreRandomisationSlopePerMonth,
            _ => p.DeclinePerMonth,
        };
        Assert.That(participants.Select(Value), Is.All.InRange(minimum, maximum));
        Assert.That(participants.Select(p => p.CandidatesScreened), Has.Some.GreaterThan(1));
    }

    [Test]
    public void Draw_EligibleParticipants_AreTheFirstEligibleCandidatesOfTheSameStream()
    {
        Stratum screened = TestStrata.Plain with
        {
            Inclusion = [new InclusionCriterion { Trait = Trait.BaselineScore, Minimum = 36 }],
        };

        Participant[] all = TestStrata.Draw(TestStrata.Plain, 200, seed: 514);
        Participant[] eligible = TestStrata.Draw(screened, 200, seed: 514);

        for (int p = 0; p < all.Length; p++)
        {
            Assert.That(eligible[p] == all[p], Is.EqualTo(all[p].BaselineScore >= 36));
        }
    }

    [Test]
    public void Draw_ImpossibleCriteria_ThrowsNamingTheStratum()
    {
        Stratum impossible = TestStrata.Plain with
        {
            Name = "unreachable",
            Inclusion = [new InclusionCriterion { Trait = Trait.Age, Minimum = 500 }],
        };

        Assert.That(
            () => TestStrata.Draw(impossible, 1, seed: 515),
            Throws.TypeOf<ScreeningException>().With.Message.Contains("'unreachable'"));
    }

    [Test]
    public void Draw_ContradictingCriteria_ThrowsNamingTheStratum()
    {
        Stratum impossible = TestStrata.Plain with
        {
            Inclusion = [new InclusionCriterion { Trait = Trait.Age, Minimum = 60, Maximum = 50 }],
        };

        Assert.That(
            () => TestStrata.Draw(impossible, 1, seed: 516),
            Throws.TypeOf<ScreeningException>().With.Message.Contains("'plain'"));
    }

    // Candidates per participant are geometric: mean 1 / q, variance (1 − q) / q².
    private static void AssertScreening(Participant[] participants, double eligible) =>
        Assert.That(
            participants.Average(p => p.CandidatesScreened),
            Is.EqualTo(1 / eligible)
                .Within(FalseAlarm.StandardErrors * Math.Sqrt((1 - eligible) / participants.Length) / eligible));
}
