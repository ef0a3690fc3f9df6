using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The true value of a latent contrast in a scenario.</summary>
/// <param name="Value">Mean over the population of each participant's own difference between the arms; NaN where an analysis has
/// no latent contrast.</param>
/// <param name="MonteCarloError">Its Monte Carlo standard error.</param>
public readonly record struct TrueValue(double Value, double MonteCarloError)
{
    /// <summary>Participants that are simulated for the true values: 2¹⁸, and some more where a stratum is rare.</summary>
    internal const int Participants = 1 << 18;

    internal static TrueValue Undefined => new(double.NaN, double.NaN);

    /// <summary>Computes the true values of contrasts: every participant is followed under both arms.</summary>
    internal static TrueValue[] Compute(
        Scenario scenario, LatentContrast?[] contrasts, RunOptions options, CancellationToken cancellation)
    {
        if (!options.TrueValues || Array.TrueForAll(contrasts, c => c is null))
        {
            return [.. contrasts.Select(_ => Undefined)];
        }

        var runner = new BlockRunner<Worker>(
            BlockRunner.Threads(options.Parallelism), () => new Worker(scenario, contrasts, options.Seed));
        runner.RunRange(0, Participants / Worker.ChunkSize, 1, completed: null, cancellation);
        return runner.Total().Values();
    }

    /// <summary>Follows chunks of participants; their streams are those of negative replicates.</summary>
    private sealed class Worker : IBlockWorker<Worker>
    {
        internal const int ChunkSize = 4096;

        /// <summary>So that a rare stratum has a true value, too: 4,096 over all chunks.</summary>
        private const int FewestOfStratum = 64;

        private readonly LatentContrast?[] _contrasts;
        private readonly bool[][] _strata;
        private readonly ulong _seed;
        private readonly IParticipantSampler _sampler;
        private readonly LatentOutcome[] _outcomes;
        private readonly int[] _outcomeOf;
        private readonly int[] _arms;
        private readonly int[] _sizes;
        private readonly double[][][] _scores;
        private readonly double[] _weights;
        private readonly ExactSum[][] _sums;
        private readonly ExactSum[][] _squares;
        private readonly long[] _counts;

        internal Worker(Scenario scenario, LatentContrast?[] contrasts, ulong seed)
        {
            _contrasts = contrasts;
            _seed = seed;
            _sampler = scenario.Population.CreateSampler();
            (Estimand? Strategies, string? Endpoint)[] outcomes =
                [.. contrasts.Where(c => c is not null).Select(c => (c!.Strategies, c.Endpoint)).Distinct()];
            _outcomes = [.. outcomes.Select(o => new LatentOutcome(scenario, o.Strategies, o.Endpoint))];
            _outcomeOf = [.. contrasts.Select(c => c is null ? -1 : Array.IndexOf(outcomes, (c.Strategies, c.Endpoint)))];
            ReadOnlySpan<double> shares = scenario.Population.StratumShares.AsSpan();
            _sizes = [.. StratumSizes.FromShares(ChunkSize, shares).Select(n => Math.Max(n, FewestOfStratum))];

            // Trials of fixed composition hold whole participants, not the shares themselves.
            _weights = scenario.Population.Composition == StratumComposition.Fixed
                ? [.. StratumSizes.FromShares(scenario.Design.Participants, shares)]
                : shares.ToArray();
            _strata = [.. contrasts.Select(c => Enumerable.Range(0, _sizes.Length)
                .Select(s => c is not null && (c.Strata.Count == 0 || c.Strata.Contains(s))).ToArray())];
            int visits = scenario.Design.VisitWeeks.Count;
            int arms = scenario.Design.Arms.Count;
            _arms = [.. Enumerable.Range(0, arms).Where(a => contrasts.Any(c => c is not null && (c.ActiveArm == a || c.ControlArm == a)))];
            _scores = [.. _outcomes.Select(_ => Enumerable.Range(0, arms).Select(_ => new double[visits]).ToArray())];
            _sums = [.. contrasts.Select(_ => _sizes.Select(_ => new ExactSum()).ToArray())];
            _squares = [.. contrasts.Select(_ => _sizes.Select(_ => new ExactSum()).ToArray())];
            _counts = new long[_sizes.Length];
        }

        public void Run(int index, CancellationToken cancellation)
        {
            var key = new StreamKey(_seed, -1 - (long)index);
            int p = 0;
            for (int s = 0; s < _sizes.Length; s++)
            {
                for (int i = 0; i < _sizes[s]; i++)
                {
                    Follow(key, p++, s);
                }
            }
        }

        public void Merge(Worker other)
        {
            for (int s = 0; s < _counts.Length; s++)
            {
                _counts[s] += other._counts[s];
                for (int c = 0; c < _contrasts.Length; c++)
                {
                    _sums[c][s].Add(other._sums[c][s]);
                    _squares[c][s].Add(other._squares[c][s]);
                }
            }
        }

        internal TrueValue[] Values() => [.. _contrasts.Select((contrast, c) => contrast is null ? Undefined : Value(c))];

        /// <summary>Mean over the strata of the contrast, each with its weight in a trial.</summary>
        private TrueValue Value(int contrast)
        {
            double total = 0;
            double value = 0;
            double errorSquares = 0;
            for (int s = 0; s < _counts.Length; s++)
            {
                if (!_strata[contrast][s])
                {
                    continue;
                }

                double n = _counts[s];
                double mean = _sums[contrast][s].ToDouble() / n;
                double variance = Math.Max(0, (_squares[contrast][s].ToDouble() / n) - (mean * mean));
                total += _weights[s];
                value += _weights[s] * mean;
                errorSquares += _weights[s] * _weights[s] * variance / n;
            }

            return new TrueValue(value / total, Math.Sqrt(errorSquares) / total);
        }

        private void Follow(StreamKey key, int p, int stratum)
        {
            TrialRandom baseline = key.Open(p, DrawPurpose.Baseline);
            _sampler.Draw(stratum, ref baseline, out Participant participant);
            for (int o = 0; o < _outcomes.Length; o++)
            {
                foreach (int arm in _arms)
                {
                    _outcomes[o].Fill(key, p, participant, arm, _scores[o][arm]);
                }
            }

            _counts[stratum]++;
            for (int c = 0; c < _contrasts.Length; c++)
            {
                if (!_strata[c][stratum])
                {
                    continue;
                }

                ReadOnlySpan<double> weights = _contrasts[c]!.Weights.AsSpan();
                double[] active = _scores[_outcomeOf[c]][_contrasts[c]!.ActiveArm];
                double[] control = _scores[_outcomeOf[c]][_contrasts[c]!.ControlArm];
                double difference = 0;
                for (int v = 0; v < weights.Length; v++)
                {
                    difference += weights[v] * (active[v] - control[v]);
                }

                _sums[c][stratum].Add(difference);
                _squares[c][stratum].Add(difference * difference);
            }
        }
    }
}
