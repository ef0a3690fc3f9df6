using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Runs that end when the Monte Carlo error is small enough.</summary>
public sealed class PrecisionTests
{
    private static Scenario Scenario => TestScenarios.Rich with { Analyses = [new SlopeAnalysis { ThroughWeek = 52 }, new LogRank()] };

    [Test]
    public void Run_Precision_EndsAtTheFirstMultipleOfAThousandThatThePowersAskFor()
    {
        PowerResult result = Run(new RunOptions { Precision = 0.006, Replicates = 100_000 });

        // The rule by hand, on runs of a fixed number: after 1,000, then where (x + 2) / (n + 4) says.
        int expected = 1_000;
        for (int next = Next(expected); next > expected; next = Next(expected))
        {
            expected = next;
        }

        Assert.That(result.Replicates, Is.EqualTo(expected));
        Assert.That(expected % 1_000, Is.Zero);
        Assert.That(result.Replicates, Is.InRange(2_000, 10_000));
        Assert.That(result.IsPrecise, Is.True);
        Assert.That(result.Analyses.Select(a => a.MonteCarloError), Is.All.LessThanOrEqualTo(0.006));

        int Next(int done)
        {
            PowerResult so = Run(new RunOptions { Replicates = done });
            double needed = so.Analyses.Max(a =>
            {
                double p = (a.Rejected + 2.0) / (done + 4);
                return p * (1 - p) / (0.006 * 0.006);
            });
            return needed <= done ? done : (int)(Math.Ceiling(needed / 1_000) * 1_000);
        }
    }

    [Test]
    public void Run_PrecisionOnAnyThreadsAndBlocks_EndsAtTheSameReplicate(
        [Values(1, 5)] int threads, [Values(7, 1000)] int blockSize)
    {
        PowerResult result = Run(new RunOptions { Precision = 0.012, Replicates = 100_000, Parallelism = threads, BlockSize = blockSize });
        PowerResult plain = Run(new RunOptions { Replicates = result.Replicates });

        Assert.That(result.Analyses, Is.EqualTo(plain.Analyses));
        Assert.That(result.Replicates, Is.EqualTo(Run(new RunOptions { Precision = 0.012, Replicates = 100_000 }).Replicates));
    }

    [Test]
    public void Run_PrecisionOutOfReach_EndsAtTheMaximumAndSaysSo()
    {
        PowerResult result = Run(new RunOptions { Precision = 0.001, Replicates = 1_500 });

        Assert.That(result.Replicates, Is.EqualTo(1_500));
        Assert.That(result.IsPrecise, Is.False);
        Assert.That(result.Precision, Is.EqualTo(0.001));
    }

    [Test]
    public void Run_NoRejectionsInAThousand_DoesNotEndThereForAFinePrecision()
    {
        // At a level of 10⁻⁶ there is none; the plain Monte Carlo error is 0.
        Scenario nothing = TestScenarios.Rich with { Analyses = [new LogRank { Alpha = 1e-6 }], Effect = new NoEffect() };
        PowerResult result = PowerAnalysis.Run(nothing, options: new RunOptions { Precision = 0.0005, Replicates = 50_000, Seed = 3, CollectCourses = false });

        Assert.That(result.Replicates, Is.GreaterThan(1_000));
    }

    [TestCase(0)]
    [TestCase(-0.1)]
    [TestCase(0.6)]
    [TestCase(double.NaN)]
    public void Precision_OutOfRange_Throws(double precision) =>
        Assert.That(() => new RunOptions { Precision = precision }, Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Run_Precision_ProgressEndsAtTheEnd()
    {
        RunProgress last = default;
        PowerAnalysis.Run(
            Scenario,
            options: new RunOptions { Precision = 0.05, Replicates = 100_000, Seed = 3, CollectCourses = false, TrueValues = false },
            progress: new Last(p => last = p));

        Assert.That((last.Completed, last.Planned), Is.EqualTo((1_000, 1_000)));
    }

    private static PowerResult Run(RunOptions options) =>
        PowerAnalysis.Run(Scenario, options: options with { Seed = 3, CollectCourses = false, TrueValues = false });

    private sealed class Last(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
