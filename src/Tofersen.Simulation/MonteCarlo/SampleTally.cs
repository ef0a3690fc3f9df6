using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Count, sum and sum of squares of a sample, exact in any order.</summary>
internal sealed class SampleTally
{
    private readonly ExactSum _sum = new();
    private readonly ExactSum _squares = new();
    private long _count;

    /// <summary>Mean and spread.</summary>
    internal SampleSummary Summary => SampleSummary.FromSums(_count, _sum.ToDouble(), _squares.ToDouble());

    /// <summary>Adds a value; one that is not a number does not count.</summary>
    internal void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        _count++;
        _sum.Add(value);
        _squares.Add(value * value);
    }

    internal void Visit(ITallyVisitor visitor)
    {
        visitor.Visit(ref _count);
        visitor.Visit(_sum);
        visitor.Visit(_squares);
    }

    internal void Merge(SampleTally other)
    {
        _count += other._count;
        _sum.Add(other._sum);
        _squares.Add(other._squares);
    }
}
