using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Ends a trial at one of its visits.</summary>
internal static class ShorterTrial
{
    /// <summary>The scenario without the visits after a week, its analyses moved there.</summary>
    /// <remarks>A delayed-start trial that ends at its switch or before it has no extension: it is the parallel-group trial of its
    /// placebo-controlled period, with the same participants.</remarks>
    internal static Scenario At(Scenario scenario, double week)
    {
        ValueList<double> visits = Until(scenario.Design.VisitWeeks, week);
        ObservationModel observation = scenario.Observation;
        TrialDesign design;
        if (scenario.Design is DelayedStart delayed && week <= delayed.SwitchWeeks)
        {
            design = WithoutExtension(delayed, visits);
            observation = observation.StopTreatment is { RestartsAtSwitch: true } stop
                ? observation with { StopTreatment = stop with { RestartsAtSwitch = false } }
                : observation;
        }
        else
        {
            design = scenario.Design with { VisitWeeks = visits };
        }

        return scenario with
        {
            Design = design,
            Observation = observation,
            Endpoints = [.. scenario.Endpoints.Select(e => e with { VisitWeeks = Until(e.VisitWeeks, week) })],
            Analyses = [.. scenario.Analyses.Select(a => AnalysisEnd.At(a, week))],
            Sequential = null,
        };
    }

    /// <summary>The visits at which everything is measured that an analysis looks at, the baseline aside.</summary>
    internal static IEnumerable<double> Candidates(Scenario scenario, ValueList<string> endpoints) =>
        scenario.Design.VisitWeeks.Skip(1).Where(week => scenario.Endpoints
            .Where(e => endpoints.Contains(e.Name))
            .All(e => e.VisitWeeks.Count == 0 || e.VisitWeeks.Contains(week)));

    private static ParallelGroup WithoutExtension(DelayedStart design, ValueList<double> visits) => new()
    {
        Participants = design.Participants,
        Allocation = design.Allocation,
        BlockMultiple = design.BlockMultiple,
        VisitWeeks = visits,
        Rescue = design.Rescue,
        Enrolment = design.Enrolment,
        ActiveName = design.EarlyName,
        ControlName = design.DelayedName,
    };

    private static ValueList<double> Until(ValueList<double> weeks, double last) => [.. weeks.Where(week => week <= last)];
}
