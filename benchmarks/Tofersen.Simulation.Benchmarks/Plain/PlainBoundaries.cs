using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.RootFinding;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Efficacy boundaries of a spending function of O'Brien and Fleming's shape by Armitage, McPherson and Rowe's recursion, with Simpson's
/// rule on a fixed grid, MathNet's distribution functions and Brent's method.</summary>
internal static class PlainBoundaries
{
    private const int Intervals = 800;
    private const double Far = -9;

    internal static double[] LanDeMetsObrienFleming(double[] fractions, double alpha)
    {
        double Spent(double t) => 2 * (1 - Normal.CDF(0, 1, Normal.InvCDF(0, 1, 1 - (alpha / 2)) / Math.Sqrt(t)));

        var bounds = new double[fractions.Length];
        (double[] At, double[] Mass) before = ([0], [1]);
        double last = 0, spent = 0;
        for (int k = 0; k < bounds.Length; k++)
        {
            double root = Math.Sqrt(fractions[k] - last);
            double toSpend = Spent(fractions[k]) - spent;
            (double[] from, double[] mass) = before;
            double score = Brent.FindRoot(
                b => from.Select((y, i) => mass[i] * Normal.CDF(0, 1, (y - b) / root)).Sum() - toSpend, 0, 10, 1e-13, 200);
            bounds[k] = score / Math.Sqrt(fractions[k]);
            before = Continue(before, root, Far * Math.Sqrt(fractions[k]), score);
            (last, spent) = (fractions[k], Spent(fractions[k]));
        }

        return bounds;
    }

    // Points below the bound with Simpson's weight times the density of the score that got there.
    private static (double[] At, double[] Mass) Continue((double[] At, double[] Mass) before, double root, double low, double high)
    {
        double step = (high - low) / Intervals;
        double[] at = Generate.LinearSpaced(Intervals + 1, low, high);
        double Weight(int i) => step / 3 * (i is 0 or Intervals ? 1 : i % 2 == 1 ? 4 : 2);
        return (at, [.. at.Select((x, i) => Weight(i) * before.At.Select((y, j) => before.Mass[j] * Normal.PDF(y, root, x)).Sum())]);
    }
}
