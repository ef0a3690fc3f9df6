using MathNet.Numerics.Distributions;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Large-sample moments of the log-rank test with constant hazards λ and θλ a week until the end of a trial: U = O − E of the
/// active arm has mean n ∫ y₀ y₁ / y · (λ₁ − λ₀), variance n ∫ (y₀² y₁ λ₁ + y₁² y₀ λ₀) / y², and its estimated variance tends to
/// n ∫ y₀ y₁ (y₀ λ₀ + y₁ λ₁) / y², with y₀ and y₁ the shares of participants at risk.</summary>
internal readonly record struct LogRankMoments(double Drift, double Variance, double Estimated, double Events)
{
    /// <summary>Power of the two-sided test at 5 %.</summary>
    internal double Power
    {
        get
        {
            double critical = Normal.InvCDF(0, 1, 0.975) * Math.Sqrt(Estimated);
            double sd = Math.Sqrt(Variance);
            return Normal.CDF(Drift, sd, -critical) + 1
                - Normal.CDF(Drift, sd, critical);
        }
    }

    internal static LogRankMoments Of(double ratio, double perWeek, int control, int active, double weeks)
    {
        const int Steps = 52_000;
        double step = weeks / Steps;
        double drift = 0, variance = 0, estimated = 0;
        double hazard = perWeek * ratio;
        for (int i = 0; i < Steps; i++)
        {
            double t = (i + 0.5) * step;
            double y0 = control * Math.Exp(-perWeek * t), y1 = active * Math.Exp(-hazard * t), y = y0 + y1;
            drift += step * y0 * y1 / y * (hazard - perWeek);
            variance += step * ((y0 * y0 * y1 * hazard) + (y1 * y1 * y0 * perWeek)) / (y * y);
            estimated += step * y0 * y1 * ((y0 * perWeek) + (y1 * hazard)) / (y * y);
        }

        double events = (control * (1 - Math.Exp(-perWeek * weeks))) + (active * (1 - Math.Exp(-hazard * weeks)));
        return new LogRankMoments(drift, variance, estimated, events);
    }
}
