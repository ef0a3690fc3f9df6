using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Calibrations;

/// <summary>The result of a calibration.</summary>
public sealed record CalibrationFit
{
    /// <summary>The parameters, in the order that they were given.</summary>
    public required ValueList<CalibratedParameter> Parameters { get; init; }

    /// <summary>The targets beside what the best fit gives.</summary>
    public required ValueList<CalibrationResult> Targets { get; init; }

    /// <summary>Misfit at the start: the sum of squares of (simulated − published) / tolerance.</summary>
    public required double StartMisfit { get; init; }

    /// <summary>Misfit of the best fit.</summary>
    public required double Misfit { get; init; }

    /// <summary>Steps that were taken.</summary>
    public required int Steps { get; init; }

    /// <summary>Whether a further step would have gained less than a thousandth of the misfit.</summary>
    public required bool HasConverged { get; init; }

    /// <summary>The scenario with the fitted parameters.</summary>
    public required Scenario Scenario { get; init; }
}
