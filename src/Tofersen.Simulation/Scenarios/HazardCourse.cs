namespace Tofersen.Simulation.Scenarios;

/// <summary>What the hazards of one participant follow, at the course times.</summary>
/// <param name="scores">Latent scores, the grid first.</param>
/// <param name="logRateMultiplier">ln(1 − E).</param>
/// <param name="logHazardShift">Shift of the log hazards; empty for none.</param>
/// <param name="progressionFromWeeks">Time before which no event that depends on progression happens: that of onset; 0 where there is none.</param>
internal readonly ref struct HazardCourse(
    ReadOnlySpan<double> scores, ReadOnlySpan<double> logRateMultiplier, ReadOnlySpan<double> logHazardShift, double progressionFromWeeks)
{
    internal ReadOnlySpan<double> Scores { get; } = scores;

    internal ReadOnlySpan<double> LogRateMultiplier { get; } = logRateMultiplier;

    internal ReadOnlySpan<double> LogHazardShift { get; } = logHazardShift;

    internal double ProgressionFromWeeks { get; } = progressionFromWeeks;
}
