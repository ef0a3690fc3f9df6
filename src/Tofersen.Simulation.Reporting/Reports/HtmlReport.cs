using System.Reflection;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting.Figures;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>A result as one page of HTML for people who decide: what was simulated, on which assumptions, how each analysis fared, what failed,
/// and how to get the same numbers again.</summary>
/// <remarks>The page needs nothing from elsewhere and runs no script. It follows the reader's preference for light or dark, can be read on a phone
/// and printed. It holds no date and no name of a machine: the same result gives the same bytes. All texts from scenarios are escaped.</remarks>
public static class HtmlReport
{
    // A second fence behind the escaping: no script, nothing from elsewhere.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the page.</summary>
    /// <param name="result">The result.</param>
    /// <param name="output">Receives the page; stays open.</param>
    /// <param name="options">What it holds besides the result; the defaults where null.</param>
    /// <param name="cancellation">Ends the work early: some figures simulate a few of the trials anew.</param>
    public static void Write(PowerResult result, TextWriter output, HtmlReportOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(output);
        ReportSection[] sections = [.. Sections(result, options ?? new HtmlReportOptions(), cancellation)];
        var html = new HtmlWriter(output);
        html.DocumentType();
        using (html.Open("html", ("lang", "en-GB")))
        {
            html.NewLine();
            WriteHead(html, result);
            using (html.Open("body"))
            {
                html.NewLine();
                WriteBody(html, result, sections);
            }

            html.NewLine();
        }

        html.NewLine();
    }

    /// <summary>Makes the page.</summary>
    /// <param name="result">The result.</param>
    /// <param name="options">What it holds besides the result; the defaults where null.</param>
    /// <param name="cancellation">Ends the work early: some figures simulate a few of the trials anew.</param>
    /// <returns>The page as a text.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static string ToHtml(PowerResult result, HtmlReportOptions? options = null, CancellationToken cancellation = default)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Write(result, writer, options, cancellation);
        return writer.ToString();
    }

    private static IEnumerable<ReportSection> Sections(PowerResult result, HtmlReportOptions options, CancellationToken cancellation)
    {
        yield return SummarySection.Make(result);
        ValueList<Figure> figures = options.Figures ?? ResultFigures.Of(result, cancellation: cancellation);
        if (figures.Count > 0)
        {
            yield return FigureSection.Make(figures, options.Renderer);
        }

        yield return DesignSection.Make(result.Scenario);
        yield return AssumptionSection.Make(result.Scenario, options.Preset);
        yield return OperatingSection.Make(result);
        yield return FailureSection.Make(result);
        if (result.Sequential is { } sequential)
        {
            yield return SequentialSection.Make(result.Scenario, sequential);
        }

        if (result.Courses is { } courses)
        {
            yield return CourseSection.Make(courses);
            yield return EventSection.Make(courses, result.Scenario.Design);
        }

        if (options.Checks.Count > 0)
        {
            yield return CheckSection.Make(options.Checks, result.Scenario.Name, options.Renderer);
        }

        for (int i = 0; i < options.Sweeps.Count; i++)
        {
            yield return SweepSection.Make(options.Sweeps[i], i + 1, options.Renderer);
        }

        yield return ReproductionSection.Make(result);
    }

    private static void WriteHead(HtmlWriter html, PowerResult result)
    {
        using (html.Open("head"))
        {
            html.Void("meta", ("charset", "utf-8"));
            html.NewLine();
            html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
            html.NewLine();
            html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.NewLine();
            html.Void("meta", ("name", "generator"), ("content", "Tofersen.Simulation " + StudyPlan.Version));
            html.NewLine();
            html.Element("title", $"{result.Scenario.Name}: simulated trials");
            html.NewLine();
            html.StyleSheet(StyleSheet());
        }

        html.NewLine();
    }

    private static void WriteBody(HtmlWriter html, PowerResult result, ReportSection[] sections)
    {
        html.Element("a", "Skip to the results", ("class", "skip"), ("href", "#main"));
        html.NewLine();
        using (html.Open("header"))
        {
            html.Element("p", "Report on simulated trials", ("class", "kicker"));
            html.Element("h1", result.Scenario.Name);
            if (result.Scenario.Description.Length > 0)
            {
                html.Element("p", result.Scenario.Description, ("class", "lead"));
            }

            using (html.Open("p", ("class", "notice")))
            {
                html.Element("strong", "Simulated data.");
                html.Text(
                    " Everything on this page comes from a computer model of trials and the assumptions below. It is no evidence about a medicine,"
                    + " and it describes no person. ± is one Monte Carlo standard error: how far a number may be off because the number of simulated trials is finite.");
            }
        }

        html.NewLine();
        WriteContents(html, sections);
        using (html.Open("main", ("id", "main")))
        {
            html.NewLine();
            foreach (ReportSection section in sections)
            {
                using (html.Open("section", ("aria-labelledby", section.Id)))
                {
                    html.Element("h2", section.Title, ("id", section.Id));
                    html.NewLine();
                    section.Write(html);
                }

                html.NewLine();
            }
        }

        html.NewLine();
        html.Element("footer", $"Simulated data: no evidence about a medicine. Tofersen.Simulation {StudyPlan.Version}.");
    }

    private static void WriteContents(HtmlWriter html, ReportSection[] sections)
    {
        using (html.Open("nav", ("aria-label", "Contents")))
        using (html.Open("ul"))
        {
            foreach (ReportSection section in sections)
            {
                using (html.Open("li"))
                {
                    html.Element("a", section.Title, ("href", "#" + section.Id));
                }
            }
        }

        html.NewLine();
    }

    private static string StyleSheet()
    {
        using Stream sheet = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(sheet);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
