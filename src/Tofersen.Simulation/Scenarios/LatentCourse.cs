using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Computes one participant's latent course under an arm at the course times.</summary>
/// <remarks>Where the effect depends on exposure alone, it is computed once an arm and reused for everybody whose exposure is
/// the arm's planned one.</remarks>
internal sealed class LatentCourse
{
    private readonly ITrajectoryModel _trajectory;
    private readonly ITreatmentEffect _effect;
    private readonly CourseTimes _times;
    private readonly ValueList<ExposureInterval>[] _planned;
    private readonly EffectBuffer?[] _plannedEffects;
    private readonly EffectBuffer _ownEffect;
    private readonly double[] _scores;
    private EffectBuffer _current;

    internal LatentCourse(Scenario scenario, CourseTimes times)
    {
        _trajectory = scenario.Trajectory;
        _effect = scenario.Effect;
        _times = times;
        _planned = [.. scenario.Design.Arms.Select(a => a.Exposure)];
        _ownEffect = new EffectBuffer(times.Months.Length);
        _current = _ownEffect;
        _scores = new double[times.Months.Length];
        _plannedEffects = new EffectBuffer?[_planned.Length];
        if (!_effect.DependsOnParticipant)
        {
            for (int arm = 0; arm < _planned.Length; arm++)
            {
                var buffer = new EffectBuffer(times.Months.Length);
                buffer.Fill(_effect, default, _planned[arm].AsSpan(), times.Months);
                _plannedEffects[arm] = buffer;
            }
        }
    }

    /// <summary>Latent scores at the course times.</summary>
    internal ReadOnlySpan<double> Scores => _scores;

    /// <summary>ln(1 − E) at the course times.</summary>
    internal ReadOnlySpan<double> LogRateMultiplier => _current.LogRateMultiplier;

    internal void Fill(
        in Participant participant, int arm, ReadOnlySpan<ExposureInterval> exposure, ref TrialRandom random)
    {
        if (_plannedEffects[arm] is { } planned && exposure.SequenceEqual(_planned[arm].AsSpan()))
        {
            _current = planned;
        }
        else
        {
            _ownEffect.Fill(_effect, participant, exposure, _times.Months);
            _current = _ownEffect;
        }

        _trajectory.Fill(participant, new TrajectoryTimes(_times.Months, _current.DiseaseMonths), ref random, _scores);
        if (_current.HasOffset)
        {
            for (int i = 0; i < _scores.Length; i++)
            {
                _scores[i] += _current.ScoreOffset[i];
            }
        }
    }

    private sealed class EffectBuffer(int length)
    {
        private readonly double[] _rateMultiplier = new double[length];

        internal double[] DiseaseMonths { get; } = new double[length];

        internal double[] LogRateMultiplier { get; } = new double[length];

        internal double[] ScoreOffset { get; } = new double[length];

        internal bool HasOffset { get; private set; }

        internal void Fill(
            ITreatmentEffect effect,
            in Participant participant,
            ReadOnlySpan<ExposureInterval> exposure,
            ReadOnlySpan<double> months)
        {
            effect.Fill(participant, exposure, months, new EffectCourse
            {
                DiseaseMonths = DiseaseMonths,
                RateMultiplier = _rateMultiplier,
                ScoreOffset = ScoreOffset,
            });
            for (int i = 0; i < _rateMultiplier.Length; i++)
            {
                // A rate that treatment has turned round counts as none; the hazard clips it to its minimum.
                LogRateMultiplier[i] = Math.Log(Math.Max(0, _rateMultiplier[i]));
            }

            HasOffset = ScoreOffset.AsSpan().ContainsAnyExcept(0.0);
        }
    }
}
