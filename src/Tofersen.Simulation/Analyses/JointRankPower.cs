using MathNet.Numerics;
using MathNet.Numerics.Integration;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>Power of the unadjusted joint rank test in closed form: exponential times to death, normal changes of the survivors, everybody
/// followed to the horizon.</summary>
/// <remarks>
/// <para>With U the share of pairs that the active arm wins, u₁ = P(an active participant beats a control one), u₂ = P(one active beats two
/// controls), u₃ = P(two actives beat one control): Var₁(U) = [u₁(1 − u₁) + (n₀ − 1)(u₂ − u₁²) + (n₁ − 1)(u₃ − u₁²)] / (n₁ n₀),
/// Var₀(U) = (N + 1) / (12 n₁ n₀), and power ≈ Φ((|u₁ − ½| − z σ₀) / σ₁) with the two-sided normal quantile z. Rejection on the wrong side
/// is not counted.</para>
/// <para>References: Matsouaka and Betensky 2015, doi 10.1002/sim.6355; Noether 1987, doi 10.1080/01621459.1987.10478478.</para>
/// </remarks>
public sealed record JointRankPower
{
    /// <summary>Participants of the active arm; at least 2.</summary>
    public required int ActiveParticipants { get; init => field = Require.InRange(value, 2, 10_000_000); }

    /// <summary>Participants of the control arm; at least 2.</summary>
    public required int ControlParticipants { get; init => field = Require.InRange(value, 2, 10_000_000); }

    /// <summary>Hazard of death in the active arm, a month; from 0.</summary>
    public required double ActiveHazardPerMonth { get; init => field = Require.InRange(value, 0, 100); }

    /// <summary>Hazard of death in the control arm, a month; from 0.</summary>
    public required double ControlHazardPerMonth { get; init => field = Require.InRange(value, 0, 100); }

    /// <summary>The horizon, in months; above 0.</summary>
    public required double HorizonMonths { get; init => field = Require.Above(value, 0, 1_000); }

    /// <summary>Difference of mean changes among survivors, active − control, in points.</summary>
    public required double MeanDifference { get; init => field = Require.InRange(value, -1_000, 1_000); }

    /// <summary>Standard deviation of the change in each arm, in points; above 0.</summary>
    public required double Sd { get; init => field = Require.Above(value, 0, 1_000); }

    /// <summary>Two-sided level; 0.05 by default.</summary>
    public double Alpha { get; init => field = Require.InRange(value, 1e-6, 0.5); } = 0.05;

    /// <summary>Probability of death by the horizon in the active arm.</summary>
    public double ActiveDeathProbability => -double.ExpM1(-ActiveHazardPerMonth * HorizonMonths);

    /// <summary>Probability of death by the horizon in the control arm.</summary>
    public double ControlDeathProbability => -double.ExpM1(-ControlHazardPerMonth * HorizonMonths);

    /// <summary>u₁, the probability that an active participant does better than a control one.</summary>
    public double WinProbability => Probabilities().U1;

    /// <summary>u₂, the probability that an active participant does better than both of two control ones.</summary>
    public double WinOverTwoProbability => Probabilities().U2;

    /// <summary>u₃, the probability that both of two active participants do better than a control one.</summary>
    public double BothWinProbability => Probabilities().U3;

    /// <summary>Standard deviation σ₀ of the share of wins under no effect.</summary>
    public double NullSd
    {
        get
        {
            double n1 = ActiveParticipants;
            double n0 = ControlParticipants;
            return Math.Sqrt((n1 + n0 + 1) / (12 * n1 * n0));
        }
    }

    /// <summary>Standard deviation σ₁ of the share of wins under the effect.</summary>
    public double AlternativeSd
    {
        get
        {
            (double u1, double u2, double u3) = Probabilities();
            double n1 = ActiveParticipants;
            double n0 = ControlParticipants;
            double sum = (u1 * (1 - u1)) + ((n0 - 1) * (u2 - (u1 * u1))) + ((n1 - 1) * (u3 - (u1 * u1)));

            // An effect beyond all doubt leaves rounding where the variance is 0.
            return Math.Sqrt(Math.Max(sum, 0) / (n1 * n0));
        }
    }

    /// <summary>Power.</summary>
    public double Power
    {
        get
        {
            double distance = Math.Abs(WinProbability - 0.5)
                - (StudentT.TwoSidedCriticalValue(Alpha, double.PositiveInfinity) * NullSd);
            double sd = AlternativeSd;
            return sd > 0 ? Cumulative(distance / sd) : distance > 0 ? 1 : 0;
        }
    }

    // Products with the probabilities of death are kept whole, so that nothing is divided by a small one. With a and b the cumulative
    // hazards of the active and the control arm, J(c) = ∫ of the active arm's density up to the horizon times e^(−c t / τ).
    private (double U1, double U2, double U3) Probabilities()
    {
        double a = ActiveHazardPerMonth * HorizonMonths;
        double b = ControlHazardPerMonth * HorizonMonths;
        double p1 = ControlDeathProbability;
        double p2 = ActiveDeathProbability;
        double q1 = Math.Exp(-b);
        double q2 = Math.Exp(-a);
        double delta = MeanDifference / (Math.Sqrt(2) * Sd);
        double x1 = Cumulative(delta);
        double x2 = BothBelow(delta);

        double bothDie = p2 - Integral(a, b);
        double twoControlsDie = p2 - (2 * Integral(a, b)) + Integral(a, 2 * b);
        double twoActivesDie = Integral(b, 2 * a) - (2 * q2 * Integral(b, a)) + (q2 * q2 * p1);

        double u1 = bothDie + (p1 * q2) + (q1 * q2 * x1);
        double u2 = (p1 * p1 * q2) + twoControlsDie + (2 * p1 * q1 * q2 * x1) + (q1 * q1 * q2 * x2);
        double u3 = (p1 * q2 * q2) + twoActivesDie + (2 * q2 * bothDie) + (q1 * q2 * q2 * x2);
        return (u1, u2, u3);
    }

    /// <summary>∫₀¹ r e^(−(r + c) t) dt.</summary>
    private static double Integral(double r, double c) => r == 0 ? 0 : -r * double.ExpM1(-(r + c)) / (r + c);

    private static double Cumulative(double z) => 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    /// <summary>P(both ≤ h) of two standard normal variables with correlation ½: Φ(h) − 2 T(h, 1/√3) with Owen's function T
    /// (Owen 1956).</summary>
    private static double BothBelow(double h)
    {
        double owen = GaussLegendreRule.Integrate(
            x => Math.Exp(-0.5 * h * h * (1 + (x * x))) / (1 + (x * x)), 0, 1 / Math.Sqrt(3), 64) / (2 * Math.PI);
        return Math.Max(0, Cumulative(h) - (2 * owen));
    }
}
