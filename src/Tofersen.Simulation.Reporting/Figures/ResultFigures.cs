using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>The figures that a power analysis calls for.</summary>
public static class ResultFigures
{
    /// <summary>Number of replicates whose estimates are shown, unless there are fewer.</summary>
    public const int EstimateReplicates = 1_000;

    /// <summary>Makes them: power, mean courses and differences of the ALSFRS-R and of each endpoint that was collected, single participants and Kaplan–Meier curves of the first replicate,
    /// and the distribution of estimates.</summary>
    /// <remarks>Single participants and estimates are simulated anew, with the numbers that the run had.</remarks>
    /// <param name="result">The result.</param>
    /// <param name="estimates">The estimates of some replicates; drawn with <see cref="EstimateReplicates"/> where null.</param>
    /// <param name="parallelism">Number of threads for drawing them, from 1 to 1,024; as many as processors where null. It changes no number.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The figures, in the order in which a reader wants them; those of courses are missing where none were collected, and those of power where there are no analyses.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static ValueList<Figure> Of(PowerResult result, EstimateSample? estimates = null, int? parallelism = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        var figures = new List<Figure>();
        if (result.Analyses.Count > 0)
        {
            figures.Add(PowerFigures.ByAnalysis(result));
        }

        Scenario scenario = result.Scenario;
        TrialData data = new TrialSimulator(scenario).Simulate(result.Seed, replicate: 0, cancellation);
        if (result.Courses is { } courses)
        {
            foreach (string? endpoint in (string?[])[null, .. courses.Layout.Endpoints.Select(e => e.Name)])
            {
                figures.Add(CourseFigures.MeanChange(result, endpoint));
                if (HasBothArms(courses))
                {
                    figures.Add(CourseFigures.Gap(result, endpoint));
                }
            }
        }

        figures.Add(CourseFigures.Individuals(data));
        figures.Add(SurvivalFigures.KaplanMeier(
            data, data.Layout.HasPhenoconversion ? [EventKind.Phenoconversion] : [EventKind.Death, EventKind.PermanentVentilation], result.Courses));
        if (result.Analyses.Any(a => a.Analysed > 1))
        {
            EstimateSample sample = estimates
                ?? EstimateSample.Draw(scenario, result.Seed, Math.Min(EstimateReplicates, result.Replicates), parallelism, cancellation);
            if (sample.Analyses.Any(a => a.Values.Count(double.IsFinite) > 1))
            {
                figures.Add(PowerFigures.Estimates(sample, result));
            }
        }

        if (result.Courses is { } collected && PresetOf(scenario, collected) is { } preset)
        {
            figures.Add(CheckFigures.Forest([.. preset.Targets.Select(t => new CalibrationResult(t, t.Simulated(collected)))], scenario.Name));
        }

        return [.. figures];
    }

    private static bool HasBothArms(CourseSummary courses) =>
        courses.Participants(TrialDesign.ControlArm) > 0
        && Enumerable.Range(1, courses.Layout.ArmNames.Count - 1).Any(a => courses.Participants(a) > 0);

    // A preset as it is, with everything collected and visits where its targets look.
    private static Preset? PresetOf(Scenario scenario, CourseSummary courses) => Presets.All.FirstOrDefault(p =>
        p.Scenario.Equals(scenario)
        && p.TargetVisitWeeks.All(w => courses.Layout.VisitWeeks.Contains(w))
        && courses.Layout.Endpoints.Count == scenario.Endpoints.Count
        && courses.Layout.AdverseEvents.Count == scenario.AdverseEvents.Count);
}
