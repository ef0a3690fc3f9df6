namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>A rectangle on the page, in pixels.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    internal double Right => Left + Width;

    internal double Bottom => Top + Height;
}
