using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Reporting;

/// <summary>One trial's data as ADaM-shaped CSV files: ADSL (participants), ADQS (scores), ADLB (laboratory), ADTTE (times to
/// event); where the trial has them, also ADQSITEM (items of the ALSFRS-R) and ADAE (adverse events).</summary>
/// <remarks>Study days count from 1, the day of randomisation. ADSL holds the change at each visit beside the day of death, ADTTE the share of the
/// time on drug and the planned end of follow-up, and all files but ADLB the baseline traits, so that each is ready to be analysed. The data are
/// simulated.</remarks>
public static class TrialDataSets
{
    private static readonly string[] ParticipantColumns =
    [
        "USUBJID", "ARM", "STRATUM", "AGE", "SEX", "BULBAR", "RILUZOLE", "EDARAVON", "ONSETMO", "PRESLOPE", "BNFL",
    ];

    private static readonly string[] ItemNames =
    [
        "Speech", "Salivation", "Swallowing", "Handwriting", "Cutting food", "Dressing and hygiene", "Turning in bed", "Walking",
        "Climbing stairs", "Dyspnoea", "Orthopnoea", "Respiratory insufficiency",
    ];

    private static readonly (string Code, string Name, EventKind[] Kinds)[] Endpoints =
    [
        ("DEATH", "Time to death (months)", [EventKind.Death]),
        ("DTHPV", "Time to death or permanent ventilation (months)", [EventKind.Death, EventKind.PermanentVentilation]),
        (
            "PROGCOMP",
            "Time to death, permanent ventilation or withdrawal for progression (months)",
            [EventKind.Death, EventKind.PermanentVentilation, EventKind.WithdrawalForProgression]),
    ];

    /// <summary>Writes the four files, and those of items and adverse events where the trial has them.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="study">Name of the study, in STUDYID and USUBJID.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="ArgumentException">The trial has not the covariates of a simulated one.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(TrialData data, string study, string folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrWhiteSpace(study);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        WriteParticipants(data, study, Path.Combine(folder, "adsl.csv"), cancellation);
        WriteScores(data, study, Path.Combine(folder, "adqs.csv"), cancellation);
        WriteLaboratory(data, study, Path.Combine(folder, "adlb.csv"), cancellation);
        WriteTimes(data, study, Path.Combine(folder, "adtte.csv"), cancellation);
        if (data.Layout.HasItems)
        {
            WriteItems(data, study, Path.Combine(folder, "adqsitem.csv"), cancellation);
        }

        if (data.Layout.AdverseEvents.Count > 0)
        {
            WriteAdverseEvents(data, study, Path.Combine(folder, "adae.csv"), cancellation);
        }
    }

    private static void WriteParticipants(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path,
            [
                "STUDYID", .. ParticipantColumns, "BASE", "TRTSDY", "TRTEDY", "TRT2SDY", "EOSDY", "EOSMO", "EOSSTT", "DTHDY",
                .. data.Layout.VisitWeeks.Skip(1).Select(ChangeColumn),
            ]);
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<ExposureInterval> exposure = data.Exposure(p);
            Participant(table.Text(study), data, study, p)
                .Number(Value(data, Covariates.Baseline, p))
                .Number(exposure.Length > 0 ? Day(exposure[0].StartMonths) : double.NaN)
                .Number(exposure.Length > 0 ? Day(exposure[^1].StopMonths) : double.NaN)
                .Number(exposure.Length > 1 ? Day(exposure[1].StartMonths) : double.NaN)
                .Number(Day(data.FollowUpMonths[p]))
                .Number(data.FollowUpMonths[p])
                .Text(Describe(data.FollowUpEnds[p]))
                .Number(data.FollowUpEnds[p] == EventKind.Death ? Day(data.FollowUpMonths[p]) : double.NaN);
            ReadOnlySpan<double> scores = data.Scores.Slice(p * data.Visits, data.Visits);
            for (int v = 1; v < scores.Length; v++)
            {
                table.Number(scores[v] - scores[0]);
            }

            table.EndRow();
        }
    }

    private static void WriteScores(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path,
            ["STUDYID", .. ParticipantColumns, "PARAMCD", "PARAM", "AVISIT", "AVISITN", "ADY", "MONTH", "BASE", "AVAL", "CHG", "ABLFL"]);
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            double baseline = data.Scores[p * data.Visits];
            for (int v = 0; v < data.Visits; v++)
            {
                int cell = (p * data.Visits) + v;
                if (!data.Observed[cell])
                {
                    continue;
                }

                Participant(table.Text(study), data, study, p)
                    .Text("ALSFRSR").Text("ALSFRS-R total score (points)")
                    .Text(Visit(data, v))
                    .Number(data.Layout.VisitWeeks[v])
                    .Number(Day(data.VisitMonths[cell]))
                    .Number(data.VisitMonths[cell])
                    .Number(baseline)
                    .Number(data.Scores[cell])
                    .Number(v == 0 ? double.NaN : data.Scores[cell] - baseline)
                    .Text(v == 0 ? "Y" : "")
                    .EndRow();
            }
        }
    }

    private static void WriteLaboratory(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path, "STUDYID", "USUBJID", "ARM", "STRATUM", "PARAMCD", "PARAM", "AVISIT", "AVISITN", "ADY", "AVAL", "ABLFL");
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            table.Text(study).Text(Id(study, p)).Text(Arm(data, p)).Text(Stratum(data, p))
                .Text("NFL").Text("Plasma neurofilament light (pg/mL)")
                .Text("Baseline").Number(0L).Number(Day(0))
                .Number(Math.Exp(Value(data, Covariates.LogNeurofilamentLight, p)))
                .Text("Y")
                .EndRow();
        }
    }

    private static void WriteItems(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path, "STUDYID", "USUBJID", "ARM", "STRATUM", "PARAMCD", "PARAM", "AVISIT", "AVISITN", "ADY", "AVAL", "ABLFL");
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int v = 0; v < data.Visits; v++)
            {
                ReadOnlySpan<byte> items = data.Items(p, v);
                for (int i = 0; i < items.Length; i++)
                {
                    table.Text(study).Text(Id(study, p)).Text(Arm(data, p)).Text(Stratum(data, p))
                        .Text(FormattableString.Invariant($"ALSFR{i + 1:D2}")).Text(ItemNames[i])
                        .Text(Visit(data, v))
                        .Number(data.Layout.VisitWeeks[v])
                        .Number(Day(data.VisitMonths[(p * data.Visits) + v]))
                        .Number((long)items[i])
                        .Text(v == 0 ? "Y" : "")
                        .EndRow();
                }
            }
        }
    }

    private static void WriteAdverseEvents(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path, "STUDYID", "USUBJID", "ARM", "STRATUM", "AEDECOD", "AESER", "ASTDY", "ASTMO", "ONTRTFL");
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (AdverseEvent episode in data.AdverseEvents.Episodes(p))
            {
                AdverseEventColumn column = data.Layout.AdverseEvents[episode.Class];
                table.Text(study).Text(Id(study, p)).Text(Arm(data, p)).Text(Stratum(data, p))
                    .Text(column.Name).Text(column.IsSerious ? "Y" : "N")
                    .Number(Day(episode.Months)).Number(episode.Months)
                    .Text(episode.IsOnDrug ? "Y" : "")
                    .EndRow();
            }
        }
    }

    private static void WriteTimes(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path,
            ["STUDYID", .. ParticipantColumns, "PARAMCD", "PARAM", "AVAL", "ADY", "CNSR", "EVNTDESC", "TRTFRAC", "CENSMO"]);
        foreach ((string code, string name, EventKind[] kinds) in Endpoints)
        {
            for (int p = 0; p < data.Participants; p++)
            {
                cancellation.ThrowIfCancellationRequested();
                EventKind end = data.FollowUpEnds[p];
                Participant(table.Text(study), data, study, p)
                    .Text(code).Text(name)
                    .Number(data.FollowUpMonths[p])
                    .Number(Day(data.FollowUpMonths[p]))
                    .Number(kinds.Contains(end) ? 0L : 1L)
                    .Text(Describe(end))
                    .Number(TreatedFraction(data, p))
                    .Number(Math.Max(data.Layout.EndMonths, data.FollowUpMonths[p]))
                    .EndRow();
            }
        }
    }

    private static CsvTable Participant(CsvTable table, TrialData data, string study, int p) =>
        table.Text(Id(study, p)).Text(Arm(data, p)).Text(Stratum(data, p))
            .Number(Value(data, Covariates.Age, p))
            .Text(Value(data, Covariates.Male, p) == 1 ? "M" : "F")
            .Number(Value(data, Covariates.BulbarOnset, p))
            .Number(Value(data, Covariates.Riluzole, p))
            .Number(Value(data, Covariates.Edaravone, p))
            .Number(Value(data, Covariates.MonthsSinceOnset, p))
            .Number(Value(data, Covariates.PreRandomisationSlope, p))
            .Number(Math.Exp(Value(data, Covariates.LogNeurofilamentLight, p)));

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

    // Names of ADaM variables hold letters and digits alone.
    private static string ChangeColumn(double week) =>
        "CHGW" + week.ToString(System.Globalization.CultureInfo.InvariantCulture).Replace('.', 'P');

    private static string Visit(TrialData data, int v) =>
        v == 0 ? "Baseline" : FormattableString.Invariant($"Week {data.Layout.VisitWeeks[v]}");

    private static string Id(string study, int p) => FormattableString.Invariant($"{study}-{p + 1:D4}");

    private static string Arm(TrialData data, int p) => data.Layout.ArmNames[data.Arms[p]];

    private static string Stratum(TrialData data, int p) => data.Layout.StratumNames[data.Strata[p]];

    private static double Value(TrialData data, string covariate, int p) =>
        data.Covariate(data.Layout.CovariateAt(covariate))[p];

    // A hair is added so that a visit scheduled for a day does not fall on the day before by rounding.
    private static double Day(double months) => Math.Floor((months * StudyTime.DaysPerMonth) + 1e-6) + 1;

    private static string Describe(EventKind end) => end switch
    {
        EventKind.Completed => "COMPLETED",
        EventKind.Death => "DEATH",
        EventKind.PermanentVentilation => "PERMANENT VENTILATION",
        EventKind.WithdrawalForProgression => "WITHDRAWAL FOR PROGRESSION",
        EventKind.OtherWithdrawal => "OTHER WITHDRAWAL",
        _ => "EXTENSION NOT ENTERED",
    };
}
