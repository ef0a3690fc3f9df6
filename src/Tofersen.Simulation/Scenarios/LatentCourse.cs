using System.Runtime.Intrinsics;
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
    private readonly bool _trajectoryDraws;
    private readonly ITreatmentEffect _effect;
    private readonly ValueList<ExposureInterval>[] _planned;
    private readonly EffectBuffer?[] _plannedEffects;
    private readonly EffectBuffer _ownEffect;
    private readonly AlignedBuffer[] _kept;
    private readonly AlignedBuffer _scores;
    private readonly AlignedBuffer _months;
    private readonly AlignedBuffer _sinceOnset;
    private readonly AlignedBuffer _hazardShift;
    private readonly int _gridPoints;
    private EffectBuffer _current;
    private bool _isBeforeOnset;

    internal LatentCourse(Scenario scenario, CourseTimes times)
    {
        _trajectory = scenario.Trajectory;
        _trajectoryDraws = _trajectory.DrawsAtRandom;
        _effect = scenario.Effect;
        _planned = [.. scenario.Design.Arms.Select(a => a.Exposure)];
        double weeks = times.Months.Max() * StudyTime.WeeksPerMonth;
        int unitLength = ChainGrid.UnitLength(weeks);
        int scratchLength = ChainGrid.ScratchLength(weeks) + unitLength;
        _kept = [.. _planned.Select(_ => new AlignedBuffer(_effect.DependsOnParticipant ? unitLength : 0))];
        _ownEffect = new EffectBuffer(times.Months.Length, scratchLength);
        _current = _ownEffect;
        _scores = new AlignedBuffer(times.Months.Length);
        _months = new AlignedBuffer(times.Months.Length);
        times.Months.CopyTo(_months.Span);
        _sinceOnset = new AlignedBuffer(times.Months.Length);
        _hazardShift = new AlignedBuffer(times.Months.Length);
        _gridPoints = times.GridPoints;
        _plannedEffects = new EffectBuffer?[_planned.Length];
        if (!_effect.DependsOnParticipant)
        {
            for (int arm = 0; arm < _planned.Length; arm++)
            {
                var buffer = new EffectBuffer(times.Months.Length, scratchLength);
                TrialRandom none = default;
                buffer.Fill(_effect, default, _planned[arm].AsSpan(), times.Months, [], ref none);
                _plannedEffects[arm] = buffer;
            }
        }
    }

    /// <summary>Latent scores at the course times.</summary>
    internal ReadOnlySpan<double> Scores => _scores.Span;

    /// <summary>ln(1 − E) at the course times.</summary>
    internal ReadOnlySpan<double> LogRateMultiplier => _current.LogRateMultiplier;

    /// <summary>What hazards follow.</summary>
    internal HazardCourse ForHazards => new(Scores, LogRateMultiplier, LogHazardShift, ProgressionFromWeeks);

    private ReadOnlySpan<double> LogHazardShift =>
        _isBeforeOnset ? _hazardShift.Span : _current.HasHazardShift ? _current.LogHazardShift : [];

    /// <summary>When the disease of a participant without symptoms becomes manifest, in months: when its age reaches the months to onset.
    /// Infinite where it does not on the weekly grid, and for somebody with symptoms.</summary>
    internal double OnsetMonths { get; private set; }

    // The week of onset, or a hair later lest the change of unit puts it before; 0 for somebody with symptoms.
    private double ProgressionFromWeeks => _isBeforeOnset ? StudyTime.WeeksFromMonths(OnsetMonths) * (1 + 1e-12) : 0;

    /// <summary>Disease age at the course times, in months.</summary>
    internal ReadOnlySpan<double> DiseaseMonths => _current.DiseaseMonths;

    /// <summary>ln SOD1 ratio of the effect at the course times.</summary>
    internal ReadOnlySpan<double> LogSod1Ratio => _current.LogSod1Ratio;

    /// <summary>ln neurofilament ratio of the effect at the course times.</summary>
    internal ReadOnlySpan<double> LogNeurofilamentRatio => _current.LogNeurofilamentRatio;

    /// <summary>Whether the participant followed the arm's plan.</summary>
    internal bool IsPlanned { get; private set; }

    /// <summary>Computes a participant's course.</summary>
    /// <param name="key">The replicate's key.</param>
    /// <param name="p">Number of the participant.</param>
    /// <param name="participant">The participant's traits.</param>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="exposure">Intervals on drug.</param>
    internal void Fill(StreamKey key, int p, in Participant participant, int arm, ReadOnlySpan<ExposureInterval> exposure)
    {
        Span<double> scores = _scores.Span;
        ReadOnlySpan<double> months = _months.Span;
        IsPlanned = AreSame(exposure, _planned[arm].AsSpan());
        if (_plannedEffects[arm] is { } planned && IsPlanned)
        {
            _current = planned;
        }
        else
        {
            TrialRandom response = _effect.DependsOnParticipant ? key.Open(p, DrawPurpose.Response) : default;
            _ownEffect.Fill(_effect, participant, exposure, months, IsPlanned ? _kept[arm].Span : [], ref response);
            _current = _ownEffect;
        }

        TrialRandom random = _trajectoryDraws ? key.Open(p, DrawPurpose.Trajectory) : default;
        _isBeforeOnset = participant.MonthsToOnset > 0;
        OnsetMonths = double.PositiveInfinity;
        if (_isBeforeOnset)
        {
            FillFromOnset(participant.MonthsToOnset, exposure.IsEmpty ? double.PositiveInfinity : exposure[0].StartMonths);
            _trajectory.Fill(participant with { MonthsSinceOnset = 0 }, new TrajectoryTimes(months, _sinceOnset.Span), ref random, scores);
        }
        else
        {
            _trajectory.Fill(participant, new TrajectoryTimes(months, _current.DiseaseMonths), ref random, scores);
        }

        if (_current.HasOffset)
        {
            ReadOnlySpan<double> offset = _current.ScoreOffset;
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] += offset[i];
            }
        }
    }

    // Field by field: the general comparison of records is asked for every participant, and is slower.
    private static bool AreSame(ReadOnlySpan<ExposureInterval> first, ReadOnlySpan<ExposureInterval> second)
    {
        bool areSame = first.Length == second.Length;
        for (int i = 0; areSame && i < first.Length; i++)
        {
            areSame = first[i].StartMonths == second[i].StartMonths && first[i].StopMonths == second[i].StopMonths
                && first[i].DoseMg == second[i].DoseMg;
        }

        return areSame;
    }

    // Function declines, and hazards that depend on progression begin, when the disease age reaches that of onset.
    private void FillFromOnset(double monthsToOnset, double treatedFromMonths)
    {
        const double NoHazard = -1e6;
        ReadOnlySpan<double> age = _current.DiseaseMonths;
        Span<double> sinceOnset = _sinceOnset.Span;
        Span<double> shift = _hazardShift.Span;
        for (int i = 0; i < sinceOnset.Length; i++)
        {
            sinceOnset[i] = Math.Max(0, age[i] - monthsToOnset);
            shift[i] = age[i] < monthsToOnset ? NoHazard : _current.LogHazardShift[i];
        }

        OnsetMonths = WhenReached(monthsToOnset, treatedFromMonths, age);
    }

    // Without treatment the disease age is the time; on it, straight between the points of the grid.
    private double WhenReached(double monthsToOnset, double treatedFromMonths, ReadOnlySpan<double> age)
    {
        ReadOnlySpan<double> months = _months.Span;
        if (monthsToOnset <= treatedFromMonths)
        {
            return monthsToOnset <= months[_gridPoints - 1] ? monthsToOnset : double.PositiveInfinity;
        }

        for (int g = 1; g < _gridPoints; g++)
        {
            if (age[g] >= monthsToOnset)
            {
                return months[g - 1]
                    + ((months[g] - months[g - 1]) * (monthsToOnset - age[g - 1]) / (age[g] - age[g - 1]));
            }
        }

        return double.PositiveInfinity;
    }

    private sealed class EffectBuffer(int length, int scratchLength)
    {
        private const double LeastRate = 1e-300;

        private readonly double[] _rateMultiplier = new double[VectorKernels.Padded(length)];
        private readonly AlignedBuffer _diseaseMonths = new(length);
        private readonly AlignedBuffer _logRateMultiplier = new(length);
        private readonly AlignedBuffer _scoreOffset = new(length);
        private readonly AlignedBuffer _logHazardShift = new(length);
        private readonly AlignedBuffer _logSod1Ratio = new(length);
        private readonly AlignedBuffer _logNeurofilamentRatio = new(length);
        private readonly AlignedBuffer _scratch = new(scratchLength);

        internal ReadOnlySpan<double> DiseaseMonths => _diseaseMonths.Span;

        internal ReadOnlySpan<double> LogRateMultiplier => _logRateMultiplier.Span;

        internal ReadOnlySpan<double> ScoreOffset => _scoreOffset.Span;

        internal ReadOnlySpan<double> LogHazardShift => _logHazardShift.Span;

        internal ReadOnlySpan<double> LogSod1Ratio => _logSod1Ratio.Span;

        internal ReadOnlySpan<double> LogNeurofilamentRatio => _logNeurofilamentRatio.Span;

        internal bool HasOffset { get; private set; }

        internal bool HasHazardShift { get; private set; }

        internal void Fill(
            ITreatmentEffect effect,
            in Participant participant,
            ReadOnlySpan<ExposureInterval> exposure,
            ReadOnlySpan<double> months,
            Span<double> kept,
            ref TrialRandom response)
        {
            _logHazardShift.Span.Clear();
            _logSod1Ratio.Span.Clear();
            _logNeurofilamentRatio.Span.Clear();
            Span<double> logRateMultiplier = _logRateMultiplier.Span;
            logRateMultiplier[0] = double.NaN;
            effect.Fill(participant, exposure, months, ref response, new EffectCourse
            {
                DiseaseMonths = _diseaseMonths.Span,
                RateMultiplier = _rateMultiplier,
                ScoreOffset = _scoreOffset.Span,
                LogHazardShift = _logHazardShift.Span,
                LogSod1Ratio = _logSod1Ratio.Span,
                LogNeurofilamentRatio = _logNeurofilamentRatio.Span,
                Scratch = _scratch.Span,
                Kept = kept,
                LogRateMultiplier = logRateMultiplier,
            });

            // A rate that treatment has turned round counts as none; the hazard clips it to its minimum.
            if (double.IsNaN(logRateMultiplier[0]))
            {
                TakeLogarithms(logRateMultiplier, effect.DependsOnParticipant);
            }

            HasOffset = ScoreOffset.ContainsAnyExcept(0.0);
            HasHazardShift = LogHazardShift.ContainsAnyExcept(0.0);
        }

        // Once a plan slowly, once a participant fast; next to none counts as none then.
        private void TakeLogarithms(Span<double> logRateMultiplier, bool isFrequent)
        {
            for (int i = 0; isFrequent && i < logRateMultiplier.Length; i += VectorKernels.Lanes)
            {
                Vector512<double> rate = Vector512.Max(VectorKernels.Load(_rateMultiplier, i), Vector512.Create(LeastRate));
                VectorKernels.Store(LaneFunctions.Log(rate), logRateMultiplier, i);
            }

            for (int i = 0; !isFrequent && i < logRateMultiplier.Length; i++)
            {
                logRateMultiplier[i] = Math.Log(Math.Max(0, _rateMultiplier[i]));
            }
        }
    }
}
