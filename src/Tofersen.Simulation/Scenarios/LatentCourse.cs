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
    private readonly ValueList<ExposureInterval>[] _planned;
    private readonly EffectBuffer?[] _plannedEffects;
    private readonly EffectBuffer _ownEffect;
    private readonly AlignedBuffer _scores;
    private readonly AlignedBuffer _months;
    private EffectBuffer _current;

    internal LatentCourse(Scenario scenario, CourseTimes times)
    {
        _trajectory = scenario.Trajectory;
        _effect = scenario.Effect;
        _planned = [.. scenario.Design.Arms.Select(a => a.Exposure)];
        _ownEffect = new EffectBuffer(times.Months.Length);
        _current = _ownEffect;
        _scores = new AlignedBuffer(times.Months.Length);
        _months = new AlignedBuffer(times.Months.Length);
        times.Months.CopyTo(_months.Span);
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
    internal ReadOnlySpan<double> Scores => _scores.Span;

    /// <summary>ln(1 − E) at the course times.</summary>
    internal ReadOnlySpan<double> LogRateMultiplier => _current.LogRateMultiplier;

    /// <summary>Shift of the log hazards at the course times; empty where there is none.</summary>
    internal ReadOnlySpan<double> LogHazardShift => _current.HasHazardShift ? _current.LogHazardShift : [];

    internal void Fill(
        in Participant participant, int arm, ReadOnlySpan<ExposureInterval> exposure, ref TrialRandom random)
    {
        Span<double> scores = _scores.Span;
        ReadOnlySpan<double> months = _months.Span;
        if (_plannedEffects[arm] is { } planned && exposure.SequenceEqual(_planned[arm].AsSpan()))
        {
            _current = planned;
        }
        else
        {
            _ownEffect.Fill(_effect, participant, exposure, months);
            _current = _ownEffect;
        }

        _trajectory.Fill(participant, new TrajectoryTimes(months, _current.DiseaseMonths), ref random, scores);
        if (_current.HasOffset)
        {
            ReadOnlySpan<double> offset = _current.ScoreOffset;
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] += offset[i];
            }
        }
    }

    private sealed class EffectBuffer(int length)
    {
        private readonly double[] _rateMultiplier = new double[VectorKernels.Padded(length)];
        private readonly AlignedBuffer _diseaseMonths = new(length);
        private readonly AlignedBuffer _logRateMultiplier = new(length);
        private readonly AlignedBuffer _scoreOffset = new(length);
        private readonly AlignedBuffer _logHazardShift = new(length);

        internal ReadOnlySpan<double> DiseaseMonths => _diseaseMonths.Span;

        internal ReadOnlySpan<double> LogRateMultiplier => _logRateMultiplier.Span;

        internal ReadOnlySpan<double> ScoreOffset => _scoreOffset.Span;

        internal ReadOnlySpan<double> LogHazardShift => _logHazardShift.Span;

        internal bool HasOffset { get; private set; }

        internal bool HasHazardShift { get; private set; }

        internal void Fill(
            ITreatmentEffect effect,
            in Participant participant,
            ReadOnlySpan<ExposureInterval> exposure,
            ReadOnlySpan<double> months)
        {
            _logHazardShift.Span.Clear();
            effect.Fill(participant, exposure, months, new EffectCourse
            {
                DiseaseMonths = _diseaseMonths.Span,
                RateMultiplier = _rateMultiplier,
                ScoreOffset = _scoreOffset.Span,
                LogHazardShift = _logHazardShift.Span,
            });
            Span<double> logRateMultiplier = _logRateMultiplier.Span;
            for (int i = 0; i < logRateMultiplier.Length; i++)
            {
                // A rate that treatment has turned round counts as none; the hazard clips it to its minimum.
                logRateMultiplier[i] = Math.Log(Math.Max(0, _rateMultiplier[i]));
            }

            HasOffset = ScoreOffset.ContainsAnyExcept(0.0);
            HasHazardShift = LogHazardShift.ContainsAnyExcept(0.0);
        }
    }
}
