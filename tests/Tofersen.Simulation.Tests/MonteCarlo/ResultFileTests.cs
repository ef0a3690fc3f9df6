using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Results on disk: read back as they were, or refused.</summary>
public sealed class ResultFileTests
{
    private TemporaryFolder _files = null!;

    private static Scenario Scenario => TestScenarios.Rich with
    {
        Analyses = [new Ancova { Week = 28 }, new JointRank { Week = 52 }, new LogRank { StratifyBy = ["stratum"] }],
    };

    private static RunOptions Options => new() { Replicates = 40, Seed = 601, TrueValues = false };

    private string File => _files.At("some.study");

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public void Read_ResultOfARun_GivesTheBytesOfTheResult()
    {
        PowerResult result = PowerAnalysis.Run(Scenario, options: Options);

        AssertReadsBack(result);
    }

    [Test]
    public void Read_TrueValuesAndEveryEndpoint_GivesTheBytesOfTheResult() => AssertReadsBack(
        PowerAnalysis.Run(Presets.Find("valor-ole")!.Scenario, options: new RunOptions { Replicates = 20, Seed = 602, CollectEndpoints = true }));

    [Test]
    public void Read_InterimLooks_GivesTheBytesOfTheResult() => AssertReadsBack(
        PowerAnalysis.Run(Presets.ReadScenario(Reporting.Reports.ReportedResult.ScenarioJson), options: Options));

    [Test]
    public void Read_TestsAlone_GivesTheBytesOfTheResult()
    {
        PowerResult read = AssertReadsBack(PowerAnalysis.Run(Scenario, options: Options with { CollectCourses = false }));

        Assert.That(read.Courses, Is.Null);
    }

    [Test]
    public void Read_RunToAPrecision_KeepsThePrecisionAndTheNumberOfReplicates()
    {
        RunOptions options = Options with { Replicates = 3_000, Precision = 0.012, CollectCourses = false };
        PowerResult result = PowerAnalysis.Run(Scenario, options: options);
        Assert.That(result.Replicates, Is.LessThan(3_000));

        PowerResult read = AssertReadsBack(result);

        Assert.That((read.Precision, read.IsPrecise, read.Replicates), Is.EqualTo((result.Precision, result.IsPrecise, result.Replicates)));
    }

    [Test]
    public void TryWrite_OtherThreadsAndBlocks_GivesTheSameBytes()
    {
        ResultFile.TryWrite(PowerAnalysis.Run(Scenario, options: Options with { Parallelism = 1, BlockSize = 3 }), File);
        byte[] first = System.IO.File.ReadAllBytes(File);

        ResultFile.TryWrite(PowerAnalysis.Run(Scenario, options: Options with { Parallelism = 2, BlockSize = 64 }), File);

        Assert.That(System.IO.File.ReadAllBytes(File), Is.EqualTo(first));
    }

    [Test]
    public void TryWrite_ModelOfOnesOwn_WritesNothing()
    {
        Scenario own = Scenario with { Analyses = [new FunctionAnalysis(data => AnalysisResult.NotEstimable(data.Participants))] };

        Assert.That(ResultFile.TryWrite(PowerAnalysis.Run(own, options: Options), File), Is.False);
        Assert.That(_files.Entries, Is.Empty);
    }

    [Test]
    public void TryWrite_ResultOfNoRun_WritesNothing()
    {
        PowerResult result = PowerAnalysis.Run(Scenario, options: Options with { CollectCourses = false });
        var copied = new PowerResult { Scenario = result.Scenario, Seed = 1, Replicates = 40, Analyses = result.Analyses };

        Assert.That(ResultFile.TryWrite(copied, File), Is.False);
        Assert.That(_files.Entries, Is.Empty);
    }

    [Test]
    public void Read_AnyBitFlippedOrAnyByteMissing_IsRefused()
    {
        ResultFile.TryWrite(PowerAnalysis.Run(Scenario, options: Options with { CollectCourses = false }), File);
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(603), 0, 0, DrawPurpose.Trajectory);
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] flipped = [.. bytes];
            flipped[random.NextBelow(bytes.Length)] ^= (byte)(1 << random.NextBelow(8));
            System.IO.File.WriteAllBytes(File, flipped);
            Assert.That(() => ResultFile.Read(File), Throws.TypeOf<InvalidDataException>(), $"Trial {trial}");

            System.IO.File.WriteAllBytes(File, bytes[..random.NextBelow(bytes.Length)]);
            Assert.That(() => ResultFile.Read(File), Throws.TypeOf<InvalidDataException>(), $"Trial {trial}");
        }
    }

    [Test]
    public void Read_FileOfAnotherVersion_IsRefusedAndSaysWhich()
    {
        ResultFile.TryWrite(PowerAnalysis.Run(Scenario, options: Options with { CollectCourses = false }), File);
        ResultBytes.Replace(File, "\"version\":\"0.", "\"version\":\"9.");

        Assert.That(
            () => ResultFile.Read(File),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("version 9.").And.Message.Contains(StudyPlan.Version));
    }

    [TestCase("\"seed\":601", "\"seed\":602")]
    [TestCase("\"precision\":null", "\"precision\":true")]
    [TestCase("\"blockSize\":64", "\"blockSize\":-4")]
    public void Read_ChangedWithItsChecksumMadeAgain_IsRefused(string old, string changed)
    {
        ResultFile.TryWrite(PowerAnalysis.Run(Scenario, options: Options with { CollectCourses = false }), File);
        ResultBytes.Replace(File, old, changed);

        Assert.That(() => ResultFile.Read(File), Throws.TypeOf<InvalidDataException>().With.Message.Contains(File));
    }

    private PowerResult AssertReadsBack(PowerResult result)
    {
        Assert.That(ResultFile.TryWrite(result, File), Is.True);

        PowerResult read = ResultFile.Read(File);

        Assert.That(read.Scenario, Is.EqualTo(result.Scenario));
        Assert.That(PowerReport.ToJson(read), Is.EqualTo(PowerReport.ToJson(result)));
        (string Name, byte[] Bytes)[] expected = FilesOf(result);
        Assert.That(FilesOf(read), Is.EqualTo(expected));
        Assert.That(expected.Select(f => f.Name), Has.Member("power.csv").And.Member("result.study"));
        string[] names = [.. result.Analyses.Select(a => a.Name)];
        Assert.That(read.Compare(names[0], names[1]), Is.EqualTo(result.Compare(names[0], names[1])));
        return read;
    }

    private static (string Name, byte[] Bytes)[] FilesOf(PowerResult result)
    {
        using var folder = new TemporaryFolder();
        PowerReport.Write(result, folder.FullName);
        return [.. Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), System.IO.File.ReadAllBytes(f)))];
    }
}
