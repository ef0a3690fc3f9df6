namespace Tofersen.Simulation.Calibrations;

/// <summary>An estimate with its standard error.</summary>
/// <param name="Value">The estimate; NaN where the data give none.</param>
/// <param name="StandardError">Its standard error, from the observed information; NaN where there is none, as on the boundary.</param>
public readonly record struct NaturalHistoryEstimate(double Value, double StandardError)
{
    /// <summary>An estimate that the data do not give.</summary>
    internal static NaturalHistoryEstimate None => new(double.NaN, double.NaN);
}
