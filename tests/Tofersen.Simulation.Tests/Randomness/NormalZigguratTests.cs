using MathNet.Numerics;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Randomness;

public sealed class NormalZigguratTests
{
    private const int Layers = 256;

    [Test]
    public void LayerArea_BaseLayerWithTail_IsCommonArea()
    {
        const double R = NormalZiggurat.TailStart;

        // In 40 digits 0.0049286732339746553 for the R that closes the top layer; R as a double gives …6549.
        Assert.That(NormalZiggurat.LayerArea, Is.EqualTo(0.0049286732339746553).Within(1e-17));
        double tail = Math.Sqrt(Math.PI / 2) * SpecialFunctions.Erfc(R / Math.Sqrt(2));

        Assert.That((R * Density(R)) + tail, Is.EqualTo(NormalZiggurat.LayerArea).Within(1e-16));
    }

    [Test]
    public void LayerArea_EveryLayer_IsEqual()
    {
        for (int i = 1; i < Layers; i++)
        {
            double area = NormalZiggurat.Edge(i) * (Density(NormalZiggurat.Edge(i + 1)) - Density(NormalZiggurat.Edge(i)));

            // Densities are rounded at 1e-16 and widths are below 4; the top layer takes up the rounding of 255 steps.
            Assert.That(area, Is.EqualTo(NormalZiggurat.LayerArea).Within(i == Layers - 1 ? 1e-14 : 1e-15), $"Layer {i}");
        }
    }

    [Test]
    public void Edge_FromLayerToLayer_FallsFromTailStartToZero()
    {
        Assert.That(NormalZiggurat.Edge(1), Is.EqualTo(NormalZiggurat.TailStart));
        Assert.That(NormalZiggurat.Edge(Layers), Is.Zero);
        for (int i = 0; i < Layers; i++)
        {
            Assert.That(NormalZiggurat.Edge(i), Is.GreaterThan(NormalZiggurat.Edge(i + 1)), $"Layer {i}");
        }
    }

    [Test]
    public void Edge_BaseLayer_CarriesTheTailShare()
    {
        // The base layer is a rectangle of the common area and of the height at R.
        Assert.That(
            NormalZiggurat.Edge(0) * Density(NormalZiggurat.TailStart),
            Is.EqualTo(NormalZiggurat.LayerArea).Within(1e-17));
    }

    [Test]
    public void Scale_EveryLayer_IsEdgeOverTwoToTheFiftyThree()
    {
        for (int i = 0; i < Layers; i++)
        {
            Assert.That(NormalZiggurat.Scale(i) * 9007199254740992.0, Is.EqualTo(NormalZiggurat.Edge(i)), $"Layer {i}");
        }
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x);
}
