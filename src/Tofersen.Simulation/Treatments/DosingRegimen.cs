using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Treatments;

/// <summary>When doses are given while on drug, and how much each is.</summary>
/// <remarks>
/// <para>In each exposure interval the first dose comes at its start, then the loading doses, then maintenance, until the first moment
/// off drug, at which none is given. The defaults are those of the US label: 100 mg in days 1, 15 and 29 and every 28 days from
/// there.</para>
/// <para>After a pause of more than <see cref="ReloadAfterPauseDays"/> treatment begins with loading doses again; after a shorter one with
/// maintenance.</para>
/// <para>Any dose but the first of an interval may be missed, and may be late by the absolute value of a normal variable. Late doses leave
/// the plan of those that follow where it was; no dose comes before the one planned ahead of it. A dose so late that treatment has
/// stopped is not given.</para>
/// </remarks>
public sealed record DosingRegimen
{
    internal const double MaximumDoseMg = 1_000;

    /// <summary>Two doses nearer than this, in weeks, are at the same moment: under a second, and far above rounding of times.</summary>
    internal const double SameMomentWeeks = 1e-6;

    private const int DaysPerWeek = 7;

    /// <summary>Each dose in mg, from 0 to 1,000; 100 by default (US label). An exposure interval with a dose of its own goes
    /// first.</summary>
    public double DoseMg { get; init => field = Require.InRange(value, 0, MaximumDoseMg); } = 100;

    /// <summary>Number of loading doses, the first dose among them, from 1 (no loading) to 20; 3 by default (US label).</summary>
    public int LoadingDoses { get; init => field = Require.InRange(value, 1, 20); } = 3;

    /// <summary>Days from one loading dose to the next, from 1 to 364; 14 by default (US label).</summary>
    public double LoadingIntervalDays { get; init => field = Require.InRange(value, 1, 364); } = 14;

    /// <summary>Days from the last loading dose to the first maintenance dose, and from one of those to the next, from 1 to 364; 28 by
    /// default (US label).</summary>
    public double MaintenanceIntervalDays { get; init => field = Require.InRange(value, 1, 364); } = 28;

    /// <summary>Probability that a dose is missed; 0 by default. Doses are missed independently of each other.</summary>
    public double MissedProbability { get; init => field = Require.Probability(value); }

    /// <summary>Standard deviation of the normal variable whose absolute value is the lateness of a dose, in days, from 0 to 28; 0 by
    /// default. The mean lateness is 0.8 times as large.</summary>
    public double LatenessSdDays { get; init => field = Require.InRange(value, 0, 28); }

    /// <summary>Longest pause after which treatment goes on without loading, in days off drug, from 0 to 14,000; 84 by default, an
    /// assumption.</summary>
    public double ReloadAfterPauseDays { get; init => field = Require.InRange(value, 0, 14_000); } = 84;

    /// <summary>Whether doses depend on chance.</summary>
    internal bool IsRandom => MissedProbability > 0 || LatenessSdDays > 0;

    /// <summary>Adds every dose up to the end of a grid to it.</summary>
    /// <param name="exposure">Intervals on drug, in order.</param>
    /// <param name="random">Stream of the participant's doses; the n-th planned dose has the n-th draws, whatever the exposure.</param>
    /// <param name="doses">Receives the doses.</param>
    /// <param name="onTime">Whether to give all doses, and on time.</param>
    internal void AddDoses(ReadOnlySpan<ExposureInterval> exposure, TrialRandom random, ref DoseGrid doses, bool onTime)
    {
        bool isRandom = IsRandom && !onTime;
        double stop = double.NegativeInfinity;
        foreach (ExposureInterval interval in exposure)
        {
            double start = StudyTime.WeeksFromMonths(interval.StartMonths);
            double mg = interval.DoseMg ?? DoseMg;
            int loading = start - stop > (ReloadAfterPauseDays / DaysPerWeek) + SameMomentWeeks ? LoadingDoses : 1;
            stop = StudyTime.WeeksFromMonths(interval.StopMonths);
            double earliest = start;
            for (int n = 0; ; n++)
            {
                double planned = start + PlannedWeeks(n, loading);
                if (planned > stop - SameMomentWeeks || planned > doses.EndWeeks)
                {
                    break;
                }

                double time = planned;
                bool isGiven = true;
                if (isRandom)
                {
                    // Both are drawn for every dose, so that changing one probability never moves another dose.
                    double chance = random.NextUniform();
                    double lateness = Math.Abs(random.NextNormal()) * LatenessSdDays / DaysPerWeek;
                    isGiven = n == 0 || chance >= MissedProbability;
                    time = n == 0 ? planned : Math.Max(planned + lateness, earliest);
                    earliest = time;
                }

                if (isGiven && time <= stop - SameMomentWeeks)
                {
                    doses.Add(time, mg);
                }
            }
        }
    }

    private double PlannedWeeks(int dose, int loading)
    {
        int fast = Math.Min(dose, loading - 1);
        return ((fast * LoadingIntervalDays) + ((dose - fast) * MaintenanceIntervalDays)) / DaysPerWeek;
    }
}
