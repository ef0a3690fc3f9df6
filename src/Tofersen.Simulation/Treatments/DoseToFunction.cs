using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Treatments;

/// <summary>The mechanistic chain: doses, drug in the cerebrospinal fluid and in tissue, SOD1, neurofilament light, rate of
/// decline.</summary>
/// <remarks>
/// <para>Model, with k = ln 2 / half-life of each link: doses add to the amount A in the fluid, dA/dt = −k A; tissue follows,
/// dC/dt = k (A − C); synthesis of SOD1 is inhibited by I = <see cref="MaxInhibition"/> · C^γ / (C₅₀^γ + C^γ), dS/dt = k (1 − I − S);
/// neurofilament follows SOD1, dN/dt = k (S^ω − N); the rate of decline is multiplied by N(t − delay)^η. S and N are ratios to the
/// course without treatment and begin at 1.</para>
/// <para>Each participant has log-normal factors, with median 1, on doses, C₅₀, ω and η; ω and η are held to at most 20. Four normal
/// values are drawn whatever the standard deviations; doses that are missed or late have a stream of their own.</para>
/// <para>Computed on a weekly grid from randomisation, whatever times are asked for. For the median participant of the defaults on 100 mg the error is at most 0.002
/// in the ratios and 0.004 months in disease age where doses are given at whole weeks, and 0.01 and 0.02 months where they are not or differ. The
/// steeper the response, the larger the error: a low C₅₀, a large γ or short half-lives make it several times that (METHODS.md). Amounts are
/// exact.</para>
/// <para>Defaults: fitted to VALOR's means at 100 mg where the property does not say otherwise; standard deviations are
/// assumptions.</para>
/// </remarks>
public sealed record DoseToFunction : ITreatmentEffect
{
    private const int StackLimit = 20_000;
    private const double MaximumWeeks = 100_000;
    private const double MaximumExponent = 20;
    private const int StepsPerWeek = 1;
    private const double DefaultCsf = 4, DefaultTissue = 2, DefaultSod1 = 2.3, DefaultNeurofilament = 2.5;

    private ChainRates _rates = new(DefaultCsf, DefaultTissue, DefaultSod1, DefaultNeurofilament, StepsPerWeek);

    /// <summary>When doses are given, and how much each is.</summary>
    public DosingRegimen Regimen { get; init => field = Require.NotNull(value); } = new();

    /// <summary>Half-life in the cerebrospinal fluid, in weeks, from 0.01 to 520; 4 by default (US label).</summary>
    public double CsfHalfLifeWeeks
    {
        get;
        init
        {
            field = HalfLife(value, nameof(CsfHalfLifeWeeks));
            _rates = Rates(StepsPerWeek);
        }
    } = DefaultCsf;

    /// <summary>Half-life of the equilibration of tissue with the fluid, in weeks, from 0.01 to 520; 2 by default (fitted).</summary>
    public double TissueHalfLifeWeeks
    {
        get;
        init
        {
            field = HalfLife(value, nameof(TissueHalfLifeWeeks));
            _rates = Rates(StepsPerWeek);
        }
    } = DefaultTissue;

    /// <summary>Half-life of SOD1, in weeks, from 0.01 to 520; 2.3 by default, the 16 days of wild-type SOD1 in rat spinal cord
    /// (secondary source).</summary>
    public double Sod1HalfLifeWeeks
    {
        get;
        init
        {
            field = HalfLife(value, nameof(Sod1HalfLifeWeeks));
            _rates = Rates(StepsPerWeek);
        }
    } = DefaultSod1;

    /// <summary>Half-life of neurofilament light, in weeks, from 0.01 to 520; 2.5 by default (fitted).</summary>
    public double NeurofilamentHalfLifeWeeks
    {
        get;
        init
        {
            field = HalfLife(value, nameof(NeurofilamentHalfLifeWeeks));
            _rates = Rates(StepsPerWeek);
        }
    } = DefaultNeurofilament;

    /// <summary>Largest fraction of SOD1 synthesis that is inhibited, from 0 to 0.99; 0.45 by default, an assumption.</summary>
    public double MaxInhibition { get; init => field = Require.InRange(value, 0, 0.99); } = 0.45;

    /// <summary>Amount in tissue at which inhibition is half of its largest, C₅₀, in mg, from 0.001 to 100,000. The default, 64.92, is the
    /// mean amount on 45 mg every 28 days, 45 / ln 2: with the other defaults SOD1 falls by 10, 20, 27 and 35 % on 20, 40, 60 and
    /// 100 mg, an assumption.</summary>
    public double HalfMaximalAmountMg { get; init => field = Require.InRange(value, 0.001, 1e5); } = 64.92;

    /// <summary>Steepness of the dose response, γ, from 0.1 to 10; 1.5 by default, an assumption.</summary>
    public double HillExponent { get; init => field = Require.InRange(value, 0.1, 10); } = 1.5;

    /// <summary>Exponent ω of the response of neurofilament to SOD1, from 0 to 10; 1.9 by default (fitted).</summary>
    public double NeurofilamentExponent { get; init => field = Require.InRange(value, 0, 10); } = 1.9;

    /// <summary>Factor on <see cref="NeurofilamentExponent"/> by position of the stratum, each from 0 to 10; 1 for strata beyond the list,
    /// which is empty by default. VALOR's fast and slow strata fit 1.22 and 0.86.</summary>
    public ValueList<double> StratumNeurofilamentFactors { get; init => field = Factors(value); } = [];

    /// <summary>Weeks until the rate of decline follows neurofilament, from 0 to 520; 8 by default (fitted).</summary>
    public int DelayWeeks { get; init => field = Require.InRange(value, 0, 520); } = 8;

    /// <summary>Exponent η of the response of the rate to neurofilament, from 0 to 10; 1.4 by default (fitted).</summary>
    public double RateExponent { get; init => field = Require.InRange(value, 0, 10); } = 1.4;

    /// <summary>Standard deviation of the logarithm of the factor on doses, from 0 to 2; 0.3 by default, an assumption.</summary>
    public double ExposureLogSd { get; init => field = Require.InRange(value, 0, 2); } = 0.3;

    /// <summary>Standard deviation of the logarithm of C₅₀, from 0 to 2; 0.2 by default, an assumption.</summary>
    public double HalfMaximalAmountLogSd { get; init => field = Require.InRange(value, 0, 2); } = 0.2;

    /// <summary>Standard deviation of ln ω, from 0 to 2; 0.25 by default, an assumption.</summary>
    public double NeurofilamentExponentLogSd { get; init => field = Require.InRange(value, 0, 2); } = 0.25;

    /// <summary>Standard deviation of ln η, from 0 to 2; 0.25 by default, an assumption.</summary>
    public double RateExponentLogSd { get; init => field = Require.InRange(value, 0, 2); } = 0.25;

    /// <inheritdoc/>
    public bool DependsOnParticipant =>
        ExposureLogSd > 0 || HalfMaximalAmountLogSd > 0 || NeurofilamentExponentLogSd > 0 || RateExponentLogSd > 0
        || Regimen.IsRandom || StratumNeurofilamentFactors.AsSpan().ContainsAnyExcept(1.0);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The intervals are out of order or overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is after week 100,000.</exception>
    public void Fill(
        in Participant participant,
        ReadOnlySpan<ExposureInterval> exposure,
        ReadOnlySpan<double> months,
        ref TrialRandom random,
        in EffectCourse course)
    {
        bool varies = DependsOnParticipant;
        TrialRandom doses = Regimen.IsRandom ? random.Fork() : default;
        ChainResponse response = varies ? Draw(participant.Stratum, ref random) : Typical(0);
        Fill(response, _rates, doses, exposure, months, course, onTime: !varies);
    }

    /// <summary>The course of a participant at the median of every factor, given every dose in time.</summary>
    /// <param name="exposure">Intervals on drug, in order, not overlapping.</param>
    /// <param name="untilWeek">Last week, from 0 to 2,000.</param>
    /// <param name="stratum">Position of the participant's stratum, at least 0.</param>
    /// <returns>The course, week by week.</returns>
    /// <exception cref="ArgumentException">The intervals are out of order or overlap.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The week or the stratum is out of range.</exception>
    public ChainCourse Course(ReadOnlySpan<ExposureInterval> exposure, int untilWeek, int stratum = 0)
    {
        Require.InRange(untilWeek, 0, 2_000, nameof(untilWeek));
        Require.InRange(stratum, 0, int.MaxValue, nameof(stratum));
        CheckOrder(exposure);
        ChainResponse response = Typical(stratum);
        ChainGrid grid = ChainGrid.Over(
            _rates, response, new double[ChainGrid.ScratchLength(untilWeek)], new double[ChainGrid.UnitLength(untilWeek)]);
        GiveDoses(grid, _rates, default, exposure, untilWeek, onTime: true);
        grid.SolveLinks();
        int n = untilWeek + 1;
        double[] weeks = [.. Enumerable.Range(0, n).Select(w => (double)w)];
        double[] sod1 = grid.LogSod1[..n].ToArray(), neurofilament = grid.LogNeurofilament[..n].ToArray();
        double[] removed = grid.Removed[..n].ToArray(), saved = grid.Saved[..n].ToArray();
        return new ChainCourse
        {
            Weeks = [.. weeks],
            CsfAmountMg = ValueList.Create<double>(grid.CsfAmount[..n]),
            TissueAmountMg = ValueList.Create<double>(grid.TissueAmount[..n]),
            Sod1Ratio = [.. sod1.Select(Math.Exp)],
            NeurofilamentRatio = [.. neurofilament.Select(Math.Exp)],
            RateMultiplier = [.. removed.Select(r => 1 - r)],
            DiseaseMonths = [.. weeks.Select((w, i) => StudyTime.MonthsFromWeeks(w - saved[i]))],
        };
    }

    /// <summary>As the public method, on a grid of any step: for the proof that the step is short enough.</summary>
    internal void Fill(
        int stepsPerWeek, ReadOnlySpan<ExposureInterval> exposure, ReadOnlySpan<double> months, TrialRandom doses, in EffectCourse course) =>
        Fill(Typical(0, stepsPerWeek), Rates(stepsPerWeek), doses, exposure, months, course, onTime: false);

    private static double HalfLife(double value, string name) => Require.InRange(value, 0.01, 520, name);

    private static ValueList<double> Factors(ValueList<double>? values)
    {
        foreach (double value in Require.NotNull(values, nameof(StratumNeurofilamentFactors)))
        {
            Require.InRange(value, 0, 10, nameof(StratumNeurofilamentFactors));
        }

        return values!;
    }

    private static double Last(ReadOnlySpan<double> months)
    {
        Vector512<double> last = Vector512<double>.Zero;
        int i = 0;
        for (; i <= months.Length - VectorKernels.Lanes; i += VectorKernels.Lanes)
        {
            last = Vector512.MaxNative(last, VectorKernels.Load(months, i));
        }

        double largest = 0;
        for (int lane = 0; lane < VectorKernels.Lanes; lane++)
        {
            largest = Math.Max(largest, last[lane]);
        }

        for (; i < months.Length; i++)
        {
            largest = Math.Max(largest, months[i]);
        }

        return largest;
    }

    private static void CheckOrder(ReadOnlySpan<ExposureInterval> exposure)
    {
        double last = 0;
        foreach (ExposureInterval interval in exposure)
        {
            if (!(interval.StartMonths >= last && interval.StopMonths >= interval.StartMonths))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Interval [{interval.StartMonths}, {interval.StopMonths}) months is out of order; it must begin at {last} or later and stop no earlier than it begins."),
                    nameof(exposure));
            }

            last = interval.StopMonths;
        }
    }

    private void Fill(
        in ChainResponse response,
        in ChainRates rates,
        TrialRandom doses,
        ReadOnlySpan<ExposureInterval> exposure,
        ReadOnlySpan<double> months,
        in EffectCourse course,
        bool onTime)
    {
        CheckOrder(exposure);
        double weeks = StudyTime.WeeksFromMonths(Last(months));
        Require.InRange(weeks, 0, MaximumWeeks, nameof(months));
        int length = ChainGrid.ScratchLength(weeks * rates.StepsPerWeek);
        int unitLength = ChainGrid.UnitLength(weeks * rates.StepsPerWeek);
        int both = length + unitLength;
        Span<double> memory = course.Scratch.Length >= both ? course.Scratch : both <= StackLimit ? stackalloc double[both] : new double[both];

        // Doses that chance has no part in are the same for all who follow the plan.
        bool isShared = course.Kept.Length >= unitLength && (onTime || !Regimen.IsRandom);
        Span<double> unit = isShared ? course.Kept[..unitLength] : memory[length..both];
        if (!isShared)
        {
            unit[0] = 0;
        }

        ChainGrid grid = ChainGrid.Over(rates, response, memory[..length], unit);
        if (!grid.IsUnitKnown)
        {
            GiveDoses(grid, rates, doses, exposure, weeks, onTime);
        }

        grid.SolveLinks();
        grid.Read(months, course);
    }

    private void GiveDoses(
        in ChainGrid grid,
        in ChainRates rates,
        TrialRandom random,
        ReadOnlySpan<ExposureInterval> exposure,
        double untilWeek,
        bool onTime)
    {
        // A dose in the last step bears on times within it through the point at its end.
        double end = Math.Ceiling(untilWeek * rates.StepsPerWeek) / rates.StepsPerWeek;
        var doses = new DoseGrid(rates, grid.Jumps, grid.CsfAmount, grid.TissueAmount, end);
        Regimen.AddDoses(exposure, random, ref doses, onTime);
        grid.SolveUnit(doses.First);
    }

    private ChainRates Rates(int stepsPerWeek) => new(
        CsfHalfLifeWeeks, TissueHalfLifeWeeks, Sod1HalfLifeWeeks, NeurofilamentHalfLifeWeeks, stepsPerWeek);

    private ChainResponse Typical(int stratum, int stepsPerWeek = StepsPerWeek) => new()
    {
        Exposure = 1,
        MaxInhibition = MaxInhibition,
        HillExponent = HillExponent,
        HalfMaximalAmountMg = HalfMaximalAmountMg,
        NeurofilamentExponent = Math.Min(
            MaximumExponent,
            NeurofilamentExponent * (stratum < StratumNeurofilamentFactors.Count ? StratumNeurofilamentFactors[stratum] : 1)),
        RateExponent = RateExponent,
        DelaySteps = DelayWeeks * stepsPerWeek,
    };

    private ChainResponse Draw(int stratum, ref TrialRandom random)
    {
        ChainResponse typical = Typical(stratum);
        Vector512<double> factors = LaneFunctions.Exp(Vector512.Create(
            ExposureLogSd * random.NextNormal(),
            HalfMaximalAmountLogSd * random.NextNormal(),
            NeurofilamentExponentLogSd * random.NextNormal(),
            RateExponentLogSd * random.NextNormal(),
            0,
            0,
            0,
            0));
        return typical with
        {
            Exposure = factors[0],
            HalfMaximalAmountMg = typical.HalfMaximalAmountMg * factors[1],
            NeurofilamentExponent = Math.Min(MaximumExponent, typical.NeurofilamentExponent * factors[2]),
            RateExponent = Math.Min(MaximumExponent, typical.RateExponent * factors[3]),
        };
    }
}
