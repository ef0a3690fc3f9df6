using System.Text.RegularExpressions;
using Tofersen.Simulation.Tests.Conventions;

namespace Tofersen.Simulation.Tests.Documents;

/// <summary>Links of documents to files and headings of this repository.</summary>
internal static partial class MarkdownLinks
{
    /// <summary>Targets of the links outside of blocks of code, those to other sites left out.</summary>
    internal static IEnumerable<string> Of(string document) => Prose(document)
        .SelectMany(line => Link().Matches(CodeSpan().Replace(line, "")))
        .Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal));

    internal static bool Exists(string folder, string document, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? Path.Combine(SourceTree.Root, document) : Path.Combine(folder, parts[0]);
        return parts.Length == 1
            ? File.Exists(path) || Directory.Exists(path)
            : File.Exists(path) && File.ReadLines(path)
                .Where(l => l.StartsWith('#'))
                .Any(l => Anchor(l) == parts[1]);
    }

    // As the site makes them: lower case, punctuation gone, spaces to hyphens.
    private static string Anchor(string heading) =>
        Punctuation().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<string> Prose(string document)
    {
        bool inBlock = false;
        foreach (string line in File.ReadLines(Path.Combine(SourceTree.Root, document)))
        {
            bool isFence = line.StartsWith("```", StringComparison.Ordinal);
            inBlock ^= isFence;
            if (!inBlock && !isFence)
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Punctuation();
}
