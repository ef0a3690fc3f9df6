namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>A part of the report with a heading.</summary>
/// <param name="Id">Identifier, unique on the page.</param>
/// <param name="Title">The heading.</param>
/// <param name="Write">Writes what is below it.</param>
internal sealed record ReportSection(string Id, string Title, Action<HtmlWriter> Write);
