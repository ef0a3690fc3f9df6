using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios;

/// <summary>How far a visit takes place from its schedule.</summary>
internal static class VisitJitter
{
    /// <summary>Draws from the normal distribution cut off at the window.</summary>
    internal static double Draw(ref TrialRandom random, double sdMonths, double windowMonths)
    {
        if (windowMonths == 0)
        {
            return 0;
        }

        // Truncated normal by rejection; a window far inside one SD falls back to the uniform that it then resembles.
        for (int tries = 0; tries < 100; tries++)
        {
            double jitter = sdMonths * random.NextNormal();
            if (Math.Abs(jitter) <= windowMonths)
            {
                return jitter;
            }
        }

        return windowMonths * ((2 * random.NextUniform()) - 1);
    }
}
