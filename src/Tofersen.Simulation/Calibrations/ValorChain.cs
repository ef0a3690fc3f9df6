using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Calibrations;

/// <summary>VALOR's treatment through the chain from dose to function, with its sources: SOD1 and neurofilament light follow the doses, and the rate
/// of decline follows neurofilament.</summary>
internal static class ValorChain
{
    private const string Label = "US label";
    private const string Slides = "Time courses of the sponsor slides of October 2021";
    private const string Reduction = "SOD1 falls by 10, 20, 27 and 35 % on 20, 40, 60 and 100 mg: between the ratios of phase 1–2 (NEJM 2020, 383:109), which do not rise with the dose throughout, and VALOR's";
    private const string Judgement = "Judgement; nothing is published";

    internal static ITreatmentEffect Effect { get; } = new DoseToFunction { StratumNeurofilamentFactors = [1.22, 0.86] };

    /// <summary>The preset's endpoints, biomarkers driven by the effect.</summary>
    internal static ValueList<Endpoint> Endpoints { get; } =
    [
        .. ValorEndpoints.All.Select(endpoint => endpoint is BiomarkerEndpoint biomarker
            ? biomarker with { Strata = [.. biomarker.Strata.Select(s => s with { Response = null })] }
            : endpoint),
    ];

    internal static ValueList<ParameterSource> Sources { get; } =
    [
        .. ValorModel.Sources.Where(s => !s.Path.StartsWith("effect.", StringComparison.Ordinal)),
        .. ValorEndpoints.Sources.Where(s => !s.Path.Contains(".response.", StringComparison.Ordinal)),
        Link("regimen.doseMg", SourceKind.Published, Label + ": 100 mg"),
        Link("regimen.loadingDoses", SourceKind.Published, Label + ": three loading doses"),
        Link("regimen.loadingIntervalDays", SourceKind.Published, Label + ": loading doses 14 days apart"),
        Link("regimen.maintenanceIntervalDays", SourceKind.Published, Label + ": one dose every 28 days"),
        Link("regimen.missedProbability", SourceKind.Assumption, "No dose missed; nothing is published"),
        Link("regimen.latenessSdDays", SourceKind.Assumption, "Doses on schedule; nothing is published"),
        Link("regimen.reloadAfterPauseDays", SourceKind.Assumption, "Judgement; the preset has no pause"),
        Link("csfHalfLifeWeeks", SourceKind.Published, Label + " digests: effective half-life in cerebrospinal fluid of about four weeks"),
        Link("tissueHalfLifeWeeks", SourceKind.Fitted, Slides + ": SOD1 at week 8, neurofilament at weeks 8 and 16"),
        Link("sod1HalfLifeWeeks", SourceKind.Derived, "16 days for wild-type SOD1 in rat spinal cord; secondary source"),
        Link("neurofilamentHalfLifeWeeks", SourceKind.Fitted, Slides + ": neurofilament at weeks 8, 16 and 28"),
        Link("maxInhibition", SourceKind.Assumption, Reduction),
        Link("halfMaximalAmountMg", SourceKind.Assumption, Reduction),
        Link("hillExponent", SourceKind.Assumption, Reduction),
        Link("neurofilamentExponent", SourceKind.Fitted, Slides + ": neurofilament at week 28 beside SOD1"),
        Link("stratumNeurofilamentFactors", SourceKind.Fitted, "Neurofilament at 0.40 of baseline at week 28 in fast and 0.50 in slow participants; sponsor slides of October 2021"),
        Link("delayWeeks", SourceKind.Fitted, "SOD1 falls by week 8, neurofilament by week 16, function separates after week 24; with the exponent of the rate to the published changes"),
        Link("rateExponent", SourceKind.Fitted, "With the delay to the published changes from week 28 to week 148; METHODS.md, from dose to function"),
        Link("exposureLogSd", SourceKind.Assumption, Judgement),
        Link("halfMaximalAmountLogSd", SourceKind.Assumption, Judgement),
        Link("neurofilamentExponentLogSd", SourceKind.Assumption, Judgement + "; log change of neurofilament at week 28 has SD 0.32 to 0.60"),
        Link("rateExponentLogSd", SourceKind.Assumption, Judgement),
    ];

    private static ParameterSource Link(string property, SourceKind kind, string citation) =>
        ValorModel.Source("effect." + property, kind, citation);
}
