using System.Text.RegularExpressions;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>The validation page: our numbers beside those of other programs and of papers, all of them computed here.</summary>
internal static partial class ValidationPage
{
    private const string Data = "tests/Tofersen.Simulation.Tests/ReferenceData";

    internal static IEnumerable<string> Text(IReadOnlyList<ValidationSection> sections, IReadOnlyList<PublishedValue> published) =>
        Introduction()
            .Concat(Summary(sections))
            .Concat(sections.SelectMany(Section))
            .Concat(Published(published));

    private static IEnumerable<string> Introduction() =>
    [
        "# Validation",
        "",
        "Every analysis beside R, and beside printed worked cases. A test computes this page from the committed reference data and fails",
        "where the page differs; the data, the scripts that made them and their descriptions are under",
        $"`{Data}`.",
        "",
        "A relative difference is a share of R's value, or where that lies near 0 of a natural size: of its standard error for an",
        "estimate, of 1 for a test statistic, of the standard deviations for a covariance. It is shown as the power of ten above it, and",
        "nothing below 1e-12 is told apart. Numbers that R does not define (NA, infinite) must be undefined here as well, and count as",
        "compared.",
        "",
    ];

    private static IEnumerable<string> Summary(IReadOnlyList<ValidationSection> sections) =>
    [
        "## Summary",
        "",
        .. ValidationText.Table(
            ["analysis", "quantities", "values compared", "worst relative difference", "tolerance"],
            [false, false, true, true, true],
            sections.SelectMany(section => Kinds(section).Select(kind => (string[])
            [
                section.Title,
                kind.Key.Kind,
                ValidationText.Count(kind.Count()),
                kind.Key.Tolerance == 0 && kind.All(c => c.Difference == 0)
                    ? "none" : ValidationText.Difference(kind.Max(c => c.Difference)),
                kind.Key.Stated,
            ]))),
        "",
    ];

    private static IEnumerable<string> Section(ValidationSection section) =>
    [
        $"## {section.Title}",
        "",
        $"Beside {section.Program}.",
        "",
        .. section.Folders.Select(f => $"- `{Data}/{f}/make.R`: {Versions(f)}."),
        "",
        $"{ValidationText.Count(section.Comparisons.Count)} values, worst relative difference "
            + $"{ValidationText.Difference(section.Comparisons.Max(c => c.Difference))}. Some of them:",
        "",
        .. ValidationText.Table(
            ["data and model", "quantity", "R", "ours", "relative difference"],
            [false, false, true, true, true],
            section.Comparisons.Where(c => c.IsShown).Select(c => (string[])
            [
                c.DataSet,
                c.Quantity,
                ValidationText.Value(c.Reference),
                ValidationText.Value(c.Ours, c.Scale),
                c.Agreement.Tolerance == 0 && c.Difference == 0 ? "none" : ValidationText.Difference(c.Difference),
            ])),
        "",
    ];

    private static IEnumerable<string> Published(IReadOnlyList<PublishedValue> published) =>
    [
        "## Ours beside published",
        "",
        "Cases from papers and manuals, and worked cases printed before this library was written. Ours are rounded to the digits printed.",
        "lme4 as it comes stops where the intercept variance of sleepstudy is 612.100; the maximum, ours and that of the polished",
        "reference above, is at 612.090.",
        .. published.GroupBy(v => v.Case).SelectMany(group => (IEnumerable<string>)
        [
            "",
            $"### {group.Key}",
            "",
            .. ValidationText.Table(
                ["quantity", "printed", "ours"],
                [false, true, true],
                group.Select(v => (string[])[v.Quantity, v.Printed, v.OursRounded])),
        ]),
    ];

    private static IEnumerable<IGrouping<Agreement, Comparison>> Kinds(ValidationSection section) =>
        section.Comparisons.GroupBy(c => c.Agreement).OrderBy(k => k.Key.Tolerance);

    /// <summary>Programs, versions and date as the description of the data states them.</summary>
    private static string Versions(string folder)
    {
        string readMe = File.ReadAllText(Path.Combine(SourceTree.Root, Data, folder, "README.md"));
        Match match = MadeBy().Match(readMe);
        return match.Success
            ? $"{Spaces().Replace(match.Groups[1].Value, " ")}, {match.Groups[2].Value}"
            : throw new InvalidOperationException($"{folder}/README.md does not say 'Made by `Rscript make.R` with …; date'.");
    }

    [GeneratedRegex(@"Made by `Rscript make\.R` with (.*?);\s+(\d{4}-\d\d-\d\d)", RegexOptions.Singleline)]
    private static partial Regex MadeBy();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
