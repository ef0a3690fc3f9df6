using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Randomness;

public sealed class ExponentialZigguratTests
{
    private const int Layers = 256;
    private const int Draws = 50_000_000;

    // The tail beyond R has area exp(−R), so the base layer has (R + 1) exp(−R).
    [Test]
    public void LayerArea_BaseLayerWithTail_IsCommonArea()
    {
        const double R = ExponentialZiggurat.TailStart;

        Assert.That((R + 1) * Math.Exp(-R), Is.EqualTo(ExponentialZiggurat.LayerArea).Within(1e-16));
    }

    [Test]
    public void LayerArea_EveryLayer_IsEqual()
    {
        for (int i = 1; i < Layers; i++)
        {
            double right = ExponentialZiggurat.Edge(i);
            double area = right * (Math.Exp(-ExponentialZiggurat.Edge(i + 1)) - Math.Exp(-right));

            // Densities are rounded at 1e-16 and widths are below 8; the top layer takes up the rounding of 255 steps.
            Assert.That(
                area, Is.EqualTo(ExponentialZiggurat.LayerArea).Within(i == Layers - 1 ? 1e-14 : 1e-15), $"Layer {i}");
        }
    }

    // P(X > 8), P(X > 12) and P(X > 15) from R: exp(-c(8, 12, 15)). All lie beyond the start of the tail, 7.697.
    [Category("Statistical")]
    [Test]
    public void NextExponential_TailCounts_AreWithinBinomialLimits()
    {
        (double Beyond, double Probability)[] tails =
            [(8, 0.0003354626279025119), (12, 6.14421235332821e-06), (15, 3.059023205018258e-07)];
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(311), 0, 0, DrawPurpose.Events);
        var counts = new long[3];
        for (int i = 0; i < Draws; i++)
        {
            double x = random.NextExponential();
            for (int t = 0; t < 3 && x > tails[t].Beyond; t++)
            {
                counts[t]++;
            }
        }

        for (int t = 0; t < 3; t++)
        {
            Assert.That(
                FalseAlarm.BinomialTail(tails[t].Probability, Draws, counts[t]),
                Is.GreaterThan(FalseAlarm.Rate / 2),
                $"Beyond {tails[t].Beyond}: {counts[t]}");
        }
    }
}
