using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios.Sequential;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of sequential plans: looks, information, a change of the number of participants.</summary>
internal static class SequentialPlanShapes
{
    private static readonly NumberShape Week = new(0, 2_000, aboveMinimum: true);

    private static readonly GroupSequentialDesign OneLook = new() { InformationFractions = [1], Efficacy = new ObrienFleming() };

    private static readonly UnionShape<LookTiming> Timing = new UnionShape<LookTiming>("lookTiming", "type")
        .Case(new RecordShape<CalendarTiming>("calendar", new CalendarTiming { Weeks = 1 }, "calendarTiming")
            .Number("weeks", x => x.Weeks, (x, v) => x with { Weeks = v }, 0, 2e4, aboveMinimum: true, required: true))
        .Case(new RecordShape<InformationTiming>("information", new InformationTiming(), "informationTiming"))
        .Case(new RecordShape<FirstPeriodTiming>("firstPeriod", new FirstPeriodTiming(), "firstPeriodTiming"));

    private static readonly UnionShape<TrialInformation> Information = new UnionShape<TrialInformation>("trialInformation", "type")
        .Case(new RecordShape<VisitInformation>("visit", new VisitInformation { Week = 1 }, "visitInformation")
            .Number("week", x => x.Week, (x, v) => x with { Week = v }, 0, 2_000, aboveMinimum: true, required: true))
        .Case(new RecordShape<EventInformation>("events", new EventInformation { Planned = 1 }, "eventInformation")
            .Integer("planned", x => x.Planned, (x, v) => x with { Planned = v }, 1, 1_000_000, required: true)
            .Add("events", new ListShape<EventKind>(new ChoiceShape<EventKind>()), x => x.Events, (x, v) => x with { Events = v }))
        .Case(new RecordShape<StatisticalInformation>("statistical", new StatisticalInformation { Maximum = 1 }, "statisticalInformation")
            .Number("maximum", x => x.Maximum, (x, v) => x with { Maximum = v }, 0, 1e12, aboveMinimum: true, required: true)
            .Integer("minimumParticipants", x => x.MinimumParticipants, (x, v) => x with { MinimumParticipants = v }, 2, 1_000_000)
            .Number("monitoringWeeks", x => x.MonitoringWeeks, (x, v) => x with { MonitoringWeeks = v }, 0.5, 520));

    private static readonly RecordShape<SequentialLook> Look =
        new RecordShape<SequentialLook>("sequentialLook", new SequentialLook { Timing = new InformationTiming() })
            .Add("timing", Timing, x => x.Timing, (x, v) => x with { Timing = v }, required: true)
            .AddOptional("analysis", new TextShape(), x => x.Analysis, (x, v) => x with { Analysis = (string)v })
            .AddOptional("followedWeeks", new NumberShape(0, 2_000), x => x.FollowedWeeks, (x, v) => x with { FollowedWeeks = (double)v });

    private static readonly RecordShape<BlindedReestimation> Reestimation =
        new RecordShape<BlindedReestimation>(
            "blindedReestimation",
            new BlindedReestimation { PlannedParticipants = 2, MinimumParticipants = 2, Week = 1, Difference = 1, Power = 0.8 })
            .Integer(
                "plannedParticipants", x => x.PlannedParticipants, (x, v) => x with { PlannedParticipants = v }, 2, 1_000_000, required: true)
            .Integer(
                "minimumParticipants", x => x.MinimumParticipants, (x, v) => x with { MinimumParticipants = v }, 2, 1_000_000, required: true)
            .AddOptional(
                "weeks", new NumberShape(0, 2e4, aboveMinimum: true), x => x.Weeks, (x, v) => x with { Weeks = (double)v })
            .AddOptional(
                "completersShare",
                new NumberShape(0, 1, aboveMinimum: true),
                x => x.CompletersShare,
                (x, v) => x with { CompletersShare = (double)v })
            .Add("week", Week, x => x.Week, (x, v) => x with { Week = v }, required: true)
            .AddOptional("endpoint", new TextShape(), x => x.Endpoint, (x, v) => x with { Endpoint = (string)v })
            .Number("difference", x => x.Difference, (x, v) => x with { Difference = v }, 0, 1e6, aboveMinimum: true, required: true)
            .Number("power", x => x.Power, (x, v) => x with { Power = v }, 0.5, 0.999, required: true)
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5)
            .Number("missingShare", x => x.MissingShare, (x, v) => x with { MissingShare = v }, 0, 0.9)
            .Flag("poolsWithinStrata", x => x.PoolsWithinStrata, (x, v) => x with { PoolsWithinStrata = v })
            .Flag("adjustsForDifference", x => x.AdjustsForDifference, (x, v) => x with { AdjustsForDifference = v });

    internal static RecordShape<SequentialPlan> Plan { get; } =
        new RecordShape<SequentialPlan>("sequentialPlan", new SequentialPlan { Boundaries = OneLook, Analysis = "analysis" })
            .Add("boundaries", SequentialShapes.Design, x => x.Boundaries, (x, v) => x with { Boundaries = v }, required: true)
            .Add("looks", new ListShape<SequentialLook>(Look), x => x.Looks, (x, v) => x with { Looks = v })
            .Text("analysis", x => x.Analysis, (x, v) => x with { Analysis = v }, required: true)
            .AddOptional("information", Information, x => x.Information, (x, v) => x with { Information = (TrialInformation)v })
            .Number("dataLagWeeks", x => x.DataLagWeeks, (x, v) => x with { DataLagWeeks = v }, 0, 520)
            .Flag("obeysFutility", x => x.ObeysFutility, (x, v) => x with { ObeysFutility = v })
            .AddOptional(
                "reestimation", Reestimation, x => x.Reestimation, (x, v) => x with { Reestimation = (BlindedReestimation)v });
}
