using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Haybittle and Peto's shape: a fixed high critical value before the last look, which spends what is left.</summary>
/// <remarks>References: Haybittle, British Journal of Radiology 44 (1971) 793–797; Peto and others, British Journal of Cancer 34 (1976)
/// 585–612.</remarks>
public sealed record HaybittlePeto : ClassicShape
{
    /// <summary>Critical value before the last look, from 1 to 8; the customary 3 by default.</summary>
    public double InterimZ { get; init => field = Require.InRange(value, 1, 8); } = 3;

    internal override bool HasConstant => false;

    internal override double CriticalValue(double informationFraction, double constant) => InterimZ;
}
