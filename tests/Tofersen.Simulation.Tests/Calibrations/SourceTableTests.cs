using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>The tables of the five source documents, row by row, as far as they are about trials that the presets simulate.</summary>
/// <remarks>
/// <para>The documents contradict each other and the trial reports in places; a row that does is tested as what it must mean, which its name says.
/// Tolerances are one standard error of the trial, from published intervals.</para>
/// <para>Rows of the phase 1–2 trial (001, 003, 004) give changes by dose that are not monotone; a change by dose is held to the 95 % interval
/// of the trial, 1.96 standard errors of ten or twelve participants, and a difference from placebo to its published interval.</para>
/// <para>Not here: frequencies of adverse events, which have tests of their own; the SOD1 of
/// delayed starters at week 52 (002, table 3: 21 %), which the preset misses (METHODS.md, other endpoints of VALOR); the uptake of a tracer (004,
/// table 2), which nothing simulates.</para>
/// </remarks>
[Category("Calibration")]
public sealed class SourceTableTests
{
    private const int Replicates = 400;
    private const int Delayed = TrialDesign.ControlArm;
    private const int Early = TrialDesign.ActiveArm;

    private static readonly CourseSummary Courses = Run(ValorOpenLabelExtension.ToWeek52);
    private static readonly CourseSummary Doses = Run(PhaseOneTwo.Preset);

    private static IEnumerable<TestCaseData> Rows()
    {
        static TestCaseData Row(string document, string row, double published, double tolerance, Func<double> simulated) =>
            new TestCaseData(published, tolerance, simulated).SetArgDisplayNames(document, row);

        const string MetaAnalysis = "000_b4b3ba0720a8b0da.txt";
        yield return Row(MetaAnalysis, "table 2, SOD1 −38 %: fast, between the arms", 0.62, 0.10, () => BetweenArms("sod1", "fast"));
        yield return Row(MetaAnalysis, "table 2, placebo SOD1 +2 %: −2 %", 0.98, 0.08, () => Ratio("sod1", Delayed, 28));
        yield return Row(MetaAnalysis, "table 2, NfL −55 %", 0.45, 0.06, () => Ratio("nfl", Early, 28));
        yield return Row(MetaAnalysis, "table 2, placebo NfL +12 %", 1.12, 0.15, () => Ratio("nfl", Delayed, 28));
        yield return Row(MetaAnalysis, "table 2, ALSFRS-R −1.2: the fast difference, +1.2", 1.2, 2.3, () => Gap(null, 28, "fast"));
        yield return Row(MetaAnalysis, "table 2, SVC −9.2: early − delayed start at week 52", 9.2, 3.8, () => Gap("svc", 52));

        const string Regimens = "001_ea17fc15d7260337.txt";
        yield return Row(Regimens, "table 1, SOD1 −29 % fast", 0.71, 0.08, () => Ratio("sod1", Early, 28, "fast"));
        yield return Row(Regimens, "table 1, SOD1 −40 % slow", 0.60, 0.08, () => Ratio("sod1", Early, 28, "slow"));
        yield return Row(Regimens, "table 1, NfL −55 %", 0.45, 0.06, () => Ratio("nfl", Early, 28));
        yield return Row(Regimens, "table 1, NfL −60 %: fast", 0.40, 0.06, () => Ratio("nfl", Early, 28, "fast"));
        yield return Row(Regimens, "table 1, placebo NfL +12 %", 1.12, 0.15, () => Ratio("nfl", Delayed, 28));
        yield return Row(Regimens, "table 1, placebo NfL +20 %: fast", 1.20, 0.15, () => Ratio("nfl", Delayed, 28, "fast"));
        yield return Row(Regimens, "table 2, fast placebo ALSFRS-R", -8.14, 1.8, () => Change(null, Delayed, 28, "fast"));
        yield return Row(Regimens, "table 2, fast tofersen ALSFRS-R", -6.98, 1.4, () => Change(null, Early, 28, "fast"));
        yield return Row(Regimens, "table 2, fast placebo SVC", -22.2, 4.7, () => Change("svc", Delayed, 28, "fast"));
        yield return Row(Regimens, "table 2, fast tofersen SVC", -14.3, 3.4, () => Change("svc", Early, 28, "fast"));
        yield return Row(Regimens, "table 2, fast SVC difference", 7.9, 5.8, () => Gap("svc", 28, "fast"));

        const string Missed = "002_08fcb1818af3ffae.txt";
        yield return Row(Missed, "table 1, tofersen", -6.98, 1.4, () => Change(null, Early, 28, "fast"));
        yield return Row(Missed, "table 1, placebo", -8.14, 1.8, () => Change(null, Delayed, 28, "fast"));
        yield return Row(Missed, "table 1, difference", 1.2, 2.3, () => Gap(null, 28, "fast"));
        yield return Row(Missed, "table 2, SOD1 fast 38 %", 0.62, 0.10, () => BetweenArms("sod1", "fast"));
        yield return Row(Missed, "table 2, SOD1 slow 26 %", 0.74, 0.12, () => BetweenArms("sod1", "slow"));
        yield return Row(Missed, "table 2, NfL fast 67 %", 0.33, 0.06, () => BetweenArms("nfl", "fast"));
        yield return Row(Missed, "table 2, NfL slow 48 %", 0.52, 0.08, () => BetweenArms("nfl", "slow"));
        yield return Row(Missed, "table 3, ALSFRS-R", 3.5, 1.6, () => Gap(null, 52));
        yield return Row(Missed, "table 3, SVC", 9.2, 3.8, () => Gap("svc", 52));
        yield return Row(Missed, "table 3, HHD", 0.28, 0.12, () => Gap("hhd", 52));
        yield return Row(Missed, "table 3, SOD1 early 33 %", 0.67, 0.08, () => Ratio("sod1", Early, 52));
        yield return Row(Missed, "table 3, NfL early 51 %", 0.49, 0.08, () => Ratio("nfl", Early, 52));
        yield return Row(Missed, "table 3, NfL delayed 41 %", 0.59, 0.08, () => Ratio("nfl", Delayed, 52));
    }

    // SD of the log change 0.27 (from the published intervals): 1.96 · 0.27/√10 = 0.17, /√12 = 0.15.
    [TestCase("001_ea17fc15d7260337.txt, table 1, placebo −3 %", 0, 0.97, 0.15)]
    [TestCase("001_ea17fc15d7260337.txt, table 1, 20 mg −1 %", 1, 0.99, 0.17)]
    [TestCase("001_ea17fc15d7260337.txt, table 1, 40 mg −27 %", 2, 0.73, 0.17)]
    [TestCase("001_ea17fc15d7260337.txt, table 1, 60 mg −21 %", 3, 0.79, 0.17)]
    [TestCase("001_ea17fc15d7260337.txt, table 1, 100 mg −36 %", 4, 0.64, 0.17)]
    [TestCase("004_831b257f2ed1de14.txt, table of CSF SOD1, placebo −3 %", 0, 0.97, 0.15)]
    [TestCase("004_831b257f2ed1de14.txt, table of CSF SOD1, 20 mg −1 %", 1, 0.99, 0.17)]
    [TestCase("004_831b257f2ed1de14.txt, table of CSF SOD1, 40 mg −27 %", 2, 0.73, 0.17)]
    [TestCase("004_831b257f2ed1de14.txt, table of CSF SOD1, 60 mg −21 %", 3, 0.79, 0.17)]
    [TestCase("004_831b257f2ed1de14.txt, table of CSF SOD1, 100 mg −36 %", 4, 0.64, 0.17)]
    public void Simulated_DoseOnDay85_IsWithinTheIntervalOfTheTrial(string row, int arm, double published, double logTolerance) =>
        Assert.That(Doses.LatentChange(arm, 12, endpoint: "sod1").Mean, Is.EqualTo(Math.Log(published)).Within(logTolerance), row);

    // "Percentage points" are ratios of geometric means less one.
    [TestCase("003_546b97ac675ccbec.txt, 20 mg: 2 (−18 to 27)", 1, 0.82, 1.27)]
    [TestCase("003_546b97ac675ccbec.txt, 40 mg: −25 (−40 to −5)", 2, 0.60, 0.95)]
    [TestCase("003_546b97ac675ccbec.txt, 60 mg: −19 (−35 to 2)", 3, 0.65, 1.02)]
    [TestCase("003_546b97ac675ccbec.txt, 100 mg: −33 (−47 to −16)", 4, 0.53, 0.84)]
    public void Simulated_DoseOverPlacebo_IsWithinThePublishedInterval(string row, int arm, double lower, double upper)
    {
        double ratio = Math.Exp(
            Doses.LatentChange(arm, 12, endpoint: "sod1").Mean - Doses.LatentChange(0, 12, endpoint: "sod1").Mean);
        Assert.That(ratio, Is.InRange(lower, upper), row);
    }

    // 003: one death on placebo (day 52) and two on tofersen (days 137, 152) in 12 and 38 participants; within two standard errors.
    [TestCase(new[] { 0 }, 1.0 / 12, 12)]
    [TestCase(new[] { 1, 2, 3, 4 }, 2.0 / 38, 38)]
    public void Simulated_DeathsOfPhaseOneTwo_AreAsManyAsSeen(int[] arms, double published, int participants)
    {
        double all = arms.Sum(a => (double)Doses.Participants(a));
        double share = arms.Sum(a => Doses.Participants(a) * Doses.ShareEnded(a, 24, [EventKind.Death]).Value) / all;
        Assert.That(share, Is.EqualTo(published).Within(2 * Math.Sqrt(published * (1 - published) / participants)));
    }

    [TestCaseSource(nameof(Rows))]
    public void Simulated_RowOfATable_IsWithinOneStandardErrorOfTheTrial(double published, double tolerance, Func<double> simulated) =>
        Assert.That(simulated(), Is.EqualTo(published).Within(tolerance));

    // 000, table 3: slower decline, of function, vital capacity and strength, and a lower risk, with early start.
    [TestCase(null)]
    [TestCase("svc")]
    [TestCase("hhd")]
    public void Simulated_EarlyStart_DeclinesLess(string? endpoint) => Assert.That(Gap(endpoint, 52), Is.Positive);

    [Test]
    public void Simulated_EarlyStart_HasFewerDeathsOrVentilations()
    {
        EventKind[] kinds = [EventKind.Death, EventKind.PermanentVentilation];
        Assert.That(
            Courses.EventFree(Early, 52, [.. kinds]).Value, Is.GreaterThan(Courses.EventFree(Delayed, 52, [.. kinds]).Value));
    }

    // 000, table 1: −10.8 to −43.2 points a year are two mean slopes, of all SOD1-ALS and of A4V, and the second is an upper bound.
    [Test]
    public void Simulated_NaturalHistory_LiesBetweenTheYearlyRatesOfTable1()
    {
        CourseSummary courses = Run(Sod1NaturalHistory.Preset);
        double yearly = 12 * courses.LatentChange(Delayed, 26, courses.Layout.StratumNames[0]).Mean / (26 / 4.348125);
        Assert.That(yearly, Is.InRange(-43.2, -10.8));
    }

    private static CourseSummary Run(Preset preset) => PowerAnalysis.Run(
        preset.Scenario, [], new RunOptions { Replicates = Replicates, Seed = 2, CollectCourses = true, CollectEndpoints = true }).Courses!;

    private static double Change(string? endpoint, int arm, double week, string? stratum = null) =>
        Courses.LatentChange(arm, week, stratum, endpoint).Mean;

    private static double Gap(string? endpoint, double week, string? stratum = null) =>
        Change(endpoint, Early, week, stratum) - Change(endpoint, Delayed, week, stratum);

    private static double Ratio(string endpoint, int arm, double week, string? stratum = null) =>
        Math.Exp(Change(endpoint, arm, week, stratum));

    private static double BetweenArms(string endpoint, string stratum) => Math.Exp(Gap(endpoint, 28, stratum));
}
