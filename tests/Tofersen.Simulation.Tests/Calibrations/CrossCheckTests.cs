using System.Globalization;
using MathNet.Numerics.Statistics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>The VALOR model beside a separate program for it in R and C, for three parameter sets.</summary>
/// <remarks>Expected values and their standard errors: ReferenceData/calibration/cross-check.csv (R 4.2.2). Ours come from as many
/// batches; the limit is 4.9 of both errors together.</remarks>
[Category("Statistical")]
[Category("Reference")]
[TestFixtureSource(typeof(CrossCheckTests), nameof(ParameterSets))]
public sealed class CrossCheckTests(CrossCheckParameters parameters)
{
    private const int Batches = 40;
    private const int ReplicatesPerBatch = 8;

    private readonly List<CourseSummary> _batches = [];

    private static IEnumerable<TestFixtureData> ParameterSets =>
        CrossCheckParameters.All.Select(p => new TestFixtureData(p).SetArgDisplayNames(p.Name));

    private static ValueList<EventKind> AllEnds => [EventKind.WithdrawalForProgression, EventKind.OtherWithdrawal];

    [OneTimeSetUp]
    public void Simulate()
    {
        for (int batch = 0; batch < Batches; batch++)
        {
            _batches.Add(PowerAnalysis.Run(
                parameters.Scenario,
                options: new RunOptions { Replicates = ReplicatesPerBatch, Seed = 2000 + (ulong)batch, BlockSize = 1 }).Courses!);
        }
    }

    [TestCase("mean latent change", 30)]
    [TestCase("SD of latent change", 4)]
    [TestCase("SD of observed change", 4)]
    [TestCase("event-free (expected)", 12)]
    [TestCase("event-free (drawn; Kaplan-Meier)", 12)]
    [TestCase("enter OLE (expected)", 2)]
    [TestCase("enter OLE (drawn)", 2)]
    [TestCase("complete OLE (expected)", 2)]
    [TestCase("complete OLE (drawn)", 2)]
    public void Courses_Quantity_AgreesWithTheSeparateProgram(string quantity, int rows)
    {
        FalseAlarm.Seed(2000);
        Row[] expected = [.. Row.Read(parameters.Name).Where(r => r.Quantity == quantity)];

        Assert.That(expected, Has.Length.EqualTo(rows));
        foreach (Row row in expected)
        {
            AssertAgrees(row, [.. _batches.Select(courses => Value(courses, row))]);
        }
    }

    [TestCase("mean baseline")]
    [TestCase("mean rate per month")]
    public void Traits_Mean_AgreesWithTheSeparateProgram(string quantity)
    {
        const int PerBatch = 10_000;
        IParticipantSampler sampler = parameters.Scenario.Population.CreateSampler();
        foreach (Row row in Row.Read(parameters.Name).Where(r => r.Quantity == quantity))
        {
            int stratum = row.Stratum == "fast" ? 0 : 1;
            var means = new double[Batches];
            for (int batch = 0; batch < Batches; batch++)
            {
                var key = new StreamKey(FalseAlarm.Seed(3000), (2 * batch) + row.Arm);
                for (int p = 0; p < PerBatch; p++)
                {
                    TrialRandom random = key.Open(p, DrawPurpose.Baseline);
                    sampler.Draw(stratum, ref random, out Participant participant);
                    means[batch] += (quantity == "mean baseline" ? participant.BaselineScore : participant.DeclinePerMonth) / PerBatch;
                }
            }

            AssertAgrees(row, means);
        }
    }

    // For the whole trial the cells are weighted 60 : 48, as the strata are in each batch.
    private static double Value(CourseSummary courses, Row row)
    {
        string? stratum = row.Stratum == "ITT" ? null : row.Stratum;
        return row.Quantity switch
        {
            "mean latent change" => courses.LatentChange(row.Arm, row.Week, stratum).Mean,
            "SD of latent change" => courses.LatentChange(row.Arm, row.Week, stratum).StandardDeviation,
            "SD of observed change" => courses.CompleteChange(row.Arm, row.Week, stratum).StandardDeviation,
            "enter OLE (expected)" or "enter OLE (drawn)" or "complete OLE (expected)" or "complete OLE (drawn)" =>
                1 - courses.ShareEnded(row.Arm, row.Week, AllEnds).Value,
            _ => courses.EventFree(row.Arm, row.Week, [EventKind.WithdrawalForProgression], stratum).Value,
        };
    }

    private static void AssertAgrees(Row row, double[] batches)
    {
        double error = batches.StandardDeviation() / Math.Sqrt(batches.Length);
        Assert.That(
            batches.Mean(),
            Is.EqualTo(row.Value).Within(FalseAlarm.StandardErrors * double.Hypot(error, row.StandardError)),
            $"{row}; ours has standard error {error:G2}");
    }

    /// <summary>One line of the reference table.</summary>
    private sealed record Row(string Stratum, int Arm, string Quantity, int Week, double Value, double StandardError)
    {
        internal static IEnumerable<Row> Read(string parameters) =>
            from line in File.ReadLines(Path.Combine(
                TestContext.CurrentContext.TestDirectory, "ReferenceData", "calibration", "cross-check.csv")).Skip(1)
            let fields = line.Replace("\"", "", StringComparison.Ordinal).Split(',')
            where fields[0] == parameters
            select new Row(
                fields[1],
                fields[2] == "early" ? TrialDesign.ActiveArm : TrialDesign.ControlArm,
                fields[3],
                int.Parse(fields[4], CultureInfo.InvariantCulture),
                double.Parse(fields[5], CultureInfo.InvariantCulture),
                double.Parse(fields[6], CultureInfo.InvariantCulture));
    }
}
