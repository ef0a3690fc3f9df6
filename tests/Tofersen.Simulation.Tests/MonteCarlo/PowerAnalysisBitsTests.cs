using System.Reflection;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Seed and scenario fix every bit of a result, whatever the threads and blocks.</summary>
public sealed class PowerAnalysisBitsTests
{
    private const int Replicates = 333;

    private static readonly EventKind[] Deaths = [EventKind.Death, EventKind.PermanentVentilation];

    private string[] _reference = [];

    private static Scenario Scenario => TestScenarios.Rich with
    {
        Analyses =
        [
            new Ancova { Week = 28 },
            new Ancova { Week = 52, Covariates = ["baseline", "stratum", "logNeurofilamentLight"] },
            new JointRank { Week = 52 },
            new SlopeAnalysis { ThroughWeek = 52 },
            new LogRank { StratifyBy = ["stratum"] },
            new DelayedStartAnalysis { FirstWeek = 28, SecondWeek = 52, Covariance = CovarianceStructure.Ar1 },
            new EstimandAnalysis
            {
                Analysis = new Ancova { Week = 52 },
                Strategies = new Estimand { Death = EventStrategy.Composite, PermanentVentilation = EventStrategy.WhileOnTreatment },
            },
        ],
    };

    [OneTimeSetUp]
    public void RunOnOneThread() => _reference = Numbers(parallelism: 1, blockSize: 64);

    [Test]
    public void Run_ThreadsAndBlocks_GiveTheSameBits(
        [Values(1, 5)] int parallelism, [Values(1, 7, 1000)] int blockSize) =>
        Assert.That(Numbers(parallelism, blockSize), Is.EqualTo(_reference));

    [Test]
    public void Run_DefaultThreads_GiveTheSameBits() => Assert.That(Numbers(null, 64), Is.EqualTo(_reference));

    [Test]
    public void Run_OtherSeed_GivesOtherNumbers() =>
        Assert.That(Numbers(parallelism: null, blockSize: 64, seed: 1012), Is.Not.EqualTo(_reference));

    [Test]
    public void Run_CoursesNotCollected_GivesTheSameAnalyses()
    {
        PowerResult result = PowerAnalysis.Run(
            Scenario, options: new RunOptions { Replicates = Replicates, Seed = 1011, CollectCourses = false });

        Assert.That(result.Courses, Is.Null);
        Assert.That(OfAnalyses(result).ToArray(), Is.EqualTo(_reference[..OfAnalyses(result).Count()]));
    }

    [Test]
    public void Run_OneAnalysisAlone_GivesTheSameNumbersAsAmongOthers()
    {
        PowerResult alone = PowerAnalysis.Run(
            Scenario, [new JointRank { Week = 52 }], new RunOptions { Replicates = Replicates, Seed = 1011 });

        Assert.That(_reference.Skip(2 * Properties.Length).Take(Properties.Length), Is.EqualTo(OfAnalyses(alone)));
    }

    private static PropertyInfo[] Properties { get; } = typeof(OperatingCharacteristics).GetProperties();

    private static string[] Numbers(int? parallelism, int blockSize, ulong seed = 1011)
    {
        PowerResult result = PowerAnalysis.Run(
            Scenario,
            options: new RunOptions { Replicates = Replicates, Seed = seed, Parallelism = parallelism, BlockSize = blockSize });
        return [.. OfAnalyses(result), .. OfCourses(result.Courses!)];
    }

    private static IEnumerable<string> OfAnalyses(PowerResult result) =>
        from analysis in result.Analyses
        from property in Properties
        select property.GetValue(analysis) switch
        {
            double number => Bits(number),
            TrueValue value => Bits(value.Value) + Bits(value.MonteCarloError),
            var other => FormattableString.Invariant($"{property.Name} {other}"),
        };

    private static IEnumerable<string> OfCourses(CourseSummary courses)
    {
        yield return Bits(courses.ScreenFailureRate);
        for (int arm = 0; arm < 2; arm++)
        {
            foreach (string? stratum in (string?[])["fast", "slow", null])
            {
                foreach (double week in courses.Layout.VisitWeeks)
                {
                    yield return Bits(courses.LatentChange(arm, week, stratum));
                    yield return Bits(courses.CompleteChange(arm, week, stratum));
                    yield return Bits(courses.ObservedChange(arm, week, stratum));
                }

                for (int week = 0; week <= 52; week += 4)
                {
                    MonteCarloValue free = courses.EventFree(arm, week, [.. Deaths], stratum);
                    MonteCarloValue ended = courses.ShareEnded(arm, week, [EventKind.ExtensionNotEntered], stratum);
                    yield return Bits(free.Value) + Bits(free.MonteCarloError) + Bits(ended.Value) + Bits(ended.MonteCarloError);
                }
            }
        }
    }

    private static string Bits(SampleSummary summary) =>
        FormattableString.Invariant($"{summary.Count} ") + Bits(summary.Mean) + Bits(summary.StandardDeviation);

    private static string Bits(double number) =>
        FormattableString.Invariant($"{BitConverter.DoubleToInt64Bits(number):X16} ");
}
