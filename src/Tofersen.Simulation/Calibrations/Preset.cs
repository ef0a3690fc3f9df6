using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Calibrations;

/// <summary>A named scenario with the source of every number and the published results that it should reproduce.</summary>
public sealed record Preset
{
    /// <summary>Name on the command line, such as <c>valor-ole</c>.</summary>
    public string Name => Scenario.Name;

    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init => field = Require.NotNull(value); }

    /// <summary>Where the numbers come from.</summary>
    public required ValueList<ParameterSource> Sources { get; init => field = Require.NotEmpty(value); }

    /// <summary>The published results.</summary>
    public required ValueList<CalibrationTarget> Targets { get; init => field = Require.NotEmpty(value); }

    /// <summary>Visits that the targets need, in weeks; the scenario's own where they suffice.</summary>
    public required ValueList<double> TargetVisitWeeks { get; init => field = Require.NotEmpty(value); }

    /// <summary>Puts simulated values beside the published ones.</summary>
    /// <param name="scenario">The scenario to check; the preset's own where null, or a changed one with the same arms and
    /// strata. It is followed for as long as the targets need.</param>
    /// <param name="options">Replicates, seed, threads.</param>
    /// <param name="progress">Told how far the run has come.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>One entry for each target, in order.</returns>
    /// <exception cref="ArgumentException">The scenario has other arms, strata or periods than the targets.</exception>
    public ValueList<CalibrationResult> Check(
        Scenario? scenario = null,
        RunOptions? options = null,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        Scenario followed = (scenario ?? Scenario) with { Analyses = [], Sequential = null };
        followed = followed with { Design = followed.Design with { VisitWeeks = TargetVisitWeeks } };
        if (!followed.Layout.StratumNames.Equals(Scenario.Layout.StratumNames)
            || followed.Design.GetType() != Scenario.Design.GetType()
            || (followed.Design as DelayedStart)?.SwitchWeeks != (Scenario.Design as DelayedStart)?.SwitchWeeks
            || (followed.Design is DoseRanging && !followed.Layout.ArmNames.Equals(Scenario.Layout.ArmNames)))
        {
            throw new ArgumentException(
                $"The targets of '{Name}' need its strata ({string.Join(", ", Scenario.Layout.StratumNames)}), its kind of design, its switch and its doses.",
                nameof(scenario));
        }

        RunOptions run = (options ?? new RunOptions()) with { CollectCourses = true, CollectEndpoints = true };
        PowerResult result = PowerAnalysis.Run(followed, analyses: null, run, progress, cancellation);
        return [.. Targets.Select(t => new CalibrationResult(t, t.Simulated(result.Courses!)))];
    }
}
