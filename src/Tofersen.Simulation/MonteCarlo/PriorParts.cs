namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The parts into which results divide a prior: equally likely ones, or the points of a discrete prior.</summary>
internal readonly struct PriorParts(Prior prior, int parts)
{
    private readonly DiscreteDistribution? _points = prior.Distribution as DiscreteDistribution;

    internal int Count => _points?.Points.Count ?? parts;

    internal int Of(double probability) => _points?.PositionOf(probability) ?? Math.Min(parts - 1, (int)(probability * parts));

    /// <summary>The least and the largest value of a part; infinite where the prior is.</summary>
    internal (double Lower, double Upper) Limits(int part) => _points is { } points
        ? (points.Points[part].Value, points.Points[part].Value)
        : (prior.Quantile((double)part / parts), prior.Quantile((part + 1.0) / parts));
}
