using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Designs;

/// <summary>A trial of carriers without symptoms: active or placebo until clinically manifest disease, then open-label treatment for
/// everybody.</summary>
/// <remarks>
/// <para>ATLAS is one. Participants come from a <see cref="Populations.PresymptomaticPopulation"/>. Each has a time to onset without
/// treatment; disease is manifest when the disease age reaches it, so that treatment that slows the disease delays onset. The month is
/// recorded as phenoconversion, without delay of diagnosis.</para>
/// <para>Who converts on placebo begins open-label treatment <see cref="OpenLabelDelayWeeks"/> later; the active arm goes on.</para>
/// </remarks>
public sealed record PresymptomaticTrial : TrialDesign
{
    /// <summary>Weeks from phenoconversion to the first open-label dose, from 0 to 520; 0 by default.</summary>
    public double OpenLabelDelayWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Whether participants on placebo who convert get open-label treatment; they do by default.</summary>
    public bool TreatsConverters { get; init; } = true;

    /// <summary>Name of the active arm.</summary>
    public string ActiveName { get; init => field = Require.Text(value); } = "Tofersen";

    /// <summary>Name of the control arm.</summary>
    public string ControlName { get; init => field = Require.Text(value); } = "Placebo";

    /// <inheritdoc/>
    /// <remarks>The control arm as it is without phenoconversion.</remarks>
    public override ValueList<Arm> Arms =>
    [
        new Arm(ControlName, []),
        new Arm(ActiveName, [new ExposureInterval(0, double.PositiveInfinity)]),
    ];

    internal override void Validate()
    {
        base.Validate();
        RequireDifferent(ActiveName, ControlName, nameof(ActiveName));
    }
}
