using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Goes through the counts and sums of a tally, always in the same order: to write them, to add what was written, or to clear
/// them.</summary>
internal interface ITallyVisitor
{
    void Visit(ref int count);

    void Visit(ref long count);

    /// <summary>Counts of which most may be 0.</summary>
    void Visit(long[] counts);

    void Visit(ExactSum sum);
}
