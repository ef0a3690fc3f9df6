using System.Reflection;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>What the properties in a schema mean, for editors that show it: their documentation comments, which a test copies into <c>schema-texts.tsv</c>.</summary>
internal static class SchemaTexts
{
    /// <summary>Name of the resource and of its file: record, property as in JSON, text; a line each, between tabs.</summary>
    internal const string Resource = "schema-texts.tsv";

    private static readonly Lazy<Dictionary<(string Record, string Property), string>> Texts = new(Read);

    /// <summary>The text of a property; null where it has none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="property">The property's name in JSON.</param>
    internal static string? Of(Type record, string property) => Texts.Value.GetValueOrDefault((record.Name, property));

    private static Dictionary<(string Record, string Property), string> Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(c => (c[0], c[1]), c => c[2]);
    }
}
