using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Without an effect every analysis of the extension preset rejects at its level.</summary>
[Category("Statistical")]
[Category("Slow")]
public sealed class TypeOneErrorTests
{
    private const int Replicates = 100_000;

    private static readonly Scenario Null = ValorOpenLabelExtension.ToWeek52.Scenario with { Effect = new NoEffect() };

    private PowerResult? _result;

    private static IEnumerable<string> Analyses => Null.Analyses.Select(a => a.Name);

    private static IEnumerable<string> AnalysesOfScores => Null.Analyses.Where(a => a is not LogRank).Select(a => a.Name);

    [OneTimeSetUp]
    public void Run() =>
        _result = PowerAnalysis.Run(
            Null, options: new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(1051), CollectCourses = false });

    [TestCaseSource(nameof(Analyses))]
    public void PowerAnalysis_NoEffect_RejectsAtNominalAlpha(string name)
    {
        OperatingCharacteristics result = Find(name);
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{name}: {result.Power:F5}, Monte Carlo error {result.MonteCarloError:F5}, {result.Failed} failed"));

        Assert.That(result.Power, Is.EqualTo(0.05).Within(FalseAlarm.Proportion(0.05, Replicates)));
    }

    [TestCaseSource(nameof(AnalysesOfScores))]
    public void PowerAnalysis_NoEffect_EstimatesNoDifference(string name)
    {
        OperatingCharacteristics result = Find(name);

        Assert.That(
            result.MeanEstimate, Is.EqualTo(0).Within(FalseAlarm.StandardErrors * result.MeanEstimateMonteCarloError));
        Assert.That(result.TrueValue.Value, Is.Zero.Or.NaN);
        Assert.That(result.Failed, Is.Zero);
    }

    // The estimate of a log-rank test, U / V, is a ratio whose mean is about -0.01 with arms of 2:1; that of U itself is 0.
    [Test]
    public void LogRank_NoEffect_ObservedEqualsExpectedOnAverage()
    {
        var test = (LogRank)Null.Analyses.Single(a => a.Name == "log-rank-52");
        IAnalysisWorker worker = test.CreateWorker(Null.Layout);
        var observedMinusExpected = new FunctionAnalysis(data =>
        {
            AnalysisResult result = worker.Run(data);
            double u = result.Estimate / (result.StandardError * result.StandardError);
            return result with { Estimate = result.IsUsable ? u : 0, Status = AnalysisStatus.Converged };
        });

        OperatingCharacteristics mean = PowerAnalysis.Run(
            Null,
            [observedMinusExpected],
            new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(1053), Parallelism = 1, CollectCourses = false })
            .Analyses[0];

        Assert.That(
            mean.MeanEstimate, Is.EqualTo(0).Within(FalseAlarm.StandardErrors * mean.MeanEstimateMonteCarloError));
    }

    private OperatingCharacteristics Find(string name) => _result!.Analyses.Single(a => a.Name == name);
}
