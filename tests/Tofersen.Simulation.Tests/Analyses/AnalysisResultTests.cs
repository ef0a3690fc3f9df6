using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class AnalysisResultTests
{
    // R 4: 2 * pt(-2.5, 20), 2 ± qt(0.975, 20) * 0.8; 2 * pnorm(-2.5), 2 ± qnorm(0.95) * 0.8.
    [TestCase(20, 0.05, 0.0212335454391324, 0.331229242187308, 3.66877075781269)]
    [TestCase(double.PositiveInfinity, 0.1, 0.0124193306515523, 0.684117098438823, 3.31588290156118)]
    public void OfTest_EstimateAndError_GivesTestAndInterval(double degreesOfFreedom, double alpha, double p, double lower, double upper)
    {
        AnalysisResult result = AnalysisResult.OfTest(2, 0.8, degreesOfFreedom, alpha, 22);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(result.Statistic, Is.EqualTo(2.5));
            Assert.That(result.PValue, Is.EqualTo(p).Within(1e-12));
            Assert.That(result.Lower, Is.EqualTo(lower).Within(1e-10));
            Assert.That(result.Upper, Is.EqualTo(upper).Within(1e-10));
            Assert.That(result.DegreesOfFreedom, Is.EqualTo(degreesOfFreedom));
            Assert.That(result.Participants, Is.EqualTo(22));
        }
    }

    [TestCase(double.NaN, 1)]
    [TestCase(double.PositiveInfinity, 1)]
    [TestCase(1, 0)]
    [TestCase(1, double.NaN)]
    [TestCase(1, double.PositiveInfinity)]
    public void OfTest_NothingToTest_IsNotEstimable(double estimate, double standardError)
    {
        AnalysisResult result = AnalysisResult.OfTest(estimate, standardError, 10, 0.05, 12);

        Assert.That(result.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
        Assert.That(result.PValue, Is.NaN);
        Assert.That(result.Participants, Is.EqualTo(12));
    }

    [TestCase(0, 0.05, "degreesOfFreedom")]
    [TestCase(double.NaN, 0.05, "degreesOfFreedom")]
    [TestCase(10, 0, "alpha")]
    [TestCase(10, 1, "alpha")]
    public void OfTest_OutOfRange_NamesTheParameter(double degreesOfFreedom, double alpha, string name) =>
        Assert.That(() => AnalysisResult.OfTest(1, 1, degreesOfFreedom, alpha, 12), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));

    [Test]
    public void OfTest_Warm_AllocatesNothing()
    {
        AnalysisResult.OfTest(2, 0.8, 20, 0.05, 22);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AnalysisResult.OfTest(2, 0.8, 20, 0.05, 22);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
