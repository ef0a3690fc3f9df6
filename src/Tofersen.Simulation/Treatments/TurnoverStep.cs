namespace Tofersen.Simulation.Treatments;

/// <summary>An exact step of dx/dt = k (u − x) while the input u is a cubic: x₁ = Kept x₀ + Start u₀ + End u₁ + StartSlope u₀′ +
/// EndSlope u₁′, with slopes a step.</summary>
internal readonly record struct TurnoverStep
{
    private const double ForwardFrom = 4;
    private const int FirstMoment = 48;

    /// <summary>The step for a rate a step.</summary>
    internal TurnoverStep(double rate)
    {
        Span<double> moments = stackalloc double[4];
        FillMoments(rate, moments);
        Rate = rate;
        Kept = Math.Exp(-rate);
        End = (3 * moments[2]) - (2 * moments[3]);
        Start = moments[0] - End;
        StartSlope = moments[1] - (2 * moments[2]) + moments[3];
        EndSlope = moments[3] - moments[2];
    }

    internal double Rate { get; }

    internal double Kept { get; }

    internal double Start { get; }

    internal double End { get; }

    internal double StartSlope { get; }

    internal double EndSlope { get; }

    /// <summary>∫₀¹ k e^(−k (1 − s)) sⁿ ds for n = 0 … 3.</summary>
    /// <remarks>M_n = 1 − n M_(n−1) / k. Upwards that loses digits at small rates, downwards at large ones; downwards an
    /// error in the first moment is divided by n / k at each step.</remarks>
    private static void FillMoments(double rate, Span<double> moments)
    {
        if (rate > ForwardFrom)
        {
            moments[0] = 1 - Math.Exp(-rate);
            for (int n = 1; n < moments.Length; n++)
            {
                moments[n] = 1 - (n * moments[n - 1] / rate);
            }

            return;
        }

        double moment = rate / (FirstMoment + 1 + rate);
        for (int n = FirstMoment; n > 0; n--)
        {
            if (n < moments.Length)
            {
                moments[n] = moment;
            }

            moment = rate * (1 - moment) / n;
        }

        moments[0] = moment;
    }
}
