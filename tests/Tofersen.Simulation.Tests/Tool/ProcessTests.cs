using System.Globalization;
using System.Text.Json;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>What only a process of its own shows: signals, streams, exit codes.</summary>
// Signals come after a time that a busy machine needs for starting.
[NonParallelizable]
public sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TemporaryFolder _scenarios = null!;
    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolders()
    {
        _scenarios = new TemporaryFolder();
        _files = new TemporaryFolder();
    }

    [TearDown]
    public void DeleteFolders()
    {
        _scenarios.Dispose();
        _files.Dispose();
    }

    [Test]
    public async Task Power_Json_IsAllOfStandardOutput()
    {
        string file = _scenarios.Write("s.json", ToolRun.QuickScenario.Replace("quick", "schnell – Ω", StringComparison.Ordinal));
        using var process = new ToolProcess("power", file, "--replicates", "5", "--format", "json");

        ToolRun run = await process.WaitAsync(Patience);

        run.Succeeded();
        Assert.That(run.Output, Does.StartWith("{"));
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.That(document.RootElement.GetProperty("scenario").GetString(), Is.EqualTo("schnell – Ω"));
        Assert.That(run.Output, Is.EqualTo((await ToolRun.Of("power", file, "--replicates", "5", "--format", "json")).Output));
    }

    [Test]
    public async Task Power_BadInput_ExitsWithTwoAndOneLine()
    {
        using var process = new ToolProcess("power", "valour");

        ToolRun run = await process.WaitAsync(Patience);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Match(@"\Atofersen-sim: [^\r\n]+\r?\n\z"));
    }

    [Test]
    public async Task Power_TooManyFailures_ExitsWithThree()
    {
        string file = _scenarios.Write("s.json", ToolRun.FailingScenario);
        using var process = new ToolProcess("power", file, "--replicates", "5", "--format", "json");

        ToolRun run = await process.WaitAsync(Patience);

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(() => JsonDocument.Parse(run.Output).Dispose(), Throws.Nothing);
    }

    [TestCase("text", 108)]
    [TestCase("json", 108)]
    [TestCase("json", 1_000_000)]
    public async Task Power_InterruptedDuringALongRun_EndsWithinTwoSecondsAndLeavesNothing(string format, int participants)
    {
        RequireInterrupts();
        string file = _scenarios.Write("s.json", $$"""
            {
              "version": 1, "base": "valor", "design": { "participants": {{participants}} },
              "analyses": [ { "method": "logRank", "name": "log-rank" } ]
            }
            """);
        using var process = new ToolProcess(
            "power", file, "--replicates", "100000000", "--parallelism", "1", "--format", format, "--out", _files.At("a", "out"));
        await UntilWritingAsync(process);
        long start = Environment.TickCount64;

        process.Interrupt();
        ToolRun run = await process.WaitAsync(Patience);

        Assert.That(Environment.TickCount64 - start, Is.LessThan(2_000), "milliseconds");
        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(run.Output, Is.Empty);
        Assert.That(_files.Entries, Is.Empty);
        Assert.That(run.Error, Is.EqualTo("tofersen-sim: cancelled." + Environment.NewLine));
    }

    [Test]
    public async Task Check_Interrupted_EndsWithinTwoSeconds()
    {
        RequireInterrupts();
        using var process = new ToolProcess("check", "valor-ole", "--replicates", "100000000");
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        long start = Environment.TickCount64;

        process.Interrupt();
        ToolRun run = await process.WaitAsync(Patience);

        Assert.That(Environment.TickCount64 - start, Is.LessThan(2_000), "milliseconds");
        Assert.That(run.ExitCode, Is.EqualTo(130));
        Assert.That(run.Output, Is.Empty);
    }

    private static void RequireInterrupts()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no SIGINT that can be sent to another process.");
        }

        // Bit 1 of the mask is SIGINT. A process hands down that it ignores a signal, so ours would never see it.
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        if (File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0)
        {
            Assert.Ignore("The tests run with SIGINT ignored, as background jobs do; so would the process under test.");
        }
    }

    // The folder in which the files are prepared shows that the handler is in place and the run has begun.
    private async Task UntilWritingAsync(ToolProcess process)
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!_files.Entries.Any(e => e.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            Assert.That(process.HasExited, Is.False, "ended before it began");
            Assert.That(Environment.TickCount64, Is.LessThan(end), "did not begin");
            await Task.Delay(20);
        }

        await Task.Delay(500);
    }
}
