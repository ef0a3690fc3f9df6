namespace Tofersen.Simulation.Calibrations;

/// <summary>Sources that presets other than VALOR's write down.</summary>
internal static class PresetSources
{
    internal static ParameterSource Published(string path, string citation) => Make(path, SourceKind.Published, citation);

    internal static ParameterSource Derived(string path, string citation) => Make(path, SourceKind.Derived, citation);

    internal static ParameterSource Fitted(string path, string citation) => Make(path, SourceKind.Fitted, citation);

    internal static ParameterSource Assumed(string path, string citation) => Make(path, SourceKind.Assumption, citation);

    /// <summary>The same source for a property of each of the first strata.</summary>
    internal static IEnumerable<ParameterSource> Strata(int count, string property, SourceKind kind, string citation) =>
        Enumerable.Range(0, count).Select(i => Make(Stratum(i, property), kind, citation));

    internal static string Stratum(int index, string property) =>
        FormattableString.Invariant($"population.strata[{index}].{property}");

    private static ParameterSource Make(string path, SourceKind kind, string citation) =>
        new() { Path = path, Kind = kind, Citation = citation };
}
