using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs;

/// <summary>A cohort of a dose-ranging trial: participants who are randomised to one dose or placebo.</summary>
public sealed record DoseCohort
{
    /// <summary>Dose of the active participants in mg, from 0 to 1,000.</summary>
    public required double DoseMg { get; init => field = Require.InRange(value, 0, Treatments.DosingRegimen.MaximumDoseMg); }

    /// <summary>Size of the cohort against that of the others, above 0, at most 1,000,000; 1 by default.</summary>
    public double Weight { get; init => field = Require.Above(value, 0, 1e6); } = 1;
}
