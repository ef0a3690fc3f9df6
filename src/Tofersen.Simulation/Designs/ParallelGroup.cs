using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Designs;

/// <summary>A parallel-group trial: each arm keeps its treatment, active or placebo, to the end.</summary>
public sealed record ParallelGroup : TrialDesign
{
    /// <summary>Weeks on drug from randomisation, above 0, at most 2,000; to the end of follow-up by default.</summary>
    public double? TreatmentWeeks { get; init => field = value is { } weeks ? Require.Above(weeks, 0, 2_000) : null; }

    /// <summary>Name of the active arm.</summary>
    public string ActiveName { get; init => field = Require.Text(value); } = "Tofersen";

    /// <summary>Name of the control arm.</summary>
    public string ControlName { get; init => field = Require.Text(value); } = "Placebo";

    /// <inheritdoc/>
    public override ValueList<Arm> Arms =>
    [
        new Arm(ControlName, []),
        new Arm(ActiveName,
        [
            new ExposureInterval(
                0, TreatmentWeeks is { } weeks ? StudyTime.MonthsFromWeeks(weeks) : double.PositiveInfinity),
        ]),
    ];

    internal override void Validate()
    {
        base.Validate();
        RequireDifferent(ActiveName, ControlName, nameof(ActiveName));
    }
}
