using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>What the presets' targets have in common: a published value with a tolerance on both sides, and means of simulated courses.</summary>
internal static class Targets
{
    /// <summary>Every end of follow-up but its planned one.</summary>
    internal static ValueList<EventKind> AllEnds =>
    [
        EventKind.Death, EventKind.PermanentVentilation, EventKind.WithdrawalForProgression, EventKind.OtherWithdrawal,
        EventKind.ExtensionNotEntered,
    ];

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

    /// <summary>Ratio of the geometric mean at a visit to that at baseline, of everybody's latent values.</summary>
    internal static MonteCarloValue Ratio(CourseSummary courses, int arm, double week, string endpoint, string? stratum = null)
    {
        SampleSummary change = courses.LatentChange(arm, week, stratum, endpoint);
        double ratio = Math.Exp(change.Mean);
        return new MonteCarloValue(ratio, ratio * change.MonteCarloError);
    }

    /// <summary>Share of all the randomised whose follow-up ended in one of some ways by a week.</summary>
    internal static MonteCarloValue ShareEnded(CourseSummary courses, int week, ValueList<EventKind> kinds)
    {
        double ended = 0;
        double all = 0;
        for (int arm = 0; arm < courses.Layout.ArmNames.Count; arm++)
        {
            double participants = courses.Participants(arm);
            ended += participants * courses.ShareEnded(arm, week, kinds).Value;
            all += participants;
        }

        return MonteCarloValue.OfShare(ended, all);
    }

    /// <summary>Difference of the mean latent changes, active or early start − control or delayed start.</summary>
    internal static MonteCarloValue Gap(CourseSummary courses, double week, string? stratum = null, string? endpoint = null)
    {
        SampleSummary active = courses.LatentChange(TrialDesign.ActiveArm, week, stratum, endpoint);
        SampleSummary control = courses.LatentChange(TrialDesign.ControlArm, week, stratum, endpoint);
        return new MonteCarloValue(active.Mean - control.Mean, double.Hypot(active.MonteCarloError, control.MonteCarloError));
    }
}
