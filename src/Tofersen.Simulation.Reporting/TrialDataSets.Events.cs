using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting.DataSets;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Reporting;

/// <content>Times to event and adverse events.</content>
public static partial class TrialDataSets
{
    private static readonly TimeParameter[] TimeParameters =
    [
        new("DEATH", "Time to death (months)", [EventKind.Death]),
        new("DTHPV", "Time to death or permanent ventilation (months)", [EventKind.Death, EventKind.PermanentVentilation]),
        new(
            "PROGCOMP",
            "Time to death, permanent ventilation or withdrawal for progression (months)",
            [EventKind.Death, EventKind.PermanentVentilation, EventKind.WithdrawalForProgression]),
        new("PHENCONV", "Time to clinically manifest disease (months)", [EventKind.Phenoconversion]),
    ];

    private static DataSet Times(TrialData data, string study)
    {
        TimeParameter[] parameters = [.. TimeParameters.Where(t => data.Layout.HasPhenoconversion || !t.Kinds.Contains(EventKind.Phenoconversion))];
        return new ColumnList<Time>().Of(Baseline(data, study), x => x.Participant)
            .Text("PARAMCD", "Parameter Code", x => x.Parameter.Code, [.. parameters.Select(x => new CodedValue(x.Code, x.Name))])
            .Text("PARAM", "Parameter", x => x.Parameter.Name)
            .Number("AVAL", "Analysis Value", x => x.Months, "months", "Time from randomisation to the event or the end of follow-up")
            .Whole("ADY", "Analysis Relative Day", x => Day(x.Months), "days", derivation: "1 is the day of randomisation")
            .Whole("CNSR", "Censor", x => x.Kind is null ? 1 : 0, codes: [new("0", "Event"), new("1", "Censored")])
            .Text("EVNTDESC", "Event or Censoring Description", x => Describe(x.Kind ?? data.FollowUpEnds[x.Participant]), Ends)
            .Number("TRTFRAC", "Share of Follow-up on Drug", x => TreatedFraction(data, x.Participant))
            .Number(
                "CENSMO",
                "Planned End of Follow-up",
                x => Math.Max(data.Layout.EndMonths, data.FollowUpMonths[x.Participant]),
                "months",
                "Potential censoring time, or the end of follow-up where that is later")
            .Make(
                "ADTTE",
                "Time-to-Event Analysis Dataset",
                "One record per participant and parameter",
                ["USUBJID", "PARAMCD"],
                () => parameters.SelectMany(t => Enumerable.Range(0, data.Participants).Select(p => FirstEvent(data, p, t))));
    }

    // The first of some kinds of events; none and the end of follow-up where there was none.
    private static Time FirstEvent(TrialData data, int p, TimeParameter parameter) =>
        parameter.Kinds.Contains(EventKind.Phenoconversion) && double.IsFinite(data.PhenoconversionMonths[p])
            ? new Time(parameter, p, data.PhenoconversionMonths[p], EventKind.Phenoconversion)
            : new Time(parameter, p, data.FollowUpMonths[p], parameter.Kinds.Contains(data.FollowUpEnds[p]) ? data.FollowUpEnds[p] : null);

    // Share of the time in follow-up that was spent on drug.
    private static double TreatedFraction(TrialData data, int p)
    {
        double end = data.FollowUpMonths[p];
        double treated = 0;
        foreach (ExposureInterval interval in data.Exposure(p))
        {
            treated += Math.Max(0, Math.Min(interval.StopMonths, end) - interval.StartMonths);
        }

        return end > 0 ? Math.Min(1, treated / end) : 0;
    }

    private static DataSet? AdverseEvents(TrialData data, string study)
    {
        ValueList<AdverseEventColumn> classes = data.Layout.AdverseEvents;
        return classes.Count == 0 ? null : new ColumnList<Episode>().Of(Identity(data, study), x => x.Participant)
            .Text("AEDECOD", "Dictionary-Derived Term", x => classes[x.Event.Class].Name, Same(classes.Select(c => c.Name)))
            .Text("AESER", "Serious Event", x => classes[x.Event.Class].IsSerious ? "Y" : "N", [new("N", "No"), new("Y", "Yes")])
            .Whole("ASTDY", "Analysis Start Relative Day", x => Day(x.Event.Months), "days", derivation: "1 is the day of randomisation")
            .Number("ASTMO", "Analysis Start Month", x => x.Event.Months, "months", "Since randomisation")
            .Text("ONTRTFL", "On Treatment Record Flag", x => x.Event.IsOnDrug ? "Y" : "", YesOnly, "On drug when the event began")
            .Make(
                "ADAE",
                "Adverse Events Analysis Dataset",
                "One record per participant and episode",
                ["USUBJID", "AEDECOD", "ASTMO"],
                () => Enumerable.Range(0, data.Participants)
                    .SelectMany(p => data.AdverseEvents.Episodes(p).ToArray().Select(e => new Episode(p, e))));
    }

    /// <summary>A parameter of times to event: code, name, and the kinds of events that count.</summary>
    private sealed record TimeParameter(string Code, string Name, EventKind[] Kinds);

    /// <summary>A row: a time, and the event that it is of, null where censored.</summary>
    private readonly record struct Time(TimeParameter Parameter, int Participant, double Months, EventKind? Kind);

    /// <summary>A row: an adverse event of a participant.</summary>
    private readonly record struct Episode(int Participant, AdverseEvent Event);
}
