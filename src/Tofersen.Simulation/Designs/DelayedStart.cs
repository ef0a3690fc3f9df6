using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Designs;

/// <summary>A delayed-start trial: a placebo-controlled period, then an extension in which everybody is treated, so that early
/// start is compared with delayed start.</summary>
/// <remarks>
/// <para>VALOR with its open-label extension is one. At <see cref="SwitchWeeks"/> each participant who is still in follow-up
/// enters the extension with <see cref="EntryProbability"/>; the others end follow-up there. The first open-label dose follows
/// the switch after a gap, drawn once a participant, uniform from <see cref="GapMinimumWeeks"/> to
/// <see cref="GapMaximumWeeks"/>.</para>
/// <para>The gap interrupts the treatment of early starters too, unless <see cref="EarlyStartBridgesGap"/>.</para>
/// </remarks>
public sealed record DelayedStart : TrialDesign
{
    /// <summary>End of the placebo-controlled period and beginning of the extension, in weeks; above 0 and before the last
    /// visit.</summary>
    public required double SwitchWeeks { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>Probability that a participant who is in follow-up at the switch enters the extension.</summary>
    public double EntryProbability { get; init => field = Require.Probability(value); } = 1;

    /// <summary>Shortest gap between the switch and the first open-label dose, in weeks, from 0 to 520.</summary>
    public double GapMinimumWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Longest gap between the switch and the first open-label dose, in weeks, from 0 to 520.</summary>
    public double GapMaximumWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Whether early starters stay on drug through the gap: the last blinded dose covers it.</summary>
    public bool EarlyStartBridgesGap { get; init; }

    /// <summary>Name of the early-start arm.</summary>
    public string EarlyName { get; init => field = Require.Text(value); } = "Early start";

    /// <summary>Name of the delayed-start arm.</summary>
    public string DelayedName { get; init => field = Require.Text(value); } = "Delayed start";

    /// <inheritdoc/>
    public override ValueList<Arm> Arms =>
    [
        new Arm(DelayedName, Exposure(ControlArm, GapMinimumWeeks)),
        new Arm(EarlyName, Exposure(ActiveArm, GapMinimumWeeks)),
    ];

    internal bool GapVaries => GapMaximumWeeks > GapMinimumWeeks;

    /// <summary>Planned intervals on drug of an arm when the gap has a given length.</summary>
    internal ValueList<ExposureInterval> Exposure(int arm, double gapWeeks)
    {
        double switchMonths = StudyTime.MonthsFromWeeks(SwitchWeeks);
        double openLabelMonths = StudyTime.MonthsFromWeeks(SwitchWeeks + gapWeeks);
        if (arm == ControlArm)
        {
            return [new ExposureInterval(openLabelMonths, double.PositiveInfinity)];
        }

        return gapWeeks == 0 || EarlyStartBridgesGap
            ? [new ExposureInterval(0, double.PositiveInfinity)]
            : [new ExposureInterval(0, switchMonths), new ExposureInterval(openLabelMonths, double.PositiveInfinity)];
    }

    internal override void Validate()
    {
        base.Validate();
        if (SwitchWeeks >= EndWeeks)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The switch at week {SwitchWeeks} is not before the last visit, week {EndWeeks}; nobody would be seen on open-label treatment."),
                nameof(SwitchWeeks));
        }

        if (GapMaximumWeeks < GapMinimumWeeks)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The longest gap, {GapMaximumWeeks} weeks, is below the shortest, {GapMinimumWeeks} weeks."),
                nameof(GapMaximumWeeks));
        }

        RequireDifferent(EarlyName, DelayedName, nameof(EarlyName));
    }
}
