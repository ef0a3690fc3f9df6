using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Tofersen.Simulation.Reporting.Figures;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Writes HTML element by element. Every text and every attribute's value is escaped here, so that nobody else can forget it; names of
/// elements and attributes are the program's own.</summary>
internal sealed class HtmlWriter(TextWriter output)
{
    private const char Replacement = '\uFFFD';

    private static readonly HtmlEncoder Encoder = MakeEncoder();

    private readonly Stack<string> _open = new();

    /// <summary>Opens an element, which ends where the scope that holds it ends.</summary>
    internal Scope Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(element, attributes);
        _open.Push(element);
        return new Scope(this);
    }

    /// <summary>Writes an element that holds a text.</summary>
    internal void Element(string element, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        using (Open(element, attributes))
        {
            Text(text);
        }
    }

    /// <summary>Writes an element that never holds anything and has no end, such as <c>meta</c>.</summary>
    internal void Void(string element, params ReadOnlySpan<(string Name, string Value)> attributes) => Start(element, attributes);

    /// <summary>Writes a text. Its lines stay lines, which the encoder would write as numbers.</summary>
    internal void Text(string text)
    {
        string visible = Visible(text);
        int start = 0;
        for (int end = visible.IndexOf('\n', StringComparison.Ordinal); end >= 0; end = visible.IndexOf('\n', start))
        {
            Encoder.Encode(output, visible, start, end - start);
            NewLine();
            start = end + 1;
        }

        Encoder.Encode(output, visible, start, visible.Length - start);
    }

    /// <summary>Begins a new line of the file, which a reader of the page does not see.</summary>
    internal void NewLine() => output.Write('\n');

    /// <summary>Writes the first line of a document.</summary>
    internal void DocumentType() => output.Write("<!DOCTYPE html>\n");

    /// <summary>Writes a style sheet of the program's own.</summary>
    internal void StyleSheet(string sheet)
    {
        Debug.Assert(!sheet.Contains('<', StringComparison.Ordinal), "A style sheet that ends its element.");
        using (Open("style"))
        {
            output.Write(sheet);
        }
    }

    /// <summary>Writes a drawing into the page. Its renderer escapes texts itself.</summary>
    internal void Drawing(IFigureRenderer renderer, Figure figure, string prefix) => renderer.Render(figure, output, prefix);

    private void Start(string element, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Debug.Assert(element.All(char.IsAsciiLetterOrDigit), "Not the name of an element.");
        output.Write('<');
        output.Write(element);
        foreach ((string name, string value) in attributes)
        {
            Debug.Assert(name.All(c => char.IsAsciiLetterLower(c) || c == '-'), "Not the name of an attribute.");
            output.Write(' ');
            output.Write(name);
            output.Write("=\"");
            Encoder.Encode(output, Visible(value));
            output.Write('"');
        }

        output.Write('>');
    }

    private void Close()
    {
        output.Write("</");
        output.Write(_open.Pop());
        output.Write('>');
    }

    // Control characters have no place in HTML, escaped or not.
    private static string Visible(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u001F') || text.AsSpan().ContainsAnyInRange('\u007F', '\u009F')
        ? string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) && source[i] is not ('\n' or '\t') ? Replacement : source[i];
            }
        })
        : text;

    private static HtmlEncoder MakeEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.AllowCharacter('\u00A0');
        return HtmlEncoder.Create(settings);
    }

    /// <summary>An element that is open.</summary>
    internal readonly ref struct Scope(HtmlWriter writer)
    {
        public void Dispose() => writer.Close();
    }
}
