using System.Text;

namespace Tofersen.Simulation.Reporting.DataSets;

/// <summary>The data dictionary of data sets: every column with its label, type, length, unit, values and derivation.</summary>
/// <remarks>It is made from the declarations that also write the columns, so that the two cannot differ.</remarks>
public static class DictionaryReport
{
    /// <summary>Writes dictionary.csv, a row a column, and dictionary.json, data set by data set.</summary>
    /// <param name="dataSets">The data sets.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Write(IEnumerable<DataSet> dataSets, string folder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataSets);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        (DataSet DataSet, DataSetMeasure Measure)[] all = [.. dataSets.Select(d => (d, DataSetMeasure.Of(d, cancellation)))];
        using (var table = new CsvTable(
            Path.Combine(folder, "dictionary.csv"), "DATASET", "VARIABLE", "LABEL", "TYPE", "LENGTH", "UNIT", "CODES", "DERIVATION"))
        {
            foreach ((DataSet dataSet, DataSetMeasure measure) in all)
            {
                foreach ((int i, DataSetColumn column) in dataSet.Columns.Index())
                {
                    table.Text(dataSet.Name).Text(column.Name).Text(column.Label).Text(TypeOf(column)).Number((long)measure.Lengths[i])
                        .Text(column.Unit).Text(Codes(column)).Text(column.Derivation)
                        .EndRow();
                }
            }
        }

        File.WriteAllText(Path.Combine(folder, "dictionary.json"), ToJson(all));
    }

    private static string ToJson(IEnumerable<(DataSet DataSet, DataSetMeasure Measure)> all) => JsonText.OfObject(json =>
    {
        json.WriteStartArray("dataSets");
        foreach ((DataSet dataSet, DataSetMeasure measure) in all)
        {
            json.WriteStartObject();
            json.WriteString("name", dataSet.Name);
            json.WriteString("label", dataSet.Label);
            json.WriteString("structure", dataSet.Structure);
            json.WriteString("file", FileOf(dataSet));
            json.WriteNumber("records", measure.Rows);
            json.WriteStartArray("keys");
            foreach (string key in dataSet.Keys)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
            json.WriteStartArray("variables");
            foreach ((int i, DataSetColumn column) in dataSet.Columns.Index())
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("label", column.Label);
                json.WriteString("type", TypeOf(column));
                json.WriteNumber("length", measure.Lengths[i]);
                json.WriteString("unit", column.Unit.Length > 0 ? column.Unit : null);
                json.WriteStartArray("codes");
                foreach (CodedValue code in column.Codes)
                {
                    json.WriteStartObject();
                    json.WriteString("code", code.Code);
                    json.WriteString("meaning", code.Meaning);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteString("derivation", column.Derivation.Length > 0 ? column.Derivation : null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    internal static string FileOf(DataSet dataSet) => dataSet.Name.ToLowerInvariant() + ".csv";

    // The types of Define-XML.
    private static string TypeOf(DataSetColumn column) => column.Kind switch
    {
        DataSetValueKind.Text => "text",
        DataSetValueKind.Integer => "integer",
        _ => "float",
    };

    private static string Codes(DataSetColumn column)
    {
        var text = new StringBuilder();
        foreach (CodedValue code in column.Codes)
        {
            text.Append(text.Length > 0 ? "; " : "").Append(code.Code).Append(code.Meaning == code.Code ? "" : " = " + code.Meaning);
        }

        return text.ToString();
    }
}
