using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>What becomes of an allocation ratio that the number of participants cannot keep.</summary>
internal static class Allocations
{
    /// <summary>A sentence with the mean numbers of the arms; null where the number of participants is a multiple of the ratio's terms.</summary>
    internal static string? Describe(TrialDesign design)
    {
        // Cohorts are randomised one by one, and the presets have them as they were.
        if (design is DoseRanging)
        {
            return null;
        }

        int terms = design.Allocation.Active + design.Allocation.Control;
        if (design.Participants % terms == 0)
        {
            return null;
        }

        // A block that is cut off is the beginning of a shuffled one, so that the means keep the ratio.
        double active = (double)design.Participants * design.Allocation.Active / terms;
        return FormattableString.Invariant(
            $"{design.Participants} is no multiple of {terms}, so that no trial has exactly {design.Allocation}: on average {TextTable.Number(active, 1)} active and {TextTable.Number(design.Participants - active, 1)} control, and by chance some more or fewer, since last blocks are cut off.");
    }
}
