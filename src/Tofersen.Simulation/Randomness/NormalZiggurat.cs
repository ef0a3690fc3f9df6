using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tofersen.Simulation.Randomness;

/// <summary>Tables and slow path of the normal sampler: 256 layers of equal area under exp(−x²/2), x ≥ 0.</summary>
/// <remarks>Edge[1] = R is where the tail begins; Edge[0] = V / f(R) stretches the base layer so that it has the common area
/// V including the tail; Edge[256] = 0. R and V solve the equal-area condition for 256 layers (Marsaglia and Tsang
/// 2000).</remarks>
internal static class NormalZiggurat
{
    internal const double TailStart = 3.6541528853610088;
    internal const double LayerArea = 0.0049286732339746553;

    private const int Layers = 256;
    private const double UnitOf53Bits = 1.0 / (1UL << 53);

    private static readonly double[] Edges = MakeEdges();
    private static readonly double[] Scales = MakeScales();
    private static readonly double[] Heights = MakeHeights();

    /// <summary>Right edge of a layer; layer 256 is the top, 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Edge(int layer) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Edges), layer);

    /// <summary>Right edge of a layer over 2⁵³, to turn 53 bits into a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Scale(int layer) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Scales), layer);

    /// <summary>Decides about a position outside the part of its layer that lies wholly under the curve (about one draw in
    /// ninety) and, where it is rejected, draws again.</summary>
    /// <returns>A draw of |Z|.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static double Resolve(int layer, double x, ref TrialRandom random)
    {
        while (true)
        {
            if (layer == 0)
            {
                return DrawTail(ref random);
            }

            double height = Heights[layer] + (random.NextUniform() * (Heights[layer + 1] - Heights[layer]));
            if (height < Math.Exp(-0.5 * x * x))
            {
                return x;
            }

            ulong bits = random.NextBits();
            layer = (int)(bits & 0xFF);
            x = (bits >> 11) * Scales[layer];
            if (x < Edges[layer + 1])
            {
                return x;
            }
        }
    }

    // Marsaglia 1964: exact draw beyond R by rejection from an exponential.
    private static double DrawTail(ref TrialRandom random)
    {
        while (true)
        {
            double x = random.NextExponential() / TailStart;
            if (2 * random.NextExponential() > x * x)
            {
                return TailStart + x;
            }
        }
    }

    private static double[] MakeEdges()
    {
        var edges = new double[Layers + 1];
        edges[0] = LayerArea / Density(TailStart);
        edges[1] = TailStart;
        for (int i = 2; i < Layers; i++)
        {
            edges[i] = Math.Sqrt(-2 * Math.Log(Density(edges[i - 1]) + (LayerArea / edges[i - 1])));
        }

        return edges;
    }

    private static double[] MakeScales() => [.. Edges.Select(e => e * UnitOf53Bits)];

    private static double[] MakeHeights() => [.. Edges.Select(Density)];

    private static double Density(double x) => Math.Exp(-0.5 * x * x);
}
