using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Tests.Common;

/// <summary>The exponential and the logarithm of eight lanes against those of the framework, whose errors are below 10⁻¹⁵.</summary>
public sealed class LaneFunctionsTests
{
    [Test]
    public void Exp_WholeRange_IsWithinTheStatedError()
    {
        for (double x = -708; x <= 709; x += 0.0137)
        {
            double value = LaneFunctions.Exp(Vector512.Create(x))[3];

            Assert.That(value / Math.Exp(x), Is.EqualTo(1).Within(1e-13), $"e^{x}");
            if (Math.Abs(x) < 40)
            {
                Assert.That(value / Math.Exp(x), Is.EqualTo(1).Within(1e-14), $"e^{x}");
            }
        }
    }

    [Test]
    public void Log_WholeRange_IsWithinTheStatedError()
    {
        for (double power = -306.5; power <= 306.5; power += 0.0137)
        {
            double x = Math.Pow(10, power);

            Assert.That(LaneFunctions.Log(Vector512.Create(x))[5] / Math.Log(x), Is.EqualTo(1).Within(1e-14), $"ln {x}");
        }
    }

    [Test]
    public void Log_NearOne_IsWithinTheStatedError()
    {
        for (double away = 1e-3; away > 1e-12; away /= 1.7)
        {
            Assert.That(LaneFunctions.Log(Vector512.Create(1 + away))[0], Is.EqualTo(Math.Log(1 + away)).Within(1e-17 + (1e-14 * away)));
            Assert.That(LaneFunctions.Log(Vector512.Create(1 - away))[0], Is.EqualTo(Math.Log(1 - away)).Within(1e-17 + (1e-14 * away)));
        }
    }

    [Test]
    public void ExpAndLog_ZeroAndOne_AreExact()
    {
        Assert.That(LaneFunctions.Exp(Vector512<double>.Zero), Is.EqualTo(Vector512<double>.One));
        Assert.That(LaneFunctions.Exp(Vector512.Create(-0.0)), Is.EqualTo(Vector512<double>.One));
        Assert.That(LaneFunctions.Log(Vector512<double>.One), Is.EqualTo(Vector512<double>.Zero));
    }

    [Test]
    public void Exp_BeyondTheRange_IsTheEndOfIt()
    {
        Assert.That(LaneFunctions.Exp(Vector512.Create(-1e300)), Is.EqualTo(LaneFunctions.Exp(Vector512.Create(-708.0))));
        Assert.That(LaneFunctions.Exp(Vector512.Create(double.PositiveInfinity)), Is.EqualTo(LaneFunctions.Exp(Vector512.Create(709.0))));
    }

    // Every lane for itself.
    [Test]
    public void ExpAndLog_EightNumbers_AreThoseOfEachAlone()
    {
        double[] x = [0.1, 7, 3e-5, 1, 400, 1e-200, 0.5, 2];
        Vector512<double> log = LaneFunctions.Log(Vector512.Create(x));
        Vector512<double> exp = LaneFunctions.Exp(log);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.That(log[i], Is.EqualTo(LaneFunctions.Log(Vector512.Create(x[i]))[0]));
            Assert.That(exp[i], Is.EqualTo(LaneFunctions.Exp(Vector512.Create(log[i]))[0]));
        }
    }
}
