namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class NoncentralTTests
{
    // R 4.2.2: power.t.test(n, delta, sd, strict = TRUE) and pt(ncp = ), both sides; arms of 72 and 36, SD 5.5 with 106 degrees of freedom.
    [TestCase(0, 0.05)]
    [TestCase(0.5, 0.0725972)]
    [TestCase(1.2, 0.1851251)]
    [TestCase(3.5, 0.8705939)]
    public void Power_TwoSamples_EqualsThatOfR(double effect, double power) =>
        Assert.That(
            NoncentralT.Power(effect / (5.5 * Math.Sqrt((1 / 72.0) + (1 / 36.0))), 106), Is.EqualTo(power).Within(5e-7));

    [Test]
    public void PowerWithCovariate_NoEffect_IsTheLevel() =>
        Assert.That(NoncentralT.PowerWithCovariate(0, 108), Is.EqualTo(0.05).Within(1e-9));
}
