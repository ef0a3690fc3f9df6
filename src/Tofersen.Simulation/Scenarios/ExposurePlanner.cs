using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Plans a participant's exposure: the arm's intervals, with the participant's own gap where it varies, whether the
/// extension is entered, and open-label treatment after phenoconversion.</summary>
internal sealed class ExposurePlanner(TrialDesign design)
{
    private readonly DelayedStart? _delayedStart = design as DelayedStart;
    private readonly PresymptomaticTrial? _presymptomatic = design as PresymptomaticTrial;
    private readonly ValueList<ExposureInterval>[] _planned = [.. design.Arms.Select(a => a.Exposure)];

    /// <summary>Planned end of treatment in the arm that has it longest, in months; infinite where it goes on.</summary>
    internal double TreatmentEndMonths { get; } = design.Arms.Max(a => a.Exposure.Count > 0 ? a.Exposure[^1].StopMonths : 0);

    internal double SwitchMonths { get; } =
        StudyTime.MonthsFromWeeks((design as DelayedStart)?.SwitchWeeks ?? design.EndWeeks);

    internal (int Intervals, bool EntersExtension) Plan(
        StreamKey key, int p, in Participant participant, int arm, Span<ExposureInterval> exposure)
    {
        ReadOnlySpan<ExposureInterval> planned = _planned[arm].AsSpan();
        planned.CopyTo(exposure);
        if (_presymptomatic is { TreatsConverters: true } && arm == TrialDesign.ControlArm && participant.MonthsToOnset > 0)
        {
            // Without treatment the disease age is the time since randomisation.
            double months = participant.MonthsToOnset + StudyTime.MonthsFromWeeks(_presymptomatic.OpenLabelDelayWeeks);
            exposure[0] = new ExposureInterval(months, double.PositiveInfinity);
            return (1, true);
        }

        if (_delayedStart is null || (_delayedStart.EntryProbability >= 1 && !_delayedStart.GapVaries))
        {
            return (planned.Length, true);
        }

        // Both are drawn whatever the arm, so that changing the one never moves the other.
        TrialRandom random = key.Open(p, DrawPurpose.Exposure);
        bool enters = random.NextUniform() < _delayedStart.EntryProbability;
        double gapShare = random.NextUniform();
        if (_delayedStart.GapVaries && !(arm == TrialDesign.ActiveArm && _delayedStart.EarlyStartBridgesGap))
        {
            double gapWeeks = _delayedStart.GapMinimumWeeks
                + (gapShare * (_delayedStart.GapMaximumWeeks - _delayedStart.GapMinimumWeeks));
            double openLabelMonths = SwitchMonths + StudyTime.MonthsFromWeeks(gapWeeks);
            int last = 0;
            if (arm == TrialDesign.ActiveArm)
            {
                exposure[last++] = new ExposureInterval(0, SwitchMonths);
            }

            exposure[last++] = new ExposureInterval(openLabelMonths, double.PositiveInfinity);
            return (last, enters);
        }

        return (planned.Length, enters);
    }
}
