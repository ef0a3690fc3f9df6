namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>A column of a table.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Kind">How its cells look: <c>number</c>, <c>text</c>, <c>prose</c>, <c>code</c> or <c>word</c>.</param>
internal readonly record struct HtmlColumn(string Heading, string Kind)
{
    internal static HtmlColumn Number(string heading) => new(heading, "number");

    internal static HtmlColumn Text(string heading) => new(heading, "text");

    /// <summary>Texts that take several lines.</summary>
    internal static HtmlColumn Prose(string heading) => new(heading, "prose");

    /// <summary>Names and paths as a program has them.</summary>
    internal static HtmlColumn Code(string heading) => new(heading, "code");

    /// <summary>One of a few words.</summary>
    internal static HtmlColumn Word(string heading) => new(heading, "word");
}
