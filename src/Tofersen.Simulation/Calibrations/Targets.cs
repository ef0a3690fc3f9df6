using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Calibrations;

/// <summary>What the presets' targets have in common: a published value with a tolerance on both sides, and means of simulated courses.</summary>
internal static class Targets
{
    /// <summary>A target that accepts the published value within a tolerance.</summary>
    internal static CalibrationTarget Within(
        string name,
        TargetKind kind,
        string unit,
        double published,
        double tolerance,
        string citation,
        Func<CourseSummary, MonteCarloValue> simulated) => new()
        {
            Name = name,
            Kind = kind,
            Unit = unit,
            Published = published,
            Minimum = published - tolerance,
            Maximum = published + tolerance,
            Citation = citation,
            Simulated = simulated,
        };

    /// <summary>Mean with its Monte Carlo error.</summary>
    internal static MonteCarloValue Mean(SampleSummary sample) => new(sample.Mean, sample.MonteCarloError);

    /// <summary>Difference of the mean latent changes, active or early start − control or delayed start.</summary>
    internal static MonteCarloValue Gap(CourseSummary courses, double week, string? stratum = null, string? endpoint = null)
    {
        SampleSummary active = courses.LatentChange(TrialDesign.ActiveArm, week, stratum, endpoint);
        SampleSummary control = courses.LatentChange(TrialDesign.ControlArm, week, stratum, endpoint);
        return new MonteCarloValue(active.Mean - control.Mean, double.Hypot(active.MonteCarloError, control.MonteCarloError));
    }
}
