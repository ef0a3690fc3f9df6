using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tool;

/// <summary>What in a valid scenario does nothing, or not what it seems to: combinations that are possible and hardly meant.</summary>
internal static class ScenarioNotes
{
    /// <summary>Notes, each with the path of what it is about; none for a scenario without surprises.</summary>
    internal static IEnumerable<string> Of(Scenario scenario)
    {
        TrialDesign design = scenario.Design;
        ObservationModel observation = scenario.Observation;
        if (scenario.Analyses.Count == 0)
        {
            yield return "$.analyses: there are none, so that 'power' has nothing to do.";
        }

        if (scenario.Sequential is not null && design.Enrolment is null)
        {
            yield return "$.sequential: the design has no enrolment; everybody enters at once, and no look saves a participant.";
        }

        if (design is DoseRanging && !Uses<DoseToFunction>(scenario.Effect))
        {
            yield return "$.design.cohorts: doses matter to the effect doseToFunction alone; with another effect all cohorts are treated the same.";
        }

        if (design.Rescue is not null && IsNone(scenario.Effect))
        {
            yield return "$.design.rescue: treatment has no effect, so that rescue changes no course.";
        }

        if (observation.StopTreatment is not null && IsNone(scenario.Effect))
        {
            yield return "$.observation.stopTreatment: treatment has no effect, so that stopping it changes no course.";
        }

        if (scenario.Effect is SlopeReduction { LagWeeks: var lag } && lag >= design.EndWeeks)
        {
            yield return FormattableString.Invariant($"$.effect.lagWeeks: treatment acts from week {lag} on, and follow-up ends at week {design.EndWeeks}; nobody is seen under its effect.");
        }
        else if (scenario.Effect is SlopeReduction { LagWeeks: var before, Fading: { } fading } && before + fading.AfterWeeks >= design.EndWeeks)
        {
            yield return FormattableString.Invariant($"$.effect.fading: it begins {fading.AfterWeeks} weeks after treatment begins to act, and follow-up ends at week {design.EndWeeks}; nothing fades in it.");
        }

        if (TreatmentWeeksOf(design) is { } treatment && treatment > design.EndWeeks)
        {
            yield return FormattableString.Invariant($"$.design.treatmentWeeks: treatment of {treatment} weeks is longer than follow-up, whose last visit is week {design.EndWeeks}; the rest does nothing.");
        }

        if (Allocations.Describe(design) is { } allocation)
        {
            yield return $"$.design.participants: {allocation}";
        }

        if (Uses<HazardReduction>(scenario.Effect) && observation.Events.Count == 0)
        {
            yield return "$.effect: it acts on the hazards of events, and $.observation.events has none.";
        }

        if (observation is { VisitWindowDays: > 0, VisitJitterSdDays: 0 })
        {
            yield return "$.observation.visitWindowDays: visits are on their days, since visitJitterSdDays is 0; the window does nothing.";
        }

        if (scenario.Population is PopulationModel { Strata: var strata })
        {
            for (int s = 0; s < strata.Count; s++)
            {
                if (strata[s].EventHazardMultiplier != 1 && observation.Events.Count == 0)
                {
                    yield return FormattableString.Invariant(
                        $"$.population.strata[{s}].eventHazardMultiplier: $.observation.events has none for it to multiply.");
                }
            }
        }

        foreach (string note in OfAnalyses(scenario))
        {
            yield return note;
        }
    }

    private static IEnumerable<string> OfAnalyses(Scenario scenario)
    {
        for (int a = 0; a < scenario.Analyses.Count; a++)
        {
            if (scenario.Analyses[a] is EstimandAnalysis { Strategies: var strategies })
            {
                if (strategies.TreatmentStop != EventStrategy.TreatmentPolicy && scenario.Observation.StopTreatment is null)
                {
                    yield return FormattableString.Invariant($"$.analyses[{a}].strategies.treatmentStop: nobody stops treatment; there is no $.observation.stopTreatment.");
                }

                if (strategies.Rescue != EventStrategy.TreatmentPolicy && scenario.Design.Rescue is null)
                {
                    yield return FormattableString.Invariant($"$.analyses[{a}].strategies.rescue: nobody is rescued; there is no $.design.rescue.");
                }
            }
        }
    }

    private static double? TreatmentWeeksOf(TrialDesign design) => design switch
    {
        ParallelGroup d => d.TreatmentWeeks,
        DoseRanging d => d.TreatmentWeeks,
        _ => null,
    };

    private static bool IsNone(ITreatmentEffect effect) =>
        effect is NoEffect or CombinedEffect { OnRate: NoEffect, OnScore: NoEffect };

    private static bool Uses<T>(ITreatmentEffect effect)
        where T : ITreatmentEffect =>
        effect is T || (effect is CombinedEffect both && (Uses<T>(both.OnRate) || Uses<T>(both.OnScore)));
}
