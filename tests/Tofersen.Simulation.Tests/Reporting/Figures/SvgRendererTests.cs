using System.Globalization;
using System.Xml.Linq;
using Tofersen.Simulation.Reporting.Figures;

namespace Tofersen.Simulation.Tests.Reporting.Figures;

public sealed class SvgRendererTests
{
    [Test]
    public void Render_PointsInTheCornersOfTheAxes_StandInTheCornersOfTheFrame()
    {
        XElement svg = Render(Figure([new CurveMark { Points = [new FigurePoint(0, -5), new FigurePoint(10, 5)] }]));
        string path = Elements(svg, "path").Select(p => p.Attribute("d")!.Value).Single();
        double[] numbers = [.. path.Trim('M').Replace(" L", " ", StringComparison.Ordinal).Split(' ').Select(Number)];
        XElement[] frame = [.. Elements(svg, "line").Where(l => l.Attribute("class")!.Value == "s-axis")];

        // The first two lines of the axes are the horizontal and the vertical one.
        Assert.That(numbers[0], Is.EqualTo(Number(frame[0], "x1")));
        Assert.That(numbers[1], Is.EqualTo(Number(frame[0], "y1")));
        Assert.That(numbers[2], Is.EqualTo(Number(frame[0], "x2")));
        Assert.That(numbers[3], Is.EqualTo(Number(frame[1], "y1")));
    }

    [Test]
    public void Render_NamesThatAreMarkup_StayText()
    {
        const string Hostile = "<script>alert(1)</script>\u0001\"'&";
        Figure figure = Figure([new CurveMark { Label = Hostile, Points = [new FigurePoint(1, 1)] }]) with { Title = Hostile, Description = Hostile };
        XElement svg = Render(figure);

        Assert.That(Elements(svg, "script"), Is.Empty);
        Assert.That(Elements(svg, "title").First().Value, Is.EqualTo(Hostile.Replace('\u0001', '\uFFFD')));
        Assert.That(Elements(svg, "text").Select(t => t.Value), Has.Some.EqualTo(Hostile.Replace('\u0001', '\uFFFD')));
    }

    [Test]
    public void Render_Twice_GivesTheSameText()
    {
        Figure figure = Figure([new CurveMark { Points = [new FigurePoint(1, 1)] }]);
        string first = Text(figure);
        string second = Text(figure);
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Render_AnyFigure_NamesItselfForScreenReaders()
    {
        XElement svg = Render(Figure([new CurveMark { Points = [new FigurePoint(1, 1)] }]));
        string[] ids = svg.Attribute("aria-labelledby")!.Value.Split(' ');

        Assert.That(svg.Attribute("role")!.Value, Is.EqualTo("img"));
        Assert.That(string.Join('|', ids.Select(id => svg.Elements().Single(e => e.Attribute("id")?.Value == id).Value)), Is.EqualTo("A title|A description."));
    }

    [Test]
    public void Render_EightSeries_DifferWithoutColour()
    {
        Mark[] marks = [.. Enumerable.Range(0, 8).Select(s => new CurveMark { Series = s, Points = [new FigurePoint(0, s), new FigurePoint(10, s)] })];
        XElement svg = Render(Figure(marks));
        string[] dashes = [.. Elements(svg, "path").Select(p => p.Attribute("stroke-dasharray")?.Value ?? "")];

        Assert.That(dashes, Has.Length.EqualTo(8));
        Assert.That(dashes, Is.Unique);
    }

    // WCAG 2.2, success criteria 1.4.3 and 1.4.11: 4.5 for text, 3 for what a figure consists of. Colours of series are those of texts, too.
    [Test]
    public void Render_Colours_StandOutFromThePage()
    {
        Mark[] marks = [.. Enumerable.Range(0, 8).Select(s => new CurveMark { Series = s, Points = [new FigurePoint(0, s), new FigurePoint(10, s)] })];
        XElement svg = Render(Figure(marks));
        string[] light = [.. Elements(svg, "path").Select(p => p.Attribute("stroke")!.Value), .. Elements(svg, "text").Select(t => t.Attribute("fill")!.Value)];
        string sheet = Elements(svg, "style").Single().Value;
        string[] dark = [.. sheet.Split("fill: ").Skip(1).Select(part => part[..7])];

        Assert.That(light.Distinct().Select(c => Contrast(c, "#ffffff")), Is.All.GreaterThanOrEqualTo(4.5));

        // The first is the page itself, the next two those of texts; the grid is meant to be faint; the others are those of the axes and the series.
        Assert.That(dark.Skip(1).Where((_, i) => i != 2).Select(c => Contrast(c, dark[0])), Is.All.GreaterThanOrEqualTo(4.5));
    }

    [Test]
    public void Render_LogarithmicAxis_HasRoundTicksAtEqualRatios()
    {
        Figure figure = Figure([new CurveMark { Points = [new FigurePoint(0, 0.1), new FigurePoint(10, 1_000)] }]);
        Panel panel = figure.Panels[0] with { Y = new FigureAxis { Label = "y", IsLogarithmic = true, Minimum = 0.1, Maximum = 1_000 } };
        XElement svg = Render(figure with { Panels = [panel] });
        (string Text, double Y)[] ticks = [.. Elements(svg, "text").Where(t => t.Attribute("text-anchor")!.Value == "end").Select(t => (t.Value, Number(t, "y")))];

        Assert.That(string.Join(' ', ticks.Select(t => t.Text)), Is.EqualTo("0.1 1 10 100 1000"));
        Assert.That(ticks.Zip(ticks.Skip(1)).Select(t => t.First.Y - t.Second.Y), Is.All.EqualTo(75).Within(0.02));
    }

    private static Figure Figure(Mark[] marks) => new()
    {
        Name = "a-figure",
        Title = "A title",
        Description = "A description.",
        Note = "A note.",
        Panels =
        [
            new Panel
            {
                X = new FigureAxis { Label = "x", Minimum = 0, Maximum = 10 },
                Y = new FigureAxis { Label = "y", Minimum = -5, Maximum = 5 },
                Marks = [.. marks],
            },
        ],
    };

    private static string Text(Figure figure)
    {
        using var writer = new StringWriter();
        new SvgRenderer().Render(figure, writer);
        return writer.ToString();
    }

    private static XElement Render(Figure figure) => XElement.Parse(Text(figure));

    private static IEnumerable<XElement> Elements(XElement svg, string name) => svg.Descendants().Where(e => e.Name.LocalName == name);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(XElement element, string attribute) => Number(element.Attribute(attribute)!.Value);

    private static double Contrast(string first, string second)
    {
        (double a, double b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] linear =
        [
            .. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
                .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
        ];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }
}
