using System.Text.Json.Nodes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>The scenario's numbers with the source of each, and those that have none.</summary>
internal static class AssumptionSection
{
    private static readonly (string Part, string Title)[] Parts =
    [
        ("population", "Participants"),
        ("trajectory", "Course without treatment"),
        ("effect", "Effect of treatment"),
        ("design", "Design"),
        ("observation", "What is observed, and what ends follow-up"),
        ("endpoints", "Other endpoints"),
        ("adverseEvents", "Adverse events"),
        ("analyses", "Analyses"),
    ];

    internal static ReportSection Make(Scenario scenario, Preset? preset) =>
        new("assumptions", "Assumptions and their sources", html => Write(html, scenario, preset));

    private static void Write(HtmlWriter html, Scenario scenario, Preset? preset)
    {
        if (ScenarioJson.TryWrite(scenario) is not { } text)
        {
            html.Element("p", "The scenario holds a model of the user's own, which has no form as a file. Where its numbers come from is not known here.");
            return;
        }

        JsonObject json = JsonNode.Parse(text)!.AsObject();
        if ((preset ?? PresetComparison.Nearest(json)) is not { } nearest)
        {
            html.Element("p", "The scenario shares less than half of its numbers with any preset. None of them has a source that is known here; the scenario itself, at the end of the page, has them all.");
            return;
        }

        Write(html, new PresetComparison(json, nearest), scenario.Sequential is not null);
    }

    private static void Write(HtmlWriter html, PresetComparison comparison, bool hasLooks)
    {
        string name = comparison.Preset.Name;
        html.Element("p", comparison.Changes.Count == 0
            ? $"All numbers of the model and the design are those of the preset '{name}'."
            : $"The scenario was compared with the preset '{name}', which shares most numbers with it. What differs has no source that is known here, and is listed first.");
        html.Element("p", string.Join(", ", comparison.Sources.GroupBy(s => s.Kind).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Meaning(g.Key)}"))
            + ": so many rows below are of each kind.");
        if (comparison.Sources.Any(s => s.Citation.Contains("METHODS.md", StringComparison.Ordinal) || s.Citation.Contains("evidence sheet", StringComparison.Ordinal)))
        {
            html.Element("p", "METHODS.md, which some sources name, is a file of the package Tofersen.Simulation and of its repository; it also says what the evidence sheet is, the compilation of published figures that the models began with.");
        }

        html.NewLine();
        if (comparison.Changes.Count > 0)
        {
            html.Element("h3", "Without a source");
            var changes = new HtmlTable(
                "changes", $"What differs from the preset '{name}'", HtmlColumn.Code("property"), HtmlColumn.Text("preset"), HtmlColumn.Text("this scenario"));
            foreach ((string path, string old, string present) in comparison.Changes)
            {
                changes.Row(path, old, present);
            }

            changes.Write(html);
        }

        if (!comparison.HasSameAnalyses || hasLooks)
        {
            html.Element("p", $"{(comparison.HasSameAnalyses ? "The interim looks are" : hasLooks ? "Analyses and interim looks are" : "The analyses are")} the scenario's own choice.");
        }

        foreach ((string part, string title) in Parts)
        {
            WriteSources(html, comparison, part, title);
        }
    }

    private static void WriteSources(HtmlWriter html, PresetComparison comparison, string part, string title)
    {
        var table = new HtmlTable(
            "sources-" + part.ToLowerInvariant(), $"{title}: values and their sources",
            HtmlColumn.Code("property"), HtmlColumn.Prose("value"), HtmlColumn.Word("kind"), HtmlColumn.Prose("source"))
        {
            HidesCaption = true,
        };
        foreach ((string path, string values, SourceKind kind, string citation) in comparison.Sources)
        {
            if (JsonValues.IsAtOrBelow(path, part))
            {
                table.Row(path, values, kind.ToString().ToLowerInvariant(), citation);
            }
        }

        if (!table.IsEmpty)
        {
            html.Element("h3", title);
            table.Write(html);
        }
    }

    private static string Meaning(SourceKind kind) => kind switch
    {
        SourceKind.Published => "published (printed in a publication, a label or a registry)",
        SourceKind.Derived => "derived (worked out from published numbers)",
        SourceKind.Fitted => "fitted (so that simulated trials reproduce published results)",
        _ => "assumptions (nobody has published them)",
    };
}
