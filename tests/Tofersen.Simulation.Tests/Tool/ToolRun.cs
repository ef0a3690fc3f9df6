using Tofersen.Simulation.Tool;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>What one run of the command line in this process gave back.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>A change to VALOR that runs in milliseconds: one analysis, and one without a true value to compute.</summary>
    internal const string QuickScenario = """
        {
          "version": 1,
          "base": "valor",
          "name": "quick",
          "analyses": [ { "method": "jointRank", "name": "joint-rank", "week": 28 } ]
        }
        """;

    /// <summary>The same without events, so that its log-rank test can never be computed.</summary>
    internal const string FailingScenario = """
        {
          "version": 1,
          "base": "valor",
          "name": "failing",
          "observation": { "events": [] },
          "analyses": [
            { "method": "jointRank", "name": "joint-rank", "week": 28 },
            { "method": "logRank", "name": "log-rank" }
          ]
        }
        """;

    internal static async Task<ToolRun> Of(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await CommandLine.RunAsync(args, output, error);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must be refused, with one clear line on standard error and nothing on standard
    /// output.</summary>
    internal static async Task<string> RefusalOf(params string[] args)
    {
        ToolRun run = await Of(args);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Does.Match(@"\Atofersen-sim: [^\r\n\t]+\n\z").And.Not.Contain("Exception").And.Not.Contain("   at "));
        return run.Error.TrimEnd();
    }

    internal ToolRun Succeeded()
    {
        Assert.That(ExitCode, Is.Zero, Error);
        Assert.That(Error, Is.Empty);
        return this;
    }
}
