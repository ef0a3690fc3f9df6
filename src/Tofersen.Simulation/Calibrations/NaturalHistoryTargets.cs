using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Kinds of target that natural histories have in common; each accepts the published value within a tolerance.</summary>
internal static class NaturalHistoryTargets
{
    internal static ValueList<EventKind> Death => [EventKind.Death];

    /// <summary>Mean slope of everybody's latent score from baseline to a visit.</summary>
    internal static CalibrationTarget Slope(
        string name, double published, double tolerance, double week, string? stratum, string citation) =>
        Targets.Within(name, TargetKind.Function, "points a month", published, tolerance, citation, courses =>
        {
            SampleSummary change = courses.LatentChange(TrialDesign.ControlArm, week, stratum);
            double months = StudyTime.MonthsFromWeeks(week);
            return new MonteCarloValue(change.Mean / months, change.MonteCarloError / months);
        });

    /// <summary>Mean score as written down at a visit.</summary>
    internal static CalibrationTarget Score(
        string name, double published, double tolerance, double week, string stratum, string citation) =>
        Targets.Within(
            name,
            TargetKind.Function,
            "points",
            published,
            tolerance,
            citation,
            courses => Targets.Mean(courses.CompleteScore(TrialDesign.ControlArm, week, stratum)));

    /// <summary>Standard deviation of the score as written down at a visit.</summary>
    internal static CalibrationTarget ScoreSd(
        string name, double published, double tolerance, double week, string stratum, string citation) =>
        Targets.Within(name, TargetKind.Spread, "points", published, tolerance, citation, courses =>
        {
            SampleSummary score = courses.CompleteScore(TrialDesign.ControlArm, week, stratum);

            // Normal approximation to the error of a standard deviation.
            double sd = score.StandardDeviation;
            return new MonteCarloValue(sd, sd / Math.Sqrt(2.0 * score.Count));
        });

    /// <summary>Survival to a week after randomisation.</summary>
    internal static CalibrationTarget Survival(
        string name, double published, double tolerance, int arm, int week, string stratum, string citation) =>
        Targets.Within(
            name, TargetKind.Events, "", published, tolerance, citation, courses => courses.EventFree(arm, week, Death, stratum));

    /// <summary>Survival to a month after symptom onset, of the cohort as it enrolled.</summary>
    internal static CalibrationTarget SurvivalSinceOnset(
        string name, double published, double tolerance, int months, string? stratum, string citation) =>
        Targets.Within(
            name,
            TargetKind.Events,
            "",
            published,
            tolerance,
            citation,
            courses => courses.EventFreeSinceOnset(TrialDesign.ControlArm, months, Death, stratum, fromEntry: false));

    /// <summary>Ratio of the cumulative hazards of death to a week, active to control: the hazard ratio where hazards are
    /// proportional.</summary>
    internal static CalibrationTarget HazardRatio(
        string name, double published, double minimum, double maximum, int week, string stratum, string citation) => new()
        {
            Name = name,
            Kind = TargetKind.Events,
            Published = published,
            Minimum = minimum,
            Maximum = maximum,
            Citation = citation,
            Simulated = courses =>
            {
                MonteCarloValue active = courses.EventFree(TrialDesign.ActiveArm, week, Death, stratum);
                MonteCarloValue control = courses.EventFree(TrialDesign.ControlArm, week, Death, stratum);
                double ratio = Math.Log(active.Value) / Math.Log(control.Value);
                double relative = double.Hypot(
                    active.MonteCarloError / (active.Value * Math.Log(active.Value)),
                    control.MonteCarloError / (control.Value * Math.Log(control.Value)));
                return new MonteCarloValue(ratio, ratio * relative);
            },
        };
}
