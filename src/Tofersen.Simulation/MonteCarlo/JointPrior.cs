using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Everything that is believed about a scenario: its priors, and which of them go together.</summary>
public sealed record JointPrior
{
    /// <summary>The priors, at least one, with different names and paths.</summary>
    public required ValueList<Prior> Priors { get; init => field = Require.NotEmpty(value); }

    /// <summary>Which priors go together; those that are not named are independent.</summary>
    public ValueList<PriorCorrelation> Correlations { get; init => field = Require.Entries(value); } = [];

    /// <summary>Number of equally likely parts into which results divide each prior, from 2 to 100; five by default. A discrete prior is divided
    /// into its points.</summary>
    public int Parts { get; init => field = Require.InRange(value, 2, 100); } = 5;

    /// <summary>Cholesky factor of the correlations of the normal scores, row by row; empty without correlations.</summary>
    /// <exception cref="ArgumentException">A prior is not valid, two have one name or path, a correlation names no prior or the same pair as
    /// another, or there can be no such correlations together.</exception>
    internal double[] ValidatedFactor()
    {
        foreach (Prior prior in Priors)
        {
            prior.Validate();
        }

        CheckDistinct(Priors.Select(p => p.Name), "Two priors are called");
        CheckDistinct(Priors.SelectMany(p => p.Paths), "Two priors are over");
        if (Correlations.Count == 0)
        {
            return [];
        }

        int n = Priors.Count;
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = 1;
        }

        foreach (PriorCorrelation correlation in Correlations)
        {
            (int a, int b) = (PositionOf(correlation.First), PositionOf(correlation.Second));
            if (a == b || matrix[(a * n) + b] != 0)
            {
                throw new ArgumentException(
                    $"The correlation of '{correlation.First}' and '{correlation.Second}' must be of two priors, and be given once.", nameof(Correlations));
            }

            matrix[(a * n) + b] = correlation.Correlation;
            matrix[(b * n) + a] = correlation.Correlation;
        }

        double[] factor = CorrelationFactor.Factor(matrix, n, out int failedAt, out _);
        return failedAt < 0
            ? factor
            : throw new ArgumentException(
                $"Priors cannot all be correlated like this: that of '{Priors[failedAt].Name}' with those before it is not positive definite. Take smaller correlations.",
                nameof(Correlations));
    }

    private static void CheckDistinct(IEnumerable<string> names, string problem)
    {
        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"{problem} '{twice}'; they must differ.", nameof(Priors));
        }
    }

    private int PositionOf(string name)
    {
        for (int i = 0; i < Priors.Count; i++)
        {
            if (Priors[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException(
            $"There is no prior '{name}'; there are {string.Join(", ", Priors.Select(p => p.Name))}.", nameof(Correlations));
    }
}
