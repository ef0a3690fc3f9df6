using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting.DataSets;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Reporting;

/// <summary>One trial's data as ADaM-shaped data sets: ADSL (participants), ADQS (ALSFRS-R: the total, and where the trial has them the domain scores
/// and the twelve items), ADLB (laboratory), ADTTE (times to event), and where the trial has them ADFN (vital capacity, strength) and ADAE
/// (adverse events).</summary>
/// <remarks>Study days count from 1, the day of randomisation; ENTRYDY is the calendar day of randomisation, from 1, the day enrolment opened. STOPDY
/// is the day on which treatment was stopped by somebody who stayed, RESCDY that of a rescue's first dose. ADSL holds the change at each visit beside the day of death, ADTTE the share of the
/// time on drug and the planned end of follow-up, ADLB logarithms beside the values, and all but ADAE the baseline traits, so that each is ready
/// to be analysed. PARAMCD tells the parameters of a data set apart. The data are
/// simulated.</remarks>
public static partial class TrialDataSets
{
    // Code and meaning are the same.
    private static readonly ValueList<CodedValue> Ends =
        [.. Enum.GetValues<EventKind>().Select(Describe).Select(name => new CodedValue(name, name))];

    private static readonly ValueList<CodedValue> YesNumbers = [new("0", "No"), new("1", "Yes")];

    private static readonly ValueList<CodedValue> YesOnly = [new("Y", "Yes")];

    /// <summary>The data sets of a trial.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="study">Name of the study, in STUDYID and USUBJID.</param>
    /// <returns>The data sets, which read the trial when they are written.</returns>
    /// <exception cref="ArgumentException">The trial has not the covariates of a simulated one.</exception>
    public static ValueList<DataSet> Of(TrialData data, string study)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrWhiteSpace(study);
        IEnumerable<DataSet?> all = [Participants(data, study), Scores(data, study), Laboratory(data, study), Function(data, study), Times(data, study), AdverseEvents(data, study)];
        return [.. all.OfType<DataSet>()];
    }

    /// <summary>Writes the data sets as CSV files, adsl.csv and so on, with dictionary.csv and dictionary.json, which describe every column.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="study">Name of the study, in STUDYID and USUBJID.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="ArgumentException">The trial has not the covariates of a simulated one.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(TrialData data, string study, string folder, CancellationToken cancellation = default)
    {
        ValueList<DataSet> dataSets = Of(data, study);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        foreach (DataSet dataSet in dataSets)
        {
            dataSet.WriteCsv(Path.Combine(folder, DictionaryReport.FileOf(dataSet)), cancellation);
        }

        DictionaryReport.Write(dataSets, folder, cancellation);
    }

    private static DataSet Participants(TrialData data, string study)
    {
        // Where times to events are censored; a last visit that takes place later moves it for nobody.
        const string EndOfFollowUp = "As scheduled for who completes; a last visit within its window may be some days later";
        ColumnList<int> columns = Baseline(data, study)
            .Number("BASE", "Baseline ALSFRS-R Total", p => data.Scores[p * data.Visits], "points")
            .Whole("ENTRYDY", "Calendar Day of Randomisation", p => Day(data.EntryMonths[p]), "days", derivation: "1 is the day on which enrolment opened")
            .Whole("TRTSDY", "Study Day of First Exposure to Drug", p => ExposureDay(data, p, x => x[0].StartMonths), "days")
            .Whole("TRTEDY", "Study Day of Last Exposure to Drug", p => ExposureDay(data, p, x => x[^1].StopMonths), "days")
            .Whole(
                "TRT2SDY",
                "Study Day of Start of Second Period",
                p => ExposureDay(data, p, x => x.Length > 1 ? x[1].StartMonths : double.NaN),
                "days",
                derivation: "Start of the second interval on drug")
            .Whole("STOPDY", "Study Day Treatment Stopped in Trial", p => Day(data.TreatmentStopMonths[p]), "days", derivation: "Assigned treatment, active or placebo, was stopped by somebody who stayed")
            .Whole("RESCDY", "Study Day of First Rescue Dose", p => Day(data.RescueMonths[p]), "days")
            .Whole("EOSDY", "Study Day of End of Follow-up", p => Day(data.FollowUpMonths[p]), "days", derivation: EndOfFollowUp)
            .Number("EOSMO", "Month of End of Follow-up", p => data.FollowUpMonths[p], "months", derivation: EndOfFollowUp)
            .Text("EOSSTT", "End of Follow-up Status", p => Describe(data.FollowUpEnds[p]), Ends)
            .Whole("DTHDY", "Study Day of Death", p => data.FollowUpEnds[p] == EventKind.Death ? Day(data.FollowUpMonths[p]) : double.NaN, "days");
        if (data.Layout.HasPhenoconversion)
        {
            columns.Whole("CONVDY", "Study Day of Manifest Disease", p => Day(data.PhenoconversionMonths[p]), "days");
        }

        HashSet<string> taken = [];
        for (int v = 1; v < data.Visits; v++)
        {
            int visit = v;
            (string name, string label) = Change(data.Layout.VisitWeeks[v], v, taken);
            columns.Number(
                name, label, p => data.Scores[(p * data.Visits) + visit] - data.Scores[p * data.Visits], "points", "Value at the visit - BASE; missing where not observed");
        }

        return columns.Make(
            "ADSL", "Subject-Level Analysis Dataset", "One record per participant", ["USUBJID"], () => Enumerable.Range(0, data.Participants));
    }

    /// <summary>The columns that tell who somebody is.</summary>
    private static ColumnList<int> Identity(TrialData data, string study) => new ColumnList<int>()
        .Text("STUDYID", "Study Identifier", _ => study)
        .Text("USUBJID", "Unique Subject Identifier", p => FormattableString.Invariant($"{study}-{p + 1:D4}"))
        .Text("ARM", "Description of Planned Arm", p => data.Layout.ArmNames[data.Arms[p]], Same(data.Layout.ArmNames))
        .Text("STRATUM", "Randomisation Stratum", p => data.Layout.StratumNames[data.Strata[p]], Same(data.Layout.StratumNames));

    /// <summary>The same with the baseline traits.</summary>
    private static ColumnList<int> Baseline(TrialData data, string study)
    {
        Func<int, double> Trait(string name)
        {
            int column = data.Layout.CovariateAt(name);
            return p => data.Covariate(column)[p];
        }

        Func<int, double> male = Trait(Covariates.Male);
        Func<int, double> neurofilament = Trait(Covariates.LogNeurofilamentLight);
        ColumnList<int> columns = Identity(data, study)
            .Number("AGE", "Age", Trait(Covariates.Age), "years", "At randomisation")
            .Text("SEX", "Sex", p => male(p) == 1 ? "M" : "F", [new("F", "Female"), new("M", "Male")])
            .Whole("BULBAR", "Bulbar Onset", Trait(Covariates.BulbarOnset), codes: YesNumbers)
            .Whole("RILUZOLE", "Riluzole at Baseline", Trait(Covariates.Riluzole), codes: YesNumbers)
            .Whole("EDARAVON", "Edaravone at Baseline", Trait(Covariates.Edaravone), codes: YesNumbers)
            .Number("ONSETMO", "Months from Onset to Randomisation", Trait(Covariates.MonthsSinceOnset), "months", "Missing without symptoms")
            .Number("PRESLOPE", "Slope before Randomisation", Trait(Covariates.PreRandomisationSlope), "points/month")
            .Number("BNFL", "Baseline Neurofilament Light", p => Math.Exp(neurofilament(p)), "pg/mL", "In plasma");
        if (data.Layout.Covariates.FirstOrDefault(c => c.Name == Covariates.Cohort) is { } cohort)
        {
            Func<int, double> position = Trait(Covariates.Cohort);
            columns.Text("COHORT", "Dose Cohort", p => cohort.Levels[(int)position(p)], Same(cohort.Levels));
        }

        return columns;
    }

    private static ValueList<CodedValue> Same(IEnumerable<string> names) => [.. names.Select(name => new CodedValue(name, name))];

    private static double ExposureDay(TrialData data, int p, Func<ExposureInterval[], double> month)
    {
        ExposureInterval[] exposure = data.Exposure(p).ToArray();
        return exposure.Length > 0 ? Day(month(exposure)) : double.NaN;
    }

    // A name holds letters and digits alone, eight at most; weeks with many decimals are numbered as visits instead.
    private static (string Name, string Label) Change(double week, int visit, HashSet<string> taken)
    {
        string name = "CHGW" + FormattableString.Invariant($"{week}").Replace('.', 'P');
        string label = FormattableString.Invariant($"Change from Baseline at Week {week}");
        return DataSetColumn.IsName(name) && label.Length <= DataSetColumn.LongestLabel && taken.Add(name)
            ? (name, label)
            : (FormattableString.Invariant($"CHGV{visit}"), FormattableString.Invariant($"Change from Baseline at Visit {visit}"));
    }

    // A hair is added so that a visit scheduled for a day does not fall on the day before by rounding.
    private static double Day(double months) => Math.Floor((months * StudyTime.DaysPerMonth) + 1e-6) + 1;

    internal static string Describe(EventKind end) => end switch
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
