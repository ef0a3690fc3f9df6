using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Designs;

/// <summary>A planned treatment sequence of a trial.</summary>
/// <param name="Name">Name in data sets and reports.</param>
/// <param name="Exposure">Planned intervals on drug, for somebody who stays in the trial; the gap before the extension, where
/// it varies, at its shortest.</param>
public sealed record Arm(string Name, ValueList<ExposureInterval> Exposure);
