using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Treatments;

/// <summary>The course of a <see cref="DoseToFunction"/> on a grid of equal steps, and what it is between its points.</summary>
/// <remarks>
/// <para>The compartments are exact at the points. The inhibition of SOD1 synthesis and the goal of neurofilament are cubics within
/// a step, from values and slopes at its ends; the turnover that follows them is exact. Slopes are held to three times the distance
/// to the ends of their range, so that no cubic leaves it. The disease age comes from the corrected trapezoidal rule, which is exact
/// for cubics. A dose between two points is exact in the compartments and bends the inhibition within the step, which the cubic smooths. Everything else is read between points by cubic interpolation from values and slopes.</para>
/// <para>Time is in steps. Each row has points 0 to N − 1 behind a lead of zeros, so that the point before the first can be
/// read.</para>
/// </remarks>
internal readonly ref struct ChainGrid
{
    /// <summary>Times nearer to a point than this, in steps, are at it: months do not convert to weeks without rounding.</summary>
    internal const double SamePoint = 1e-9;

    private const int Lead = VectorKernels.Lanes;
    private const int Rows = 10;

    /// <summary>Rows that hold the amounts before the first link, in front of and behind those of the links.</summary>
    private const int FirstLinkRow = 2, JumpRow = 9;
    private const int UnitRows = 3, UnitHead = VectorKernels.Lanes;

    /// <summary>Amounts in tissue below this, in mg, count as none: their logarithms and quotients would leave the range of numbers.</summary>
    private const double LeastAmountMg = 1e-100;

    /// <summary>Odds against inhibition, as a logarithm, beyond which there is none.</summary>
    private const double MostLogOdds = 300;

    /// <summary>Least ratio of neurofilament, so that its logarithm stays finite where the exponents are extreme.</summary>
    private const double LeastRatio = 1e-12;

    private readonly ref readonly ChainRates _rates;
    private readonly ref readonly ChainResponse _response;
    private readonly Span<double> _scratch;
    private readonly Span<double> _unit;
    private readonly int _stride;

    private ChainGrid(in ChainRates rates, in ChainResponse response, Span<double> scratch, Span<double> unit)
    {
        _rates = ref rates;
        _response = ref response;
        _scratch = scratch;
        _unit = unit;
        _stride = scratch.Length / Rows;
    }

    /// <summary>Length of the scratch memory for times up to some number of steps.</summary>
    internal static int ScratchLength(double lastSteps) => Rows * Stride(lastSteps);

    /// <summary>Length of the memory for what all participants with the same doses share.</summary>
    internal static int UnitLength(double lastSteps) => UnitHead + (UnitRows * (Stride(lastSteps) - Lead));

    /// <summary>A grid for some doses. Where the unit memory is known, <see cref="SolveLinks"/> can follow at once; otherwise doses go to <see cref="Jumps"/>,
    /// <see cref="CsfAmount"/> and <see cref="TissueAmount"/>, and <see cref="SolveUnit"/> comes first.</summary>
    internal static ChainGrid Over(in ChainRates rates, in ChainResponse response, Span<double> scratch, Span<double> unit)
    {
        var grid = new ChainGrid(rates, response, scratch, unit);
        Span<double> needed = grid.IsUnitKnown ? scratch[(FirstLinkRow * grid._stride)..(JumpRow * grid._stride)] : scratch;
        needed.Clear();
        return grid;
    }

    private static int Stride(double lastSteps) => Lead + VectorKernels.Padded((int)lastSteps + 2);

    /// <summary>Whether <see cref="SolveUnit"/> has filled the unit memory.</summary>
    internal bool IsUnitKnown => _unit[0] == 1;

    /// <summary>Amounts in the fluid; before <see cref="SolveUnit"/>, what remains at each point of doses between it and the point before.</summary>
    internal Span<double> CsfAmount => Points(0);

    /// <summary>Doses at the points.</summary>
    internal Span<double> Jumps => Points(JumpRow);

    internal Span<double> TissueAmount => Points(1);

    internal Span<double> LogSod1 => Points(2);

    internal Span<double> LogNeurofilament => Points(4);

    /// <summary>Fraction of the rate that is removed.</summary>
    internal Span<double> Removed => Points(6);

    /// <summary>Integral of <see cref="Removed"/>.</summary>
    internal Span<double> Saved => Points(7);

    /// <summary>ln of the fraction that remains.</summary>
    private Span<double> LogRate => Points(8);

    private Span<double> LogSod1Slope => Points(3);

    // What all participants with the same doses share: the odds against inhibition for a half-maximal amount of 1 mg, and the slope of the log odds
    // of inhibition up to a point and from there.
    private Span<double> UnitOdds => UnitPoints(0);

    private Span<double> UnitSlopeBefore => UnitPoints(1);

    private Span<double> UnitSlopeAfter => UnitPoints(2);

    // Rows that one link leaves to the next, before their own quantity comes.
    private Span<double> Inhibition => Points(2);

    private Span<double> InhibitionSlopeBefore => Points(3);

    private Span<double> InhibitionSlopeAfter => Points(JumpRow);

    private Span<double> Goal => Points(6);

    private Span<double> GoalSlope => Points(5);

    private Span<double> LogNeurofilamentSlope => Points(5);

    /// <summary>Follows the doses to tissue, and keeps what does not depend on the participant.</summary>
    /// <param name="first">First point that a dose has reached; before it all stays as without treatment.</param>
    internal void SolveUnit(int first)
    {
        int from = first / VectorKernels.Lanes * VectorKernels.Lanes;
        SolveCompartments(from);
        SolveUnitOdds(from);
        (_unit[0], _unit[1]) = (1, from);
    }

    /// <summary>Follows one participant from tissue to the rate of decline.</summary>
    /// <remarks>Link by link: within a link the processor works on several vectors of points at a time, from link to link it has to wait.</remarks>
    internal void SolveLinks()
    {
        int from = (int)_unit[1];
        SolveInhibition(from);
        SolveSod1(from);
        SolveNeurofilament(from);
        SolveRate(from);
    }

    private void SolveCompartments(int from)
    {
        Span<double> csf = CsfAmount, tissue = TissueAmount, jumps = Jumps;
        var csfSteps = new LaneRecurrence(_rates.CsfKept);
        var tissueSteps = new LaneRecurrence(_rates.TissueKept);
        Vector512<double> gain = Vector512.Create(_rates.TissueGain);
        Vector512<double> csfLast = default, tissueLast = default;
        for (int g = from; g < csf.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> csfBefore = csfLast;
            Vector512<double> a = csfSteps.Next(VectorKernels.Load(csf, g) + VectorKernels.Load(jumps, g), ref csfLast);
            Vector512<double> aBefore = LaneRecurrence.Previous(a, csfBefore);
            VectorKernels.Store(a, csf, g);
            VectorKernels.Store(tissueSteps.Next(VectorKernels.Load(tissue, g) + (aBefore * gain), ref tissueLast), tissue, g);
        }
    }

    // The odds (C₅₀ / C)^γ of a participant are a factor of his own on C^(−γ), and their slopes do not depend on him at all.
    private void SolveUnitOdds(int from)
    {
        ReadOnlySpan<double> csf = CsfAmount, tissue = TissueAmount, jumps = Jumps;
        Span<double> odds = UnitOdds, slopesBefore = UnitSlopeBefore, slopesAfter = UnitSlopeAfter;
        Vector512<double> hill = Vector512.Create(_response.HillExponent), rate = hill * _rates.Tissue;
        Vector512<double> least = Vector512.Create(LeastAmountMg), most = Vector512.Create(MostLogOdds);
        for (int g = from; g < csf.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> a = VectorKernels.Load(csf, g), c = VectorKernels.Load(tissue, g);
            Vector512<double> some = Vector512.MaxNative(c, least);
            Vector512<double> isThere = Vector512.GreaterThan(c, least);
            Vector512<double> logOdds = Vector512.MinNative(-LaneFunctions.Log(some) * hill, most);
            VectorKernels.Store(
                Vector512.ConditionalSelect(isThere, LaneFunctions.Exp(logOdds), Vector512.Create(double.PositiveInfinity)), odds, g);

            // A dose makes the slope of the tissue amount jump, so there is one up to the point and one from there.
            Vector512<double> perAmount = Vector512.ConditionalSelect(isThere, rate / some, Vector512<double>.Zero);
            VectorKernels.Store(perAmount * (a - VectorKernels.Load(jumps, g) - c), slopesBefore, g);
            VectorKernels.Store(perAmount * (a - c), slopesAfter, g);
        }
    }

    private void SolveInhibition(int from)
    {
        ReadOnlySpan<double> odds = UnitOdds, unitBefore = UnitSlopeBefore, unitAfter = UnitSlopeAfter;
        Span<double> inhibitions = Inhibition, slopesBefore = InhibitionSlopeBefore, slopesAfter = InhibitionSlopeAfter;
        double half = Math.Pow(_response.HalfMaximalAmountMg / _response.Exposure, _response.HillExponent);
        Vector512<double> halfOdds = Vector512.Create(half), max = Vector512.Create(_response.MaxInhibition), one = Vector512<double>.One;
        for (int g = from; g < inhibitions.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> share = one / (one + (VectorKernels.Load(odds, g) * halfOdds));
            Vector512<double> inhibition = max * share;
            Vector512<double> perLogOdds = inhibition * (one - share);
            VectorKernels.Store(inhibition, inhibitions, g);
            VectorKernels.Store(perLogOdds * VectorKernels.Load(unitBefore, g), slopesBefore, g);
            VectorKernels.Store(perLogOdds * VectorKernels.Load(unitAfter, g), slopesAfter, g);
        }
    }

    private void SolveSod1(int from)
    {
        ReadOnlySpan<double> inhibitions = Inhibition, slopesBefore = InhibitionSlopeBefore, slopesAfter = InhibitionSlopeAfter;
        Span<double> logSod1 = LogSod1, logSod1Slope = LogSod1Slope, goals = Goal, goalSlopes = GoalSlope;
        var turnover = new Turnover(_rates.Sod1, _response.MaxInhibition);
        TurnoverState state = default;
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> exponent = Vector512.Create(_response.NeurofilamentExponent), rate = Vector512.Create(_rates.Sod1.Rate);
        for (int g = from; g < logSod1.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> inhibition = VectorKernels.Load(inhibitions, g);
            Vector512<double> x = turnover.Next(inhibition, VectorKernels.Load(slopesBefore, g), VectorKernels.Load(slopesAfter, g), ref state);
            Vector512<double> left = one - x;
            Vector512<double> logLeft = LaneFunctions.Log(left);
            Vector512<double> slope = (inhibition - x) / left * rate;
            Vector512<double> power = LaneFunctions.Exp(logLeft * exponent);
            VectorKernels.Store(logLeft, logSod1, g);
            VectorKernels.Store(-slope, logSod1Slope, g);
            VectorKernels.Store(one - power, goals, g);
            VectorKernels.Store(power * slope * exponent, goalSlopes, g);
        }
    }

    private void SolveNeurofilament(int from)
    {
        Span<double> goals = Goal;
        ReadOnlySpan<double> goalSlopes = GoalSlope;
        Span<double> logNeurofilament = LogNeurofilament, logNeurofilamentSlope = LogNeurofilamentSlope;
        var turnover = new Turnover(_rates.Neurofilament, 1);
        TurnoverState state = default;
        Vector512<double> one = Vector512<double>.One, least = Vector512.Create(LeastRatio), rate = Vector512.Create(_rates.Neurofilament.Rate);
        for (int g = from; g < logNeurofilament.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> goal = VectorKernels.Load(goals, g), goalSlope = VectorKernels.Load(goalSlopes, g);
            Vector512<double> y = turnover.Next(goal, goalSlope, goalSlope, ref state);
            Vector512<double> left = Vector512.MaxNative(one - y, least);
            VectorKernels.Store(LaneFunctions.Log(left), logNeurofilament, g);
            VectorKernels.Store((y - goal) / left * rate, logNeurofilamentSlope, g);

            // Its row comes to hold what is removed of the rate, nothing until the delay is over.
            VectorKernels.Store(Vector512<double>.Zero, goals, g);
        }
    }

    private void SolveRate(int from)
    {
        int delay = _response.DelaySteps;
        ReadOnlySpan<double> logNeurofilament = Row(4), slopes = Row(5);
        Span<double> removed = Removed, saved = Saved, logRate = LogRate;
        var sum = new LaneRecurrence(1);
        Vector512<double> savedLast = default, removedLast = default, slopeLast = default;
        for (int g = (from + delay) / VectorKernels.Lanes * VectorKernels.Lanes; g < removed.Length; g += VectorKernels.Lanes)
        {
            Vector512<double> logMultiplier = VectorKernels.Load(logNeurofilament, Lead + g - delay) * _response.RateExponent;
            Vector512<double> multiplier = LaneFunctions.Exp(logMultiplier);
            Vector512<double> share = Vector512<double>.One - multiplier;
            Vector512<double> slope = multiplier * VectorKernels.Load(slopes, Lead + g - delay) * -_response.RateExponent;
            Vector512<double> low = share * 3, high = multiplier * 3;
            Vector512<double> before = Vector512.MinNative(Vector512.MaxNative(slope, -high), low);
            slope = Vector512.MinNative(Vector512.MaxNative(slope, -low), high);
            Vector512<double> step = ((share + LaneRecurrence.Previous(share, removedLast)) * 0.5)
                + ((LaneRecurrence.Previous(slope, slopeLast) - before) * (1.0 / 12));
            removedLast = LaneRecurrence.Last(share);
            slopeLast = LaneRecurrence.Last(slope);
            VectorKernels.Store(logMultiplier, logRate, g);
            VectorKernels.Store(share, removed, g);
            VectorKernels.Store(sum.Next(step, ref savedLast), saved, g);
        }
    }

    /// <summary>Reads the course at some times.</summary>
    internal void Read(ReadOnlySpan<double> months, in EffectCourse course)
    {
        double stepsPerMonth = StudyTime.WeeksPerMonth * _rates.StepsPerWeek;
        course.ScoreOffset.Clear();
        int i = ReadWhole(months, stepsPerMonth, course);
        for (; i < months.Length; i++)
        {
            ReadOne(months[i], i, stepsPerMonth, course);
        }
    }

    // Times of the trial engine are weeks one after another: eight points at once. Returns how many times are read.
    private int ReadWhole(ReadOnlySpan<double> months, double stepsPerMonth, in EffectCourse course)
    {
        ReadOnlySpan<double> saved = Saved, removed = Removed, logRate = LogRate, logSod1 = LogSod1, logNeurofilament = LogNeurofilament;
        Span<double> disease = course.DiseaseMonths, multiplier = course.RateMultiplier, rates = course.LogRateMultiplier;
        Span<double> sod1 = course.LogSod1Ratio, neurofilament = course.LogNeurofilamentRatio;
        Vector512<double> perStep = Vector512.Create(1 / stepsPerMonth), sequence = Vector512.CreateSequence(0.0, 1.0);
        int i = 0;
        for (; i <= months.Length - VectorKernels.Lanes; i += VectorKernels.Lanes)
        {
            Vector512<double> time = VectorKernels.Load(months, i);
            Vector512<double> position = time * stepsPerMonth;
            double first = Math.Round(position.ToScalar());
            Vector512<double> away = position - (Vector512.Create(first) + sequence);
            if (!Vector512.LessThanOrEqualAll(Vector512.Abs(away), Vector512.Create(SamePoint)))
            {
                ReadScattered(months, i, stepsPerMonth, course);
                continue;
            }

            int g = (int)first;
            VectorKernels.Store(time - (VectorKernels.Load(saved, g) * perStep), disease, i);
            VectorKernels.Store(Vector512<double>.One - VectorKernels.Load(removed, g), multiplier, i);
            if (!rates.IsEmpty)
            {
                VectorKernels.Store(VectorKernels.Load(logRate, g), rates, i);
            }

            if (!sod1.IsEmpty)
            {
                VectorKernels.Store(VectorKernels.Load(logSod1, g), sod1, i);
            }

            if (!neurofilament.IsEmpty)
            {
                VectorKernels.Store(VectorKernels.Load(logNeurofilament, g), neurofilament, i);
            }
        }

        return i;
    }

    // Eight times that are not one after another, as where the engine fills up its times with the last.
    private void ReadScattered(ReadOnlySpan<double> months, int start, double stepsPerMonth, in EffectCourse course)
    {
        double last = double.NaN;
        for (int lane = 0; lane < VectorKernels.Lanes; lane++)
        {
            int i = start + lane;
            if (months[i] != last)
            {
                last = months[i];
                ReadOne(last, i, stepsPerMonth, course);
                continue;
            }

            course.DiseaseMonths[i] = course.DiseaseMonths[i - 1];
            course.RateMultiplier[i] = course.RateMultiplier[i - 1];
            Repeat(course.LogRateMultiplier, i);
            Repeat(course.LogSod1Ratio, i);
            Repeat(course.LogNeurofilamentRatio, i);
        }
    }

    private static void Repeat(Span<double> values, int i)
    {
        if (!values.IsEmpty)
        {
            values[i] = values[i - 1];
        }
    }

    // The same operations as for eight points, so that the other times asked for do not change a value.
    private void ReadOne(double months, int i, double stepsPerMonth, in EffectCourse course)
    {
        double position = months * stepsPerMonth;
        int g = (int)(position + SamePoint);
        double share = position - g;
        share = share <= SamePoint ? 0 : share;
        course.DiseaseMonths[i] = months - (BetweenSaved(g, share) * (1 / stepsPerMonth));
        int late = g - _response.DelaySteps;
        double logRate = share == 0 ? LogRate[g]
            : late < 0 ? 0
            : _response.RateExponent * BetweenLogs(LogNeurofilament, LogNeurofilamentSlope, late, share, _response.NeurofilamentExponent);
        course.RateMultiplier[i] = share == 0 ? 1 - Removed[g] : Math.Exp(logRate);
        if (!course.LogRateMultiplier.IsEmpty)
        {
            course.LogRateMultiplier[i] = logRate;
        }

        if (!course.LogSod1Ratio.IsEmpty)
        {
            course.LogSod1Ratio[i] = BetweenLogs(LogSod1, LogSod1Slope, g, share, 1);
        }

        if (!course.LogNeurofilamentRatio.IsEmpty)
        {
            course.LogNeurofilamentRatio[i] = BetweenLogs(LogNeurofilament, LogNeurofilamentSlope, g, share, _response.NeurofilamentExponent);
        }
    }

    // Where half-lives are far below a step a cubic may leave the range of what it stands for: SOD1 is between what is never inhibited and 1,
    // neurofilament between that to its exponent and 1, and what is saved never falls.
    private double BetweenLogs(ReadOnlySpan<double> values, ReadOnlySpan<double> slopes, int g, double share, double exponent) =>
        share == 0
            ? values[g]
            : Math.Clamp(Between(values, slopes, g, share), Math.Log(1 - _response.MaxInhibition) * exponent, 0);

    private double BetweenSaved(int g, double share) =>
        share == 0 ? Saved[g] : Math.Clamp(Between(Saved, Removed, g, share), Saved[g], Saved[g + 1]);

    private static double Between(ReadOnlySpan<double> values, ReadOnlySpan<double> slopes, int g, double share)
    {
        double rise = values[g + 1] - values[g];
        double rest = 1 - share;
        return values[g] + (share * share * (1 + (2 * rest)) * rise)
            + (share * rest * ((rest * slopes[g]) - (share * slopes[g + 1])));
    }

    private Span<double> UnitPoints(int row) => _unit.Slice(UnitHead + (row * (_stride - Lead)), _stride - Lead);

    private Span<double> Row(int row) => _scratch.Slice(row * _stride, _stride);

    private Span<double> Points(int row) => _scratch.Slice((row * _stride) + Lead, _stride - Lead);
}
