using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Calibrations;

/// <summary>VALOR with its open-label extension: early start beside delayed start.</summary>
public static class ValorOpenLabelExtension
{
    /// <summary>Week by which completion of the extension is judged: the middle of the 192 to 276 weeks for which completers were
    /// followed, at a visit.</summary>
    internal const int CompletionWeek = 232;

    private const double SwitchWeek = 28;

    /// <summary>The preset <c>valor-ole</c>: to week 52.</summary>
    public static Preset ToWeek52 { get; } = Make("valor-ole", 52);

    /// <summary>The preset <c>valor-ole-chain</c>: as <see cref="ToWeek52"/>, treatment acting through the chain from dose to function instead of
    /// directly on the rate.</summary>
    public static Preset ThroughChain { get; } = WithChain(ToWeek52);

    /// <summary>The preset <c>valor-ole-148</c>: to week 148.</summary>
    public static Preset ToWeek148 { get; } = Make("valor-ole-148", 148);

    private static Preset Make(string name, int endWeek) => new()
    {
        Scenario = new Scenario
        {
            Name = name,
            Description = "VALOR and its open-label extension: tofersen from the start beside tofersen from week 28, to week "
                + FormattableString.Invariant($"{endWeek}."),
            Population = ValorModel.Population,
            Trajectory = ValorModel.Trajectory,
            Effect = ValorModel.Effect,
            Design = new DelayedStart
            {
                Participants = 108,
                Allocation = new AllocationRatio(2, 1),
                BlockMultiple = 2,
                VisitWeeks = Visits(endWeek),
                SwitchWeeks = SwitchWeek,
            },
            Observation = ValorModel.Observation,
            Endpoints = ValorEndpoints.All,
            AdverseEvents = ValorAdverseEvents.Classes,
            Analyses = [.. Valor.PlaceboControlledAnalyses, .. ExtensionAnalyses(52), .. endWeek > 52 ? ExtensionAnalyses(endWeek) : []],
        },
        Sources =
        [
            .. ValorModel.Sources,
            .. ValorEndpoints.Sources,
            .. ValorAdverseEvents.Sources,
            .. ExtensionSources,
        ],
        Targets =
        [
            .. ValorTargets.PlaceboControlled,
            .. ValorEndpointTargets.PlaceboControlled,
            .. ValorTargets.Extension,
            .. ValorEndpointTargets.Extension,
            .. ValorAdverseEvents.Targets,
        ],
        TargetVisitWeeks = Visits(CompletionWeek),
    };

    private static ParameterSource[] ExtensionSources =>
    [
        ValorModel.Source("design.switchWeeks", SourceKind.Published, "Miller et al. 2022, NEJM 387:1099: 28 weeks"),
        ValorModel.Source("design.entryProbability", SourceKind.Fitted, "95 of 108 entered, about as many as were still in follow-up"),
        ValorModel.Source("design.gapMinimumWeeks", SourceKind.Assumption, "No gap; a gap of 2 to 4 weeks hardly changed the fit"),
        ValorModel.Source("design.gapMaximumWeeks", SourceKind.Assumption, "No gap; a gap of 2 to 4 weeks hardly changed the fit"),
    ];

    private static Preset WithChain(Preset direct) => direct with
    {
        Scenario = direct.Scenario with
        {
            Name = direct.Name + "-chain",
            Description = direct.Scenario.Description + " Treatment acts through the chain from dose to SOD1, neurofilament and rate of decline.",
            Effect = ValorChain.Effect,
            Endpoints = ValorChain.Endpoints,
        },
        Sources = [.. ValorChain.Sources, .. ValorAdverseEvents.Sources, .. ExtensionSources],
    };

    /// <summary>VALOR's visits, then one every 12 weeks.</summary>
    private static ValueList<double> Visits(int endWeek)
    {
        var visits = ValorModel.ValorVisits.ToList();
        for (double week = SwitchWeek + 12; week <= endWeek; week += 12)
        {
            visits.Add(week);
        }

        return [.. visits];
    }

    private static IEnumerable<IAnalysis> ExtensionAnalyses(int week) =>
    [
        new Ancova
        {
            Name = FormattableString.Invariant($"ancova-{week}"), Week = week, Covariates = Valor.NeurofilamentCovariates,
        },
        new JointRank
        {
            Name = FormattableString.Invariant($"joint-rank-{week}"), Week = week, Covariates = Valor.NeurofilamentCovariates,
        },
        new SlopeAnalysis
        {
            Name = FormattableString.Invariant($"slopes-{week}"),
            ThroughWeek = week,
            MinimumVisits = Valor.MinimumVisits,
            Covariates = [Covariates.Stratum],
        },
        new LogRank
        {
            Name = FormattableString.Invariant($"log-rank-{week}"),
            ThroughWeek = week,
            Events = Valor.Composite,
            StratifyBy = [Covariates.Stratum],
        },
    ];
}
