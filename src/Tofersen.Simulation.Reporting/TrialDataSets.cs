using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Reporting;

/// <summary>One trial's data as ADaM-shaped CSV files: ADSL (participants), ADQS (scores), ADLB (laboratory), ADTTE (times to
/// event), and where the trial has them ADFN (vital capacity, strength), ADQSITEM (items of the ALSFRS-R) and ADAE (adverse events).</summary>
/// <remarks>Study days count from 1, the day of randomisation; ENTRYDY is the calendar day of randomisation, from 1, the day enrolment opened. STOPDY
/// is the day on which treatment was stopped by somebody who stayed, RESCDY that of a rescue's first dose. ADSL holds the change at each visit beside the day of death, ADTTE the share of the
/// time on drug and the planned end of follow-up, ADLB logarithms beside the values, and all files the baseline traits, so that each is ready
/// to be analysed. The data are
/// simulated.</remarks>
public static partial class TrialDataSets
{
    private const string PhenoconversionCode = "PHENCONV";

    private static readonly string[] BaselineColumns =
    [
        "USUBJID", "ARM", "STRATUM", "AGE", "SEX", "BULBAR", "RILUZOLE", "EDARAVON", "ONSETMO", "PRESLOPE", "BNFL",
    ];

    private static readonly string[] ScoreColumns =
    [
        "PARAMCD", "PARAM", "AVISIT", "AVISITN", "ADY", "MONTH", "BASE", "AVAL", "CHG", "ABLFL",
    ];

    private static readonly (string Code, string Name, EventKind[] Kinds)[] Endpoints =
    [
        ("DEATH", "Time to death (months)", [EventKind.Death]),
        ("DTHPV", "Time to death or permanent ventilation (months)", [EventKind.Death, EventKind.PermanentVentilation]),
        (
            "PROGCOMP",
            "Time to death, permanent ventilation or withdrawal for progression (months)",
            [EventKind.Death, EventKind.PermanentVentilation, EventKind.WithdrawalForProgression]),
        (PhenoconversionCode, "Time to clinically manifest disease (months)", [EventKind.Phenoconversion]),
    ];

    /// <summary>Writes the files.</summary>
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
        WriteFunction(data, study, Path.Combine(folder, "adfn.csv"), cancellation);
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
                "STUDYID", .. ParticipantColumns(data), "BASE", "ENTRYDY", "TRTSDY", "TRTEDY", "TRT2SDY", "STOPDY", "RESCDY", "EOSDY", "EOSMO", "EOSSTT", "DTHDY",
                .. data.Layout.HasPhenoconversion ? ["CONVDY"] : Array.Empty<string>(),
                .. data.Layout.VisitWeeks.Skip(1).Select(ChangeColumn),
            ]);
        bool hasConversions = data.Layout.HasPhenoconversion;
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<ExposureInterval> exposure = data.Exposure(p);
            Participant(table.Text(study), data, study, p)
                .Number(Value(data, Covariates.Baseline, p))
                .Number(Day(data.EntryMonths[p]))
                .Number(exposure.Length > 0 ? Day(exposure[0].StartMonths) : double.NaN)
                .Number(exposure.Length > 0 ? Day(exposure[^1].StopMonths) : double.NaN)
                .Number(exposure.Length > 1 ? Day(exposure[1].StartMonths) : double.NaN)
                .Number(Day(data.TreatmentStopMonths[p]))
                .Number(Day(data.RescueMonths[p]))
                .Number(Day(data.FollowUpMonths[p]))
                .Number(data.FollowUpMonths[p])
                .Text(Describe(data.FollowUpEnds[p]))
                .Number(data.FollowUpEnds[p] == EventKind.Death ? Day(data.FollowUpMonths[p]) : double.NaN);
            if (hasConversions)
            {
                table.Number(Day(data.PhenoconversionMonths[p]));
            }

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
        using var table = new CsvTable(path, ["STUDYID", .. ParticipantColumns(data), .. ScoreColumns]);
        WriteValues(data, "ALSFRSR", "ALSFRS-R total score (points)", study, table, cancellation);
    }

    private static void WriteValues(
        TrialData data, string code, string name, string study, CsvTable table, CancellationToken cancellation)
    {
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            double baseline = data.Scores[p * data.Visits];
            for (int v = 0; v < data.Visits; v++)
            {
                int cell = (p * data.Visits) + v;
                if (data.Observed[cell])
                {
                    Visit(Participant(table.Text(study), data, study, p).Text(code).Text(name), data, p, v)
                        .Number(baseline)
                        .Number(data.Scores[cell])
                        .Number(v == 0 ? double.NaN : data.Scores[cell] - baseline)
                        .Text(v == 0 ? "Y" : "")
                        .EndRow();
                }
            }
        }
    }

    private static CsvTable Visit(CsvTable table, TrialData data, int p, int v)
    {
        double months = data.VisitMonths[(p * data.Visits) + v];
        return table.Text(v == 0 ? "Baseline" : FormattableString.Invariant($"Week {data.Layout.VisitWeeks[v]}"))
            .Number(data.Layout.VisitWeeks[v])
            .Number(Day(months))
            .Number(months);
    }

    private static void WriteLaboratory(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path,
            [
                "STUDYID", .. ParticipantColumns(data), "PARAMCD", "PARAM", "AVISIT", "AVISITN", "ADY", "MONTH", "BASE", "AVAL", "R2BASE", "LNBASE", "LNAVAL",
                "LNCHG", "ABLFL",
            ]);
        bool hasMarkers = false;
        for (int e = 0; e < data.Layout.Endpoints.Count; e++)
        {
            if (data.Layout.Endpoints[e].IsLogarithmic)
            {
                hasMarkers = true;
                WriteMarker(data, e, study, table, cancellation);
            }
        }

        for (int p = 0; !hasMarkers && p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            double log = Value(data, Covariates.LogNeurofilamentLight, p);
            Participant(table.Text(study), data, study, p)
                .Text("NFL").Text("Plasma neurofilament light (pg/mL)");
            WriteLogarithm(table, data, p, 0, log, log);
        }
    }

    private static void WriteMarker(TrialData data, int endpoint, string study, CsvTable table, CancellationToken cancellation)
    {
        EndpointColumn column = data.Layout.Endpoints[endpoint];
        TrialData values = data.OnEndpoint(endpoint);
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> logs = values.Scores.Slice(p * data.Visits, data.Visits);
            for (int v = 0; v < logs.Length; v++)
            {
                if (double.IsFinite(logs[v]))
                {
                    Participant(table.Text(study), data, study, p).Text(Code(column)).Text(Describe(column));
                    WriteLogarithm(table, data, p, v, logs[v], logs[0]);
                }
            }
        }
    }

    private static void WriteLogarithm(CsvTable table, TrialData data, int p, int visit, double log, double baseline) =>
        Visit(table, data, p, visit)
            .Number(Math.Exp(baseline))
            .Number(Math.Exp(log))
            .Number(visit == 0 ? double.NaN : Math.Exp(log - baseline))
            .Number(baseline)
            .Number(log)
            .Number(visit == 0 ? double.NaN : log - baseline)
            .Text(visit == 0 ? "Y" : "")
            .EndRow();

    private static void WriteFunction(TrialData data, string study, string path, CancellationToken cancellation)
    {
        if (data.Layout.Endpoints.All(e => e.IsLogarithmic))
        {
            return;
        }

        using var table = new CsvTable(path, ["STUDYID", .. ParticipantColumns(data), .. ScoreColumns]);
        for (int e = 0; e < data.Layout.Endpoints.Count; e++)
        {
            EndpointColumn column = data.Layout.Endpoints[e];
            if (!column.IsLogarithmic)
            {
                WriteValues(data.OnEndpoint(e), Code(column), Describe(column), study, table, cancellation);
            }
        }
    }

    private static void WriteTimes(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path,
            ["STUDYID", .. ParticipantColumns(data), "PARAMCD", "PARAM", "AVAL", "ADY", "CNSR", "EVNTDESC", "TRTFRAC", "CENSMO"]);
        foreach ((string code, string name, EventKind[] kinds) in Endpoints)
        {
            for (int p = 0; p < data.Participants && (code != PhenoconversionCode || data.Layout.HasPhenoconversion); p++)
            {
                cancellation.ThrowIfCancellationRequested();
                (double months, EventKind? kind) = FirstEvent(data, p, kinds);
                Participant(table.Text(study), data, study, p)
                    .Text(code).Text(name)
                    .Number(months)
                    .Number(Day(months))
                    .Number(kind is null ? 1L : 0L)
                    .Text(Describe(kind ?? data.FollowUpEnds[p]))
                    .Number(TreatedFraction(data, p))
                    .Number(Math.Max(data.Layout.EndMonths, data.FollowUpMonths[p]))
                    .EndRow();
            }
        }
    }

    // The first of some kinds of events; none and the end of follow-up where there was none.
    private static (double Months, EventKind? Kind) FirstEvent(TrialData data, int p, EventKind[] kinds) =>
        kinds.Contains(EventKind.Phenoconversion) && double.IsFinite(data.PhenoconversionMonths[p])
            ? (data.PhenoconversionMonths[p], EventKind.Phenoconversion)
            : (data.FollowUpMonths[p], kinds.Contains(data.FollowUpEnds[p]) ? data.FollowUpEnds[p] : null);

    private static string[] ParticipantColumns(TrialData data) =>
        HasCohorts(data) ? [.. BaselineColumns, "COHORT"] : BaselineColumns;

    private static bool HasCohorts(TrialData data) => data.Layout.Covariates.Any(c => c.Name == Covariates.Cohort);

    private static CsvTable Participant(CsvTable table, TrialData data, string study, int p)
    {
        Baseline(table, data, study, p);
        return HasCohorts(data) ? table.Text(Cohort(data, p)) : table;
    }

    private static string Cohort(TrialData data, int p) =>
        data.Layout.Covariates[data.Layout.CovariateAt(Covariates.Cohort)].Levels[(int)Value(data, Covariates.Cohort, p)];

    private static CsvTable Baseline(CsvTable table, TrialData data, string study, int p) =>
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

    private static string Id(string study, int p) => FormattableString.Invariant($"{study}-{p + 1:D4}");

    private static string Arm(TrialData data, int p) => data.Layout.ArmNames[data.Arms[p]];

    private static string Stratum(TrialData data, int p) => data.Layout.StratumNames[data.Strata[p]];

    private static double Value(TrialData data, string covariate, int p) =>
        data.Covariate(data.Layout.CovariateAt(covariate))[p];

    // A hair is added so that a visit scheduled for a day does not fall on the day before by rounding.
    private static double Day(double months) => Math.Floor((months * StudyTime.DaysPerMonth) + 1e-6) + 1;

    // Codes of ADaM parameters have up to eight letters and digits.
    private static string Code(EndpointColumn column)
    {
        string code = new([.. column.Name.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Take(8)]);
        return code.Length > 0 ? code : "ENDPOINT";
    }

    private static string Describe(EndpointColumn column) =>
        column.Unit.Length > 0 ? $"{column.Label} ({column.Unit})" : column.Label;

    private static string Describe(EventKind end) => end switch
    {
        EventKind.Completed => "COMPLETED",
        EventKind.Death => "DEATH",
        EventKind.PermanentVentilation => "PERMANENT VENTILATION",
        EventKind.WithdrawalForProgression => "WITHDRAWAL FOR PROGRESSION",
        EventKind.OtherWithdrawal => "OTHER WITHDRAWAL",
        EventKind.Phenoconversion => "PHENOCONVERSION",
        _ => "EXTENSION NOT ENTERED",
    };
}
