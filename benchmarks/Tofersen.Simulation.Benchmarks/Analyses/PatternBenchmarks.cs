using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.MixedModels;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Fit and test of the mixed model once the sums of each pattern of visits are gathered, by number of participants: the same work
/// where the patterns are the same.</summary>
public class PatternBenchmarks
{
    private RepeatedMeasuresModel _closed = null!;
    private RepeatedMeasuresModel _iterated = null!;
    private double[] _contrast = [];

    [Params(108, 5000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        TrialData trial = RepeatedVisits.Draw(1, Participants, dropout: 0.03, missed: 0)[0];
        _closed = Gather(trial, CovarianceStructure.Unstructured);
        _iterated = Gather(trial, CovarianceStructure.HeterogeneousAr1);
        _contrast = new double[_closed.Fixed.Columns];
        _contrast[(2 * 7) - 1] = 1;
    }

    [Benchmark(Baseline = true)]
    public AnalysisResult ClosedForm() => Run(_closed);

    [Benchmark]
    public AnalysisResult Iterated() => Run(_iterated);

    private AnalysisResult Run(RepeatedMeasuresModel model)
    {
        model.Fit();
        return model.Test(_contrast, 0.05);
    }

    // The constant, the arm and the baseline score, each at every visit.
    private static RepeatedMeasuresModel Gather(TrialData trial, CovarianceStructure structure)
    {
        int visits = trial.Visits - 1;
        var patterns = new VisitPatterns(visits, 3, trial.Participants);
        var responses = new double[patterns.Stride];
        for (int p = 0; p < trial.Participants; p++)
        {
            ReadOnlySpan<double> scores = trial.Scores.Slice(p * trial.Visits, trial.Visits);
            ulong mask = 0;
            for (int j = 0; j < visits; j++)
            {
                bool isObserved = !double.IsNaN(scores[j + 1]);
                responses[j] = isObserved ? scores[j + 1] - scores[0] : 0;
                mask |= isObserved ? 1UL << j : 0;
            }

            patterns.Add([1, trial.Arms[p], scores[0] - 37], responses, mask);
        }

        patterns.Complete();
        var columns = new FixedEffects(
            visits,
            3,
            [.. Enumerable.Range(0, 3 * visits).Select(c => (IReadOnlyList<ColumnEntry>)[new ColumnEntry(c / visits, c % visits, 1)])]);
        return new RepeatedMeasuresModel(
            patterns, columns, [structure], LikelihoodEstimation.Reml, DegreesOfFreedomMethod.Satterthwaite);
    }
}
