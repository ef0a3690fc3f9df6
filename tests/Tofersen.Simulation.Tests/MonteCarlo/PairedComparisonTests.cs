using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class PairedComparisonTests
{
    private static IEnumerable<TestCaseData> Rows =>
        ReferenceFile.Cases("paired-comparison", "expected", "both", "firstOnly", "secondOnly", "neither");

    [TestCaseSource(nameof(Rows))]
    [Category("Reference")]
    public void Comparison_Counts_MatchR(object data)
    {
        var row = (ReferenceRow)data;
        var comparison = new PairedComparison(row.Count("both"), row.Count("firstOnly"), row.Count("secondOnly"), row.Count("neither"));
        double difference = comparison.Difference * comparison.Replicates;
        double discordant = comparison.FirstOnly + comparison.SecondOnly;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(comparison.Difference, Is.EqualTo(row.Number("difference")).Within(1e-14));
            Assert.That(comparison.MonteCarloError, Is.EqualTo(row.Number("error")).Within(1e-12));

            Assert.That(comparison.PValue, Is.EqualTo(row.Number("pValue")).Within(1e-9 * row.Number("pValue")));
            Assert.That(discordant == 0 ? double.NaN : difference * difference / discordant, Is.EqualTo(row.Number("chiSquare")).Within(1e-9));
        }
    }

    [TestCase(1)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(200)]
    public void Compare_Logs_CountsTheCommonReplicates(int common)
    {
        var first = new RejectionLog(2, 200);
        var second = new RejectionLog(3, 300);
        var expected = new int[4];
        var random = new Random(5);
        for (int r = 0; r < 300; r++)
        {
            bool a = r < 200 && random.Next(3) == 0;
            bool b = random.Next(2) == 0;
            if (a)
            {
                first.Set(1, r);
            }

            if (b)
            {
                second.Set(2, r);
            }

            second.Set(1, r);
            expected[(a ? 0 : 2) + (b ? 0 : 1)] += r < common ? 1 : 0;
        }

        Assert.That(
            first.Compare(1, second, 2, common), Is.EqualTo(new PairedComparison(expected[0], expected[1], expected[2], expected[3])));
    }
}
