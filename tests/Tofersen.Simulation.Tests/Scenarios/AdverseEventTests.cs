using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Adverse events: rates on and off drug, frailty, follow-up, shares by week.</summary>
public sealed class AdverseEventTests
{
    private const int Participants = 40_000;

    // Everybody in follow-up for two years, the control arm first treated after one.
    private static Scenario TwoYears { get; } = TestScenarios.Bare with
    {
        Design = new DelayedStart
        {
            Participants = Participants,
            VisitWeeks = [0, 28, StudyTime.WeeksFromMonths(12), StudyTime.WeeksFromMonths(24)],
            SwitchWeeks = StudyTime.WeeksFromMonths(12),
        },
    };

    [Test]
    [Category("Statistical")]
    public void Simulate_RatesOnAndOffDrug_CountsArePoissonWithThem()
    {
        TrialData data = Simulate([Class("a", off: 0.4, on: 1.5)]);
        for (int arm = 0; arm < 2; arm++)
        {
            double[] counts = [.. Of(data, arm).Select(p => (double)data.AdverseEvents.Counts(0)[p])];
            double expected = arm == 0 ? 0.4 + 1.5 : 3;
            double mean = counts.Average();
            double variance = counts.Sum(x => (x - mean) * (x - mean)) / (counts.Length - 1);

            Assert.That(mean, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * Math.Sqrt(expected / counts.Length)));

            // The variance of a Poisson sample's variance is (μ + 2 μ²) / n.
            Assert.That(variance, Is.EqualTo(expected).Within(
                FalseAlarm.StandardErrors * Math.Sqrt((expected + (2 * expected * expected)) / counts.Length)));
        }
    }

    [Test]
    [Category("Statistical")]
    public void Simulate_FirstEpisode_IsExponential()
    {
        TrialData data = Simulate([Class("a", off: 1.5, on: 1.5)]);
        double[] first = data.AdverseEvents.FirstMonths(0).ToArray();

        // Of those who have one within the two years of follow-up.
        Assert.That(
            FalseAlarm.KolmogorovSmirnov([.. first.Where(double.IsFinite)], m => (1 - Math.Exp(-1.5 * m / 12)) / (1 - Math.Exp(-3))),
            Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
    }

    // Cov(N₁, N₂) = μ₁ μ₂ (exp(l₁ l₂ s₁ s₂) − 1) for mean-one log-normal multipliers.
    [Test]
    [Category("Statistical")]
    public void Simulate_LoadingsOnTheFrailty_CorrelateTheClasses()
    {
        const double Sd = 0.6;
        TrialData data = Simulate(
        [
            Class("a", off: 1, on: 1) with { LogRateSd = Sd, FrailtyLoading = 0.8 },
            Class("b", off: 1, on: 1) with { LogRateSd = Sd, FrailtyLoading = 0.8 },
            Class("c", off: 1, on: 1) with { LogRateSd = Sd, FrailtyLoading = 0 },
        ]);

        ExpectCovariance(data, 0, 1, 4 * (Math.Exp(0.64 * Sd * Sd) - 1));
        ExpectCovariance(data, 0, 2, 0);
    }

    [Test]
    public void Simulate_RichTrial_EpisodesLieInFollowUpAndAgreeWithCountsAndExposure()
    {
        TrialData data = new TrialSimulator(ItemScenarios.Rich).Simulate(20_260_205, 0);
        int episodes = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            AdverseEvent[] own = data.AdverseEvents.Episodes(p).ToArray();
            episodes += own.Length;
            ExposureInterval[] exposure = data.Exposure(p).ToArray();
            double end = data.FollowUpMonths[p];

            Assert.That(own.Select(e => e.Months), Is.All.InRange(0, end));
            Assert.That(
                own.Select(e => e.IsOnDrug), Is.EqualTo(own.Select(e => exposure.Any(x => e.Months >= x.StartMonths && e.Months < x.StopMonths))));
            for (int c = 0; c < data.AdverseEvents.Classes; c++)
            {
                double[] months = [.. own.Where(e => e.Class == c).Select(e => e.Months)];
                Assert.That(data.AdverseEvents.Counts(c)[p], Is.EqualTo(months.Length));
                Assert.That(months, Is.Ordered);
                Assert.That(data.AdverseEvents.FirstMonths(c)[p], Is.EqualTo(months.Length > 0 ? months[0] : double.NaN));
            }
        }

        Assert.That(episodes, Is.GreaterThan(100));
    }

    [Test]
    public void Simulate_AnotherClass_LeavesTheOthersWhereTheyWere()
    {
        AdverseEventClass own = Class("a", off: 1, on: 1) with { LogRateSd = 0.5, FrailtyLoading = 0.5 };
        double[] alone = Simulate([own]).AdverseEvents.FirstMonths(0).ToArray();

        Assert.That(Simulate([Class("b", 2, 2), own]).AdverseEvents.FirstMonths(1).ToArray(), Is.EqualTo(alone));
    }

    // The same points of a process, let in earlier.
    [Test]
    public void Simulate_HigherRate_BringsTheFirstEpisodeForward()
    {
        double[] slow = Simulate([Class("a", 0.5, 0.5)]).AdverseEvents.FirstMonths(0).ToArray();
        double[] fast = Simulate([Class("a", 1, 1)]).AdverseEvents.FirstMonths(0).ToArray();

        for (int p = 0; p < slow.Length; p++)
        {
            Assert.That(double.IsNaN(slow[p]) || Math.Abs(fast[p] - (slow[p] / 2)) < 1e-9, Is.True);
        }
    }

    [Test]
    [Category("Statistical")]
    public void ShareWithAdverseEvent_ValorClasses_AreThePublishedShares()
    {
        const int Replicates = 5;
        PowerResult result = PowerAnalysis.Run(
            TwoYears with { AdverseEvents = ValorAdverseEvents.Classes },
            options: new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(20_260_206), CollectCourses = true, CollectEndpoints = true });

        void Expect(string name, double active, double control)
        {
            double n = Replicates * Participants / 2;
            Assert.That(
                result.Courses!.ShareWithAdverseEvent(1, 28, name).Value, Is.EqualTo(active).Within(FalseAlarm.Proportion(active, n)), name);
            Assert.That(
                result.Courses!.ShareWithAdverseEvent(0, 28, name).Value, Is.EqualTo(control).Within(FalseAlarm.Proportion(control, n)), name);
        }

        Expect(ValorAdverseEvents.SeriousNeurological, 4.0 / 72, 0);
        Expect(ValorAdverseEvents.HighCellCount, 54.0 / 69, 9.0 / 36);
        Expect(ValorAdverseEvents.HighProtein, 31.0 / 46, 6.0 / 20);
        Assert.That(
            () => result.Courses!.ShareWithAdverseEvent(0, 28, "none"), Throws.ArgumentException.With.Message.Contains("no class of adverse events"));
    }

    [Test]
    [Category("Reference")]
    public void RatePerYear_Shares_AreThoseOfR()
    {
        foreach (ReferenceRow row in ReferenceFile.Read("items", "rates").Rows)
        {
            Assert.That(
                ValorAdverseEvents.RatePerYear(row.Number("share"), row.Number("sd")), Is.EqualTo(row.Number("rate")).Within(1e-9));
        }
    }

    [Test]
    public void Sources_OfValorClasses_CoverEveryNumber() =>
        Assert.That(ValorAdverseEvents.Sources, Has.Count.EqualTo(4 * ValorAdverseEvents.Classes.Count));

    [Test]
    public void AdverseEvents_SameNameTwice_Throws() =>
        Assert.That(
            () => TestScenarios.Bare with { AdverseEvents = [Class("a", 1, 1), Class("a", 2, 2)] },
            Throws.ArgumentException.With.Property("ParamName").EqualTo("AdverseEvents").And.Message.Contains("'a'"));

    private static AdverseEventClass Class(string name, double off, double on) =>
        new() { Name = name, RatePerYearOffDrug = off, RatePerYearOnDrug = on };

    private static TrialData Simulate(ValueList<AdverseEventClass> classes) =>
        new TrialSimulator(TwoYears with { AdverseEvents = classes }).Simulate(FalseAlarm.Seed(20_260_204), 0);

    private static IEnumerable<int> Of(TrialData data, int arm)
    {
        byte[] arms = data.Arms.ToArray();
        return Enumerable.Range(0, data.Participants).Where(p => arms[p] == arm);
    }

    private static void ExpectCovariance(TrialData data, int first, int second, double expected)
    {
        double[] a = [.. data.AdverseEvents.Counts(first).ToArray().Select(x => x - 2.0)];
        double[] b = [.. data.AdverseEvents.Counts(second).ToArray().Select(x => x - 2.0)];
        double[] products = [.. a.Zip(b, (x, y) => x * y)];
        double mean = products.Average();
        double error = Math.Sqrt(products.Sum(x => (x - mean) * (x - mean)) / products.Length / products.Length);
        Assert.That(mean, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * error));
    }
}
