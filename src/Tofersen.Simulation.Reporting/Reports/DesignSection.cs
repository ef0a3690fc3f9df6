using System.Globalization;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>How the trial is run and analysed.</summary>
internal static class DesignSection
{
    internal static ReportSection Make(Scenario scenario) => new("design", "Design", html => Write(html, scenario));

    private static void Write(HtmlWriter html, Scenario scenario)
    {
        TrialDesign design = scenario.Design;
        html.Element("p", "This is " + DesignText.Kind(design));
        using (html.Open("dl", ("class", "facts")))
        {
            Fact(html, "Participants", design.Participants.ToString("#,0", CultureInfo.InvariantCulture));
            Fact(html, "Randomisation", DesignText.Allocation(design));
            Fact(html, scenario.Population.StratumNames.Count == 1 ? "Stratum" : "Strata", Strata(scenario.Population));
            Fact(html, "Visits", "Weeks " + string.Join(", ", design.VisitWeeks.Select(w => w.ToString(CultureInfo.InvariantCulture))));
            Fact(html, "Enrolment", DesignText.Enrolment(design.Enrolment));
            if (design.Rescue is { } rescue)
            {
                Fact(html, "Rescue", DesignText.Rescue(rescue));
            }

            if (scenario.Endpoints.Count > 0)
            {
                Fact(html, "Measured besides the ALSFRS-R", string.Join("; ", scenario.Layout.Endpoints.Select(e => e.Unit.Length > 0 ? $"{e.Label} ({e.Unit})" : e.Label)));
            }
        }

        html.NewLine();
        var arms = new HtmlTable("arms", "Arms and planned treatment, in weeks since randomisation", HtmlColumn.Text("arm"), HtmlColumn.Text("on drug"));
        foreach (Arm arm in design.Arms)
        {
            arms.Row(arm.Name, DesignText.Exposure(arm));
        }

        arms.Write(html);
        if (scenario.Analyses.Count > 0)
        {
            WriteAnalyses(html, scenario);
        }
    }

    private static void WriteAnalyses(HtmlWriter html, Scenario scenario)
    {
        var table = new HtmlTable(
            "analyses", "Analyses", HtmlColumn.Text("analysis"), HtmlColumn.Text("method"), HtmlColumn.Number("two-sided level"), HtmlColumn.Prose("what it uses"));
        foreach (IAnalysis analysis in scenario.Analyses)
        {
            JsonObject? form = Form(scenario, analysis);
            table.Row(
                analysis.Name,
                form?["method"]?.ToString() ?? analysis.GetType().Name,
                analysis.Alpha.ToString(CultureInfo.InvariantCulture),
                form is null ? "a method of the user's own" : Settings(form));
        }

        table.Write(html);
    }

    // An analysis has a form in JSON only within a scenario; one that is not the library's own has none.
    private static JsonObject? Form(Scenario scenario, IAnalysis analysis) =>
        ScenarioJson.TryWrite(scenario with { Analyses = [analysis], Sequential = null }) is { } text
            ? JsonNode.Parse(text)!["analyses"]![0]!.AsObject()
            : null;

    // What has its default goes without saying.
    private static string Settings(JsonObject form) => string.Join("; ", SchemaDefaults.Without(form)
        .Where(p => p.Key is not ("method" or "name" or "alpha"))
        .Select(p => $"{p.Key}: {JsonValues.Describe(p.Value)}"));

    private static string Strata(IPopulationModel population) =>
        string.Join(", ", population.StratumNames.Zip(population.StratumShares, (name, share) => string.Create(
            CultureInfo.InvariantCulture, $"{name} ({100 * share:0.#} %)")))
        + (population.Composition == StratumComposition.Fixed ? "; the same in every trial" : "; drawn for every trial");

    private static void Fact(HtmlWriter html, string name, string value)
    {
        html.Element("dt", name);
        html.Element("dd", value);
        html.NewLine();
    }
}
