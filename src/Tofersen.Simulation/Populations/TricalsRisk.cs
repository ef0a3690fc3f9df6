using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>The TRICALS risk profile, its ENCALS version with C9orf72, and the survival that they predict.</summary>
/// <remarks>
/// <para>Linear predictor, with p = loss per month + 0.1, d = delay / 10 months, a = age at onset / 100 years, v = vital capacity
/// / 100 %: −1.839 p^−½ − 2.376 (d^−½ + ln d) − 0.264 a^−2 + 0.474 (v^−1 + v^−½) + 0.271 bulbar onset + 0.238 definite ALS
/// + 0.415 dementia. Higher is worse; enriched trials have used windows such as −6 to −2.</para>
/// <para>Survival from symptom onset is a Royston–Parmar model on the odds scale, S(t) = 1 / (1 + exp(s(ln t) + predictor)), with s
/// a natural cubic spline. The event is death, tracheostomy or, as remembered and not checked, non-invasive ventilation for more
/// than 23 hours a day.</para>
/// <para>The term in the delay is not monotone: below 2.5 months a shorter delay lowers the predicted risk again. For p.A5V (A4V)
/// in SOD1 the model is far too optimistic; do not use it for their mortality.</para>
/// <para>Source: Westeneng et al., Lancet Neurol 17 (2018) 423–433; coefficients and knots as in the Precision ALS repository, whose
/// code leaves out the cube of one term that is 0 below 371 months.</para>
/// </remarks>
public static class TricalsRisk
{
    private const double KnotMinimum = 0.081;
    private const double KnotMaximum = 5.917;
    private const double FirstKnot = 3.108;
    private const double SecondKnot = 3.638;
    private const double Intercept = -6.409;
    private const double Slope = 2.643;
    private const double FirstCoefficient = -0.546;
    private const double SecondCoefficient = 0.585;

    private static readonly Coefficients Tricals = new(-1.839, -2.376, -0.264, 0.474, 0.271, 0.238, 0.415);

    private static readonly Coefficients Encals = new(-1.837, -2.373, -0.267, 0.477, 0.269, 0.233, 0.388);

    /// <summary>The TRICALS risk profile.</summary>
    /// <param name="profile">The participant.</param>
    /// <returns>The linear predictor, without unit; higher is worse.</returns>
    public static double LinearPredictor(TricalsProfile profile) => Tricals.Apply(profile);

    /// <summary>The ENCALS predictor with its eighth variable, the C9orf72 expansion.</summary>
    /// <param name="profile">The participant.</param>
    /// <param name="carriesC9orf72">Whether the participant carries the expansion.</param>
    /// <returns>The linear predictor, without unit; higher is worse.</returns>
    public static double LinearPredictorWithC9orf72(TricalsProfile profile, bool carriesC9orf72) =>
        Encals.Apply(profile) + (carriesC9orf72 ? 0.256 : 0);

    /// <summary>Predicted probability of being alive.</summary>
    /// <param name="linearPredictor">The predictor, from −1,000 to 1,000.</param>
    /// <param name="months">Months since symptom onset, from 0 to 10,000.</param>
    /// <returns>A probability; 1 at onset.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double Survival(double linearPredictor, double months)
    {
        CheckPredictor(linearPredictor);
        Require.InRange(months, 0, 10_000, nameof(months));
        return 1 / (1 + Math.Exp(Spline(Math.Log(months)) + linearPredictor));
    }

    /// <summary>Predicted hazard.</summary>
    /// <param name="linearPredictor">The predictor, from −1,000 to 1,000.</param>
    /// <param name="months">Months since symptom onset; above 0, at most 10,000.</param>
    /// <returns>Hazard per month.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double HazardPerMonth(double linearPredictor, double months)
    {
        CheckPredictor(linearPredictor);
        Require.Above(months, 0, 10_000, nameof(months));
        double x = Math.Log(months);
        return SplineSlope(x) / (months * (1 + Math.Exp(-(Spline(x) + linearPredictor))));
    }

    /// <summary>Predicted median survival.</summary>
    /// <param name="linearPredictor">The predictor, from −1,000 to 1,000.</param>
    /// <returns>Months from symptom onset by which half have died.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The predictor is out of range.</exception>
    public static double MedianSurvivalMonths(double linearPredictor)
    {
        CheckPredictor(linearPredictor);
        return MedianAt(linearPredictor);
    }

    /// <summary>The TRICALS risk profile of a simulated participant; NaN without decline before randomisation, with a full score,
    /// or where onset would lie before birth.</summary>
    internal static double Of(in Participant participant)
    {
        double ageAtOnset = participant.AgeYears - (participant.MonthsSinceOnset / 12);
        return participant.MonthsSinceOnset > 0 && ageAtOnset > 0
            ? Tricals.Apply(
                participant.PreRandomisationSlopePerMonth,
                participant.DiagnosticDelayMonths,
                ageAtOnset,
                participant.VitalCapacityPercent,
                participant.HasBulbarOnset,
                participant.HasDefiniteElEscorial,
                participant.HasFrontotemporalDementia)
            : double.NaN;
    }

    /// <summary>The median where the predictor may be anything; NaN for NaN.</summary>
    internal static double MedianAt(double linearPredictor)
    {
        // The spline rises throughout, in a straight line outside its knots.
        double target = -linearPredictor;
        if (!(target > Spline(KnotMinimum)))
        {
            return Math.Exp((target - Intercept) / Slope);
        }

        if (target >= Spline(KnotMaximum))
        {
            return Math.Exp(KnotMaximum + ((target - Spline(KnotMaximum)) / SplineSlope(KnotMaximum)));
        }

        // Its slope hardly changes, so that Newton's method needs few steps.
        double x = (KnotMinimum + KnotMaximum) / 2;
        for (int i = 0; i < 50; i++)
        {
            double step = (Spline(x) - target) / SplineSlope(x);
            x -= step;
            if (Math.Abs(step) < 1e-14)
            {
                break;
            }
        }

        return Math.Exp(x);
    }

    private static double Spline(double x) =>
        Intercept + (Slope * x) + (FirstCoefficient * Basis(x, FirstKnot)) + (SecondCoefficient * Basis(x, SecondKnot));

    private static double SplineSlope(double x) =>
        Slope + (FirstCoefficient * BasisSlope(x, FirstKnot)) + (SecondCoefficient * BasisSlope(x, SecondKnot));

    private static double Share(double knot) => (KnotMaximum - knot) / (KnotMaximum - KnotMinimum);

    private static double Basis(double x, double knot) =>
        Cube(x - knot) - (Share(knot) * Cube(x - KnotMinimum)) - ((1 - Share(knot)) * Cube(x - KnotMaximum));

    private static double BasisSlope(double x, double knot) =>
        3 * (Square(x - knot) - (Share(knot) * Square(x - KnotMinimum)) - ((1 - Share(knot)) * Square(x - KnotMaximum)));

    private static double Cube(double x) => x > 0 ? x * x * x : 0;

    private static double Square(double x) => x > 0 ? x * x : 0;

    private static void CheckPredictor(double linearPredictor) =>
        Require.InRange(linearPredictor, -1_000, 1_000, nameof(linearPredictor));

    private sealed record Coefficients(
        double Loss, double Delay, double Age, double VitalCapacity, double Bulbar, double Definite, double Dementia)
    {
        internal double Apply(TricalsProfile profile)
        {
            ArgumentNullException.ThrowIfNull(profile);
            return Apply(
                profile.LossPerMonth,
                profile.DiagnosticDelayMonths,
                profile.AgeAtOnsetYears,
                profile.VitalCapacityPercent,
                profile.HasBulbarOnset,
                profile.HasDefiniteElEscorial,
                profile.HasFrontotemporalDementia);
        }

        internal double Apply(
            double lossPerMonth, double delayMonths, double ageAtOnsetYears, double vitalCapacityPercent, bool bulbar, bool definite, bool dementia)
        {
            double d = delayMonths / 10;
            double a = ageAtOnsetYears / 100;
            double v = vitalCapacityPercent / 100;
            return (Loss / Math.Sqrt(lossPerMonth + 0.1))
                + (Delay * ((1 / Math.Sqrt(d)) + Math.Log(d)))
                + (Age / (a * a))
                + (VitalCapacity * ((1 / v) + (1 / Math.Sqrt(v))))
                + (bulbar ? Bulbar : 0)
                + (definite ? Definite : 0)
                + (dementia ? Dementia : 0);
        }
    }
}
