using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Futility bounds given as z values.</summary>
public sealed record FixedFutility : FutilityRule
{
    /// <summary>The bound of each look but the last, from −10 (never) to 10: the trial stops at or below it. Each must lie below the critical value
    /// of its look.</summary>
    public required ValueList<double> Z
    {
        get;
        init
        {
            foreach (double z in Require.NotNull(value))
            {
                Require.InRange(z, -10, 10);
            }

            field = value;
        }
    }
}
