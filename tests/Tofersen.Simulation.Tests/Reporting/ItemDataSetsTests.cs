using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>The files of items and adverse events against the trial itself.</summary>
public sealed class ItemDataSetsTests
{
    [Test]
    public void Write_TrialWithItems_ItemsAndDomainsSumToTheTotal()
    {
        using var folder = new TemporaryFolder();
        TrialData data = new TrialSimulator(ItemScenarios.Rich).Simulate(20_260_207, 0);
        TrialDataSets.Write(data, "study", folder.FullName);
        CsvFile scores = CsvFile.Read(folder.FullName, "adqs.csv");
        ILookup<string, CsvFileRow> rows = scores.Rows.ToLookup(r => r["PARCAT1"]);

        Assert.That(scores.Columns, Is.All.Match("^[A-Z][A-Z0-9]{0,7}$"));
        Assert.That(rows["ITEM"].Select(r => r["PARAMCD"]).Distinct(), Is.EqualTo(Enumerable.Range(1, 12).Select(i => $"ALSFR{i:D2}")));
        Assert.That(rows["DOMAIN"].Select(r => r["PARAMCD"]).Distinct(), Is.EqualTo((string[])["ALSFRDB", "ALSFRDF", "ALSFRDG", "ALSFRDR"]));
        foreach (string category in (string[])["ITEM", "DOMAIN"])
        {
            foreach (string column in (string[])["AVAL", "BASE"])
            {
                var sums = rows[category].GroupBy(r => (r["USUBJID"], r["AVISIT"])).ToDictionary(g => g.Key, g => g.Sum(r => r.Number(column)));
                Assert.That(sums, Has.Count.EqualTo(rows["TOTAL"].Count()));
                Assert.That(rows["TOTAL"].Select(r => sums[(r["USUBJID"], r["AVISIT"])]), Is.EqualTo(rows["TOTAL"].Select(r => r.Number(column))));
            }
        }
    }

    [Test]
    public void Write_TrialWithAdverseEvents_HasOneRowAnEpisode()
    {
        using var folder = new TemporaryFolder();
        TrialData data = new TrialSimulator(ItemScenarios.Rich).Simulate(20_260_207, 0);
        TrialDataSets.Write(data, "study", folder.FullName);
        CsvFile events = CsvFile.Read(folder.FullName, "adae.csv");
        int row = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            foreach (AdverseEvent episode in data.AdverseEvents.Episodes(p).ToArray())
            {
                CsvFileRow written = events.Rows[row++];
                Assert.That(written["USUBJID"], Is.EqualTo(FormattableString.Invariant($"study-{p + 1:D4}")));
                Assert.That(written["AEDECOD"], Is.EqualTo(data.Layout.AdverseEvents[episode.Class].Name));
                Assert.That(written["AESER"], Is.EqualTo(data.Layout.AdverseEvents[episode.Class].IsSerious ? "Y" : "N"));
                Assert.That(written.Number("ASTMO"), Is.EqualTo(episode.Months));
                Assert.That(written["ONTRTFL"], Is.EqualTo(episode.IsOnDrug ? "Y" : ""));
            }
        }

        Assert.That(events.Rows, Has.Count.EqualTo(row).And.Count.GreaterThan(100));
    }

    [Test]
    public void Write_TrialInCohorts_HasTheCohortOfEach()
    {
        using var folder = new TemporaryFolder();
        TrialData data = new TrialSimulator(PhaseOneTwo.Preset.Scenario).Simulate(3, 0);
        TrialDataSets.Write(data, "study", folder.FullName);
        CsvFile participants = CsvFile.Read(folder.FullName, "adsl.csv");

        Assert.That(participants.Rows.GroupBy(r => r["COHORT"]).Select(g => g.Count()), Is.EquivalentTo((int[])[13, 12, 12, 13]));
        Assert.That(participants.Rows.Select(r => r["ARM"] == "Placebo" || r["ARM"] == r["COHORT"]), Is.All.True);
        Assert.That(CsvFile.Read(folder.FullName, "adlb.csv").Rows[0]["COHORT"], Is.Not.Empty);
    }

    [Test]
    public void Write_TrialBeforeSymptoms_HasConversions()
    {
        using var folder = new TemporaryFolder();
        TrialData data = new TrialSimulator(Atlas.Preset.Scenario).Simulate(3, 0);
        TrialDataSets.Write(data, "study", folder.FullName);
        CsvFileRow[] times = [.. CsvFile.Read(folder.FullName, "adtte.csv").Rows.Where(r => r["PARAMCD"] == "PHENCONV")];
        CsvFile participants = CsvFile.Read(folder.FullName, "adsl.csv");

        Assert.That(times, Has.Length.EqualTo(data.Participants));
        for (int p = 0; p < data.Participants; p++)
        {
            bool converted = double.IsFinite(data.PhenoconversionMonths[p]);
            Assert.That(times[p]["CNSR"], Is.EqualTo(converted ? "0" : "1"));
            Assert.That(times[p].Number("AVAL"), Is.EqualTo(converted ? data.PhenoconversionMonths[p] : data.FollowUpMonths[p]));
            Assert.That(participants.Rows[p]["CONVDY"].Length > 0, Is.EqualTo(converted));
        }

        Assert.That(times.Select(r => r["EVNTDESC"]), Has.Some.EqualTo("PHENOCONVERSION"));
    }

    [Test]
    public void Write_TrialWithoutThem_HasTheTotalAloneAndNoFileOfEvents()
    {
        using var folder = new TemporaryFolder();
        TrialDataSets.Write(new TrialSimulator(TestScenarios.Rich).Simulate(1, 0), "study", folder.FullName);

        Assert.That(folder.Entries, Has.No.Member("adae.csv"));
        Assert.That(CsvFile.Read(folder.FullName, "adqs.csv").Rows.Select(r => r["PARAMCD"]), Is.All.EqualTo("ALSFRSR"));
    }
}
