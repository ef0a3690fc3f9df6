using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Designs;

/// <summary>Dose-ranging trials in cohorts.</summary>
public sealed class DoseRangingTests
{
    private static readonly Scenario PhaseOneTwo = Tofersen.Simulation.Calibrations.PhaseOneTwo.Preset.Scenario;
    private static readonly DoseRanging Design = (DoseRanging)PhaseOneTwo.Design;

    [Test]
    public void Arms_Cohorts_ArePlaceboAndThenTheDoses()
    {
        Assert.That(Design.Arms.Select(a => a.Name), Is.EqualTo((string[])["Placebo", "20 mg", "40 mg", "60 mg", "100 mg"]));
        Assert.That(Design.Arms[0].Exposure, Is.Empty);
        Assert.That(Design.Arms[3].Exposure, Is.EqualTo((ExposureInterval[])[new(0, 112 / 30.4375, 60)]));
    }

    [Test]
    public void Cohorts_NullEntry_ThrowsNamingThem() =>
        Assert.That(() => Design with { Cohorts = [null!] }, Throws.ArgumentException.With.Property("ParamName").EqualTo("Cohorts"));

    // Thirteen, twelve, twelve and thirteen of fifty.
    [Test]
    public void CohortSizes_Weights_GiveWholeParticipants() => Assert.That(Design.CohortSizes, Is.EqualTo((int[])[13, 12, 12, 13]));

    // In whole blocks of four, three of four get the dose: cohorts of twelve have nine and three in every trial.
    [Test]
    public void Simulate_WholeBlocks_HoldTheRatioInEveryCohort()
    {
        Scenario scenario = PhaseOneTwo with { Design = Design with { Participants = 48, Cohorts = Equal() }, Analyses = [] };
        var simulator = new TrialSimulator(scenario);
        for (int replicate = 0; replicate < 50; replicate++)
        {
            TrialData data = simulator.Simulate(3, replicate);
            ReadOnlySpan<double> cohorts = data.Covariate(data.Layout.CovariateAt(Covariates.Cohort));
            int[,] counts = new int[4, 5];
            for (int p = 0; p < data.Participants; p++)
            {
                counts[(int)cohorts[p], data.Arms[p]]++;
            }

            for (int c = 0; c < 4; c++)
            {
                Assert.That(counts[c, 0], Is.EqualTo(3));
                Assert.That(counts[c, c + 1], Is.EqualTo(9));
            }
        }
    }

    // Each participant is as likely in any cohort: a hypergeometric number of each stratum, whose mean is the cohort's share.
    [Test]
    public void Simulate_Cohorts_AreDrawnAcrossStrata()
    {
        Scenario scenario = PhaseOneTwo with { Design = Design with { Participants = 48, Cohorts = Equal() }, Analyses = [] };
        var simulator = new TrialSimulator(scenario);
        const int Trials = 2_000;
        long fastInFirst = 0;
        int fast = 0;
        for (int replicate = 0; replicate < Trials; replicate++)
        {
            TrialData data = simulator.Simulate(4, replicate);
            ReadOnlySpan<double> cohorts = data.Covariate(data.Layout.CovariateAt(Covariates.Cohort));
            fast = 0;
            for (int p = 0; p < data.Participants; p++)
            {
                fast += data.Strata[p] == 0 ? 1 : 0;
                fastInFirst += data.Strata[p] == 0 && cohorts[p] == 0 ? 1 : 0;
            }
        }

        double share = fast / 48.0;
        double variance = 12 * share * (1 - share) * (36.0 / 47);
        Assert.That(fastInFirst / (double)Trials, Is.EqualTo(12 * share).Within(4.9 * Math.Sqrt(variance / Trials)));
    }

    // 0 mg is placebo: the same effect, the same hazards, the same courses, so the same participants give the same data.
    [Test]
    public void Simulate_DoseZero_IsPlaceboToTheBit()
    {
        Scenario zero = PhaseOneTwo with
        {
            Design = Design with { Cohorts = [new DoseCohort { DoseMg = 0 }] },
            Analyses = [],
        };
        Scenario none = zero with { Effect = new NoEffect() };
        TrialData treated = new TrialSimulator(zero).Simulate(5, 2);
        TrialData untreated = new TrialSimulator(none).Simulate(5, 2);

        Assert.That(treated.Scores.SequenceEqual(untreated.Scores), Is.True);
        Assert.That(treated.OnEndpoint(0).Scores.SequenceEqual(untreated.OnEndpoint(0).Scores), Is.True);
        Assert.That(treated.FollowUpMonths.SequenceEqual(untreated.FollowUpMonths), Is.True);
    }

    // The true value does not know the design's other cohorts: 100 mg against placebo is a parallel-group trial of 100 mg.
    [Test]
    public void TrueValue_HighestDose_IsThatOfAParallelGroupTrial()
    {
        Scenario doses = PhaseOneTwo with { Analyses = [PhaseOneTwo.Analyses[^1]] };
        Scenario parallel = PhaseOneTwo with
        {
            Design = new ParallelGroup { Participants = 50, VisitWeeks = Design.VisitWeeks, TreatmentWeeks = 16 },
            Effect = (DoseToFunction)PhaseOneTwo.Effect with { Regimen = new DosingRegimen { DoseMg = 100 } },
            Analyses = [new Simulation.Analyses.Ancova { Week = 12 }],
        };
        var options = new RunOptions { Replicates = 1, Seed = 6 };

        Assert.That(
            PowerAnalysis.Run(doses, options: options).Analyses[0].TrueValue,
            Is.EqualTo(PowerAnalysis.Run(parallel, options: options).Analyses[0].TrueValue));
    }

    [Test]
    public void Validate_CohortTooSmallForTheRatio_ThrowsNamingIt() =>
        Assert.That(
            (Design with { Participants = 15 }).Validate,
            Throws.ArgumentException.With.Message.Contains("60 mg has 3 of 15").And.Message.Contains("3:1"));

    [Test]
    public void Cohorts_SameDoseTwice_Throws() =>
        Assert.That(
            () => Design with { Cohorts = [new DoseCohort { DoseMg = 20 }, new DoseCohort { DoseMg = 20 }] },
            Throws.ArgumentException.With.Message.Contains("20 mg"));

    [Test]
    public void Cohorts_None_Throws() => Assert.That(() => Design with { Cohorts = [] }, Throws.ArgumentException);

    [TestCase(-1)]
    [TestCase(1_001)]
    [TestCase(double.NaN)]
    public void DoseMg_OutOfRange_ThrowsNamingIt(double dose) =>
        Assert.That(
            () => new DoseCohort { DoseMg = dose },
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("DoseMg"));

    [Test]
    public void Validate_AnalysisOfTwoArms_SaysHowToCompareArms() =>
        Assert.That(
            (PhaseOneTwo with { Analyses = [new Simulation.Analyses.Ancova { Week = 12 }] }).Validate,
            Throws.ArgumentException.With.Message.Contains("compareArms").And.Message.Contains("100 mg"));

    private static ValueList<DoseCohort> Equal() => [.. Design.Cohorts.Select(c => c with { Weight = 1 })];
}
