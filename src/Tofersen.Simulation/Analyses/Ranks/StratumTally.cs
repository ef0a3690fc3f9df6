namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>Sums over the participants of a stratum of their wins and losses, all from the active arm's side. Whole numbers.</summary>
internal struct StratumTally
{
    internal int Active;
    internal int Control;
    internal long WinSum;
    internal long LossSum;
    internal double ActiveWinSquares;
    internal double ActiveLossSquares;
    internal double ActiveProducts;
    internal double ControlWinSquares;
    internal double ControlLossSquares;
    internal double ControlProducts;

    internal readonly double ActiveDifferenceSquares => ActiveWinSquares + ActiveLossSquares - (2 * ActiveProducts);

    internal readonly double ControlDifferenceSquares => ControlWinSquares + ControlLossSquares - (2 * ControlProducts);

    internal void Add(bool isActive, int wins, int losses)
    {
        if (isActive)
        {
            Active++;
            WinSum += wins;
            LossSum += losses;
            ActiveWinSquares += (double)wins * wins;
            ActiveLossSquares += (double)losses * losses;
            ActiveProducts += (double)wins * losses;
        }
        else
        {
            Control++;
            ControlWinSquares += (double)losses * losses;
            ControlLossSquares += (double)wins * wins;
            ControlProducts += (double)wins * losses;
        }
    }
}
