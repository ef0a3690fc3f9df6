using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>What analyses that hold another analysis have in common.</summary>
/// <remarks>Two are equal when they say the same, whether a name was given or follows from the rest.</remarks>
public abstract record WrappedAnalysis : IAnalysis
{
    private readonly string? _name;

    private protected WrappedAnalysis()
    {
    }

    /// <inheritdoc/>
    public string Name
    {
        get => _name ?? DefaultName;
        init => _name = Require.Text(value);
    }

    /// <summary>The analysis inside.</summary>
    public required IAnalysis Analysis { get; init => field = Require.NotNull(value); }

    /// <inheritdoc/>
    /// <remarks>That of the analysis inside.</remarks>
    public virtual double Alpha => Analysis.Alpha;

    /// <inheritdoc/>
    public virtual ValueList<string> Endpoints => Analysis.Endpoints;

    /// <inheritdoc/>
    /// <remarks>As the analysis inside.</remarks>
    public bool LooksAtAdverseEvents => Analysis.LooksAtAdverseEvents;

    private protected abstract string DefaultName { get; }

    /// <inheritdoc/>
    public abstract IAnalysisWorker CreateWorker(TrialLayout layout);

    /// <inheritdoc/>
    public abstract LatentContrast? Estimand(TrialLayout layout);

    /// <summary>Compares by name and the analysis inside; derived records add the rest.</summary>
    /// <param name="other">Another analysis.</param>
    /// <returns>Whether both say the same.</returns>
    public virtual bool Equals(WrappedAnalysis? other) =>
        other is not null && EqualityContract == other.EqualityContract && Name == other.Name && Analysis.Equals(other.Analysis);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Name, Analysis);
}
