using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Reporting;

/// <content>Items of the ALSFRS-R and adverse events.</content>
public static partial class TrialDataSets
{
    private static readonly string[] ItemNames =
    [
        "Speech", "Salivation", "Swallowing", "Handwriting", "Cutting food", "Dressing and hygiene", "Turning in bed", "Walking",
        "Climbing stairs", "Dyspnoea", "Orthopnoea", "Respiratory insufficiency",
    ];

    private static void WriteItems(TrialData data, string study, string path, CancellationToken cancellation)
    {
        using var table = new CsvTable(
            path, "STUDYID", "USUBJID", "ARM", "STRATUM", "PARAMCD", "PARAM", "AVISIT", "AVISITN", "ADY", "MONTH", "AVAL", "ABLFL");
        for (int p = 0; p < data.Participants; p++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int v = 0; v < data.Visits; v++)
            {
                ReadOnlySpan<byte> items = data.Items(p, v);
                for (int i = 0; i < items.Length; i++)
                {
                    CsvTable row = table.Text(study).Text(Id(study, p)).Text(Arm(data, p)).Text(Stratum(data, p))
                        .Text(FormattableString.Invariant($"ALSFR{i + 1:D2}")).Text(ItemNames[i]);
                    Visit(row, data, p, v)
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
}
