using Tofersen.Simulation.Designs;

namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>A look at the end of the placebo-controlled period of a delayed-start trial: when the last participant who enrols has come to
/// the visit at the switch, or would have.</summary>
public sealed record FirstPeriodTiming : LookTiming
{
    internal override void Validate(Scenario scenario, SequentialPlan plan)
    {
        if (scenario.Design is not DelayedStart design)
        {
            throw new ArgumentException(
                "A look at the end of the first period needs a delayed-start design; no other has a first period.", nameof(SequentialLook.Timing));
        }

        if (!design.VisitWeeks.Any(week => Math.Abs(week - design.SwitchWeeks) < 1e-9))
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"A look at the end of the first period needs a visit at the switch, week {design.SwitchWeeks}; there are weeks {design.VisitWeeks}."),
                nameof(SequentialLook.Timing));
        }
    }
}
