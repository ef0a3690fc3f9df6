using System.Text;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>What texts and numbers look like in the files.</summary>
public sealed class CsvTextTests
{
    [TestCase("early, late")]
    [TestCase("\"early\"")]
    [TestCase("early\nlate")]
    [TestCase("early\r\nlate")]
    [TestCase("früh – Ω 試験 🧪")]
    [TestCase("a \"b\", 'c'\n\"")]
    [TestCase(" spaces ")]
    public void ArmAndStratum_AwkwardNames_ReadBackAsTheyAre(string name)
    {
        ReportedTrial trial = ReportedTrial.Of(Named(name), study: "s " + name);

        foreach (CsvFile file in (CsvFile[])[trial.Participants, trial.Scores, trial.Laboratory, trial.Times])
        {
            Assert.That(file.Rows.Select(r => r["ARM"]).Distinct(), Is.EquivalentTo((string[])[name, "late"]));
            Assert.That(file.Rows.Select(r => r["STRATUM"]).Distinct(), Is.EquivalentTo((string[])[name, "slow"]));
            Assert.That(file.Rows.Select(r => r["STUDYID"]), Is.All.EqualTo("s " + name));
        }
    }

    [TestCase("=cmd()")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("@SUM(1)")]
    [TestCase("\t=cmd()")]
    [TestCase("\n=cmd()")]
    [TestCase("'=cmd()")]
    [TestCase("＝cmd()")]
    [TestCase("=HYPERLINK(\"http://x\", \"y\")")]
    public void ArmAndStratum_NamesThatASpreadsheetWouldRun_AreNeutralised(string name)
    {
        ReportedTrial trial = ReportedTrial.Of(Named(name), study: name);

        foreach (CsvFile file in (CsvFile[])[trial.Participants, trial.Scores, trial.Laboratory, trial.Times])
        {
            Assert.That(file.Rows.Select(r => r["ARM"]).Distinct(), Is.EquivalentTo((string[])["'" + name, "late"]));
            Assert.That(file.Rows.Select(r => r["STRATUM"]).Distinct(), Is.EquivalentTo((string[])["'" + name, "slow"]));
            Assert.That(file.Rows.Select(r => r["STUDYID"]), Is.All.EqualTo("'" + name));
            Assert.That(file.Rows.Select(r => r["USUBJID"]), Is.All.StartsWith("'" + name + "-"));
        }
    }

    [Test]
    public void NegativeNumbers_AreNumbersAndNotNeutralised()
    {
        ReportedTrial trial = ReportedTrial.Of(ReportedTrial.Scenario);

        Assert.That(trial.Scores.Rows.Select(r => r.Number("CHG")), Has.Some.LessThan(0));
        Assert.That(trial.Scores.Rows.Select(r => r["CHG"]), Is.All.Match(@"^(-?\d+(\.\d+)?)?$"));
    }

    [Test]
    public void Files_AreUtf8WithoutByteOrderMarkAndWithLineFeeds()
    {
        using var folder = new TemporaryFolder();
        TrialDataSets.Write(new TrialSimulator(Named("früh")).Simulate(1, 0), "study", folder.FullName);

        Assert.That(folder.Entries, Is.EqualTo((string[])["adae.csv", "adfn.csv", "adlb.csv", "adqs.csv", "adsl.csv", "adtte.csv", "dictionary.csv", "dictionary.json"]));
        foreach (string name in folder.Entries.Where(n => n.StartsWith("ad", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(folder.At(name));
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);

            Assert.That(text, Does.StartWith("STUDYID,").And.EndsWith("\n").And.Not.EndsWith("\n\n").And.Not.Contain("\r"));
            Assert.That(text, Does.Contain("früh"));
        }
    }

    [Test]
    public void Write_BlankStudyOrFolder_Throws()
    {
        TrialData data = new TrialSimulator(Named("early")).Simulate(1, 0);

        Assert.That(() => TrialDataSets.Write(data, " ", "."), Throws.ArgumentException);
        Assert.That(() => TrialDataSets.Write(data, "study", ""), Throws.ArgumentException);
        Assert.That(() => TrialDataSets.Write(null!, "study", "."), Throws.ArgumentNullException);
    }

    private static Scenario Named(string name)
    {
        Scenario scenario = ReportedTrial.Scenario;
        var population = (PopulationModel)scenario.Population;
        return scenario with
        {
            Analyses = [],
            Population = population with { Strata = [population.Strata[0] with { Name = name }, population.Strata[1]] },
            Design = (DelayedStart)scenario.Design with { EarlyName = name, DelayedName = "late", Participants = 24 },
        };
    }
}
