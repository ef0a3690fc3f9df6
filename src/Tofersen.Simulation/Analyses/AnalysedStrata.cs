using Tofersen.Simulation.Common;
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
                FormattableString.Invariant($"The analysis compares two arms; the trial has {layout.ArmNames.Count}."),
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

    internal bool Include(TrialData data, int participant) => _counts is null || _counts[data.StratumColumn[participant]];
}
