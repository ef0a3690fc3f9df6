using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations;

/// <summary>What a calibration may move, and which targets it must meet more closely than the preset asks.</summary>
public sealed record CalibrationPlan
{
    /// <summary>What may be moved; at least one.</summary>
    public required ValueList<CalibrationParameter> Parameters { get; init => field = Require.NotEmpty(value); }

    /// <summary>Narrower limits of targets, by name; none by default.</summary>
    public ValueList<TargetLimits> Limits { get; init => field = Require.NotNull(value); } = [];

    /// <summary>A preset whose targets have these limits.</summary>
    /// <param name="preset">The preset.</param>
    /// <returns>The preset with changed targets.</returns>
    /// <exception cref="ArgumentException">There is no target of a name, or limits leave the published value out.</exception>
    public Preset ApplyTo(Preset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        foreach (TargetLimits limits in Limits)
        {
            CalibrationTarget target = preset.Targets.FirstOrDefault(t => t.Name == limits.Target)
                ?? throw new ArgumentException($"The preset '{preset.Name}' has no target '{limits.Target}'.", nameof(preset));
            if (!(limits.Minimum <= target.Published && target.Published <= limits.Maximum && limits.Minimum < limits.Maximum))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"The limits {limits.Minimum} to {limits.Maximum} of '{limits.Target}' must hold the published value, {target.Published}, and not be one number."),
                    nameof(preset));
            }
        }

        return preset with
        {
            Targets =
            [
                .. preset.Targets.Select(t => Limits.LastOrDefault(l => l.Target == t.Name) is { } limits
                    ? t with { Minimum = limits.Minimum, Maximum = limits.Maximum }
                    : t),
            ],
        };
    }
}
