namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>When a trial stops because an effect is no longer likely: <see cref="BetaSpending"/> or <see cref="FixedFutility"/>.</summary>
public abstract record FutilityRule
{
    private protected FutilityRule()
    {
    }
}
