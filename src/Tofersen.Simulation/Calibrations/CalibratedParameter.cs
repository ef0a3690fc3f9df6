namespace Tofersen.Simulation.Calibrations;

/// <summary>A parameter after a calibration.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Start">Value at the start.</param>
/// <param name="Value">Value at the best fit.</param>
/// <param name="StandardError">Its standard error, from the uncertainty of the published targets; NaN at a limit, or where the targets do not
/// determine it.</param>
/// <param name="IsAtLimit">Whether the value lies at its minimum or maximum.</param>
public sealed record CalibratedParameter(
    CalibrationParameter Parameter, double Start, double Value, double StandardError, bool IsAtLimit);
