namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Which times count as tied.</summary>
internal static class TiedTimes
{
    // √ε, the tolerance of R's all.equal.
    private const double Tolerance = 1.490116119384766e-8;

    /// <summary>Gives times that are tied the same value: the first of them.</summary>
    /// <remarks>The rule of R's <c>survival::aeqSurv</c>: neighbours are tied when they differ by no more than the tolerance,
    /// absolutely or relative to the mean of the different times.</remarks>
    /// <param name="sorted">Times of at least 0, rising.</param>
    internal static void Unite(Span<double> sorted)
    {
        if (sorted.IsEmpty)
        {
            return;
        }

        double sum = sorted[0];
        int different = 1;
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] != sorted[i - 1])
            {
                sum += sorted[i];
                different++;
            }
        }

        double tolerance = Tolerance * Math.Max(1, sum / different);
        double previous = sorted[0];
        double first = sorted[0];
        for (int i = 1; i < sorted.Length; i++)
        {
            double time = sorted[i];
            first = time - previous <= tolerance ? first : time;
            sorted[i] = first;
            previous = time;
        }
    }
}
