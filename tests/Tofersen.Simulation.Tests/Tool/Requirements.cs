namespace Tofersen.Simulation.Tests.Tool;

/// <summary>What a few tests need of the machine.</summary>
internal static class Requirements
{
    /// <summary>Skips the test and says why; where <c>TOFERSEN_TESTS_SKIP_NOTHING</c> is set, as in continuous integration, the test fails.</summary>
    internal static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("TOFERSEN_TESTS_SKIP_NOTHING") is { Length: > 0 })
        {
            Assert.Fail($"Missing: {what}.");
        }

        Assert.Ignore($"Skipped, since something is missing: {what}.");
    }

    /// <summary>Whether programs are on the path.</summary>
    internal static bool HasPrograms(params string[] names) => names.All(name => PathOf(name) is not null);

    /// <summary>The file of a program that is on the path; null where it is not.</summary>
    internal static string? PathOf(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
