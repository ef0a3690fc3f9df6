using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Treatments;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks.Treatments;

/// <summary>The chain from dose to SOD1, neurofilament and rate over 56 weeks for one participant on drug. The plain version takes its
/// differential equations through steps of Runge and Kutta, a tenth of a week each, for the typical participant; times for participants of their
/// own with and without late doses stand beside it.</summary>
public class ChainBenchmarks
{
    private const double StepWeeks = 0.1;

    private static readonly DoseToFunction Varying = (DoseToFunction)ValorOpenLabelExtension.ThroughChain.Scenario.Effect;
    private static readonly DoseToFunction LateDoses =
        Varying with { Regimen = new DosingRegimen { MissedProbability = 0.05, LatenessSdDays = 3 } };

    private static readonly DoseToFunction Typical = Varying with
    {
        StratumNeurofilamentFactors = [],
        ExposureLogSd = 0,
        HalfMaximalAmountLogSd = 0,
        NeurofilamentExponentLogSd = 0,
        RateExponentLogSd = 0,
    };

    private readonly ExposureInterval[] _exposure = [new ExposureInterval(0, double.PositiveInfinity)];
    private readonly double[] _months = new ValorCourses().Months;
    private readonly double[] _weeks = [.. new ValorCourses().Months.Select(m => Math.Round(StudyTime.WeeksFromMonths(m), 9))];
    private readonly double[] _scratch = new double[ChainGrid.ScratchLength(60) + ChainGrid.UnitLength(60)];
    private readonly double[] _kept = new double[ChainGrid.UnitLength(60)];
    private readonly ChainReference _reference = new(Typical);
    private readonly List<(double Week, double Mg)> _doses =
        ChainReference.Doses(Typical.Regimen, [(0, double.PositiveInfinity, null)], default, 60);

    private double[] _disease = [];
    private double[] _rate = [];
    private double[] _offset = [];
    private double[] _sod1 = [];
    private double[] _neurofilament = [];
    private double[] _logRate = [];
    private int _participant;

    /// <summary>The steps of Runge and Kutta and the grid of the library leave errors of their own: agreement is asked to 0.002.</summary>
    [GlobalSetup]
    public void Setup()
    {
        (_disease, _rate, _offset) = (new double[_months.Length], new double[_months.Length], new double[_months.Length]);
        (_sod1, _neurofilament, _logRate) = (new double[_months.Length], new double[_months.Length], new double[_months.Length]);
        TypicalParticipant();
        double[][] plain = _reference.At(_doses, _weeks, StepWeeks);
        Agreement.Check(_disease, plain[0], "disease ages", 1, 2e-3);
        Agreement.Check(_sod1, plain[2], "ln SOD1 ratios", 1, 2e-3);
        Agreement.Check(_neurofilament, plain[3], "ln neurofilament ratios", 1, 2e-3);
    }

    [Benchmark(Baseline = true)]
    public double[][] Plain() => _reference.At(_doses, _weeks, StepWeeks);

    [Benchmark]
    public void TypicalParticipant() => Fill(Typical);

    [Benchmark]
    public void OwnResponse() => Fill(Varying);

    [Benchmark]
    public void OwnResponseMissedAndLateDoses() => Fill(LateDoses);

    private void Fill(DoseToFunction effect)
    {
        TrialRandom random = TrialRandom.Open(1, 0, _participant++, DrawPurpose.Response);
        effect.Fill(default(Participant), _exposure, _months, ref random, new EffectCourse
        {
            DiseaseMonths = _disease,
            RateMultiplier = _rate,
            ScoreOffset = _offset,
            LogSod1Ratio = _sod1,
            LogNeurofilamentRatio = _neurofilament,
            LogRateMultiplier = _logRate,
            Scratch = _scratch,
            Kept = _kept,
        });
    }
}
