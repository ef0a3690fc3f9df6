using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Populations;

/// <summary>The run-in of carriers without symptoms.</summary>
public sealed class PresymptomaticPopulationTests
{
    private const double Z = 4.9;

    private static readonly PresymptomaticPopulation Population = (PresymptomaticPopulation)Atlas.Preset.Scenario.Population;

    // Without spread and error ln N rises in a straight line over 10 months from ln 10 to ln 160, and is 44 when a share
    // ln 4.4 / ln 16 of them is over: the carrier is randomised within one interval of that, at any moment alike.
    [Test]
    public void Draw_NothingVaries_RandomisesWithinAnIntervalOfTheThreshold()
    {
        double interval = 28 / 30.4375;
        double left = 10 * (1 - (Math.Log(4.4) / Math.Log(16)));
        double sum = 0;
        int seen = 0;
        Participant[] carriers = Draw(Certain, 4_000);
        foreach (Participant carrier in carriers)
        {
            double toOnset = -carrier.MonthsSinceOnset;
            Assert.That(toOnset, Is.LessThanOrEqualTo(left + 1e-9));
            Assert.That(
                carrier.LogNeurofilamentLight, Is.EqualTo(Math.Log(160) - (Math.Log(16) * toOnset / 10)).Within(1e-12));
            Assert.That(carrier.LogNeurofilamentRise, Is.EqualTo(Math.Log(16)).Within(1e-12));
            Assert.That(carrier.NeurofilamentRiseMonths, Is.EqualTo(10).Within(1e-12));

            // Those above the threshold from the first are randomised later, when they have risen enough.
            bool crossed = toOnset > left - interval;
            seen += crossed ? 1 : 0;
            sum += crossed ? toOnset : 0;
        }

        Assert.That(seen, Is.GreaterThan(0.9 * carriers.Length));

        // Onset is nearly uniform within an interval: its hazard changes by a part in a hundred from end to end.
        Assert.That(sum / seen, Is.EqualTo(left - (interval / 2)).Within((Z * interval / Math.Sqrt(12.0 * seen)) + 0.002));
    }

    [Test]
    public void CreateSampler_GammaRateFarMoreSpreadThanItsMean_ThrowsNamingTheLimit() =>
        Assert.That(
            () => (Population with { DeclineRate = new GammaRate { Mean = 0.01, Sd = 48 } }).CreateSampler(),
            Throws.ArgumentException.With.Message.Contains("5 times the mean"));

    // A rise of 100 pg/mL is the stricter rule here: at 110 pg/mL.
    [Test]
    public void Draw_LargeRise_IsWaitedFor()
    {
        double left = 10 * (1 - (Math.Log(11) / Math.Log(16)));
        foreach (Participant carrier in Draw(Certain with { RisePicograms = 100 }, 500))
        {
            Assert.That(-carrier.MonthsSinceOnset, Is.LessThanOrEqualTo(left + 1e-9));
        }
    }

    // The rule once more, plainly, with another generator: shares and means of two independent samples.
    [Test]
    public void Draw_Preset_AgreesWithAPlainRunIn()
    {
        const int Carriers = 20_000;
        Participant[] drawn = Draw(Population, Carriers);
        PlainRunIn plain = PlainRunIn.Follow(Population, Carriers, seed: 11);

        double eligible = Carriers / (double)drawn.Sum(c => (long)c.CandidatesScreened);
        double plainEligible = Carriers / (double)plain.Screened;
        double error = Math.Sqrt(eligible * eligible * (1 - eligible) * 2 / Carriers);
        Assert.That(eligible, Is.EqualTo(plainEligible).Within(Z * error));

        AssertSameMean([.. drawn.Select(c => -c.MonthsSinceOnset)], plain.MonthsToOnset);
        AssertSameMean([.. drawn.Select(c => c.LogNeurofilamentLight)], plain.LogNeurofilament);
        AssertSameMean([.. drawn.Select(c => Math.Log(c.DeclinePerMonth))], plain.LogRate);
    }

    [Test]
    public void Draw_ThresholdNobodyReaches_ThrowsScreening() =>
        Assert.That(
            () => Draw(Certain with { ThresholdPicograms = 200 }, 1),
            Throws.TypeOf<ScreeningException>().With.Message.Contains("carriers"));

    [Test]
    public void CreateSampler_RunInShorterThanItsInterval_ThrowsNamingBoth() =>
        Assert.That(
            () => (Population with { RunInWeeks = 3 }).CreateSampler(),
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("RunInWeeks")
                .And.Message.Contains("3 weeks").And.Message.Contains("4 weeks"));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(10.1)]
    [TestCase(double.NaN)]
    public void OnsetPerYear_OutOfRange_ThrowsNamingIt(double value) =>
        Assert.That(
            () => Population with { OnsetPerYear = value },
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("OnsetPerYear"));

    private static PresymptomaticPopulation Certain => Population with
    {
        OnsetPerYear = 0.1,
        RunInWeeks = 1_040,
        NeurofilamentLightGeometricMean = 10,
        NeurofilamentLightLogSd = 0,
        OnsetNeurofilamentLightGeometricMean = 160,
        OnsetNeurofilamentLightLogSd = 0,
        RiseMeanMonths = 10,
        RiseSdMonths = 0,
        WithinParticipantLogSd = 0,
    };

    private static Participant[] Draw(PresymptomaticPopulation population, int count)
    {
        IParticipantSampler sampler = population.CreateSampler();
        var carriers = new Participant[count];
        for (int i = 0; i < count; i++)
        {
            TrialRandom random = TrialRandom.Open(31, 0, i, DrawPurpose.Baseline);
            sampler.Draw(0, ref random, out carriers[i]);
        }

        return carriers;
    }

    private static void AssertSameMean(double[] first, double[] second)
    {
        static double Variance(double[] x) => x.Sum(v => (v - x.Average()) * (v - x.Average())) / (x.Length - 1);

        double error = Math.Sqrt((Variance(first) / first.Length) + (Variance(second) / second.Length));
        Assert.That(first.Average(), Is.EqualTo(second.Average()).Within(Z * error));
    }
}
