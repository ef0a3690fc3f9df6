namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Tail probabilities by finite sums and series. Absolute accuracy about 10⁻¹³.</summary>
internal static class PlainTail
{
    /// <summary>P(|T| ≥ |t|) for whole degrees of freedom or infinitely many.</summary>
    internal static double TwoSidedP(double t, double degreesOfFreedom) =>
        double.IsPositiveInfinity(degreesOfFreedom) ? Normal(Math.Abs(t)) : Student(Math.Abs(t), (int)degreesOfFreedom);

    // Abramowitz and Stegun 26.7.3 and 26.7.4.
    private static double Student(double t, int degreesOfFreedom)
    {
        double theta = Math.Atan(t / Math.Sqrt(degreesOfFreedom));
        double sine = Math.Sin(theta);
        double cosine = Math.Cos(theta);
        bool odd = degreesOfFreedom % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = 0;
        for (int k = odd ? 3 : 2; k <= degreesOfFreedom; k += 2)
        {
            sum += term;
            term *= (double)(k - 1) / k * cosine * cosine;
        }

        return odd ? 1 - (2 / Math.PI * (theta + (sine * sum))) : 1 - (sine * sum);
    }

    // Series 26.2.11 near 0, continued fraction 26.2.14 in the tail.
    private static double Normal(double z)
    {
        double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        if (z < 3)
        {
            double term = z;
            double sum = z;
            for (int k = 3; k < 200; k += 2)
            {
                term *= z * z / k;
                sum += term;
            }

            return 1 - (2 * density * sum);
        }

        double fraction = z;
        for (int k = 200; k >= 1; k--)
        {
            fraction = z + (k / fraction);
        }

        return 2 * density / fraction;
    }
}
