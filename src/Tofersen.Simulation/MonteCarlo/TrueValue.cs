using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The true value of a latent contrast in a scenario.</summary>
/// <param name="Value">Mean over the population of each participant's own difference between the arms; NaN where an analysis has
/// no latent contrast.</param>
/// <param name="MonteCarloError">Its Monte Carlo standard error.</param>
public readonly record struct TrueValue(double Value, double MonteCarloError)
{
    /// <summary>Participants that are simulated for the true values: 2¹⁸.</summary>
    internal const int Participants = 1 << 18;

    internal static TrueValue Undefined => new(double.NaN, double.NaN);

    /// <summary>Computes the true values of contrasts: every participant is followed under both arms.</summary>
    internal static TrueValue[] Compute(
        Scenario scenario, LatentContrast?[] contrasts, RunOptions options, CancellationToken cancellation)
    {
        if (Array.TrueForAll(contrasts, c => c is null))
        {
            return [.. contrasts.Select(_ => Undefined)];
        }

        Worker total = BlockRunner.Run(
            Participants / Worker.ChunkSize,
            1,
            options.Parallelism,
            () => new Worker(scenario, contrasts, options.Seed),
            completed: null,
            cancellation);
        return total.Values();
    }

    /// <summary>Follows chunks of participants; their streams are those of negative replicates.</summary>
    private sealed class Worker : IBlockWorker<Worker>
    {
        internal const int ChunkSize = 4096;

        private readonly LatentContrast?[] _contrasts;
        private readonly bool[][] _strata;
        private readonly ulong _seed;
        private readonly IParticipantSampler _sampler;
        private readonly CourseTimes _times;
        private readonly LatentCourse _course;
        private readonly ExposurePlanner _planner;
        private readonly int[] _sizes;
        private readonly double[][] _scores;
        private readonly ExposureInterval[] _exposure = new ExposureInterval[TrialData.MaximumExposureIntervals];
        private readonly ExactSum[] _sums;
        private readonly ExactSum[] _squares;
        private readonly long[] _counts;

        internal Worker(Scenario scenario, LatentContrast?[] contrasts, ulong seed)
        {
            _contrasts = contrasts;
            _seed = seed;
            _sampler = scenario.Population.CreateSampler();
            _times = new CourseTimes(scenario.Design, new ObservationModel());
            _course = new LatentCourse(scenario, _times);
            _planner = new ExposurePlanner(scenario.Design);
            _sizes = Designs.StratumSizes.FromShares(ChunkSize, scenario.Population.StratumShares.AsSpan());
            _strata = [.. contrasts.Select(c => Enumerable.Range(0, _sizes.Length)
                .Select(s => c is not null && (c.Strata.Count == 0 || c.Strata.Contains(s))).ToArray())];
            _scores = [new double[_times.VisitIndex.Length], new double[_times.VisitIndex.Length]];
            _sums = [.. contrasts.Select(_ => new ExactSum())];
            _squares = [.. contrasts.Select(_ => new ExactSum())];
            _counts = new long[contrasts.Length];
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
            for (int c = 0; c < _contrasts.Length; c++)
            {
                _sums[c].Add(other._sums[c]);
                _squares[c].Add(other._squares[c]);
                _counts[c] += other._counts[c];
            }
        }

        internal TrueValue[] Values()
        {
            var values = new TrueValue[_contrasts.Length];
            for (int c = 0; c < values.Length; c++)
            {
                if (_contrasts[c] is null)
                {
                    values[c] = Undefined;
                    continue;
                }

                double mean = _sums[c].ToDouble() / _counts[c];
                double variance = Math.Max(0, (_squares[c].ToDouble() / _counts[c]) - (mean * mean));
                values[c] = new TrueValue(mean, Math.Sqrt(variance / _counts[c]));
            }

            return values;
        }

        private void Follow(StreamKey key, int p, int stratum)
        {
            TrialRandom baseline = key.Open(p, DrawPurpose.Baseline);
            _sampler.Draw(stratum, ref baseline, out Participant participant);
            for (int arm = 0; arm < 2; arm++)
            {
                (int intervals, _) = _planner.Plan(key, p, arm, _exposure);
                TrialRandom trajectory = key.Open(p, DrawPurpose.Trajectory);
                _course.Fill(participant, arm, _exposure.AsSpan(0, intervals), ref trajectory);
                for (int v = 0; v < _times.VisitIndex.Length; v++)
                {
                    _scores[arm][v] = _course.Scores[_times.VisitIndex[v]];
                }
            }

            for (int c = 0; c < _contrasts.Length; c++)
            {
                if (!_strata[c][stratum])
                {
                    continue;
                }

                ReadOnlySpan<double> weights = _contrasts[c]!.Weights.AsSpan();
                double difference = 0;
                for (int v = 0; v < weights.Length; v++)
                {
                    difference += weights[v] * (_scores[1][v] - _scores[0][v]);
                }

                _sums[c].Add(difference);
                _squares[c].Add(difference * difference);
                _counts[c]++;
            }
        }
    }
}
