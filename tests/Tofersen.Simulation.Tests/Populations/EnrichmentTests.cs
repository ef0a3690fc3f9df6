using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Populations;

/// <summary>Clinical traits, and inclusion criteria on them and on what follows from them.</summary>
public sealed class EnrichmentTests
{
    private const int Draws = 50_000;

    private static readonly Stratum Clinical = TestStrata.Plain with
    {
        VitalCapacityMeanPercent = 82,
        VitalCapacitySdPercent = 18,
        DiagnosticDelayShareMinimum = 0.3,
        DiagnosticDelayShareMaximum = 0.8,
        DefiniteElEscorialProbability = 0.35,
        FrontotemporalDementiaProbability = 0.06,
    };

    private static readonly Participant[] People = TestStrata.Draw(Clinical, Draws, 921);

    [Category("Statistical")]
    [Test]
    public void Draw_ClinicalTraits_FollowTheirDistributions()
    {
        Assert.That(
            FalseAlarm.KolmogorovSmirnov([.. People.Select(p => p.VitalCapacityPercent)], x => Normal.CDF(82, 18, x)),
            Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        Assert.That(
            FalseAlarm.KolmogorovSmirnov(
                [.. People.Where(p => p.MonthsSinceOnset > 0).Select(p => p.DiagnosticDelayMonths / p.MonthsSinceOnset)],
                x => Math.Clamp((x - 0.3) / 0.5, 0, 1)),
            Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
        Assert.That(
            People.Count(p => p.HasDefiniteElEscorial) / (double)Draws, Is.EqualTo(0.35).Within(FalseAlarm.Proportion(0.35, Draws)));
        Assert.That(
            People.Count(p => p.HasFrontotemporalDementia) / (double)Draws, Is.EqualTo(0.06).Within(FalseAlarm.Proportion(0.06, Draws)));
    }

    [Test]
    public void Draw_VitalCapacityFarBelow_CountsAs10() =>
        Assert.That(
            TestStrata.Draw(Clinical with { VitalCapacityMeanPercent = 10, VitalCapacitySdPercent = 100 }, 1_000, 922)
                .Select(p => p.VitalCapacityPercent),
            Is.All.GreaterThanOrEqualTo(10).And.Some.EqualTo(10));

    // Whoever is screened out, the earlier traits are those of a stratum that knows nothing of the later ones.
    [Test]
    public void Draw_OtherClinicalTraits_DoNotMoveTheFirstTraits()
    {
        InclusionCriterion[] criterion = [new InclusionCriterion { Trait = Trait.BaselineScore, Minimum = 36 }];
        Stratum plain = TestStrata.Plain with { Inclusion = [.. criterion] };
        Stratum other = Clinical with
        {
            Inclusion = [.. criterion],
            Correlations = [new TraitCorrelation { First = Trait.SlowVitalCapacity, Second = Trait.DeclineRate, Value = -0.6 }],
        };

        Participant[] before = TestStrata.Draw(plain, 500, 923);
        Participant[] after = TestStrata.Draw(other, 500, 923);

        for (int p = 0; p < before.Length; p++)
        {
            Participant same = after[p] with
            {
                VitalCapacityPercent = before[p].VitalCapacityPercent,
                DiagnosticDelayMonths = before[p].DiagnosticDelayMonths,
                HasDefiniteElEscorial = before[p].HasDefiniteElEscorial,
                HasFrontotemporalDementia = before[p].HasFrontotemporalDementia,
            };
            Assert.That(same, Is.EqualTo(before[p]));
        }

        Assert.That(before.Select(p => p.CandidatesScreened), Has.Some.GreaterThan(1));
    }

    [TestCase(Trait.SlowVitalCapacity, 80, 120)]
    [TestCase(Trait.MonthsSinceOnset, 6, 18)]
    [TestCase(Trait.TricalsRisk, -6, -2)]
    [TestCase(Trait.PredictedMedianSurvivalMonths, 20, 40)]
    public void Draw_Criterion_IsMetByEverybodyAndFailsAtTheShareOutside(Trait trait, double minimum, double maximum)
    {
        Stratum stratum = Clinical with
        {
            Inclusion = [new InclusionCriterion { Trait = trait, Minimum = minimum, Maximum = maximum }],
        };

        Participant[] enrolled = TestStrata.Draw(stratum, Draws, FalseAlarm.Seed(924));

        Assert.That(enrolled.Select(p => Value(p, trait)), Is.All.InRange(minimum, maximum));

        // Among all candidates the eligible share is q; here it is Draws over everybody who was screened.
        double q = People.Count(p => Value(p, trait) >= minimum && Value(p, trait) <= maximum) / (double)Draws;
        double screened = enrolled.Sum(p => (double)p.CandidatesScreened);
        double error = Math.Sqrt(q * (1 - q) * ((1.0 / Draws) + (1.0 / screened)));
        Assert.That(Draws / screened, Is.EqualTo(q).Within(FalseAlarm.StandardErrors * error));
    }

    // By hand from the participant's own traits.
    [Test]
    public void Draw_TricalsCriterion_UsesTheParticipantsProfile()
    {
        foreach (Participant p in People.Take(2_000).Where(p => p.MonthsSinceOnset > 0.1 && p.AgeYears - (p.MonthsSinceOnset / 12) > 1))
        {
            var profile = new TricalsProfile
            {
                LossPerMonth = (48 - p.BaselineScore) / p.MonthsSinceOnset,
                DiagnosticDelayMonths = Math.Min(1_200, p.DiagnosticDelayMonths),
                AgeAtOnsetYears = p.AgeYears - (p.MonthsSinceOnset / 12),
                VitalCapacityPercent = p.VitalCapacityPercent,
                HasBulbarOnset = p.HasBulbarOnset,
                HasDefiniteElEscorial = p.HasDefiniteElEscorial,
                HasFrontotemporalDementia = p.HasFrontotemporalDementia,
            };
            Assert.That(TricalsRisk.Of(p), Is.EqualTo(TricalsRisk.LinearPredictor(profile)).Within(1e-9));
        }
    }

    // Full score, no decline, onset before birth: not defined, so nobody of them can be enrolled by a criterion on it.
    [Test]
    public void Draw_RiskThatIsNotDefined_MeetsNoCriterion()
    {
        Stratum improving = Clinical with
        {
            PreRandomisationSlope = new NormalRate { Mean = -1, Sd = 0.1 },
            Inclusion = [new InclusionCriterion { Trait = Trait.TricalsRisk }],
        };

        Assert.That(() => TestStrata.Draw(improving, 1, 925), Throws.InstanceOf<ScreeningException>());
        Assert.That(TricalsRisk.Of(People[0] with { MonthsSinceOnset = 0, DiagnosticDelayMonths = 0 }), Is.NaN);
        Assert.That(TricalsRisk.Of(People[0] with { AgeYears = 20, MonthsSinceOnset = 250 }), Is.NaN);
    }

    [Test]
    public void Correlation_TraitThatFollowsFromOthers_Throws(
        [Values(Trait.MonthsSinceOnset, Trait.TricalsRisk, Trait.PredictedMedianSurvivalMonths)] Trait trait)
    {
        Assert.That(
            () => new TraitCorrelation { First = trait, Second = Trait.Age, Value = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("First")
                .And.Message.Contains("SlowVitalCapacity"));
        Assert.That(
            () => new TraitCorrelation { First = Trait.Age, Second = trait, Value = 0 },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("Second"));
    }

    [Test]
    public void Population_DelaySharesTheWrongWayRound_ThrowsNamingTheStratum() =>
        Assert.That(
            () => TestStrata.Population(Clinical with { DiagnosticDelayShareMinimum = 0.9 }),
            Throws.ArgumentException.With.Message.Contains("'plain'").And.Message.Contains("0.9 to 0.8"));

    private static double Value(Participant p, Trait trait) => trait switch
    {
        Trait.SlowVitalCapacity => p.VitalCapacityPercent,
        Trait.MonthsSinceOnset => p.MonthsSinceOnset,
        Trait.TricalsRisk => TricalsRisk.Of(p),
        _ => TricalsRisk.Of(p) is var risk && double.IsNaN(risk) ? double.NaN : TricalsRisk.MedianAt(risk),
    };
}
