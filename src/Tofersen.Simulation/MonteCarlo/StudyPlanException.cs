namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A planned study cannot go on as it is: a folder that is no plan, parts of another plan, another version, work that is missing or
/// under way elsewhere. The message says what, and what to do.</summary>
public sealed class StudyPlanException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What told of it, if anything.</param>
    public StudyPlanException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
