using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Treatments;

/// <summary>A stretch of time on drug: from the first dose until its dosing interval after the last one ends.</summary>
/// <param name="StartMonths">First moment on drug, in months since randomisation.</param>
/// <param name="StopMonths">First moment off drug again; positive infinity where treatment goes on.</param>
/// <param name="DoseMg">Each dose of the interval in mg, from 0 to 1,000, for effects that know doses; null for the dose of their
/// regimen.</param>
public readonly record struct ExposureInterval(double StartMonths, double StopMonths, double? DoseMg = null)
{
    /// <summary>Each dose of the interval in mg, from 0 to 1,000, for effects that know doses; null for the dose of their
    /// regimen.</summary>
    public double? DoseMg { get; init => field = Checked(value); } = Checked(DoseMg);

    private static double? Checked(double? dose) =>
        dose is { } mg ? Require.InRange(mg, 0, DosingRegimen.MaximumDoseMg, nameof(DoseMg)) : null;
}
