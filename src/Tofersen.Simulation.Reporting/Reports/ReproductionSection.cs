using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>What it takes to get the same numbers again.</summary>
internal static class ReproductionSection
{
    internal static ReportSection Make(PowerResult result) => new("reproduction", "To get the same numbers again", html => Write(html, result));

    private static void Write(HtmlWriter html, PowerResult result)
    {
        string? scenario = ScenarioJson.TryWrite(result.Scenario);
        html.Element("p", "Version, seed, number of trials and scenario fix every number on this page, whatever the machine and the number of threads.");
        using (html.Open("dl", ("class", "facts")))
        {
            Fact(html, "Version", StudyPlan.Version);
            Fact(html, "Seed", result.Seed.ToString(CultureInfo.InvariantCulture));
            Fact(html, "Simulated trials", result.Replicates.ToString("#,0", CultureInfo.InvariantCulture));
            if (result.Precision is { } precision)
            {
                Fact(html, "Monte Carlo error asked for", precision.ToString(CultureInfo.InvariantCulture));
            }

            if (scenario is not null)
            {
                Fact(html, "SHA-256 of the scenario's JSON", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scenario))));
            }
        }

        html.NewLine();
        if (scenario is null)
        {
            html.Element("p", "The scenario holds a model of the user's own, so that it cannot be run from a file. The program that made it must be run again.");
            return;
        }

        WriteCommands(html, result, scenario);
    }

    private static void WriteCommands(HtmlWriter html, PowerResult result, string scenario)
    {
        bool isPreset = Presets.Find(result.Scenario.Name) is { } preset && ScenarioJson.Write(preset.Scenario) == scenario;
        string name = isPreset ? result.Scenario.Name : "scenario.json";
        html.Element("p", isPreset
            ? $"The scenario is the preset '{name}' as it is:"
            : "With the scenario below as the file scenario.json (its last line ends with a line feed):");
        html.NewLine();
        using (html.Open("pre"))
        using (html.Open("code"))
        {
            html.Text(FormattableString.Invariant(
                $"tofersen-sim power {name} --replicates {result.Replicates} --seed {result.Seed} --out results\ntofersen-sim report results --out report.html\n"));
        }

        html.NewLine();
        using (html.Open("details"))
        {
            html.Element("summary", "The scenario as JSON");
            using (html.Open("pre", ("tabindex", "0"), ("role", "region"), ("aria-label", "The scenario as JSON")))
            using (html.Open("code"))
            {
                html.Text(scenario);
            }
        }
    }

    private static void Fact(HtmlWriter html, string name, string value)
    {
        html.Element("dt", name);
        using (html.Open("dd"))
        {
            html.Element("code", value);
        }

        html.NewLine();
    }
}
