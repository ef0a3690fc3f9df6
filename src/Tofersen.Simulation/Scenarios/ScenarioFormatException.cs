namespace Tofersen.Simulation.Scenarios;

/// <summary>A scenario file that cannot be read. The message is one line: where, what is there, what would be valid.</summary>
public sealed class ScenarioFormatException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">JSON path of the fault, such as <c>$.effect.maxReduction</c>; or line and column.</param>
    /// <param name="problem">What is wrong, and what would be valid.</param>
    /// <param name="inner">What was thrown underneath, if anything.</param>
    public ScenarioFormatException(string path, string problem, Exception? inner = null)
        : base($"{path}: {problem}", inner) => Path = path;

    /// <summary>JSON path of the fault.</summary>
    public string Path { get; }

    /// <summary>Whether the fault is that a number is not whole.</summary>
    internal bool IsAboutWholeNumbers { get; init; }
}
