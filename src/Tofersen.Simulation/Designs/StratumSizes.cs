namespace Tofersen.Simulation.Designs;

/// <summary>Spreads participants over strata in fixed shares.</summary>
internal static class StratumSizes
{
    /// <summary>Whole numbers that sum to the participants and are as close to the shares as can be: largest remainders, ties
    /// to the earlier stratum.</summary>
    internal static int[] FromShares(int participants, ReadOnlySpan<double> shares)
    {
        var sizes = new int[shares.Length];
        var remainders = new double[shares.Length];
        int left = participants;
        for (int i = 0; i < shares.Length; i++)
        {
            // A share such as 60/108 of 108 may come out a hair below 60.
            double exact = shares[i] * participants;
            sizes[i] = (int)Math.Floor(exact + 1e-9);
            remainders[i] = exact - sizes[i];
            left -= sizes[i];
        }

        for (; left > 0; left--)
        {
            int best = 0;
            for (int i = 1; i < remainders.Length; i++)
            {
                if (remainders[i] > remainders[best] + 1e-9)
                {
                    best = i;
                }
            }

            sizes[best]++;
            remainders[best] = double.NegativeInfinity;
        }

        return sizes;
    }
}
