using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class PosteriorProbabilityTests
{
    private static readonly Ancova Ancova = new() { Week = 28, Covariates = [] };

    private static readonly TrialData Data =
        PlainTrial.OfChanges([0, 1, 1, 0, 0, 1, 0, 1], [-7.5, -3.1, 0.4, -9.2, -1.8, 2.2, -4.4, -0.6]).ToData();

    [Test]
    public void Run_FlatPrior_LeavesEstimateAndStandardError()
    {
        AnalysisResult likelihood = Run(Ancova);
        AnalysisResult posterior = Run(new PosteriorProbability { Analysis = Ancova });
        double z = likelihood.Estimate / likelihood.StandardError;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(posterior.Estimate, Nearly.Equal(likelihood.Estimate, 1e-14));
            Assert.That(posterior.StandardError, Nearly.Equal(likelihood.StandardError, 1e-14));
            Assert.That(PosteriorProbability.ProbabilityOfBenefit(posterior), Nearly.Equal(Normal.CDF(0, 1, z), 1e-12));
            Assert.That(posterior.Upper, Nearly.Equal(posterior.Estimate + (1.959963984540054 * posterior.StandardError), 1e-12));
            Assert.That(posterior.PValue, Nearly.Equal(2 * Normal.CDF(0, 1, -z), 1e-12));
        }
    }

    // The product of likelihood and prior, integrated on a fine grid.
    [TestCase(0, 1.5, 0, BenefitDirection.AboveMargin)]
    [TestCase(-3, 2, 1, BenefitDirection.AboveMargin)]
    [TestCase(4, 0.5, 2, BenefitDirection.BelowMargin)]
    [TestCase(0, 100, -2, BenefitDirection.BelowMargin)]
    public void Run_NormalPrior_EqualsNumericalIntegration(double mean, double sd, double margin, BenefitDirection benefit)
    {
        AnalysisResult likelihood = Run(Ancova);
        AnalysisResult posterior = Run(new PosteriorProbability
        {
            Analysis = Ancova,
            Prior = new NormalPrior { Mean = mean, Sd = sd },
            Margin = margin,
            Benefit = benefit,
        });
        const double Step = 1e-4;
        double total = 0, first = 0, second = 0, beyond = 0;
        for (int i = -400_000; i < 400_000; i++)
        {
            double x = (i + 0.5) * Step;
            double density = Normal.PDF(likelihood.Estimate, likelihood.StandardError, x) * Normal.PDF(mean, sd, x);
            total += density;
            first += density * x;
            second += density * x * x;
            beyond += (x > margin) == (benefit == BenefitDirection.AboveMargin) ? density : 0;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(posterior.Estimate, Nearly.Equal(first / total, 1e-7));
            Assert.That(posterior.StandardError, Nearly.Equal(Math.Sqrt((second / total) - Math.Pow(first / total, 2)), 1e-6));
            Assert.That(PosteriorProbability.ProbabilityOfBenefit(posterior), Is.EqualTo(beyond / total).Within(1e-7));
        }
    }

    [Test]
    public void Run_AnyTrial_SucceedsExactlyWhereTheProbabilityIsAboveTheThreshold(
        [Values(0.5, 0.8, 0.95, 0.999)] double threshold, [Values] BenefitDirection benefit)
    {
        var analysis = new PosteriorProbability { Analysis = Ancova with { Week = 4 }, Threshold = threshold, Benefit = benefit };
        int succeeded = 0;
        for (int seed = 1; seed <= 300; seed++)
        {
            TrialData data = RandomTrial.Draw(new Random(seed)).ToData();
            AnalysisResult result = analysis.CreateWorker(data.Layout).Run(data);
            if (result.IsUsable)
            {
                bool succeeds = result.PValue < analysis.Alpha;
                Assert.That(succeeds, Is.EqualTo(PosteriorProbability.ProbabilityOfBenefit(result) > threshold), $"seed {seed}");
                Assert.That(result.PValue, Is.InRange(0, 1), $"seed {seed}");
                succeeded += succeeds ? 1 : 0;
            }
        }

        Assert.That(succeeded, Is.InRange(1, 299));
    }

    [Test]
    public void Run_AnalysisThatFails_HandsItsStatusOn()
    {
        TrialData oneArm = PlainTrial.OfChanges([1, 1, 1], [-7.5, -3.1, 0.4]).ToData();
        AnalysisResult result = new PosteriorProbability { Analysis = Ancova }.CreateWorker(oneArm.Layout).Run(oneArm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            Assert.That(result.Participants, Is.EqualTo(3));
            Assert.That(PosteriorProbability.ProbabilityOfBenefit(result), Is.NaN);
        }
    }

    // A difference of proportions of 1 against 0 has no standard error, so nothing to weigh the prior against.
    [Test]
    public void Run_EstimateWithoutStandardError_IsNotEstimable()
    {
        TrialData apart = PlainTrial.OfChanges([1, 1, 0, 0], [1, 1, -9, -9]).ToData();
        var responders = new ResponderAnalysis { Week = 28, Threshold = 0 };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(responders.CreateWorker(apart.Layout).Run(apart).Status, Is.EqualTo(AnalysisStatus.Boundary));
            Assert.That(
                new PosteriorProbability { Analysis = responders }.CreateWorker(apart.Layout).Run(apart).Status,
                Is.EqualTo(AnalysisStatus.NotEstimable));
        }
    }

    [Test]
    public void Equals_SameContentWithOrWithoutName_SaysTheSame()
    {
        var one = new PosteriorProbability { Analysis = Ancova, Prior = new NormalPrior { Sd = 1 } };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(one.Name, Is.EqualTo("posterior-ancova-28"));
            Assert.That(one with { Name = "posterior-ancova-28" }, Is.EqualTo(one));
            Assert.That(one with { Margin = 1 }, Is.Not.EqualTo(one));
            Assert.That(one with { Prior = null }, Is.Not.EqualTo(one));
        }
    }

    private static AnalysisResult Run(IAnalysis analysis) => analysis.CreateWorker(Data.Layout).Run(Data);
}
