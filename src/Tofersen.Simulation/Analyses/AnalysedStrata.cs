using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>The strata that an analysis of two arms looks at.</summary>
internal sealed class AnalysedStrata
{
    private readonly bool[]? _counts;

    internal AnalysedStrata(TrialLayout layout, ValueList<string> strata)
    {
        if (layout.ArmNames.Count != 2)
        {
            throw new ArgumentException(
                $"The analysis compares two arms; the trial has {layout.ArmNames.Count} ({string.Join(", ", layout.ArmNames)}). An arm comparison (compareArms) takes two of them.",
                nameof(layout));
        }

        if (strata.Count > 0)
        {
            _counts = new bool[layout.StratumNames.Count];
            foreach (string stratum in strata)
            {
                _counts[layout.StratumAt(stratum)] = true;
            }
        }
    }

    /// <summary>Whether a participant is of an analysed stratum, and of one of the two arms.</summary>
    internal bool Include(TrialData data, int participant) =>
        data.ArmColumn[participant] <= TrialDesign.ActiveArm && (_counts is null || _counts[data.StratumColumn[participant]]);
}
