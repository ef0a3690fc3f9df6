using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>What the last steps of a search have shown of the curvature, on top of an approximate information matrix.</summary>
/// <remarks>The limited-memory BFGS update of the inverse (Nocedal 1980, Mathematics of Computation 35, 773–782), in the two loops of that
/// paper with the approximate matrix in their middle: superlinear convergence for the price of a few products of vectors.</remarks>
internal sealed class SecantUpdates
{
    private const int Capacity = 8;

    private readonly int _stride;
    private readonly double[] _steps;
    private readonly double[] _changes;
    private readonly double[] _inverseProducts = new double[Capacity];
    private readonly double[] _weights = new double[Capacity];
    private int _count;

    internal SecantUpdates(int parameters)
    {
        _stride = VectorKernels.Padded(parameters);
        _steps = new double[Capacity * _stride];
        _changes = new double[Capacity * _stride];
    }

    internal void Clear() => _count = 0;

    /// <summary>Takes in a step and the fall of the gradient over it; one that shows no curvature, or more than there is room for, is left out.</summary>
    internal void Add(ReadOnlySpan<double> step, ReadOnlySpan<double> gradientBefore, ReadOnlySpan<double> gradientAfter)
    {
        if (_count == Capacity)
        {
            return;
        }

        Span<double> change = Row(_changes, _count);
        step.CopyTo(Row(_steps, _count));
        for (int k = 0; k < step.Length; k++)
        {
            change[k] = gradientBefore[k] - gradientAfter[k];
        }

        double product = VectorKernels.Dot(Row(_steps, _count), change);
        if (product > 0)
        {
            _inverseProducts[_count++] = 1 / product;
        }
    }

    /// <summary>The first loop: what goes into the approximate matrix.</summary>
    /// <param name="gradient">The gradient, padded; overwritten.</param>
    internal void Before(Span<double> gradient)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            _weights[i] = _inverseProducts[i] * VectorKernels.Dot(Row(_steps, i), gradient);
            VectorKernels.SubtractMultiple(_weights[i], Row(_changes, i), gradient);
        }
    }

    /// <summary>The second loop: the step from what comes out of it.</summary>
    /// <param name="step">The step of the approximate matrix, padded; becomes the step.</param>
    internal void After(Span<double> step)
    {
        for (int i = 0; i < _count; i++)
        {
            double weight = _inverseProducts[i] * VectorKernels.Dot(Row(_changes, i), step);
            VectorKernels.SubtractMultiple(weight - _weights[i], Row(_steps, i), step);
        }
    }

    private Span<double> Row(double[] rows, int i) => rows.AsSpan(i * _stride, _stride);
}
