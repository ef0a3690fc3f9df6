using MathNet.Numerics.Statistics;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>What becomes of analyses that fail, and how the summaries follow from the estimates.</summary>
public sealed class FailureLedgerTests
{
    private const int Replicates = 500;
    private const ulong Seed = 1021;

    private static Scenario Scenario => TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestStrata.Plain),
        Observation = new ObservationModel(),
    };

    [Test]
    public void Run_SomeAnalysesFail_AreCountedAndNotRejected()
    {
        AnalysisResult[] expected = [.. Trials().Select(Analyse)];

        OperatingCharacteristics ledger = Run(new FunctionAnalysis(Analyse));

        int Count(AnalysisStatus status) => expected.Count(r => r.Status == status);
        int usable = Count(AnalysisStatus.Converged) + Count(AnalysisStatus.Boundary);
        int rejected = expected.Count(r => r.IsUsable && r.PValue < 0.05);
        Assert.That(Enum.GetValues<AnalysisStatus>().Select(Count), Is.All.GreaterThan(50));
        Assert.That(ledger.Planned, Is.EqualTo(Replicates));
        Assert.That(ledger.Analysed, Is.EqualTo(usable));
        Assert.That(ledger.Failed, Is.EqualTo(Replicates - usable));
        Assert.That(ledger.NotConverged, Is.EqualTo(Count(AnalysisStatus.NotConverged)));
        Assert.That(ledger.Failed - ledger.NotConverged, Is.EqualTo(Count(AnalysisStatus.NotEstimable)));
        Assert.That(ledger.Boundary, Is.EqualTo(Count(AnalysisStatus.Boundary)));
        Assert.That(ledger.Power, Is.EqualTo((double)rejected / Replicates));
        Assert.That(ledger.PowerIfFailuresRejected, Is.EqualTo((double)(rejected + Replicates - usable) / Replicates));
        Assert.That(
            ledger.MonteCarloError, Is.EqualTo(Math.Sqrt(ledger.Power * (1 - ledger.Power) / Replicates)).Within(1e-15));
    }

    [Test]
    public void Run_UsableEstimates_AreSummarisedAsInTheTextbook()
    {
        AnalysisResult[] usable = [.. Trials().Select(Analyse).Where(r => r.IsUsable)];
        double[] estimates = [.. usable.Select(r => r.Estimate)];

        OperatingCharacteristics ledger = Run(new FunctionAnalysis(Analyse));

        Assert.That(ledger.MeanEstimate, Is.EqualTo(estimates.Mean()).Within(1e-12));
        Assert.That(ledger.EmpiricalStandardError, Is.EqualTo(estimates.StandardDeviation()).Within(1e-10));
        Assert.That(
            ledger.ModelStandardError,
            Is.EqualTo(Math.Sqrt(usable.Average(r => r.StandardError * r.StandardError))).Within(1e-12));
        Assert.That(
            ledger.MeanEstimateMonteCarloError,
            Is.EqualTo(estimates.StandardDeviation() / Math.Sqrt(estimates.Length)).Within(1e-10));
        Assert.That(ledger.TrueValue.Value, Is.NaN);
        Assert.That(ledger.Coverage, Is.NaN);
        Assert.That(ledger.RootMeanSquaredError, Is.NaN);
        Assert.That(ledger.Bias, Is.NaN);
    }

    // Everybody has the same 2 points of offset at week 52, so the true value is 2 without error.
    [Test]
    public void Run_KnownTrueValue_BiasCoverageAndErrorAreAgainstIt()
    {
        var contrast = new LatentContrast([-1, 0, 1], []);
        Scenario scenario = Scenario with { Effect = new SymptomaticOffset { Points = 2 } };
        AnalysisResult[] results = [.. Trials(scenario).Select(Analyse).Where(r => r.IsUsable)];

        OperatingCharacteristics ledger = PowerAnalysis.Run(
            scenario,
            [new FunctionAnalysis(Analyse) { Contrast = contrast }],
            new RunOptions { Replicates = Replicates, Seed = Seed }).Analyses[0];

        double covered = results.Count(r => r.Lower <= 2 && 2 <= r.Upper) / (double)results.Length;
        Assert.That(ledger.TrueValue.Value, Is.EqualTo(2).Within(1e-9));
        Assert.That(ledger.TrueValue.MonteCarloError, Is.LessThan(1e-8));
        Assert.That(ledger.Bias, Is.EqualTo(results.Average(r => r.Estimate) - 2).Within(1e-9));
        Assert.That(covered, Is.InRange(0.1, 0.9));
        Assert.That(ledger.Coverage, Is.EqualTo(covered).Within(1e-15));
        Assert.That(
            ledger.RootMeanSquaredError,
            Is.EqualTo(Math.Sqrt(results.Average(r => (r.Estimate - 2) * (r.Estimate - 2)))).Within(1e-9));
    }

    [TestCase(AnalysisStatus.NotEstimable)]
    [TestCase(AnalysisStatus.NotConverged)]
    public void Run_EveryAnalysisFails_PowerIsNoneAndTheBoundIsOne(AnalysisStatus status)
    {
        OperatingCharacteristics ledger = Run(new FunctionAnalysis(_ => new AnalysisResult { Status = status, PValue = 0 }));

        Assert.That(ledger.Power, Is.Zero);
        Assert.That(ledger.PowerIfFailuresRejected, Is.EqualTo(1));
        Assert.That(ledger.Failed, Is.EqualTo(Replicates));
        Assert.That(ledger.MeanEstimate, Is.NaN);
        Assert.That(ledger.EmpiricalStandardError, Is.NaN);
    }

    [TestCase(0.05, 0)]
    [TestCase(0.050001, 1)]
    public void Run_PValueAtAlpha_IsNotRejected(double alpha, double power) =>
        Assert.That(
            Run(new FunctionAnalysis(_ => new AnalysisResult { Status = AnalysisStatus.Converged, PValue = 0.05 })
            {
                Alpha = alpha,
            }).Power,
            Is.EqualTo(power));

    // Status, p and estimate by whatever the first participants scored.
    private static AnalysisResult Analyse(TrialData data)
    {
        double estimate = data.Scores[2] - data.Scores[5];
        return new AnalysisResult
        {
            Status = (AnalysisStatus)((int)data.Scores[0] % 4),
            Estimate = estimate,
            StandardError = 1 + (data.Scores[3] / 10),
            PValue = data.Scores[6] > 36 ? 0.001 : 0.5,
            Lower = estimate - 6,
            Upper = estimate + 6,
        };
    }

    private static IEnumerable<TrialData> Trials(Scenario? scenario = null)
    {
        var simulator = new TrialSimulator(scenario ?? Scenario);
        return Enumerable.Range(0, Replicates).Select(replicate => simulator.Simulate(Seed, replicate));
    }

    private static OperatingCharacteristics Run(IAnalysis analysis) =>
        PowerAnalysis.Run(Scenario, [analysis], new RunOptions { Replicates = Replicates, Seed = Seed }).Analyses[0];
}
