using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>What the library's own analyses have in common: a name, a level and the strata that they look at.</summary>
/// <remarks>Two analyses are equal when they say the same, whether a name was given or follows from the rest.</remarks>
public abstract record TwoArmAnalysis : IAnalysis
{
    private readonly string? _name;

    private protected TwoArmAnalysis()
    {
    }

    /// <inheritdoc/>
    public string Name
    {
        get => _name ?? DefaultName;
        init => _name = Require.Text(value);
    }

    /// <summary>Strata that are analysed; all where empty.</summary>
    public ValueList<string> Strata { get; init => field = Require.NotNull(value); } = [];

    /// <inheritdoc/>
    /// <remarks>From 10⁻⁶ to 0.5; 0.05 by default.</remarks>
    public double Alpha { get; init => field = Require.InRange(value, 1e-6, 0.5); } = 0.05;

    private protected abstract string DefaultName { get; }

    /// <inheritdoc/>
    public abstract IAnalysisWorker CreateWorker(TrialLayout layout);

    /// <inheritdoc/>
    public virtual LatentContrast? Estimand(TrialLayout layout) => null;

    /// <summary>Compares by name, strata and level; derived records add the rest.</summary>
    /// <param name="other">Another analysis.</param>
    /// <returns>Whether both say the same.</returns>
    public virtual bool Equals(TwoArmAnalysis? other) =>
        other is not null && EqualityContract == other.EqualityContract && Name == other.Name && Strata.Equals(other.Strata)
        && Alpha.Equals(other.Alpha);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Name, Strata, Alpha);
}
