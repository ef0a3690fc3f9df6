using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class AssuranceAnalysisTests
{
    private const int ArmSize = 16;
    private const double Sd = 3;

    private static readonly RunOptions Options = new() { Replicates = 150, Seed = 2031 };

    private static readonly double StandardError = Sd * Math.Sqrt(2.0 / ArmSize);

    // Scores are normal, and the analysis knows their variance: a z test.
    private static Scenario Known => TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike with { BaselineScoreMean = 24, BaselineScoreSd = Sd, DeclineRate = new NormalRate { Mean = 0.1, Sd = 0 } }),
        Design = new ParallelGroup { Participants = 2 * ArmSize, Allocation = new AllocationRatio(1, 1), VisitWeeks = [0, 8] },
        Effect = new SymptomaticOffset { Points = 1 },
        Analyses = [new FunctionAnalysis(ZTest)],
    };

    private static Scenario Rich => TestScenarios.Rich with
    {
        Analyses = [new Ancova { Week = 28 }, new JointRank { Week = 52 }, new LogRank { StratifyBy = ["stratum"] }],
    };

    private static JointPrior RichPrior => new()
    {
        Priors =
        [
            Prior.Parse("effect.onRate.maxReduction~normal(0.5,0.2,min=0,max=1)"),
            Prior.Parse("population.strata.fast.residualSd~triangular(1,2,4)"),
            Prior.Parse("design.participants~discrete(80:1,108:2,120:1)"),
        ],
        Correlations = [new PriorCorrelation { First = "effect.onRate.maxReduction", Second = "population.strata.fast.residualSd", Correlation = 0.4 }],
    };

    // The function's name is the property's, as a scenario with an analysis of one's own has no paths.
    private static Prior Points(IPriorDistribution distribution) => new()
    {
        Name = "effect.points",
        Change = (s, points) => s with { Effect = new SymptomaticOffset { Points = points } },
        Distribution = distribution,
    };

    [TestCase(2, 1, 0.05)]
    [TestCase(0, 1.5, 0.2)]
    [TestCase(-1, 2, 0.05)]
    [Category("Statistical")]
    public void Run_NormalEstimateAndPrior_HasTheClosedForm(double mean, double sd, double alpha)
    {
        const int Replicates = 10_000;
        Scenario scenario = Known with { Analyses = [new FunctionAnalysis(ZTest) { Alpha = alpha }] };
        var prior = new JointPrior { Priors = [Points(new NormalDistribution { Mean = mean, Sd = sd })] };
        AnalysisAssurance result = AssuranceAnalysis.Run(
            scenario, prior, new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(51) }).Analyses[0];

        double favour = Assurance.OfNormalEstimate(new NormalPrior { Mean = mean, Sd = sd }, StandardError, alpha);
        double against = Assurance.OfNormalEstimate(new NormalPrior { Mean = -mean, Sd = sd }, StandardError, alpha);
        double atMedian = Assurance.OfNormalEstimate(new NormalPrior { Mean = mean, Sd = 1e-9 }, StandardError, alpha);
        Assert.That(result.Success.Value, Is.EqualTo(favour).Within(FalseAlarm.Proportion(favour, Replicates)));
        Assert.That(result.Against.Value, Is.EqualTo(against).Within(FalseAlarm.Proportion(against, Replicates)));
        Assert.That(result.SuccessAtMedians.Value, Is.EqualTo(atMedian).Within(FalseAlarm.Proportion(atMedian, Replicates)));
    }

    // Given success, the effect has the mean m + sd² φ(k) / (√(s² + sd²) Φ(k)), k = (m − z s) / √(s² + sd²): a truncated bivariate normal.
    [Test]
    [Category("Statistical")]
    public void Run_GivenSuccess_HasTheMeanOfTheTruncatedNormal()
    {
        const double Mean = 1.5;
        const double PriorSd = 1;
        var prior = new JointPrior { Priors = [Points(new NormalDistribution { Mean = Mean, Sd = PriorSd })] };
        PriorContribution effect = AssuranceAnalysis.Run(
            Known, prior, new RunOptions { Replicates = 20_000, Seed = FalseAlarm.Seed(52) }).Analyses[0].Priors[0];

        double spread = Math.Sqrt((StandardError * StandardError) + (PriorSd * PriorSd));
        double k = (Mean - (1.959963984540054 * StandardError)) / spread;
        double expected = Mean + (PriorSd * PriorSd / spread
            * MathNet.Numerics.Distributions.Normal.PDF(0, 1, k) / MathNet.Numerics.Distributions.Normal.CDF(0, 1, k));
        Assert.That(effect.Drawn.Mean, Is.EqualTo(Mean).Within(FalseAlarm.StandardErrors * effect.Drawn.MonteCarloError));
        Assert.That(effect.GivenSuccess.Mean, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * effect.GivenSuccess.MonteCarloError));
    }

    // The plain loop: draw, set in the JSON, simulate, analyse, count.
    [Test]
    public void Run_SeveralPriors_CountsWhatAPlainLoopCounts()
    {
        AssuranceResult result = AssuranceAnalysis.Run(Rich, RichPrior, Options);
        var draws = new PriorDraws(RichPrior);
        var properties = new ScenarioProperties(Rich);
        var successes = new int[Rich.Analyses.Count];
        var against = new int[successes.Length];
        var sums = new double[successes.Length];
        for (int r = 0; r < Options.Replicates; r++)
        {
            draws.Draw(Options.Seed, r);
            double[] values = draws.Values.ToArray();
            Scenario scenario = properties.With(RichPrior.Priors.Select((p, i) => (p.Paths[0], (PropertyValue)values[i])));
            TrialData data = new TrialSimulator(scenario).Simulate(Options.Seed, r);
            for (int a = 0; a < successes.Length; a++)
            {
                AnalysisResult one = scenario.Analyses[a].CreateWorker(scenario.Layout).Run(data);
                bool rejects = one.IsUsable && one.PValue < scenario.Analyses[a].Alpha;
                successes[a] += rejects && one.Statistic > 0 ? 1 : 0;
                against[a] += rejects && one.Statistic < 0 ? 1 : 0;
                sums[a] += rejects && one.Statistic > 0 ? values[0] : 0;
            }
        }

        Assert.That(result.Analyses.Select(a => a.Success.Count), Is.EqualTo(successes));
        Assert.That(result.Analyses.Select(a => a.Against.Count), Is.EqualTo(against));
        Assert.That(
            result.Analyses.Select(a => a.Priors[0].GivenSuccess.Mean), Is.EqualTo(sums.Zip(successes, (s, n) => s / n)).Within(1e-12));
    }

    [Test]
    public void Run_PriorAtOnePoint_IsThePowerOfTheScenario()
    {
        var prior = new JointPrior { Priors = [Prior.Parse("effect.onRate.maxReduction~discrete(0.6:1)")] };
        AssuranceResult result = AssuranceAnalysis.Run(Rich, prior, Options);
        PowerResult power = PowerAnalysis.Run(Rich, options: Options with { CollectCourses = false, TrueValues = false });

        Assert.That(result.Analyses.Select(a => a.Success.Count + a.Against.Count), Is.EqualTo(power.Analyses.Select(a => a.Rejected)));
        Assert.That(result.Analyses.Select(a => a.SuccessAtMedians), Is.EqualTo(result.Analyses.Select(a => a.Success)));
        Assert.That(result.Analyses.Select(a => a.Failed), Is.EqualTo(power.Analyses.Select(a => a.Failed)));
    }

    [Test]
    public void Run_Parts_SumToTheWhole()
    {
        AssuranceResult result = AssuranceAnalysis.Run(Rich, RichPrior, Options);
        foreach (AnalysisAssurance analysis in result.Analyses)
        {
            foreach (PriorContribution prior in analysis.Priors)
            {
                Assert.That(prior.Parts.Sum(p => p.Drawn), Is.EqualTo(Options.Replicates));
                Assert.That(prior.Parts.Sum(p => p.Successes), Is.EqualTo(analysis.Success.Count));
                Assert.That(prior.Parts.Sum(p => p.Contribution), Is.EqualTo(analysis.Success.Value).Within(1e-14));
                Assert.That(prior.Parts.Sum(p => p.Mass), Is.EqualTo(1).Within(1e-14));
                Assert.That(prior.Drawn.Count, Is.EqualTo(Options.Replicates));
                Assert.That(prior.GivenSuccess.Count, Is.EqualTo(analysis.Success.Count));
                Assert.That(prior.Parts.Select(p => p.Upper), Is.Ordered.Ascending);
            }
        }

        Assert.That(result.Analyses[0].Priors[2].Parts.Select(p => (p.Lower, p.Upper)), Is.EqualTo(((double, double)[])[(80, 80), (108, 108), (120, 120)]));
        Assert.That(result.Analyses[0].Priors[0].Parts, Has.Count.EqualTo(5));
        Assert.That((result.Analyses[0].Priors[0].Parts[0].Lower, result.Analyses[0].Priors[0].Parts[4].Upper), Is.EqualTo((0.0, 1.0)));
    }

    [Test]
    public void Run_ThreadsAndBlocks_GiveTheSame()
    {
        AssuranceResult expected = AssuranceAnalysis.Run(Rich, RichPrior, Options with { Parallelism = 1 });
        foreach ((int threads, int block) in (ReadOnlySpan<(int, int)>)[(1, 1), (2, 7), (5, 1), (5, 1000)])
        {
            AssuranceResult result = AssuranceAnalysis.Run(Rich, RichPrior, Options with { Parallelism = threads, BlockSize = block });
            Assert.That(result.Analyses, Is.EqualTo(expected.Analyses), $"{threads} threads, blocks of {block}");
        }
    }

    // With the success probabilities 0 and 1 at two points of equal weight, the prior decides everything.
    [Test]
    public void VarianceShare_PriorThatDecidesOrDoesNothing_IsOneOrAboutNothing()
    {
        var decides = new JointPrior { Priors = [Points(new DiscreteDistribution { Points = [new(-20, 1), new(20, 1)] })] };
        var nothing = new JointPrior { Priors = [new Prior { Name = "x", Change = (s, _) => s, Distribution = new UniformDistribution { Minimum = 0, Maximum = 1 } }] };
        RunOptions options = Options with { Replicates = 4_000 };

        Assert.That(AssuranceAnalysis.Run(Known, decides, options).Analyses[0].Priors[0].VarianceShare, Is.EqualTo(1).Within(1e-12));

        // Standard deviation √(2 (k − 1)) / n without any effect.
        Assert.That(
            AssuranceAnalysis.Run(Known with { Effect = new SymptomaticOffset { Points = 2 } }, nothing, options).Analyses[0].Priors[0].VarianceShare,
            Is.Zero.Within(8 * Math.Sqrt(8) / 4_000));
    }

    [Test]
    public void VarianceShare_NoSuccessOrTooFew_IsNotDefined()
    {
        var prior = new JointPrior { Priors = [Points(new DiscreteDistribution { Points = [new(-20, 1), new(-19, 1)] })] };
        AnalysisAssurance none = AssuranceAnalysis.Run(Known, prior, Options).Analyses[0];

        Assert.That(none.Priors[0].VarianceShare, Is.NaN);
        Assert.That(none.Priors[0].GivenSuccess.Mean, Is.NaN);
        Assert.That(none.Against.Value, Is.EqualTo(1));
    }

    private static AnalysisResult ZTest(TrialData data)
    {
        double difference = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            double score = data.Scores[(p * data.Visits) + data.Visits - 1];
            difference += (data.Arms[p] == TrialDesign.ActiveArm ? score : -score) / ArmSize;
        }

        double z = difference / StandardError;
        return new AnalysisResult
        {
            Status = AnalysisStatus.Converged,
            Estimate = difference,
            StandardError = StandardError,
            Statistic = z,
            PValue = 2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -Math.Abs(z)),
        };
    }
}
