namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Nelder and Mead's search with restarts, for functions whose derivatives are not to be trusted.</summary>
internal static class NelderMead
{
    /// <summary>The lowest value found.</summary>
    internal static double Minimise(Func<double[], double> function, double[] start, double[] steps)
    {
        double best = double.PositiveInfinity;
        for (int restart = 0; restart < 6; restart++)
        {
            (double[] point, double value) = Run(function, start, steps);
            bool isDone = value > best - 1e-9;
            best = Math.Min(best, value);
            start = point;
            if (isDone)
            {
                break;
            }

            steps = [.. steps.Select(step => step * 0.3)];
        }

        return best;
    }

    private static (double[] Point, double Value) Run(Func<double[], double> function, double[] start, double[] steps)
    {
        int n = start.Length;
        var corners = new List<(double[] Point, double Value)> { (start, function(start)) };
        for (int i = 0; i < n; i++)
        {
            double[] corner = (double[])start.Clone();
            corner[i] += steps[i];
            corners.Add((corner, function(corner)));
        }

        for (int iteration = 0; iteration < 400; iteration++)
        {
            corners.Sort((a, b) => Comparable(a.Value).CompareTo(Comparable(b.Value)));
            if (corners[^1].Value - corners[0].Value < 1e-10)
            {
                break;
            }

            double[] worst = corners[^1].Point;
            double[] centre = [.. Enumerable.Range(0, n).Select(i => corners.Take(n).Average(c => c.Point[i]))];
            (double[] Point, double Value) Along(double share)
            {
                double[] point = [.. centre.Zip(worst, (c, w) => c + (share * (w - c)))];
                return (point, function(point));
            }

            (double[] Point, double Value) reflected = Along(-1);
            if (reflected.Value < corners[0].Value)
            {
                (double[] Point, double Value) expanded = Along(-2);
                corners[^1] = expanded.Value < reflected.Value ? expanded : reflected;
            }
            else if (reflected.Value < corners[^2].Value)
            {
                corners[^1] = reflected;
            }
            else
            {
                (double[] Point, double Value) contracted = Along(reflected.Value < corners[^1].Value ? -0.5 : 0.5);
                if (contracted.Value < Math.Min(reflected.Value, corners[^1].Value))
                {
                    corners[^1] = contracted;
                }
                else
                {
                    for (int c = 1; c <= n; c++)
                    {
                        double[] point = [.. corners[0].Point.Zip(corners[c].Point, (b, w) => (b + w) / 2)];
                        corners[c] = (point, function(point));
                    }
                }
            }
        }

        return corners.MinBy(c => Comparable(c.Value));
    }

    private static double Comparable(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;
}
