using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>What somebody at a terminal sees, through a pseudo-terminal that util-linux' script opens.</summary>
// Signals come after a time that a busy machine needs for starting.
[NonParallelizable]
public sealed class TerminalTests
{
    // A second of one thread, or a few on a busy machine: long enough for a rate.
    private const string Run = "power valor --replicates 8000 --parallelism 1 --analyses ancova-28,slopes-28";

    // All but that of the keypad's mode, which .NET sends to every terminal that it writes to.
    private static readonly Regex Escape = new(@"\u001b\[(?!\?1h)", RegexOptions.Compiled);
    private static readonly Regex Colour = new("\u001b\\[[0-9;]*m", RegexOptions.Compiled);

    private TemporaryFolder _files = null!;

    [OneTimeSetUp]
    public void RequireScript()
    {
        if (!Requirements.HasPrograms("script", "timeout"))
        {
            Requirements.Missing("script (util-linux) and timeout, which open a terminal");
        }
    }

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public void Power_OnATerminal_ShowsBarRateTimeLeftAndPowers()
    {
        string seen = OnTerminal($"{Tool} {Run}");

        Assert.That(seen, Does.Contain("Simulating").And.Match(@"[1-9][0-9]* %").And.Match(@"[0-9] trials/s").And.Match(@"[0-9] (s|min) left"));
        Assert.That(seen, Does.Match(@"  ancova-28 +0\.[0-9]{3} ± 0\.[0-9]{3}"));
        Assert.That(Colour.IsMatch(seen), "colours");
        Assert.That(seen, Does.Contain("8000 simulated trials"), "the result comes after it");
    }

    [Test]
    public void Power_NoColor_ShowsTheSameWithoutColours()
    {
        string seen = OnTerminal($"{Tool} {Run}", ("NO_COLOR", "1"));

        Assert.That(seen, Does.Contain("Simulating").And.Contain("trials/s"));
        Assert.That(Colour.IsMatch(seen), Is.False);
    }

    [Test]
    public void Power_DumbTerminal_GetsNoEscapes()
    {
        string seen = OnTerminal($"{Tool} {Run}", ("TERM", "dumb"));

        Assert.That(Escape.IsMatch(seen), Is.False);
        Assert.That(seen, Does.Contain("8000 simulated trials"));
    }

    [Test]
    public void Power_NoProgress_ShowsTheResultAlone()
    {
        string seen = OnTerminal($"{Tool} {Run} --no-progress");

        Assert.That(Escape.IsMatch(seen), Is.False);
        Assert.That(seen, Does.Not.Contain("Simulating").And.Contain("8000 simulated trials"));
    }

    [Test]
    public void Power_StandardErrorRedirected_IsSilent()
    {
        string seen = OnTerminal($"{Tool} {Run} 2> {_files.At("error")}");

        Assert.That(File.ReadAllText(_files.At("error")), Is.Empty);
        Assert.That(Escape.IsMatch(seen), Is.False);
    }

    [Test]
    public void Power_JsonIntoAFile_IsPureWhileTheBarIsShown()
    {
        string seen = OnTerminal($"{Tool} {Run} --format json > {_files.At("result.json")}");

        Assert.That(seen, Does.Contain("Simulating"));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(_files.At("result.json")));
        Assert.That(document.RootElement.GetProperty("replicates").GetInt32(), Is.EqualTo(8_000));
    }

    [Test]
    public void Power_Interrupted_GivesTheCursorBack()
    {
        string seen = OnTerminal($"timeout --foreground --signal INT 2 {Tool} power valor --replicates 100000000");

        Assert.That(seen, Does.Contain("Simulating").And.Contain("tofersen-sim: cancelled."));
        Assert.That(seen.LastIndexOf("\u001b[?25h", StringComparison.Ordinal), Is.GreaterThan(seen.LastIndexOf("\u001b[?25l", StringComparison.Ordinal)));
    }

    private static string Tool =>
        $"{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"} {Path.Combine(TestContext.CurrentContext.TestDirectory, "tofersen-sim.dll")}";

    private static string OnTerminal(string command, params (string Name, string Value)[] environment)
    {
        // As wide as nobody's terminal is, so that nothing is cut. The terminal of script is closed with its input, so that this stays open.
        var start = new ProcessStartInfo("script")
        {
            ArgumentList = { "--quiet", "--return", "--command", $"stty cols 200; {command}", "/dev/null" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm-256color", ["SHELL"] = "/bin/sh" },
        };

        // Spectre.Console takes a run of continuous integration for no terminal.
        foreach (string name in (string[])["CI", "NO_COLOR", "GITHUB_ACTIONS", "TF_BUILD"])
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string seen = process.StandardOutput.ReadToEnd();
        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(60)), "ends");
        Assert.That(error.Result, Is.Empty);
        return seen;
    }
}
