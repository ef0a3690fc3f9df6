using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tofersen.Simulation.Randomness;

/// <summary>Tables and slow path of the normal sampler, for exp(−x²/2), x ≥ 0.</summary>
internal static class NormalZiggurat
{
    internal const double TailStart = 3.6541528853610088;
    internal const double LayerArea = 0.0049286732339746553;

    private static readonly Ziggurat Tables = new(TailStart, LayerArea, Density, y => Math.Sqrt(-2 * Math.Log(y)));

    // Kept apart, so that the fast path reads them without a detour.
    private static readonly double[] Edges = Tables.Edges;
    private static readonly double[] Scales = Tables.Scales;

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
        double[] heights = Tables.Heights;
        while (true)
        {
            if (layer == 0)
            {
                return DrawTail(ref random);
            }

            double height = heights[layer] + (random.NextUniform() * (heights[layer + 1] - heights[layer]));
            if (height < Density(x))
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

    private static double Density(double x) => Math.Exp(-0.5 * x * x);
}
