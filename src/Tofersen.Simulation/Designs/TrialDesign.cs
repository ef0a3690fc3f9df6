using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs;

/// <summary>What every trial design says: how many participants, how they are allocated, when they are seen.</summary>
/// <remarks>The control (or delayed-start) arm is at position 0, the active (or early-start) arm at position 1; a dose-ranging trial has
/// further active arms after it.</remarks>
public abstract record TrialDesign
{
    /// <summary>Position of the control or delayed-start arm in <see cref="Arms"/>.</summary>
    public const int ControlArm = 0;

    /// <summary>Position of the active or early-start arm in <see cref="Arms"/>.</summary>
    public const int ActiveArm = 1;

    private const double LongestEnrolmentWeeks = 10_000;

    private protected TrialDesign()
    {
    }

    /// <summary>Number of randomised participants, from 2 to 1,000,000.</summary>
    public required int Participants { get; init => field = Require.InRange(value, 2, 1_000_000); }

    /// <summary>Planned allocation, active to control; 1:1 by default.</summary>
    public AllocationRatio Allocation { get; init; } = new(1, 1);

    /// <summary>How many times the terms of the ratio make a block, from 1 to 100: with 2:1 and 2, blocks of 6.</summary>
    public int BlockMultiple { get; init => field = Require.InRange(value, 1, 100); } = 1;

    /// <summary>Scheduled visits, in weeks since randomisation: the first is 0 (baseline), the others rise, up to 2,000
    /// weeks; at least two, at most 200.</summary>
    public required ValueList<double> VisitWeeks { get; init => field = CheckedVisits(value); }

    /// <summary>When participants of the control arm may begin drug early; null, the default, for never.</summary>
    public RescueRule? Rescue { get; init; }

    /// <summary>How participants enrol over calendar time; null, the default, for all at once. Where given, they are randomised in the order in
    /// which they enter.</summary>
    public Enrolment? Enrolment { get; init; }

    /// <summary>The arms: control at position 0, active at position 1, and further active ones.</summary>
    public abstract ValueList<Arm> Arms { get; }

    /// <summary>End of planned follow-up, in weeks: the last visit.</summary>
    public double EndWeeks => VisitWeeks[^1];

    /// <summary>Number of participants in a full block.</summary>
    public int BlockSize => (Allocation.Active + Allocation.Control) * BlockMultiple;

    /// <summary>Checks what no single property can.</summary>
    /// <exception cref="ArgumentException">The properties contradict each other; the message names them.</exception>
    internal virtual void Validate()
    {
        if (Participants < Allocation.Active + Allocation.Control)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{Participants} participants at {Allocation} may leave an arm with nobody; at least {Allocation.Active + Allocation.Control} are needed."),
                nameof(Participants));
        }

        if (Enrolment?.WeekOf(1, Participants) is > LongestEnrolmentWeeks and var weeks)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"At these rates it takes {Math.Round(weeks)} weeks to enrol {Participants} participants; at most {LongestEnrolmentWeeks} are simulated."),
                nameof(Enrolment));
        }
    }

    /// <summary>Checks that the names of two arms differ.</summary>
    private protected static void RequireDifferent(string first, string second, string parameter)
    {
        if (first == second)
        {
            throw new ArgumentException($"Both arms are called '{first}'; names must differ.", parameter);
        }
    }

    private static ValueList<double> CheckedVisits(ValueList<double>? visits)
    {
        Require.NotNull(visits, nameof(VisitWeeks));
        if (visits!.Count is < 2 or > 200)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Holds {visits.Count} visits; must hold from 2 to 200."), nameof(VisitWeeks));
        }

        if (visits[0] != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(VisitWeeks), visits[0], "The first visit must be the baseline, week 0.");
        }

        return Require.Rising(visits, 0, 2_000, nameof(VisitWeeks));
    }
}
