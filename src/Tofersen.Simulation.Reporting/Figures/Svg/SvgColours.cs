using System.Globalization;
using System.Text;

namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>The colours of a drawing: attributes hold those for light backgrounds and paper, a style sheet those for the dark.</summary>
/// <remarks>Programs that read no style sheets draw the light ones.</remarks>
internal static class SvgColours
{
    private static readonly (string Name, string Light, string Dark)[] Plain =
    [
        ("page", "#ffffff", "#16191d"), ("ink", "#1a1a1a", "#ececec"), ("quiet", "#595959", "#b4b9bf"), ("grid", "#e3e3e3", "#353b42"),
        ("axis", "#6f6f6f", "#949ba3"),
    ];

    internal static string Of(int series) => string.Create(CultureInfo.InvariantCulture, $"c{series % SeriesStyle.Count}");

    internal static string Light(string name) => All().First(c => c.Name == name).Light;

    /// <summary>The style sheet of one drawing: what differs on dark screens, and nothing on paper.</summary>
    internal static string Sheet(string prefix)
    {
        var sheet = new StringBuilder("@media screen and (prefers-color-scheme: dark) {");
        foreach ((string name, _, string dark) in All())
        {
            sheet.Append(CultureInfo.InvariantCulture, $" .{prefix} .f-{name} {{ fill: {dark} }} .{prefix} .s-{name} {{ stroke: {dark} }}");
        }

        return sheet.Append(" }").ToString();
    }

    /// <summary>A grey between white and nearly black, and the colour of text that stands out from it.</summary>
    internal static (string Fill, string Text) Shade(double share)
    {
        // Blue of one hue from light to dark; text turns white where its contrast with it is the better one.
        double t = Math.Clamp(share, 0, 1);
        int red = (int)Math.Round(240 - (t * 232));
        int green = (int)Math.Round(246 - (t * 198));
        int blue = (int)Math.Round(252 - (t * 145));
        return (string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}"), t > 0.5 ? "#ffffff" : "#1a1a1a");
    }

    private static IEnumerable<(string Name, string Light, string Dark)> All() => Plain.Concat(
        Enumerable.Range(0, SeriesStyle.Count).Select(i => (Of(i), SeriesStyle.Of(i).Light, SeriesStyle.Of(i).Dark)));
}
