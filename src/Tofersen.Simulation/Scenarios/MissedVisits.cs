using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Draws which visits a participant in follow-up misses, one visit after another.</summary>
/// <remarks>One draw for each visit, and one for each visit and block, whatever was missed before.</remarks>
internal sealed class MissedVisits
{
    private const double LargestExponent = 700;

    private readonly double _probability;
    private readonly double _strength;
    private readonly MissingnessMechanism _mechanism;
    private readonly MissedVisitBlock[] _blocks;
    private readonly bool[] _missed;

    internal MissedVisits(ObservationModel observation, int visits)
    {
        _probability = observation.IntermittentMissingProbability;
        if (observation.IntermittentMissingness is { Strength: not 0 } dependence)
        {
            (_mechanism, _strength) = (dependence.Mechanism, dependence.Strength);
        }

        _blocks = [.. observation.MissedVisitBlocks];
        _missed = new bool[visits];
    }

    /// <summary>Whether latent losses are needed.</summary>
    internal bool FollowsLatent => _mechanism == MissingnessMechanism.Mnar;

    /// <summary>Whether each visit is missed.</summary>
    internal ReadOnlySpan<bool> Flags => _missed;

    /// <summary>Draws the visits that a participant misses.</summary>
    /// <param name="key">The replicate's key.</param>
    /// <param name="p">Number of the participant.</param>
    /// <param name="record">Scores and times as written down.</param>
    /// <param name="latent">Latent scores at the visits; may be empty unless <see cref="FollowsLatent"/>.</param>
    internal void Draw(StreamKey key, int p, in VisitRecord record, ReadOnlySpan<double> latent)
    {
        if (_blocks.Length > 0)
        {
            DrawBlocks(key, p, record);
        }

        if (_probability == 0)
        {
            return;
        }

        if (_mechanism == MissingnessMechanism.Mcar && _blocks.Length == 0)
        {
            DrawAtRandom(key, p);
        }
        else
        {
            DrawByLoss(key, p, record, latent);
        }
    }

    private void DrawAtRandom(StreamKey key, int p)
    {
        TrialRandom random = key.Open(p, DrawPurpose.Missingness);
        Span<bool> missed = _missed;
        for (int v = 1; v < missed.Length; v++)
        {
            missed[v] = random.NextUniform() < _probability;
        }
    }

    private void DrawByLoss(StreamKey key, int p, in VisitRecord record, ReadOnlySpan<double> latent)
    {
        TrialRandom random = key.Open(p, DrawPurpose.Missingness);
        double loss = 0;
        for (int v = 1; v < _missed.Length; v++)
        {
            loss = FollowsLatent ? latent[0] - latent[v] : loss;
            bool isMissed = random.NextUniform() < Probability(loss);
            _missed[v] = isMissed || (_blocks.Length > 0 && _missed[v]);
            if (_mechanism == MissingnessMechanism.Mar && !_missed[v])
            {
                loss = record.Complete[0] - record.Complete[v];
            }
        }
    }

    private void DrawBlocks(StreamKey key, int p, in VisitRecord record)
    {
        Array.Clear(_missed);
        TrialRandom random = key.Open(p, DrawPurpose.MissedVisitBlocks);
        foreach (MissedVisitBlock block in _blocks)
        {
            for (int v = 1; v < _missed.Length; v++)
            {
                double week = StudyTime.WeeksFromMonths(record.EntryMonths + record.Months[v]);
                bool isMissed = random.NextUniform() < block.Probability;
                _missed[v] |= isMissed && week >= block.FromWeek && week < block.FromWeek + block.Weeks;
            }
        }
    }

    // Exactly the model's probability where nothing is lost.
    private double Probability(double loss)
    {
        double logOdds = _strength * loss;
        return logOdds == 0
            ? _probability
            : _probability / (_probability + ((1 - _probability) * Math.Exp(Math.Clamp(-logOdds, -LargestExponent, LargestExponent))));
    }
}
