namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Comparison of proportions from textbook formulas, one list entry a participant.</summary>
internal sealed class PlainProportions
{
    private const double Z = 1.959963984540054;

    private readonly (double N1, double X1, double N0, double X0)[] _tables;

    internal PlainProportions(IEnumerable<(string Stratum, int Arm, bool Outcome)> participants)
    {
        (string Stratum, int Arm, bool Outcome)[] all = [.. participants];
        Participants = all.Length;
        _tables =
        [
            .. all.GroupBy(p => p.Stratum)
                .Select(g => (
                    (double)g.Count(p => p.Arm == 1),
                    (double)g.Count(p => p.Arm == 1 && p.Outcome),
                    (double)g.Count(p => p.Arm == 0),
                    (double)g.Count(p => p.Arm == 0 && p.Outcome)))
                .Where(t => t.Item1 > 0 && t.Item3 > 0),
        ];
        double sum = _tables.Sum(t => t.N1 * t.N0 / (t.N1 + t.N0));
        Weights = [.. _tables.Select(t => t.N1 * t.N0 / (t.N1 + t.N0) / sum)];
        Difference = _tables.Zip(Weights, (t, w) => w * ((t.X1 / t.N1) - (t.X0 / t.N0))).Sum();
    }

    internal int Participants { get; }

    internal double Difference { get; }

    /// <summary>Sum of observed − expected over its hypergeometric standard deviation; NaN without variation.</summary>
    internal double SignedRoot(bool corrects)
    {
        double difference = _tables.Sum(t => t.X1 - (t.N1 * (t.X1 + t.X0) / (t.N1 + t.N0)));
        double variance = _tables.Sum(t =>
        {
            double n = t.N1 + t.N0;
            double m = t.X1 + t.X0;
            return t.N1 * t.N0 * m * (n - m) / (n * n * (n - 1));
        });
        double size = Math.Max(0, Math.Abs(difference) - (corrects && Math.Abs(difference) >= 0.5 ? 0.5 : 0));
        return variance > 0 ? Math.Sign(difference) * size / Math.Sqrt(variance) : double.NaN;
    }

    /// <summary>Method 10 of Newcombe, or the interval of Yan and Su.</summary>
    internal (double Lower, double Upper) Interval()
    {
        (double l1, double u1) = Wilson(t => t.N1, t => t.X1);
        (double l0, double u0) = Wilson(t => t.N0, t => t.X0);
        double lambda1 = _tables.Zip(Weights, (t, w) => w * w / t.N1).Sum();
        double lambda0 = _tables.Zip(Weights, (t, w) => w * w / t.N0).Sum();
        return (
            Difference - (Z * Math.Sqrt((lambda1 * l1 * (1 - l1)) + (lambda0 * u0 * (1 - u0)))),
            Difference + (Z * Math.Sqrt((lambda1 * u1 * (1 - u1)) + (lambda0 * l0 * (1 - l0)))));
    }

    private double[] Weights { get; }

    private (double Lower, double Upper) Wilson(
        Func<(double N1, double X1, double N0, double X0), double> n, Func<(double N1, double X1, double N0, double X0), double> x)
    {
        double[] errors = [.. _tables.Select(t => Math.Sqrt(x(t) / n(t) * (1 - (x(t) / n(t))) / n(t)))];
        if (errors.Sum() == 0)
        {
            errors = [.. _tables.Select(t => 1 / Math.Sqrt(n(t)))];
        }

        double top = Math.Sqrt(errors.Zip(Weights, (e, w) => w * w * e * e).Sum());
        double z = Z * top / errors.Zip(Weights, (e, w) => w * e).Sum();
        double lower = 0, upper = 0;
        for (int s = 0; s < _tables.Length; s++)
        {
            double size = n(_tables[s]);
            double p = x(_tables[s]) / size;
            double centre = (p + (z * z / 2 / size)) / (1 + (z * z / size));
            double width = z / (1 + (z * z / size)) * Math.Sqrt((p * (1 - p) / size) + (z * z / 4 / size / size));
            lower += Weights[s] * (centre - width);
            upper += Weights[s] * (centre + width);
        }

        return (Math.Clamp(lower, 0, 1), Math.Clamp(upper, 0, 1));
    }
}
