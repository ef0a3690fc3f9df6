using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>The chain from dose to function in whole trials.</summary>
public sealed class ChainTrialTests
{
    private const int Replicates = 20;

    private static readonly Scenario[] Trials = [ChainScenarios.Rich, ValorOpenLabelExtension.ThroughChain.Scenario];

    [TestCaseSource(nameof(Trials))]
    public void Simulate_DoseOfZero_IsTheTrialWithoutEffectToTheBit(Scenario scenario)
    {
        var effect = (DoseToFunction)scenario.Effect;
        var zero = new TrialSimulator(scenario with { Effect = effect with { Regimen = effect.Regimen with { DoseMg = 0 } } });
        var none = new TrialSimulator(scenario with { Effect = new NoEffect() });
        for (int replicate = 0; replicate < Replicates; replicate++)
        {
            Assert.That(Columns(zero, replicate), Is.EqualTo(Columns(none, replicate)), $"replicate {replicate}");
        }
    }

    // Whoever has no dose before the switch is, until then, who they are without treatment.
    [Test]
    public void Simulate_DelayedStart_IsUntreatedToTheBitUntilTheSwitch()
    {
        Scenario scenario = ValorOpenLabelExtension.ThroughChain.Scenario;
        var treated = new TrialSimulator(scenario);
        var never = new TrialSimulator(scenario with { Effect = new NoEffect() });
        int visits = scenario.Design.VisitWeeks.Count(week => week <= 28);
        treated.Simulate(5, 2);
        never.Simulate(5, 2);
        for (int p = 0; p < treated.Data.Participants; p++)
        {
            int row = p * treated.Data.Visits;
            bool isDelayed = treated.Data.Arms[p] == TrialDesign.ControlArm;
            Assert.That(
                treated.Latent.LatentScores.AsSpan(row, visits).SequenceEqual(never.Latent.LatentScores.AsSpan(row, visits)), Is.EqualTo(isDelayed));
        }
    }

    [Test]
    public void Fill_NeverTreated_IsTheSameInBothArmsAndWithoutEffect()
    {
        Scenario scenario = ChainScenarios.Rich;
        var times = new CourseTimes(scenario.Design, scenario.Observation);
        var chain = new LatentCourse(scenario, times);
        var none = new LatentCourse(scenario with { Effect = new NoEffect() }, times);
        IParticipantSampler sampler = scenario.Population.CreateSampler();
        var key = new StreamKey(9, 4);
        for (int p = 0; p < 50; p++)
        {
            TrialRandom baseline = key.Open(p, DrawPurpose.Baseline);
            sampler.Draw(p % 2, ref baseline, out Participant participant);
            double[] Scores(LatentCourse course, int arm)
            {
                course.Fill(key, p, participant, arm, []);
                return [.. course.Scores, .. course.LogRateMultiplier, .. course.DiseaseMonths, .. course.LogSod1Ratio, .. course.LogNeurofilamentRatio];
            }

            double[] early = Scores(chain, TrialDesign.ActiveArm);

            Assert.That(Scores(chain, TrialDesign.ControlArm), Is.EqualTo(early));
            Assert.That(Scores(none, TrialDesign.ActiveArm), Is.EqualTo(early));
        }
    }

    // The same participant on the same doses has the same course whatever the arm is called.
    [Test]
    public void Fill_SameExposure_DoesNotDependOnTheArm()
    {
        Scenario scenario = ChainScenarios.Rich;
        var course = new LatentCourse(scenario, new CourseTimes(scenario.Design, scenario.Observation));
        var participant = new Participant
        {
            Stratum = 1,
            BaselineScore = 40,
            DeclinePerMonth = 1,
            ResidualSd = 1,
            EventHazardMultiplier = 1,
        };
        ExposureInterval[] exposure = [new(0, 3), new(5, double.PositiveInfinity)];
        course.Fill(new StreamKey(1, 1), 7, participant, TrialDesign.ActiveArm, exposure);
        double[] early = [.. course.Scores, .. course.LogRateMultiplier];

        course.Fill(new StreamKey(1, 1), 7, participant, TrialDesign.ControlArm, exposure);

        Assert.That((double[])[.. course.Scores, .. course.LogRateMultiplier], Is.EqualTo(early));
    }

    // A longer trial goes on where the shorter one ends.
    [Test]
    public void Simulate_LongerFollowUp_KeepsTheVisitsBefore()
    {
        Scenario scenario = ValorOpenLabelExtension.ThroughChain.Scenario with { Effect = ChainScenarios.Late, Analyses = [] };
        var brief = new TrialSimulator(scenario);
        var extended = new TrialSimulator(scenario with { Design = scenario.Design with { VisitWeeks = [.. scenario.Design.VisitWeeks, 64, 100] } });
        brief.Simulate(3, 3);
        extended.Simulate(3, 3);
        int visits = brief.Data.Visits;
        for (int p = 0; p < brief.Data.Participants; p++)
        {
            Assert.That(
                brief.Latent.LatentScores.AsSpan(p * visits, visits).SequenceEqual(
                    extended.Latent.LatentScores.AsSpan(p * extended.Data.Visits, visits)),
                Is.True);
        }
    }

    [Test]
    public void Run_MissedAndLateDoses_DoNotDependOnThreads()
    {
        Scenario scenario = ValorOpenLabelExtension.ThroughChain.Scenario with { Effect = ChainScenarios.Late };
        var options = new RunOptions { Replicates = 30, Seed = 4, Parallelism = 1, BlockSize = 30 };

        PowerResult one = PowerAnalysis.Run(scenario, options: options);
        PowerResult three = PowerAnalysis.Run(scenario, options: options with { Parallelism = 3, BlockSize = 1 });

        Assert.That(three.Analyses, Is.EqualTo(one.Analyses));
    }

    private static double[] Columns(TrialSimulator simulator, int replicate)
    {
        TrialData data = simulator.Simulate(11, replicate);
        LatentTrial latent = simulator.Latent;
        return
        [
            .. data.Scores, .. data.VisitMonths, .. data.FollowUpMonths, .. data.FollowUpEnds.ToArray().Select(e => (double)e),
            .. data.Arms.ToArray().Select(a => (double)a), .. latent.LatentScores, .. latent.CompleteScores,
            .. latent.LatentEndpoints.SelectMany(e => e), .. latent.CompleteEndpoints.SelectMany(e => e),
        ];
    }
}
