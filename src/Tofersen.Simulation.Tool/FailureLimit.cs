using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tool;

/// <summary>Too many failed analyses are an exit code of their own.</summary>
internal static class FailureLimit
{
    /// <summary>The share where nobody says another.</summary>
    internal const double Default = 0.1;

    /// <summary>Exit code for some analyses; says on standard error which one failed too often.</summary>
    internal static int Check(IEnumerable<OperatingCharacteristics> analyses, TextWriter error, double limit = Default) =>
        Check(analyses.Select(a => (a.Name, a.Failed, a.Planned)), error, limit);

    /// <summary>Exit code for numbers of failures.</summary>
    internal static int Check(IEnumerable<(string Name, int Failed, int Planned)> analyses, TextWriter error, double limit = Default)
    {
        foreach ((string name, int failed, int planned) in analyses)
        {
            if ((double)failed / planned > limit)
            {
                error.WriteLine(FormattableString.Invariant(
                    $"tofersen-sim: {name} failed in {failed} of {planned} replicates, more than the share of {limit} that is allowed."));
                return ExitCode.TooManyFailures;
            }
        }

        return ExitCode.Done;
    }
}
