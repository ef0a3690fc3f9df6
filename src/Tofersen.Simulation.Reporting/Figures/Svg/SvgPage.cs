using System.Globalization;
using System.Text;
using System.Xml;

namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>Writes the elements of a drawing; texts are escaped by the XML writer.</summary>
internal sealed class SvgPage : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly XmlWriter _xml;

    internal SvgPage(TextWriter output) => _xml = XmlWriter.Create(output, new XmlWriterSettings
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        Indent = true,
        IndentChars = " ",
        NewLineChars = "\n",
        CloseOutput = false,
    });

    /// <summary>Size of letters, in pixels, of labels and ticks.</summary>
    internal const double FontSize = 12;

    internal SvgPage Begin(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(element, Namespace);
        foreach ((string name, string value) in attributes)
        {
            _xml.WriteAttributeString(name, Valid(value));
        }

        return this;
    }

    internal void End() => _xml.WriteEndElement();

    internal void Content(string text) => _xml.WriteString(Valid(text));

    /// <summary>An element that holds nothing, or a title that is shown when it is pointed at.</summary>
    internal void Shape(string element, string title, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        if (title.Length > 0)
        {
            Begin("title").Content(title);
            End();
        }

        End();
    }

    internal void Line(double x1, double y1, double x2, double y2, string colour, double width, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Shape(
            "line", "", [("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("class", "s-" + colour),
            ("stroke", Ink(colour)), ("stroke-width", Number(width)), .. attributes]);

    internal void Text(double x, double y, string text, string anchor = "start", string colour = "ink", params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin("text", [("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor), ("class", "f-" + colour), ("fill", Ink(colour)), .. attributes]).Content(text);
        End();
    }

    /// <summary>A coordinate, to a hundredth of a pixel.</summary>
    internal static string Number(double value) =>
        Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture) is var text && text == "-0" ? "0" : text;

    /// <summary>The colour of a class on light backgrounds.</summary>
    internal static string Ink(string colour) => SvgColours.Light(colour);

    public void Dispose() => _xml.Dispose();

    // XML has no way to write most control characters, which names may hold all the same.
    private static string Valid(string text)
    {
        if (text.All(c => XmlConvert.IsXmlChar(c)))
        {
            return text;
        }

        var valid = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            valid.Append(rune.Utf16SequenceLength == 2 || XmlConvert.IsXmlChar((char)rune.Value) ? rune : Rune.ReplacementChar);
        }

        return valid.ToString();
    }
}
