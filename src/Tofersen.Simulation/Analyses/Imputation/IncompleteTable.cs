using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>Rows of predictors without gaps and of visits with gaps, from which to impute and into which imputed values go.</summary>
/// <remarks>A row is one vector, predictors first, then visits, each part padded with zeros to whole lanes: a mean is one dot product of
/// coefficients and row. The first predictor is the intercept, the last the arm.</remarks>
internal sealed class IncompleteTable
{
    private readonly AlignedBuffer _values;

    internal IncompleteTable(int maximumRows, int predictors, int visits)
    {
        Predictors = predictors;
        Visits = visits;
        VisitOffset = VectorKernels.Padded(predictors);
        Stride = VisitOffset + VectorKernels.Padded(visits);
        _values = new AlignedBuffer(maximumRows * Stride);
        Observed = new bool[maximumRows * visits];
        Dropout = new int[maximumRows];
        Stratum = new int[maximumRows];
        IsActive = new bool[maximumRows];
    }

    internal int Rows { get; set; }

    internal int Predictors { get; }

    internal int Visits { get; }

    /// <summary>Where the visits begin in a row.</summary>
    internal int VisitOffset { get; }

    internal int Stride { get; }

    /// <summary>Whether each value was observed, row by row.</summary>
    internal bool[] Observed { get; }

    /// <summary>Number of visits before dropout: those from there on are missing for good, those missing before it are gaps.</summary>
    internal int[] Dropout { get; }

    internal int[] Stratum { get; }

    internal bool[] IsActive { get; }

    internal Span<double> Row(int row) => _values.Span.Slice(row * Stride, Stride);

    internal Span<double> VisitsOf(int row) => _values.Span.Slice((row * Stride) + VisitOffset, Visits);

    internal bool IsGap(int row, int visit) => !Observed[(row * Visits) + visit] && visit < Dropout[row];
}
