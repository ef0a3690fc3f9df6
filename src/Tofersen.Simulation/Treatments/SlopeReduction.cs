using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Treatments;

/// <summary>Disease-modifying effect: treatment removes a fraction of the rate of decline, after a lag and gradually.</summary>
/// <remarks>
/// <para>Model: exposure acts after <see cref="LagWeeks"/>, at its start and at its end alike. While it acts, the response x
/// relaxes towards 1 with <see cref="HalfTimeWeeks"/>; afterwards towards 0 with <see cref="WashoutHalfTimeWeeks"/>. The
/// fraction removed is E = <see cref="MaxReduction"/> · x · fading. For treatment from week s without end and no fading this
/// is E(t) = MaxReduction · (1 − 2^(−max(0, t − s − lag) / half-time)).</para>
/// <para>What was gained stays gained: after wash-out the untreated rate returns, the points saved remain.</para>
/// <para>The disease age ∫(1 − E) is integrated in closed form, piece by piece.</para>
/// </remarks>
public sealed record SlopeReduction : ITreatmentEffect
{
    private const double Ln2 = 0.69314718055994531;

    /// <summary>Largest fraction of the rate that is removed; from −1 (a harmful treatment that doubles it) to 1.</summary>
    public required double MaxReduction { get; init => field = Require.InRange(value, -1, 1); }

    /// <summary>Weeks from a change of exposure until it begins to act; from 0 to 520.</summary>
    public double LagWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Weeks in which the response comes half of the way to its maximum; from 0 (at once) to 520.</summary>
    public double HalfTimeWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Weeks in which the response falls by half after treatment; from 0 (at once) to 520.</summary>
    public double WashoutHalfTimeWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Loss of effect with time on drug; none by default.</summary>
    public EffectFading? Fading { get; init; }

    /// <inheritdoc/>
    public bool DependsOnParticipant => false;

    /// <inheritdoc/>
    public void Fill(
        in Participant participant,
        ReadOnlySpan<ExposureInterval> exposure,
        ReadOnlySpan<double> months,
        ref TrialRandom random,
        in EffectCourse course)
    {
        var response = new ResponseCourse(this, exposure);
        for (int i = 0; i < months.Length; i++)
        {
            (double fraction, double integral) = response.At(months[i]);
            course.RateMultiplier[i] = 1 - fraction;
            course.DiseaseMonths[i] = months[i] - integral;
            course.ScoreOffset[i] = 0;
        }
    }

    private static double Rate(double halfTimeWeeks) =>
        halfTimeWeeks > 0 ? Ln2 / StudyTime.MonthsFromWeeks(halfTimeWeeks) : double.PositiveInfinity;

    /// <summary>Walks through the pieces on and off drug; restarts from time 0 when an earlier time is asked for.</summary>
    private ref struct ResponseCourse(SlopeReduction effect, ReadOnlySpan<ExposureInterval> exposure)
    {
        private readonly ReadOnlySpan<ExposureInterval> _exposure = exposure;
        private readonly double _max = effect.MaxReduction;
        private readonly double _lag = StudyTime.MonthsFromWeeks(effect.LagWeeks);
        private readonly double _onset = Rate(effect.HalfTimeWeeks);
        private readonly double _washout = Rate(effect.WashoutHalfTimeWeeks);
        private readonly double _fadeAfter =
            effect.Fading is { } fading ? StudyTime.MonthsFromWeeks(fading.AfterWeeks) : double.PositiveInfinity;

        private readonly double _fadeRate = effect.Fading is { } fading ? Rate(fading.HalfTimeWeeks) : 0;

        // State at the start of the current piece: time, response, months on acting drug so far, integral of E so far.
        private int _change;
        private double _time;
        private double _response;
        private double _onDrug;
        private double _integral;

        internal (double Fraction, double Integral) At(double months)
        {
            if (months < _time)
            {
                (_change, _time, _response, _onDrug, _integral) = (0, 0, 0, 0, 0);
            }

            while (true)
            {
                double next = ChangeTime(_change);
                if (months < next)
                {
                    (double response, _, double area, double factor) = Advance(months - _time);
                    return (_max * response * factor, _integral + (_max * area));
                }

                (_response, _onDrug, double pieceArea, _) = Advance(next - _time);
                _integral += _max * pieceArea;
                _time = next;
                _change++;
            }
        }

        // Changes alternate: starts of action at even numbers, ends at odd ones.
        private readonly double ChangeTime(int change)
        {
            int interval = change >> 1;
            if (interval >= _exposure.Length)
            {
                return double.PositiveInfinity;
            }

            return _lag + ((change & 1) == 0 ? _exposure[interval].StartMonths : _exposure[interval].StopMonths);
        }

        // Response, months on drug, area under response × fading, and the fading factor, after a time in this piece.
        private readonly (double Response, double OnDrug, double Area, double Factor) Advance(double duration)
        {
            bool acting = (_change & 1) == 1;
            double kept = 1;
            if (!acting)
            {
                double factor = Factor(_onDrug);
                double decayed = Decay(_washout, duration);
                return (_response * decayed, _onDrug, _response * factor * DecayArea(_washout, duration), factor);
            }

            double before = Math.Clamp(_fadeAfter - _onDrug, 0, duration);
            double missing = 1 - _response;
            double area = before - (missing * DecayArea(_onset, before));
            double after = duration - before;
            if (after > 0)
            {
                // Product of (1 − m e^(−kt)) with f e^(−λt).
                missing *= Decay(_onset, before);
                kept = Factor(_onDrug + before);
                area += kept * (DecayArea(_fadeRate, after) - (missing * DecayArea(_onset + _fadeRate, after)));
            }

            double onDrug = _onDrug + duration;
            return (1 - ((1 - _response) * Decay(_onset, duration)), onDrug, area, Factor(onDrug));
        }

        private readonly double Factor(double onDrug) =>
            onDrug > _fadeAfter ? Decay(_fadeRate, onDrug - _fadeAfter) : 1;

        // An infinite rate has done its work at once, in the first instant too.
        private static double Decay(double rate, double duration) =>
            double.IsPositiveInfinity(rate) ? 0 : Math.Exp(-rate * duration);

        private static double DecayArea(double rate, double duration) =>
            rate == 0 ? duration : double.IsPositiveInfinity(rate) ? 0 : (1 - Math.Exp(-rate * duration)) / rate;
    }
}
