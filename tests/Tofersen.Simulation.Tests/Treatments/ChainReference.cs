using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

/// <summary>Course of the chain from dose to function by brute force: its five differential equations in fine Runge–Kutta steps, which
/// begin anew at every dose; doses are jumps of the amount in the fluid.</summary>
/// <remarks>The fifth state is the integral of 1 − N^η; what is saved follows it by the delay.</remarks>
internal sealed class ChainReference(DoseToFunction effect)
{
    internal const double StepWeeks = 0.01;

    /// <summary>Doses of a regimen by its description, for draws as the n-th of each planned dose.</summary>
    internal static List<(double Week, double Mg)> Doses(
        DosingRegimen regimen, (double Start, double Stop, double? Mg)[] exposure, TrialRandom draws, double untilWeek)
    {
        List<(double, double)> doses = [];
        double lastStop = double.NegativeInfinity;
        foreach ((double start, double stop, double? mg) in exposure)
        {
            bool reloads = (start - lastStop) * 7 > regimen.ReloadAfterPauseDays;
            double plannedDay = start * 7;
            double lastPlannedOrGiven = plannedDay;
            for (int n = 0; plannedDay < stop * 7 && plannedDay <= untilWeek * 7; n++)
            {
                double uniform = regimen is { MissedProbability: 0, LatenessSdDays: 0 } ? 1 : draws.NextUniform();
                double normal = regimen is { MissedProbability: 0, LatenessSdDays: 0 } ? 0 : draws.NextNormal();
                bool isFirst = n == 0;
                double day = isFirst ? plannedDay : Math.Max(plannedDay + (Math.Abs(normal) * regimen.LatenessSdDays), lastPlannedOrGiven);
                lastPlannedOrGiven = day;
                if ((isFirst || uniform >= regimen.MissedProbability) && day < stop * 7)
                {
                    doses.Add((day / 7, mg ?? regimen.DoseMg));
                }

                plannedDay += reloads && n < regimen.LoadingDoses - 1 ? regimen.LoadingIntervalDays : regimen.MaintenanceIntervalDays;
            }

            lastStop = stop;
        }

        return doses;
    }

    /// <summary>Disease months, rate multiplier, ln SOD1 and ln neurofilament at times in weeks.</summary>
    internal double[][] At(IReadOnlyList<(double Week, double Mg)> doses, double[] weeks, double stepWeeks = StepWeeks)
    {
        double delay = effect.DelayWeeks;
        double[] asked = [.. weeks, .. weeks.Select(w => w - delay)];
        double[] stops = [.. asked.Concat(doses.Select(d => d.Week)).Where(w => w >= 0).Distinct().Order()];
        var at = new Dictionary<double, double[]>();
        double[] state = [0, 0, 1, 1, 0];
        double time = 0;
        foreach (double stop in stops)
        {
            int steps = (int)Math.Ceiling((stop - time) / stepWeeks);
            for (int i = 0; i < steps; i++)
            {
                state = Step(state, (stop - time) / steps);
            }

            time = stop;
            state[0] += doses.Where(d => d.Week == stop).Sum(d => d.Mg);
            at[stop] = state;
            state = [.. state];
        }

        double[] untreated = [0, 0, 1, 1, 0];
        double[] Late(double week) => week - delay >= 0 ? at[week - delay] : untreated;
        return
        [
            [.. weeks.Select(w => StudyTime.MonthsFromWeeks(w - Late(w)[4]))],
            [.. weeks.Select(w => Math.Pow(Late(w)[3], effect.RateExponent))],
            [.. weeks.Select(w => Math.Log(at[w][2]))],
            [.. weeks.Select(w => Math.Log(at[w][3]))],
        ];
    }

    private double[] Slopes(double[] x)
    {
        double power = Math.Pow(Math.Max(0, x[1]), effect.HillExponent);
        double inhibition = effect.MaxInhibition * power / (Math.Pow(effect.HalfMaximalAmountMg, effect.HillExponent) + power);
        double Rate(double halfLife) => Math.Log(2) / halfLife;
        return
        [
            -Rate(effect.CsfHalfLifeWeeks) * x[0],
            Rate(effect.TissueHalfLifeWeeks) * (x[0] - x[1]),
            Rate(effect.Sod1HalfLifeWeeks) * (1 - inhibition - x[2]),
            Rate(effect.NeurofilamentHalfLifeWeeks) * (Math.Pow(x[2], effect.NeurofilamentExponent) - x[3]),
            1 - Math.Pow(x[3], effect.RateExponent),
        ];
    }

    private double[] Step(double[] x, double h)
    {
        double[] k1 = Slopes(x), k2 = Slopes(Along(x, k1, h / 2)), k3 = Slopes(Along(x, k2, h / 2)), k4 = Slopes(Along(x, k3, h));
        return [.. x.Select((value, i) => value + (h / 6 * (k1[i] + (2 * k2[i]) + (2 * k3[i]) + k4[i])))];
    }

    private static double[] Along(double[] x, double[] slope, double h) => [.. x.Select((value, i) => value + (h * slope[i]))];
}
