using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Ranks;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class JointRankPowerTests
{
    // 18 months, 1.1 points a month, SD 9.1, slowing by a quarter, median survival 24 and 30 months, 130 an arm: a published worked
    // case, recomputed in R; simulated there 0.7385 with 20,000 trials.
    internal static readonly JointRankPower Published = new()
    {
        ActiveParticipants = 130,
        ControlParticipants = 130,
        ActiveHazardPerMonth = Math.Log(2) / 30,
        ControlHazardPerMonth = Math.Log(2) / 24,
        HorizonMonths = 18,
        MeanDifference = 0.25 * 1.1 * 18,
        Sd = 9.1,
    };

    private static readonly JointRankPower Uneven = Published with { ActiveParticipants = 72, ControlParticipants = 36, MeanDifference = 6 };

    private static readonly JointRankPower NoEffect =
        Uneven with { MeanDifference = 0, ActiveHazardPerMonth = Uneven.ControlHazardPerMonth };

    private static IEnumerable<TestCaseData> Cases() =>
    [
        new TestCaseData(Published, 1).SetArgDisplayNames("published"),
        new TestCaseData(Uneven, 2).SetArgDisplayNames("uneven"),
        new TestCaseData(Published with { MeanDifference = 0, ActiveHazardPerMonth = 0.005 }, 3).SetArgDisplayNames("survival only"),
        new TestCaseData(Published with { ActiveHazardPerMonth = 0, ControlHazardPerMonth = 0 }, 4).SetArgDisplayNames("no deaths"),
        new TestCaseData(NoEffect, 5).SetArgDisplayNames("no effect"),
    ];

    [Test]
    public void Power_PublishedCase_GivesPublishedValues()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Published.ControlDeathProbability, Is.EqualTo(0.405396).Within(5e-7));
            Assert.That(Published.ActiveDeathProbability, Is.EqualTo(0.340246).Within(5e-7));
            Assert.That(Published.WinProbability, Is.EqualTo(0.592506).Within(5e-7));
            Assert.That(Published.WinOverTwoProbability, Is.EqualTo(0.449948).Within(5e-7));
            Assert.That(Published.BothWinProbability, Is.EqualTo(0.413477).Within(5e-7));
            Assert.That(Published.NullSd, Is.EqualTo(0.0358745).Within(5e-8));
            Assert.That(Published.AlternativeSd, Is.EqualTo(0.0352917).Within(5e-8));
            Assert.That(Published.Power, Is.EqualTo(0.73527).Within(5e-6));
        }
    }

    // Without effect ranks are uniform: 1/2, 1/3, 1/3.
    [TestCase(0)]
    [TestCase(1e-12)]
    [TestCase(0.02)]
    [TestCase(100)]
    public void Probabilities_NoEffect_AreThoseOfUniformRanks(double hazard)
    {
        JointRankPower power = NoEffect with { ActiveHazardPerMonth = hazard, ControlHazardPerMonth = hazard };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(power.WinProbability, Is.EqualTo(0.5).Within(1e-14));
            Assert.That(power.WinOverTwoProbability, Is.EqualTo(1 / 3.0).Within(1e-14));
            Assert.That(power.BothWinProbability, Is.EqualTo(1 / 3.0).Within(1e-14));
            Assert.That(power.AlternativeSd, Is.EqualTo(power.NullSd).Within(1e-14));
            Assert.That(power.Power, Is.EqualTo(0.025).Within(1e-12));
        }
    }

    [Test]
    public void Power_SwappedArms_IsTheSame()
    {
        JointRankPower swapped = Uneven with
        {
            ActiveParticipants = Uneven.ControlParticipants,
            ControlParticipants = Uneven.ActiveParticipants,
            ActiveHazardPerMonth = Uneven.ControlHazardPerMonth,
            ControlHazardPerMonth = Uneven.ActiveHazardPerMonth,
            MeanDifference = -Uneven.MeanDifference,
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(swapped.WinProbability, Is.EqualTo(1 - Uneven.WinProbability).Within(1e-14));
            Assert.That(swapped.Power, Is.EqualTo(Uneven.Power).Within(1e-12));
        }
    }

    [TestCase(-1000, 0, 0)]
    [TestCase(1000, 1, 1)]
    public void Power_OverwhelmingDifference_IsCertain(double difference, double winProbability, double both)
    {
        JointRankPower power = NoEffect with
        {
            ActiveHazardPerMonth = 0,
            ControlHazardPerMonth = 0,
            MeanDifference = difference,
            Sd = 1,
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(power.WinProbability, Is.EqualTo(winProbability).Within(1e-15));
            Assert.That(power.BothWinProbability, Is.EqualTo(both).Within(1e-15));
            Assert.That(power.Power, Is.EqualTo(1));
        }
    }

    // Type I error and power of the unadjusted Z, the exact test and the win statistics. The formula is for large trials: with 36 in
    // an arm simulation stays within 0.01 of it.
    [TestCaseSource(nameof(Cases))]
    [Category("Statistical")]
    public void Power_Simulated_AgreesWithTheFormula(JointRankPower power, int seed)
    {
        const int Replicates = 20_000;
        int n = power.ActiveParticipants + power.ControlParticipants;
        var engine = new JointRankEngine(n, 1, 0);
        var tests = new ScoreTests(engine, n, power.Alpha, exact: false);
        var random = new Random((int)FalseAlarm.Seed((ulong)seed));
        int rejected = 0, general = 0;
        for (int r = 0; r < Replicates; r++)
        {
            Fill(engine, power, random);
            engine.Score(n, countsWins: true, default, 0);
            AnalysisResult z = tests.Unadjusted();
            rejected += z.PValue < power.Alpha ? 1 : 0;
            general += tests.Wins().LogWinOdds(WinVariance.General).PValue < power.Alpha ? 1 : 0;
        }

        // The formula counts one side only.
        double expected = power.MeanDifference == 0 && power.ActiveHazardPerMonth == power.ControlHazardPerMonth
            ? power.Alpha
            : power.Power;
        double share = (double)rejected / Replicates;
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"formula {expected:F5}, unadjusted {share:F5}, log win odds {(double)general / Replicates:F5}"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(share, Is.EqualTo(expected).Within(FalseAlarm.Proportion(expected, Replicates) + (n < 200 ? 0.01 : 0.004)));
            Assert.That((double)general / Replicates, Is.EqualTo(share).Within(0.02));
        }
    }

    [Test]
    public void JointRankPower_OutOfRange_ThrowsNamingIt()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Published with { Sd = 0 }, Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("Sd"));
            Assert.That(() => Published with { ActiveParticipants = 1 }, Throws.InstanceOf<ArgumentException>().With.Message.Contains("[2, 10000000]"));
            Assert.That(() => Published with { HorizonMonths = double.NaN }, Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Published with { ControlHazardPerMonth = -1 }, Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Published with { Alpha = 0.6 }, Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Published with { MeanDifference = 1001 }, Throws.InstanceOf<ArgumentException>());
        }
    }

    private static void Fill(JointRankEngine engine, JointRankPower power, Random random)
    {
        int n = power.ActiveParticipants + power.ControlParticipants;
        for (int i = 0; i < n; i++)
        {
            bool isActive = i < power.ActiveParticipants;
            double hazard = isActive ? power.ActiveHazardPerMonth : power.ControlHazardPerMonth;
            double death = -Math.Log(1 - random.NextDouble()) / hazard;
            bool dies = death <= power.HorizonMonths;
            engine.IsActive[i] = isActive ? 1 : 0;
            engine.Outcomes[i] = dies ? RankedOutcome.Died : RankedOutcome.Complete;
            engine.Values[i] = dies ? death : Normal.Sample(random, isActive ? power.MeanDifference : 0, power.Sd);
        }
    }
}
