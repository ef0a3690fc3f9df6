using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting.DataSets;

namespace Tofersen.Simulation.Reporting;

/// <content>Values at visits: scores, laboratory values, other measures of function.</content>
public static partial class TrialDataSets
{
    internal const string Total = "ALSFRSR";

    private static readonly string[] DomainCodes = ["ALSFRDB", "ALSFRDF", "ALSFRDG", "ALSFRDR"];

    private static readonly string[] ItemNames =
    [
        "Speech", "Salivation", "Swallowing", "Handwriting", "Cutting food", "Dressing and hygiene", "Turning in bed", "Walking",
        "Climbing stairs", "Dyspnoea", "Orthopnoea", "Respiratory insufficiency",
    ];

    private static readonly ValueList<CodedValue> Categories = [new("TOTAL", "Total score"), new("DOMAIN", "Domain score"), new("ITEM", "Item score")];

    /// <summary>PARAMCD of the ALSFRS-R's total, of endpoints besides it, and of items; no two are the same.</summary>
    internal static string CodeOf(TrialLayout layout, int endpoint) => EndpointCodes(layout)[endpoint];

    private static DataSet Scores(TrialData data, string study)
    {
        var parameters = new List<Parameter> { new(Total, "ALSFRS-R total score (points)", "TOTAL", (p, v) => Observed(data, p, v)) };
        if (data.Layout.HasItems)
        {
            parameters.AddRange(ItemModel.DomainNames.Index().Select(d => Of(data, data.Layout.EndpointAt(d.Item), "DOMAIN")));
            parameters.AddRange(ItemNames.Index().Select(i => new Parameter(
                FormattableString.Invariant($"ALSFR{i.Index + 1:D2}"),
                FormattableString.Invariant($"ALSFRS-R item {i.Index + 1}: {i.Item} (points)"),
                "ITEM",
                (p, v) => data.Items(p, v) is { IsEmpty: false } items ? items[i.Index] : double.NaN)));
        }

        ColumnList<Value> columns = Visit(data, study, parameters);
        if (data.Layout.HasItems)
        {
            columns.Text("PARCAT1", "Parameter Category 1", x => x.Parameter.Category, Categories);
        }

        return WithChange(columns).Make("ADQS", "Questionnaires Analysis Dataset", Structure, Keys, () => Rows(data, parameters));
    }

    private static DataSet? Function(TrialData data, string study)
    {
        List<Parameter> parameters =
        [
            .. Enumerable.Range(0, data.Layout.Endpoints.Count).Where(e => !data.Layout.Endpoints[e].IsLogarithmic && !IsDomain(data.Layout, e)).Select(e => Of(data, e)),
        ];
        return parameters.Count == 0
            ? null
            : WithChange(Visit(data, study, parameters))
                .Make("ADFN", "Other Measures of Function", Structure, Keys, () => Rows(data, parameters));
    }

    // Logarithms are what is analysed; of a trial without biomarkers there is neurofilament at baseline.
    private static DataSet Laboratory(TrialData data, string study)
    {
        int neurofilament = data.Layout.CovariateAt(Covariates.LogNeurofilamentLight);
        List<Parameter> markers =
            [.. Enumerable.Range(0, data.Layout.Endpoints.Count).Where(e => data.Layout.Endpoints[e].IsLogarithmic).Select(e => Of(data, e))];
        if (markers.Count == 0)
        {
            markers.Add(new Parameter(
                "NFL", "Plasma neurofilament light (pg/mL)", "", (p, v) => v == 0 ? data.Covariate(neurofilament)[p] : double.NaN));
        }

        return Visit(data, study, markers)
            .Number("BASE", "Baseline Value", x => Math.Exp(x.Baseline), "as in PARAM")
            .Number("AVAL", "Analysis Value", x => Math.Exp(x.AtVisit), "as in PARAM")
            .Number("R2BASE", "Ratio to Baseline", x => x.IsBaseline ? double.NaN : Math.Exp(x.AtVisit - x.Baseline), derivation: "AVAL / BASE; missing at baseline")
            .Number("LNBASE", "Natural Logarithm of Baseline Value", x => x.Baseline)
            .Number("LNAVAL", "Natural Logarithm of Analysis Value", x => x.AtVisit)
            .Number("LNCHG", "Change from Baseline in Logarithm", x => x.Change, derivation: "LNAVAL - LNBASE; missing at baseline")
            .Text("ABLFL", "Baseline Record Flag", x => x.IsBaseline ? "Y" : "", YesOnly)
            .Make("ADLB", "Laboratory Analysis Dataset", Structure, Keys, () => Rows(data, markers));
    }

    private static string Structure => "One record per participant, parameter and observed visit";

    private static ValueList<string> Keys => ["USUBJID", "PARAMCD", "AVISITN"];

    private static ColumnList<Value> Visit(TrialData data, string study, IEnumerable<Parameter> parameters)
    {
        ValueList<double> weeks = data.Layout.VisitWeeks;
        double Month(Value x) => data.VisitMonths[(x.Participant * data.Visits) + x.Visit];
        return new ColumnList<Value>().Of(Baseline(data, study), x => x.Participant)
            .Text("PARAMCD", "Parameter Code", x => x.Parameter.Code, [.. parameters.Select(x => new CodedValue(x.Code, x.Name))])
            .Text("PARAM", "Parameter", x => x.Parameter.Name)
            .Text("AVISIT", "Analysis Visit", x => NameOf(weeks, x.Visit), Same(Enumerable.Range(0, weeks.Count).Select(v => NameOf(weeks, v))))
            .Number("AVISITN", "Analysis Visit (N)", x => weeks[x.Visit], "weeks", "Scheduled week; 0 is the baseline")
            .Whole("ADY", "Analysis Relative Day", x => Day(Month(x)), "days", derivation: "1 is the day of randomisation")
            .Number("MONTH", "Months since Randomisation", Month, "months", "When the visit took place");
    }

    private static ColumnList<Value> WithChange(ColumnList<Value> columns) => columns
        .Number("BASE", "Baseline Value", x => x.Baseline, "as in PARAM")
        .Number("AVAL", "Analysis Value", x => x.AtVisit, "as in PARAM")
        .Number("CHG", "Change from Baseline", x => x.Change, "as in PARAM", "AVAL - BASE; missing at baseline")
        .Text("ABLFL", "Baseline Record Flag", x => x.IsBaseline ? "Y" : "", YesOnly);

    private static IEnumerable<Value> Rows(TrialData data, List<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            for (int p = 0; p < data.Participants; p++)
            {
                double baseline = parameter.ValueAt(p, 0);
                for (int v = 0; v < data.Visits; v++)
                {
                    double value = parameter.ValueAt(p, v);
                    if (double.IsFinite(value))
                    {
                        yield return new Value(parameter, p, v, baseline, value);
                    }
                }
            }
        }
    }

    private static double Observed(TrialData data, int p, int v)
    {
        int cell = (p * data.Visits) + v;
        return data.Observed[cell] ? data.Scores[cell] : double.NaN;
    }

    private static Parameter Of(TrialData data, int endpoint, string category = "")
    {
        EndpointColumn column = data.Layout.Endpoints[endpoint];
        TrialData values = data.OnEndpoint(endpoint);
        string name = column.Unit.Length > 0 ? $"{column.Label} ({column.Unit})" : column.Label;
        return new Parameter(CodeOf(data.Layout, endpoint), name, category, (p, v) => Observed(values, p, v));
    }

    internal static bool IsDomain(TrialLayout layout, int endpoint) => layout.HasItems && ItemModel.DomainNames.Contains(layout.Endpoints[endpoint].Name);

    private static string NameOf(ValueList<double> weeks, int visit) =>
        visit == 0 ? "Baseline" : FormattableString.Invariant($"Week {weeks[visit]}");

    // Up to eight capital letters and digits of the name; a number takes the place of the last where two would be the same.
    private static string[] EndpointCodes(TrialLayout layout)
    {
        HashSet<string> taken = [Total];
        var codes = new string[layout.Endpoints.Count];
        for (int e = 0; e < codes.Length; e++)
        {
            if (IsDomain(layout, e))
            {
                codes[e] = DomainCodes[ItemModel.DomainNames.ToList().IndexOf(layout.Endpoints[e].Name)];
                continue;
            }

            string plain = new([.. layout.Endpoints[e].Name.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Take(DataSetColumn.LongestName)]);
            plain = DataSetColumn.IsName(plain) ? plain : ("EP" + plain)[..Math.Min(DataSetColumn.LongestName, plain.Length + 2)];
            string code = plain;
            for (int next = 2; !taken.Add(code); next++)
            {
                string number = FormattableString.Invariant($"{next}");
                code = plain[..Math.Min(plain.Length, DataSetColumn.LongestName - number.Length)] + number;
            }

            codes[e] = code;
        }

        return codes;
    }

    /// <summary>A parameter: code, name, category, and value of a participant at a visit, NaN where not observed.</summary>
    private sealed record Parameter(string Code, string Name, string Category, Func<int, int, double> ValueAt);

    /// <summary>A row: one observed value.</summary>
    private readonly record struct Value(Parameter Parameter, int Participant, int Visit, double Baseline, double AtVisit)
    {
        internal bool IsBaseline => Visit == 0;

        internal double Change => IsBaseline ? double.NaN : AtVisit - Baseline;
    }
}
