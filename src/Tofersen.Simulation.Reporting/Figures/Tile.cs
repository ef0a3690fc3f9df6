namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A rectangle.</summary>
/// <param name="Left">Its left side.</param>
/// <param name="Right">Its right side.</param>
/// <param name="Bottom">Its lower side.</param>
/// <param name="Top">Its upper side.</param>
/// <param name="Shade">From 0, light, to 1, dark; NaN for the series' colour.</param>
/// <param name="Text">Written in the middle; lines are parted by line feeds.</param>
/// <param name="Title">Shown when pointed at.</param>
public readonly record struct Tile(double Left, double Right, double Bottom, double Top, double Shade, string Text, string Title);
