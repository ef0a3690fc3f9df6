namespace Tofersen.Simulation.Randomness;

/// <summary>Tables of a ziggurat: 256 layers of equal area under a density that falls on x ≥ 0 (Marsaglia and Tsang 2000).</summary>
/// <remarks>Edge[1] is where the tail begins; Edge[0] stretches the base layer so that it has the common area with the tail;
/// Edge[256] = 0. Densities need not be normalised, but are 1 at 0.</remarks>
internal sealed class Ziggurat
{
    internal const int Layers = 256;

    private const double UnitOf53Bits = 1.0 / (1UL << 53);

    internal Ziggurat(double tailStart, double layerArea, Func<double, double> density, Func<double, double> inverseDensity)
    {
        Edges = new double[Layers + 1];
        Edges[0] = layerArea / density(tailStart);
        Edges[1] = tailStart;
        for (int i = 2; i < Layers; i++)
        {
            Edges[i] = inverseDensity(density(Edges[i - 1]) + (layerArea / Edges[i - 1]));
        }

        Scales = [.. Edges.Select(e => e * UnitOf53Bits)];
        Heights = [.. Edges.Select(density)];
    }

    /// <summary>Right edges of the layers; the last is the top, 0.</summary>
    internal double[] Edges { get; }

    /// <summary>Right edges over 2⁵³, to turn 53 bits into a position.</summary>
    internal double[] Scales { get; }

    /// <summary>Densities at the edges.</summary>
    internal double[] Heights { get; }
}
