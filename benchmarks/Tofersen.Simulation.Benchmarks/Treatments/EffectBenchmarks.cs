using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks.Treatments;

/// <summary>How treatment acts.</summary>
public enum TreatmentAction
{
    SlopeReduction,
    ReductionWashedOut,
    SymptomaticOffset,
    OffsetWashedOut,
}

/// <summary>Effects on the rate and on the score over 56 weeks of one exposure; the engine computes them once for all who follow the same
/// plan. The plain version goes from time to time by the formulas.</summary>
public class EffectBenchmarks
{
    private static readonly SlopeReduction Reduction =
        new() { MaxReduction = 0.8, LagWeeks = 4, HalfTimeWeeks = 12, WashoutHalfTimeWeeks = 12 };

    private static readonly SymptomaticOffset Offset = new() { Points = 2, HalfTimeWeeks = 6, WashoutHalfTimeWeeks = 4 };

    private readonly double[] _months = new ValorCourses().Months;
    private ExposureInterval[] _exposure = [];
    private double[] _disease = [];
    private double[] _rate = [];
    private double[] _offset = [];

    [Params(TreatmentAction.SlopeReduction, TreatmentAction.ReductionWashedOut, TreatmentAction.SymptomaticOffset, TreatmentAction.OffsetWashedOut)]
    public TreatmentAction Effect { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        bool stops = Effect is TreatmentAction.ReductionWashedOut or TreatmentAction.OffsetWashedOut;
        _exposure = [new ExposureInterval(1, stops ? 7 : double.PositiveInfinity)];
        (_disease, _rate, _offset) = (new double[_months.Length], new double[_months.Length], new double[_months.Length]);
        Library();
        (double[] disease, double[] rate, double[] offset) = ([.. _disease], [.. _rate], [.. _offset]);
        Plain();
        Agreement.Check(disease, _disease, "disease ages");
        Agreement.Check(rate, _rate, "rates");
        Agreement.Check(offset, _offset, "offsets");
    }

    [Benchmark(Baseline = true)]
    public void Plain()
    {
        for (int i = 0; i < _months.Length; i++)
        {
            if (Effect is TreatmentAction.SlopeReduction or TreatmentAction.ReductionWashedOut)
            {
                (_rate[i], _disease[i]) = PlainEffect.At(Reduction, _exposure[0], _months[i]);
            }
            else
            {
                (_rate[i], _disease[i], _offset[i]) = (1, _months[i], PlainEffect.At(Offset, _exposure[0], _months[i]));
            }
        }
    }

    [Benchmark]
    public void Library()
    {
        ITreatmentEffect effect = Effect is TreatmentAction.SlopeReduction or TreatmentAction.ReductionWashedOut ? Reduction : Offset;
        TrialRandom none = default;
        effect.Fill(
            default(Participant),
            _exposure,
            _months,
            ref none,
            new EffectCourse { DiseaseMonths = _disease, RateMultiplier = _rate, ScoreOffset = _offset });
    }
}
