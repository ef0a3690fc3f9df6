using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Tofersen.Simulation.Tests.Reporting.Reports;

/// <summary>A report taken apart. Its HTML is XML but for elements without an end, so that whatever is not well nested or not escaped is found by
/// reading it as XML.</summary>
internal sealed partial class ReportPage
{
    private readonly XElement _root;

    internal ReportPage(string html)
    {
        string xml = Unended().Replace(html, "<$1$2/>");
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        _root = XElement.Load(reader);
    }

    internal string Language => _root.Attribute("lang")!.Value;

    /// <summary>All elements of a name, in order; those of drawings too.</summary>
    internal IEnumerable<XElement> All(string name) => _root.Descendants().Where(e => e.Name.LocalName == name);

    /// <summary>The text of the element with an identifier.</summary>
    internal XElement ById(string id) => _root.Descendants().Single(e => (string?)e.Attribute("id") == id);

    internal IEnumerable<string> Values(string attribute) =>
        _root.DescendantsAndSelf().Attributes().Where(a => a.Name.LocalName == attribute).Select(a => a.Value);

    /// <summary>The section under a heading.</summary>
    internal XElement Section(string id) => All("section").Single(s => (string?)s.Attribute("aria-labelledby") == id);

    /// <summary>Cells of a table's row, the row's name first.</summary>
    internal string[] Row(string table, string name) =>
        [.. Rows(table).Single(r => r[0] == name)];

    internal IEnumerable<string[]> Rows(string table) => ById(table).Parent!.Elements("tbody").Elements("tr")
        .Select(r => r.Elements().Select(c => c.Value).ToArray());

    [GeneratedRegex("<(meta|wbr)([^>]*)>")]
    private static partial Regex Unended();
}
