using MathNet.Numerics;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Power of two tests compared on the same replicates: two analyses of the same trials, or one analysis of two designs with the same
/// participants.</summary>
/// <remarks>Tests that see the same participants tend to reject together, so that the difference of their powers is known better than either
/// power. With b replicates in which the first alone rejects, c in which the second alone does, and n in all, the difference is (b − c) / n
/// with variance (b + c − (b − c)² / n) / n² (McNemar 1947, doi 10.1007/BF02295996; Agresti, Categorical Data Analysis, section 11.1).</remarks>
/// <param name="Both">Replicates in which both reject.</param>
/// <param name="FirstOnly">Replicates in which the first alone rejects.</param>
/// <param name="SecondOnly">Replicates in which the second alone rejects.</param>
/// <param name="Neither">Replicates in which none rejects.</param>
public sealed record PairedComparison(long Both, long FirstOnly, long SecondOnly, long Neither)
{
    /// <summary>Number of replicates.</summary>
    public long Replicates => Both + FirstOnly + SecondOnly + Neither;

    /// <summary>Power of the first − power of the second.</summary>
    public double Difference => (FirstOnly - SecondOnly) / (double)Replicates;

    /// <summary>Monte Carlo standard error of the difference.</summary>
    public double MonteCarloError
    {
        get
        {
            double n = Replicates;
            double difference = FirstOnly - SecondOnly;
            return Math.Sqrt(FirstOnly + SecondOnly - (difference * difference / n)) / n;
        }
    }

    /// <summary>Exact two-sided p value of McNemar's test that both powers are equal: twice the smaller binomial tail with probability ½, at
    /// most 1.</summary>
    public double PValue
    {
        get
        {
            long discordant = FirstOnly + SecondOnly;
            long fewer = Math.Min(FirstOnly, SecondOnly);

            // The lower tail of a binomial with probability 1/2 is a regularised beta function.
            return fewer == discordant ? 1 : Math.Min(1, 2 * SpecialFunctions.BetaRegularized(discordant - fewer, fewer + 1, 0.5));
        }
    }

    internal static PairedComparison From(long first, long second, long both, long replicates) =>
        new(both, first - both, second - both, replicates - first - second + both);
}
