namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A probability as the share of replicates in which something happened.</summary>
/// <param name="Count">Replicates in which it did.</param>
/// <param name="Replicates">All replicates; at least 1.</param>
public readonly record struct SimulatedProbability(int Count, int Replicates)
{
    /// <summary>The probability.</summary>
    public double Value => (double)Count / Replicates;

    /// <summary>Its Monte Carlo standard error.</summary>
    public double MonteCarloError => Math.Sqrt(Value * (1 - Value) / Replicates);

    /// <summary>Lower limit of its 95 % Wilson interval.</summary>
    public double Lower => WilsonInterval.Of(Count, Replicates).Lower;

    /// <summary>Upper limit of its 95 % Wilson interval.</summary>
    public double Upper => WilsonInterval.Of(Count, Replicates).Upper;
}
