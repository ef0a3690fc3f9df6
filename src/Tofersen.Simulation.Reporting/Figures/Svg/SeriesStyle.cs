namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>How a series looks: a colour for light and one for dark backgrounds, a kind of line, a shape of points.</summary>
/// <remarks>The hues are those that Okabe and Ito chose to be told apart with any colour vision (2008, "Color Universal Design"), two of them darkened
/// to stand out from white as lines, and lightened for the dark. Lines and shapes tell series apart without colour.</remarks>
internal readonly record struct SeriesStyle(string Light, string Dark, string Dash, PointShape Shape)
{
    private static readonly (string Light, string Dark)[] Colours =
    [
        ("#0072b2", "#56b4e9"), ("#c05400", "#ff8f3f"), ("#00795a", "#2cc99b"), ("#a8457f", "#e59cc8"),
        ("#8a6100", "#f0c244"), ("#4b4b4b", "#d0d0d0"), ("#3f51b5", "#a3aef5"), ("#7a3b1d", "#d9a184"),
    ];

    private static readonly string[] Dashes = ["", "7 3", "14 4", "9 3 2 3", "4 3", "6 2 2 2 2 2", "18 3 3 3", "10 6"];

    internal static int Count => Colours.Length;

    internal static SeriesStyle Of(int series) => new(
        Colours[series % Colours.Length].Light,
        Colours[series % Colours.Length].Dark,
        // After one round the same colours come with other lines.
        Dashes[(series + (series / Colours.Length)) % Dashes.Length],
        (PointShape)((series + (series / Colours.Length)) % 8));
}

/// <summary>Shapes of points; those with odd numbers are hollow.</summary>
internal enum PointShape : byte
{
    Circle,
    HollowSquare,
    Triangle,
    HollowDiamond,
    Square,
    HollowCircle,
    Diamond,
    HollowTriangle,
}
