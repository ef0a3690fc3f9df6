namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>All comparisons of one analysis with another program.</summary>
/// <param name="title">Heading of the section.</param>
/// <param name="program">What the other program computes with.</param>
/// <param name="folders">Folders of ReferenceData that hold its answers.</param>
internal sealed class ValidationSection(string title, string program, params string[] folders)
{
    private readonly List<Comparison> _comparisons = [];

    internal string Title { get; } = title;

    internal string Program { get; } = program;

    internal IReadOnlyList<string> Folders { get; } = folders;

    internal IReadOnlyList<Comparison> Comparisons => _comparisons;

    /// <summary>The comparisons of one set of data or model, to be added to.</summary>
    internal ValidationRows Of(string dataSet, bool isShown = false) => new(_comparisons, dataSet, isShown);
}
