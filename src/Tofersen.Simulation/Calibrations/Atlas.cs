using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using static Tofersen.Simulation.Calibrations.PresetSources;

namespace Tofersen.Simulation.Calibrations;

/// <summary>ATLAS, tofersen in carriers of rapidly progressive SOD1 variants before symptoms (NCT04856982).</summary>
/// <remarks>The trial has no results yet: targets are of the natural course of neurofilament light before onset, on which its design rests.
/// The effect is that of VALOR's presets on the rate of the disease, before onset as after it: an assumption, and the question of the
/// trial.</remarks>
public static class Atlas
{
    private const string Design = "Benatar et al. 2022, Neurotherapeutics 19:1248 (ATLAS); secondary source";
    private const string Pre = "Benatar et al. 2018 and 2019: raised 6 to 12 months before onset in A4V";
    private const string A4v = "As a4v of the preset sod1-natural-history, whose targets are its slope and survival";
    private const string Judgement = "Judgement; nothing is published";
    private const string Neurofilament = ValorEndpoints.Neurofilament;

    /// <summary>The preset <c>atlas</c>: 30 carriers, tofersen or placebo 1:1 from the rise of neurofilament light, two years.</summary>
    public static Preset Preset { get; } = new()
    {
        Scenario = new Scenario
        {
            Name = "atlas",
            Description = "ATLAS: carriers of rapidly progressive SOD1 variants without symptoms, tofersen or placebo once neurofilament light "
                + "has risen, time to clinically manifest disease, open-label tofersen after it.",
            Population = new PresymptomaticPopulation
            {
                OnsetPerYear = 0.046,
                RunInWeeks = 104,
                NeurofilamentLightGeometricMean = 15,
                NeurofilamentLightLogSd = 0.3,
                OnsetNeurofilamentLightGeometricMean = 130,
                OnsetNeurofilamentLightLogSd = 0.6,
                RiseMeanMonths = 9,
                RiseSdMonths = 2,
                WithinParticipantLogSd = 0.15,
                DeclineRate = Sod1NaturalHistory.A4vStratum.DeclineRate,
                RateCorrelation = 0.5,
                ResidualSd = Sod1NaturalHistory.A4vStratum.ResidualSd,
                EventHazardMultiplier = 1,
                AgeMeanYears = 45,
                AgeSdYears = 12.3,
            },
            Trajectory = new Trajectories.AttenuatedDecline { AttenuationScore = 12 },
            Effect = ValorModel.Effect,
            Design = new PresymptomaticTrial
            {
                Participants = 30,
                VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 64, 76, 88, 104],
            },
            Observation = ValorModel.Observation,
            Endpoints = [Plasma],
            Analyses =
            [
                new EventProportion { Name = "manifest-52", Events = [EventKind.Phenoconversion], ThroughWeek = 52 },
                new LogRank { Name = "log-rank-manifest", Events = [EventKind.Phenoconversion] },
                new RestrictedMeanSurvival { Name = "months-free-of-disease", Events = [EventKind.Phenoconversion], ThroughWeek = 52 },
                new Ancova { Name = "alsfrsr-52", Week = 52, Covariates = [Covariates.LogNeurofilamentLight] },
                new EndpointAnalysis { Endpoint = Neurofilament, Analysis = new Ancova { Week = 24, Covariates = [Covariates.Baseline] } },
            ],
        },
        Sources = [.. Sources()],
        Targets = [.. MakeTargets()],
        TargetVisitWeeks = [0, 24, 52, 104],
    };

    // VALOR's endpoint with the response of its fast participants.
    private static BiomarkerEndpoint Plasma => ValorEndpoints.NeurofilamentEndpoint with
    {
        WithinParticipantLogSd = 0.15,
        Strata = [new BiomarkerStratum { Response = ValorEndpoints.NeurofilamentEndpoint.Strata[0].Response }],
    };

    private static IEnumerable<ParameterSource> Sources() =>
    [
        Derived("population.onsetPerYear", "Hazard at 45 years of an age at onset of 49.7 ± 12.3 (Bali et al. 2017, JNNP 88:99), taken as normal: φ/(12.3 (1 − Φ)) at −0.38"),
        Published("population.runInIntervalWeeks", Design + ": monthly measurements"),
        Assumed("population.runInWeeks", "Two years; " + Judgement),
        Published("population.thresholdPicograms", Design + ": 44 pg/mL"),
        Published("population.risePicograms", Design + ": a rise of 10 pg/mL"),
        Assumed("population.neurofilamentLightGeometricMean", "A third of the threshold, so that few carriers far from onset get there; " + Judgement),
        Assumed("population.neurofilamentLightLogSd", Judgement),
        Assumed("population.onsetNeurofilamentLightGeometricMean", "The evidence sheet's A4V-like participants, set so that VALOR's pooled mean is near 100 pg/mL"),
        Assumed("population.onsetNeurofilamentLightLogSd", "The evidence sheet's A4V-like participants; judgement"),
        Derived("population.riseMeanMonths", Pre),
        Derived("population.riseSdMonths", Pre + ", taken as mean ± 1.5 SD"),
        Assumed("population.withinParticipantLogSd", "Below the 0.2 of patients; " + Judgement),
        Derived("population.declineRate", A4v),
        Derived("population.rateCorrelation", "Witzel et al. 2021, PMC8390195: multivariable R = 0.67; 0.5 in A4V, which is more uniform"),
        Assumed("population.baselineScore", "No symptoms: the full score"),
        Derived("population.residualSd", A4v),
        Assumed("population.eventHazardMultiplier", "As VALOR's fast participants, at these participants' rates"),
        Assumed("population.ageMeanYears", "A few years before the mean age at onset; " + Judgement),
        Assumed("population.ageSdYears", "As at onset, Bali et al. 2017; " + Judgement),
        Assumed("population.maleProbability", Judgement),
        Assumed("trajectory.attenuationScore", "Loss slows near the floor; the evidence sheet's model"),
        .. ValorModel.Sources.Where(s => s.Path.StartsWith("effect.", StringComparison.Ordinal)
            || s.Path.StartsWith("observation.", StringComparison.Ordinal)),
        Assumed("design.participants", "Not in our sources, which give about 150 carriers screened; a fifth of them"),
        Assumed("design.allocation", "1:1; not in our sources"),
        Assumed("design.blockMultiple", "Blocks of 2; not in our sources"),
        Assumed("design.visitWeeks", "Monthly for a year, as in the run-in, then every three months; the published horizon is 12 months"),
        Assumed("design.openLabelDelayWeeks", "Open-label treatment at once on conversion"),
        Assumed("endpoints[0].withinParticipantLogSd", "As in the run-in"),
        Assumed("endpoints[0].strata[0].logSd", "Does not count: the baseline is the participant's neurofilament light"),
        Assumed("endpoints[0].strata[0].driftPerMonth", "None beside the rise before onset"),
        Assumed("endpoints[0].strata[0].driftSdPerMonth", "None beside the rise before onset"),
        Derived("endpoints[0].strata[0].response", "VALOR's fast participants; see the preset valor"),
        Assumed("analyses", "Primary proportion at 12 months as published; the rest is ours"),
    ];

    private static IEnumerable<CalibrationTarget> MakeTargets()
    {
        yield return new CalibrationTarget
        {
            Name = "NfL at randomisation, geometric mean",
            Kind = TargetKind.Biomarkers,
            Unit = "pg/mL",
            Published = 44,
            Minimum = 44,
            Maximum = 88,
            Citation = Design + ": at least 44 pg/mL; accepted to twice that, since measurements are monthly",
            Simulated = courses =>
            {
                SampleSummary log = courses.CompleteScore(TrialDesign.ControlArm, 0, endpoint: Neurofilament);
                double value = Math.Exp(log.Mean);
                return new MonteCarloValue(value, value * log.MonteCarloError);
            },
        };
        yield return new CalibrationTarget
        {
            Name = "placebo, of those who fall ill in two years, within one",
            Kind = TargetKind.Events,
            Published = 1,
            Minimum = 0.9,
            Maximum = 1,
            Citation = "Benatar et al. 2018 and 2019: neurofilament is raised up to 12 months before onset",
            Simulated = courses =>
            {
                MonteCarloValue year = courses.SharePhenoconverted(TrialDesign.ControlArm, 52);
                MonteCarloValue two = courses.SharePhenoconverted(TrialDesign.ControlArm, 104);
                double share = year.Value / two.Value;
                return new MonteCarloValue(
                    share, Math.Sqrt(share * (1 - share) / (two.Value * courses.Participants(TrialDesign.ControlArm))));
            },
        };
    }
}
