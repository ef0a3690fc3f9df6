using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios;

/// <summary>One set of assumptions: who enrols, how the disease runs, what treatment does, how the trial is run, what is
/// recorded, and how it is analysed.</summary>
/// <remarks>Thread safety: immutable. Two scenarios that say the same are equal.</remarks>
public sealed record Scenario
{
    /// <summary>Name, in reports and results.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>What the scenario stands for, in a sentence or two.</summary>
    public string Description { get; init => field = Require.NotNull(value); } = "";

    /// <summary>Who enrols.</summary>
    public required IPopulationModel Population { get; init => field = Require.NotNull(value); }

    /// <summary>The latent course without treatment.</summary>
    public required ITrajectoryModel Trajectory { get; init => field = Require.NotNull(value); }

    /// <summary>What treatment does to it; <see cref="NoEffect"/> for the null hypothesis.</summary>
    public ITreatmentEffect Effect { get; init => field = Require.NotNull(value); } = new NoEffect();

    /// <summary>Arms, visits and randomisation.</summary>
    public required TrialDesign Design { get; init => field = Require.NotNull(value); }

    /// <summary>What becomes data, and what ends follow-up.</summary>
    public ObservationModel Observation { get; init => field = Require.NotNull(value); } = new();

    /// <summary>Outcomes besides the ALSFRS-R total; none by default. Their names differ.</summary>
    public ValueList<Endpoint> Endpoints { get; init => field = CheckedEndpoints(value); } = [];

    /// <summary>Classes of adverse events; none by default. Their names differ.</summary>
    public ValueList<AdverseEventClass> AdverseEvents { get; init => field = CheckedAdverseEvents(value); } = [];

    /// <summary>The analyses that a power analysis runs unless it is given others; their names differ.</summary>
    public ValueList<IAnalysis> Analyses { get; init => field = CheckedAnalyses(value); } = [];

    /// <summary>Interim looks, boundaries and a blinded change of the number of participants; null, the default, for a trial without.</summary>
    public SequentialPlan? Sequential { get; init; }

    /// <summary>The shape of this scenario's data.</summary>
    public TrialLayout Layout => new()
    {
        Participants = Design.Participants,
        VisitWeeks = Design.VisitWeeks,
        ArmNames = [.. Design.Arms.Select(a => a.Name)],
        StratumNames = Population.StratumNames,
        Covariates = SimulatedCovariates.Columns(Population.StratumNames, Design),
        Endpoints = [.. Endpoints.Select(e => e.Column), .. Observation.Items is null ? [] : ItemModel.DomainColumns],
        HasItems = Observation.Items is not null,
        AdverseEvents = [.. AdverseEvents.Select(e => e.Column)],
        HasPhenoconversion = Design is PresymptomaticTrial,
    };

    /// <summary>Checks that the parts fit together: the design is possible, visit windows do not overlap, and every analysis
    /// finds its visits, covariates and strata.</summary>
    /// <exception cref="ArgumentException">They do not; the message names what, and what would.</exception>
    public void Validate()
    {
        Design.Validate();
        (Population as PresymptomaticPopulation)?.Validate();
        ValueList<string> names = Require.NotEmpty(Population.StratumNames, nameof(Population));
        if (Population.StratumShares.Count != names.Count || names.Count > byte.MaxValue)
        {
            throw new ArgumentException(
                $"The population names {names.Count} strata and gives {Population.StratumShares.Count} shares; there must be a share for each, and at most 255.",
                nameof(Population));
        }

        if (Math.Abs(Population.StratumShares.Sum() - 1) > 1e-9 || Population.StratumShares.Any(share => !(share >= 0)))
        {
            throw new ArgumentException(
                $"The shares of the strata are {Population.StratumShares}; none may be below 0, and they must sum to 1.",
                nameof(Population));
        }

        if (Design is PresymptomaticTrial != Population is PresymptomaticPopulation
            && (Population is PresymptomaticPopulation || Population is PopulationModel))
        {
            throw new ArgumentException(
                "Carriers without symptoms (a presymptomatic population) and the presymptomatic design go together; one is there without the other.",
                nameof(Population));
        }

        double shortest = double.PositiveInfinity;
        for (int v = 1; v < Design.VisitWeeks.Count; v++)
        {
            shortest = Math.Min(shortest, 7 * (Design.VisitWeeks[v] - Design.VisitWeeks[v - 1]));
        }

        if (2 * Observation.VisitWindowDays >= shortest && Observation.VisitJitterSdDays > 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Visit windows of ±{Observation.VisitWindowDays} days overlap where visits are {shortest} days apart; the window must be below {shortest / 2}."),
                nameof(Observation));
        }

        if (Observation.StopTreatment is { RestartsAtSwitch: true } && Design is not DelayedStart)
        {
            throw new ArgumentException(
                "Treatment is said to restart at the switch, and the design has none; only that of a delayed start has.", nameof(Observation));
        }

        foreach (Endpoint endpoint in Endpoints)
        {
            endpoint.Validate();
            int[] positions = endpoint.Positions(names);
            for (int s = 0; s < names.Count && endpoint is BiomarkerEndpoint; s++)
            {
                CheckNeurofilament((BiomarkerEndpoint)endpoint, positions[s], s);
            }

            foreach (double week in endpoint.VisitWeeks)
            {
                if (!Design.VisitWeeks.Contains(week))
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(Endpoints),
                        week,
                        FormattableString.Invariant(
                            $"Endpoint '{endpoint.Name}' is measured at a visit that is not scheduled; there are weeks {Design.VisitWeeks}."));
                }
            }
        }

        if (Observation.Items is not null && Endpoints.FirstOrDefault(e => ItemModel.DomainNames.Contains(e.Name)) is { } namesake)
        {
            throw new ArgumentException(
                $"An endpoint is called '{namesake.Name}', as a domain of the items is; names must differ.", nameof(Endpoints));
        }

        TrialLayout layout = Layout;
        foreach (IAnalysis analysis in Analyses)
        {
            Require.InRange(analysis.Alpha, double.Epsilon, 1 - 1e-16, nameof(IAnalysis.Alpha));
            Require.NotNull(analysis.CreateWorker(layout), analysis.Name);
        }

        Sequential?.Validate(this);
    }

    // A biomarker without a baseline of its own begins at the participants' neurofilament light.
    private void CheckNeurofilament(BiomarkerEndpoint endpoint, int entry, int stratum)
    {
        double? mean = Population switch
        {
            PopulationModel model => model.Strata[stratum].NeurofilamentLightGeometricMean,
            PresymptomaticPopulation carriers => carriers.NeurofilamentLightGeometricMean,
            _ => null,
        };
        if (endpoint.Strata[entry].GeometricMean is null && mean is { } baseline)
        {
            endpoint.CheckBaseline(baseline);
        }
    }

    private static ValueList<Endpoint> CheckedEndpoints(ValueList<Endpoint>? endpoints)
    {
        Require.Entries(endpoints, nameof(Endpoints));
        string? twice = endpoints!.GroupBy(e => e.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? endpoints!
            : throw new ArgumentException($"Two endpoints are called '{twice}'; names must differ.", nameof(Endpoints));
    }

    private static ValueList<AdverseEventClass> CheckedAdverseEvents(ValueList<AdverseEventClass>? classes)
    {
        Require.Entries(classes, nameof(AdverseEvents));
        string? twice = classes!.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? classes!
            : throw new ArgumentException($"Two classes of adverse events are called '{twice}'; names must differ.", nameof(AdverseEvents));
    }

    private static ValueList<IAnalysis> CheckedAnalyses(ValueList<IAnalysis>? analyses)
    {
        Require.Entries(analyses, nameof(Analyses));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (IAnalysis analysis in analyses!)
        {
            if (!names.Add(analysis.Name))
            {
                throw new ArgumentException($"Two analyses are called '{analysis.Name}'; names must differ.", nameof(Analyses));
            }
        }

        return analyses;
    }
}
