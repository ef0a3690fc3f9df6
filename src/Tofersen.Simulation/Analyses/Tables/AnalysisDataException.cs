namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Data do not fit an analysis: a column is missing, holds text where numbers are due, or has nothing to analyse. The message
/// is one line and names the column, row, line, visit or participant.</summary>
public sealed class AnalysisDataException : Exception
{
    /// <summary>Makes an exception without a message.</summary>
    public AnalysisDataException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    public AnalysisDataException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that another one led to.</summary>
    /// <param name="message">What is wrong, in one line.</param>
    /// <param name="innerException">What led to it.</param>
    public AnalysisDataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Name of the property of the specification or reader that would mend it, such as Arm; null where there is none.</summary>
    public string? Setting { get; init; }
}
