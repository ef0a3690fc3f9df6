using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>An analysis of trials from which scores are taken away: one visit in twenty at random, and everything after a visit with the
/// odds exp(−3.6 − 0.12 · change seen there), so that those who have lost more leave more often. Missing at random, since only what was
/// observed decides.</summary>
internal sealed class MissingAtRandom(IAnalysis inner) : IAnalysis
{
    private const double MissedProbability = 0.05;

    public string Name => inner.Name;

    public double Alpha => inner.Alpha;

    public IAnalysisWorker CreateWorker(TrialLayout layout) => new Worker(inner.CreateWorker(layout), layout);

    public LatentContrast? Estimand(TrialLayout layout) => inner.Estimand(layout);

    private sealed class Worker(IAnalysisWorker inner, TrialLayout layout) : IAnalysisWorker
    {
        private readonly TrialData _kept = new(layout);

        public AnalysisResult Run(TrialData data)
        {
            data.CopyTo(_kept);
            int visits = data.Visits;
            for (int p = 0; p < data.Participants; p++)
            {
                TrialRandom random = data.Streams!.Value.Open(p, DrawPurpose.Missingness);
                bool hasLeft = false;
                for (int v = 1; v < visits; v++)
                {
                    int i = (p * visits) + v;
                    bool isMissed = random.NextUniform() < MissedProbability;
                    double leaves = random.NextUniform();
                    if (hasLeft || isMissed)
                    {
                        _kept.ScoreMatrix[i] = double.NaN;
                        _kept.ObservedMatrix[i] = false;
                    }
                    else
                    {
                        double change = data.Scores[i] - data.Scores[p * visits];
                        hasLeft = leaves < 1 / (1 + Math.Exp(3.6 + (0.12 * change)));
                    }
                }
            }

            return inner.Run(_kept);
        }
    }
}
