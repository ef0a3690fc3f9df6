using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Calibrations;

/// <summary>ALS without regard to genes: the participants of four bodies of trials, and riluzole and edaravone as
/// comparators.</summary>
/// <remarks>The strata are populations of their own, since trials enrolled very different ones: the broad PRO-ACT pool, CENTAUR
/// (recent, definite, fast), the confirmatory edaravone trial (early, high scores) and the riluzole trials. Arms differ by riluzole,
/// which acts on survival alone, so that function is the natural history in both.</remarks>
public static class GeneralAls
{
    /// <summary>The preset <c>general-als</c>: riluzole or placebo, 100 participants of each population, two years.</summary>
    public static Preset Preset { get; } = new()
    {
        Scenario = new Scenario
        {
            Name = "general-als",
            Description = "General ALS: the populations of PRO-ACT, CENTAUR, the confirmatory edaravone trial and the riluzole trials; "
                + "riluzole acts on survival, not on the score.",
            Population = GeneralAlsModel.Population,
            Trajectory = new AttenuatedDecline { AttenuationScore = 12 },
            Effect = Riluzole,
            Design = new ParallelGroup
            {
                Participants = 400,
                VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 36, 52, 78, 104],
                ActiveName = "Riluzole",
            },
            Observation = GeneralAlsModel.Observation,
            Analyses =
            [
                new LogRank
                {
                    Name = "log-rank-52",
                    ThroughWeek = 52,
                    Events = NaturalHistoryTargets.Death,
                    StratifyBy = [Covariates.Stratum],
                },
                new CoxRegression
                {
                    Name = "cox-104",
                    ThroughWeek = 104,
                    Events = NaturalHistoryTargets.Death,
                    Covariates = [Covariates.Baseline, Covariates.PreRandomisationSlope],
                    StratifyBy = [Covariates.Stratum],
                },
                new SlopeAnalysis { Name = "slopes-24", ThroughWeek = 24, Covariates = [Covariates.Stratum] },
            ],
        },
        Sources = GeneralAlsModel.Sources,
        Targets = GeneralAlsModel.Targets,
        TargetVisitWeeks = [0, 24, 52, 104],
    };

    /// <summary>The preset <c>general-als-edaravone</c>: edaravone or placebo, 137 participants, 24 weeks.</summary>
    public static Preset EdaravonePreset { get; } = MakeEdaravone();

    /// <summary>Riluzole: no effect on the score, and a ratio of each participant's own hazard that gives 0.84 over the population,
    /// the Cochrane review's ratio (0.698 to 0.997) for death or tracheostomy. The two differ because those at high risk die first
    /// in both arms.</summary>
    internal static ITreatmentEffect Riluzole => new HazardReduction { HazardRatio = 0.8 };

    /// <summary>Edaravone in participants like those of the confirmatory trial: 2.49 of 7.5 points saved in 24 weeks, or 3.0
    /// between the means of those who continued: a little over a third of the rate. An upper end: the first phase 3 trial, in a broader population, saw 0.65 of 6.35 points.</summary>
    internal static ITreatmentEffect Edaravone => new SlopeReduction { MaxReduction = 0.36 };

    private static Preset MakeEdaravone()
    {
        Scenario all = Preset.Scenario;
        var population = (PopulationModel)all.Population;
        return new Preset
        {
            Scenario = all with
            {
                Name = "general-als-edaravone",
                Description = "General ALS: edaravone or placebo for 24 weeks in participants like those of the confirmatory trial, early in the "
                    + "disease and declining.",
                Population = population with { Strata = [population.Strata[GeneralAlsModel.ConfirmatoryStratum]] },
                Effect = Edaravone,
                Design = new ParallelGroup { Participants = 137, VisitWeeks = [0, 4, 8, 12, 16, 20, 24], ActiveName = "Edaravone" },
                Analyses =
                [
                    new Ancova { Week = 24, Covariates = [Covariates.Baseline] },
                    new Mmrm { Week = 24, Covariates = [Covariates.Baseline] },
                    new SlopeAnalysis { Name = "slopes-24", ThroughWeek = 24 },
                ],
            },
            Sources = GeneralAlsModel.EdaravoneSources,
            Targets = GeneralAlsModel.EdaravoneTargets,
            TargetVisitWeeks = [0, 24],
        };
    }
}
