namespace Tofersen.Simulation.Populations;

/// <summary>No candidate of a stratum met the inclusion criteria.</summary>
public sealed class ScreeningException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="stratum">Name of the stratum.</param>
    /// <param name="candidates">Number of candidates that were screened.</param>
    public ScreeningException(string stratum, int candidates)
        : base(FormattableString.Invariant(
            $"None of {candidates} candidates of stratum '{stratum}' met the inclusion criteria; widen them.")) =>
        Stratum = stratum;

    /// <summary>Name of the stratum.</summary>
    public string Stratum { get; }
}
