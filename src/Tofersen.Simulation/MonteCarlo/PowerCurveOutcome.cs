namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Where a power curve crosses its target.</summary>
/// <param name="Status">How the search ended.</param>
/// <param name="Answer">The value of the answer; the end of the range where power is highest without one.</param>
/// <param name="Crossing">The crossing; NaN without one.</param>
/// <param name="Lower">Lower limit of its interval.</param>
/// <param name="Upper">Upper limit of its interval.</param>
/// <param name="IsPrecise">Whether the interval is as narrow as asked for.</param>
/// <param name="Power">Power at the answer.</param>
/// <param name="StillRises">Whether a power that is out of reach still rises.</param>
/// <param name="Rises">Whether power rises with the value.</param>
internal sealed record PowerCurveOutcome(
    PowerSearchStatus Status,
    double Answer,
    double Crossing,
    double Lower,
    double Upper,
    bool IsPrecise,
    MonteCarloValue Power,
    bool StillRises,
    bool Rises);
