using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class AssuranceTests
{
    // Power Φ(θ/s − z) averaged over the prior on a fine grid.
    [TestCase(2, 1, 0.9, 0.05)]
    [TestCase(0, 2, 1, 0.05)]
    [TestCase(-1, 0.5, 1.5, 0.2)]
    [TestCase(3, 1e-9, 1, 0.01)]
    public void OfNormalEstimate_AnyPrior_EqualsAveragedPower(double mean, double sd, double standardError, double alpha)
    {
        double critical = Normal.InvCDF(0, 1, 1 - (alpha / 2));
        double sum = 0, weights = 0;
        for (int i = -8_000; i <= 8_000; i++)
        {
            double weight = Normal.PDF(0, 1, i / 1000.0);
            weights += weight;
            sum += weight * Normal.CDF(0, 1, ((mean + (sd * i / 1000.0)) / standardError) - critical);
        }

        Assert.That(
            Assurance.OfNormalEstimate(new NormalPrior { Mean = mean, Sd = sd }, standardError, alpha),
            Is.EqualTo(sum / weights).Within(1e-9));
    }

    [Test]
    public void OfRuns_Weights_AveragesPowerWithItsError()
    {
        MonteCarloValue result = Assurance.OfRuns([(1, Run(0.2, 0.01)), (3, Run(0.8, 0.02))]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Value, Is.EqualTo(0.65).Within(1e-15));
            Assert.That(result.MonteCarloError, Is.EqualTo(Math.Sqrt(0.0001 + (9 * 0.0004)) / 4).Within(1e-15));
        }
    }

    [Test]
    public void OfRuns_OneRun_IsThatRun() =>
        Assert.That(Assurance.OfRuns([(0.3, Run(0.7, 0.01))]), Is.EqualTo(new MonteCarloValue(0.7, 0.01)));

    [Test]
    public void Assurance_BadInput_ThrowsNamingIt()
    {
        OperatingCharacteristics run = Run(0.5, 0.1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Assurance.OfRuns(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("runs"));
            Assert.That(() => Assurance.OfRuns([]), Throws.InstanceOf<ArgumentException>().With.Message.Contains("weight above 0"));
            Assert.That(() => Assurance.OfRuns([(0, run)]), Throws.InstanceOf<ArgumentException>().With.Message.Contains("weight above 0"));
            Assert.That(() => Assurance.OfRuns([(-1, run)]), Throws.InstanceOf<ArgumentException>().With.Message.Contains("[0, 1000000000]"));
            Assert.That(() => Assurance.OfRuns([(double.NaN, run)]), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("runs"));
            Assert.That(
                () => Assurance.OfRuns([(1, run), (1, run with { Alpha = 0.1 })]), Throws.InstanceOf<ArgumentException>().With.Message.Contains("0.1"));
            Assert.That(
                () => Assurance.OfNormalEstimate(new NormalPrior { Sd = 1 }, 0),
                Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("standardError"));
            Assert.That(
                () => Assurance.OfNormalEstimate(new NormalPrior { Sd = 1 }, 1, 0.6),
                Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("alpha"));
            Assert.That(() => Assurance.OfNormalEstimate(null!, 1), Throws.ArgumentNullException);
        }
    }

    private static OperatingCharacteristics Run(double power, double error) => new()
    {
        Name = "a",
        Alpha = 0.05,
        Power = power,
        MonteCarloError = error,
        Rejected = (int)(power * 1_000),
        Lower = 0,
        Upper = 1,
        PowerIfFailuresRejected = power,
        MeanEstimate = 0,
        TrueValue = new TrueValue(double.NaN, double.NaN),
        EmpiricalStandardError = 1,
        ModelStandardError = 1,
        RootMeanSquaredError = double.NaN,
        Coverage = double.NaN,
        Planned = 100,
        Analysed = 100,
        NotConverged = 0,
        Boundary = 0,
    };
}
