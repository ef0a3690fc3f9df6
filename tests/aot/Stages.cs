using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.AheadOfTime;

/// <summary>The stages of a simulation whose instructions are counted: draws, trials, analyses, replicates.</summary>
internal static class Stages
{
    private const int Draws = 20_000;
    private const int Trials = 10;
    private const int Replicates = 5;
    private const ulong Seed = 1;

    internal static IEnumerable<Stage> All =>
    [
        new("open-stream", Draws, OpenStreams),
        new("uniform", Draws, () => Drawing((ref TrialRandom random) => random.NextUniform())),
        new("normal", Draws, () => Drawing((ref TrialRandom random) => random.NextNormal())),
        new("exponential", Draws, () => Drawing((ref TrialRandom random) => random.NextExponential())),
        new("gamma", Draws, () => Drawing((ref TrialRandom random) => random.NextGamma(2.5))),
        .. Presets.All.Select(p => new Stage($"trial:{p.Name}", Trials, () => Simulate(p.Scenario))),
        .. AnalysisCase.All.Select(c => new Stage($"analysis:{c.Name}", c.Operations, () => Analyse(c))),
        .. Presets.All.Select(p => new Stage($"replicate:{p.Name}", Replicates, () => Replicate(p.Scenario))),
    ];

    private delegate double Draw(ref TrialRandom random);

    private static Action<int> OpenStreams()
    {
        var key = new StreamKey(Seed, 2);
        ulong bits = 0;
        return operations =>
        {
            for (int i = 0; i < operations; i++)
            {
                // The first bits are drawn, so that the opening cannot be put off.
                TrialRandom random = key.Open(i, DrawPurpose.Baseline);
                bits += random.NextBits();
            }
        };
    }

    private static Action<int> Drawing(Draw draw)
    {
        double sum = 0;
        return operations =>
        {
            TrialRandom random = TrialRandom.Open(Seed, 2, 3, DrawPurpose.RaterError);
            for (int i = 0; i < operations; i++)
            {
                sum += draw(ref random);
            }
        };
    }

    private static Action<int> Simulate(Scenario scenario)
    {
        var simulator = new TrialSimulator(scenario);
        return operations =>
        {
            for (int i = 0; i < operations; i++)
            {
                simulator.Simulate(Seed, i);
            }
        };
    }

    private static Action<int> Analyse(AnalysisCase @case)
    {
        (IAnalysisWorker worker, TrialData[] trials) = @case.Prepare(Seed, @case.Operations);
        return operations =>
        {
            for (int i = 0; i < operations; i++)
            {
                worker.Run(trials[i]);
            }
        };
    }

    private static Action<int> Replicate(Scenario scenario)
    {
        TrueValue[] truths = [.. scenario.Analyses.Select(_ => new TrueValue(0, 0))];
        var worker = new ReplicateWorker(scenario, truths, new RunOptions { Seed = Seed });
        return operations =>
        {
            for (int i = 0; i < operations; i++)
            {
                worker.Run(i, CancellationToken.None);
            }
        };
    }
}
