using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tofersen.Simulation.Randomness;

/// <summary>Tables and slow path of the exponential sampler, for exp(−x), x ≥ 0.</summary>
internal static class ExponentialZiggurat
{
    internal const double TailStart = 7.6971174701310497;
    internal const double LayerArea = 0.0039496598225815572;

    private static readonly Ziggurat Tables = new(TailStart, LayerArea, Density, y => -Math.Log(y));
    private static readonly double[] Edges = Tables.Edges;
    private static readonly double[] Scales = Tables.Scales;

    /// <summary>Right edge of a layer; layer 256 is the top, 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Edge(int layer) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Edges), layer);

    /// <summary>Right edge of a layer over 2⁵³, to turn 53 bits into a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Scale(int layer) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Scales), layer);

    /// <summary>Decides about a position outside the part of its layer that lies wholly under the curve and, where it is rejected,
    /// draws again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static double Resolve(int layer, double x, ref TrialRandom random)
    {
        double[] heights = Tables.Heights;
        double start = 0;
        while (true)
        {
            if (layer == 0)
            {
                // The tail is the whole distribution again, moved to where it begins.
                start += TailStart;
            }
            else
            {
                double height = heights[layer] + (random.NextUniform() * (heights[layer + 1] - heights[layer]));
                if (height < Density(x))
                {
                    return start + x;
                }
            }

            ulong bits = random.NextBits();
            layer = (int)(bits & 0xFF);
            x = (bits >> 11) * Scales[layer];
            if (x < Edges[layer + 1])
            {
                return start + x;
            }
        }
    }

    private static double Density(double x) => Math.Exp(-x);
}
