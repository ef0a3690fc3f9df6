using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

/// <summary>Course of an effect by brute force: the differential equations of response, time on drug and disease age in fine
/// Runge–Kutta steps, which begin anew wherever exposure changes or fading sets in.</summary>
/// <remarks>x' = k (1 − x) while exposure acts, x' = −w x otherwise; E = max · x · 2^(−(on − after)⁺ / fade); A' = 1 − E.
/// Everything is in weeks until the end.</remarks>
public sealed class EffectReference
{
    private const double StepWeeks = 0.02;

    internal double Max { get; init; } = 1;

    internal double Lag { get; init; }

    internal double HalfTime { get; init; }

    internal double Washout { get; init; }

    internal double FadeAfter { get; init; } = double.PositiveInfinity;

    internal double FadeHalfTime { get; init; } = 1;

    /// <summary>Intervals on drug, in weeks.</summary>
    internal (double Start, double Stop)[] Exposure { get; init; } = [];

    /// <summary>The intervals in months.</summary>
    internal ExposureInterval[] Intervals =>
    [
        .. Exposure.Select(e => new ExposureInterval(
            StudyTime.MonthsFromWeeks(e.Start), StudyTime.MonthsFromWeeks(e.Stop))),
    ];

    /// <summary>Fraction removed and disease age in months at a time in weeks.</summary>
    internal (double Fraction, double DiseaseMonths) At(double week)
    {
        (double x, double on, double age) = (0, 0, 0);
        double time = 0;
        while (time < week)
        {
            bool acting = Exposure.Any(e => time >= e.Start + Lag && time < e.Stop + Lag);
            double next = NextChange(time, on, acting, week);

            // A half-time of zero is a jump at the start of the piece.
            x = acting && HalfTime == 0 ? 1 : !acting && Washout == 0 ? 0 : x;
            int steps = (int)Math.Ceiling((next - time) / StepWeeks);
            double h = (next - time) / steps;
            for (int i = 0; i < steps; i++)
            {
                (x, on, age) = Step(x, on, age, acting, h);
            }

            time = next;
        }

        return (Fraction(x, on), StudyTime.MonthsFromWeeks(age));
    }

    private double NextChange(double time, double on, bool acting, double end)
    {
        double next = end;
        foreach ((double start, double stop) in Exposure)
        {
            next = start + Lag > time ? Math.Min(next, start + Lag) : next;
            next = stop + Lag > time ? Math.Min(next, stop + Lag) : next;
        }

        double fading = time + FadeAfter - on;
        return acting && fading > time + 1e-9 ? Math.Min(next, fading) : next;
    }

    private (double X, double On, double Age) Step(double x, double on, double age, bool acting, double h)
    {
        double drive = acting ? (HalfTime > 0 ? Math.Log(2) / HalfTime : 0) : Washout > 0 ? Math.Log(2) / Washout : 0;
        double goal = acting ? 1 : 0;
        double run = acting ? 1 : 0;
        double Slope(double response) => drive * (goal - response);

        double k1 = Slope(x), k2 = Slope(x + (h / 2 * k1)), k3 = Slope(x + (h / 2 * k2)), k4 = Slope(x + (h * k3));
        double end = x + (h / 6 * (k1 + (2 * k2) + (2 * k3) + k4));

        // Simpson's rule for the age, with the response in the middle from the cubic through both ends.
        double middle = ((x + end) / 2) + (h / 8 * (k1 - Slope(end)));
        double removed = Fraction(x, on) + (4 * Fraction(middle, on + (run * h / 2))) + Fraction(end, on + (run * h));
        return (end, on + (run * h), age + h - (h / 6 * removed));
    }

    private double Fraction(double x, double on) =>
        Max * x * (on > FadeAfter ? Math.Pow(2, -(on - FadeAfter) / FadeHalfTime) : 1);
}
