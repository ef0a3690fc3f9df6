using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>What a group-sequential trial is likely to do under one drift.</summary>
public sealed class SequentialProbabilities
{
    private readonly ValueList<double> _fractions;

    internal SequentialProbabilities(ValueList<double> fractions, ValueList<double> efficacy, ValueList<double> futility)
    {
        _fractions = fractions;
        Efficacy = efficacy;
        Futility = futility;
    }

    /// <summary>Probability of stopping for efficacy at each look; at the last, of rejecting there.</summary>
    public ValueList<double> Efficacy { get; }

    /// <summary>Probability of stopping for futility at each look; at the last, of ending there without a rejection.</summary>
    public ValueList<double> Futility { get; }

    /// <summary>Probability of a rejection at any look; under no effect, the type I error rate.</summary>
    public double Power => Efficacy.Sum();

    /// <summary>Probability of stopping before the last look.</summary>
    public double EarlyStoppingProbability
    {
        get
        {
            double sum = 0;
            for (int k = 0; k < _fractions.Count - 1; k++)
            {
                sum += Efficacy[k] + Futility[k];
            }

            return sum;
        }
    }

    /// <summary>Expected information at the end of the trial, as a fraction of the planned.</summary>
    public double ExpectedInformationFraction
    {
        get
        {
            // Counted back from 1, so that nothing is lost where hardly any trial stops early.
            double saved = 0;
            for (int k = 0; k < _fractions.Count - 1; k++)
            {
                saved += (Efficacy[k] + Futility[k]) * (1 - _fractions[k]);
            }

            return 1 - saved;
        }
    }
}
