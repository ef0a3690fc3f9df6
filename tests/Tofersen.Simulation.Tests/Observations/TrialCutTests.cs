using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Common;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Observations;

/// <summary>Data as they stand on a day of the calendar.</summary>
public sealed class TrialCutTests
{
    private static IEnumerable<Scenario> Scenarios =>
    [
        MissingScenarios.Rich,
        Enrolling(ItemScenarios.Rich),
        Enrolling(Valor.Preset.Scenario) with { Analyses = [] },
        Enrolling(PhaseOneTwo.Preset.Scenario) with { Analyses = [] },
        Enrolling(Atlas.Preset.Scenario) with { Analyses = [] },
    ];

    private static IAnalysis[] Analyses { get; } =
    [
        new Ancova { Week = 28 },
        new AncovaWithImputation { Week = 28, Imputation = new MultipleImputation { Imputations = 5 } },
        new Mmrm { Week = 28, Covariance = CovarianceStructure.CompoundSymmetry },
        new RandomSlopeModel { ThroughWeek = 52 },
        new SlopeAnalysis { ThroughWeek = 28 },
        new JointRank { Week = 28 },
        new JointRank { Name = "surv", Week = 28, Incomplete = IncompleteFollowUp.OrderedAtWithdrawal },
        new LogRank(),
        new CoxRegression { Covariates = [Covariates.Age] },
        new RestrictedMeanSurvival { ThroughWeek = 40 },
        new EventProportion { ThroughWeek = 28 },
        new ResponderAnalysis { Week = 28, Threshold = -3 },
        new DelayedStartAnalysis { FirstWeek = 28, SecondWeek = 52, Covariance = CovarianceStructure.Ar1 },
        new RankPreservingFailureTime(),
        new EstimandAnalysis
        {
            Analysis = new Ancova { Week = 28 },
            Strategies = new Estimand { Death = EventStrategy.Composite, Withdrawal = EventStrategy.WhileOnTreatment },
        },
        new ArmComparison { Active = "Early start", Analysis = new Ancova { Week = 28 } },
    ];

    [TestCaseSource(nameof(Scenarios))]
    public void Fill_AfterEverything_IsTheWholeTrialBitForBit(Scenario scenario)
    {
        var simulator = new TrialSimulator(scenario);
        var cut = new TrialCut(scenario.Layout);
        for (int replicate = 0; replicate < 20; replicate++)
        {
            TrialData whole = simulator.Simulate(FalseAlarm.Seed(3101), replicate);
            Assert.That(Bits(cut.Fill(whole, 1e-3, 1e-3, [])), Is.Not.EqualTo(Bits(whole)));
            Assert.That(
                Bits(cut.Fill(whole, double.PositiveInfinity, double.PositiveInfinity, [])), Is.EqualTo(Bits(whole)));
        }
    }

    [TestCaseSource(nameof(Scenarios))]
    public void Fill_RandomDays_AgreesWithAPlainVersion(Scenario scenario)
    {
        const int Replicates = 600;
        Scenario small = scenario with { Design = scenario.Design with { Participants = 24 } };
        var simulator = new TrialSimulator(small);
        var cut = new TrialCut(small.Layout);
        var days = new Random(3102);
        for (int replicate = 0; replicate < Replicates; replicate++)
        {
            TrialData whole = simulator.Simulate(FalseAlarm.Seed(3102), replicate);
            double last = whole.EntryMonths.ToArray().Max();
            double day = days.NextDouble() * (last + (1.1 * small.Layout.EndMonths));
            double entry = days.Next(2) == 0 ? day : days.NextDouble() * day;
            bool[] enrols = [.. Enumerable.Range(0, 24).Select(_ => days.Next(4) > 0)];
            bool[] everybody = [];
            bool[] mask = days.Next(2) == 0 ? enrols : everybody;

            TrialData data = cut.Fill(whole, day, entry, mask);

            int[] kept = [.. Enumerable.Range(0, 24).Where(p => whole.EntryMonths[p] <= entry && (mask.Length == 0 || mask[p]))];
            Assert.That(data.Participants, Is.EqualTo(kept.Length));
            AssertEvents(whole, data, kept, day);
            if (kept.Length > 0)
            {
                TrialData plain = PlainCut.Of(whole, kept, day);
                Assert.That(Bits(data, withEvents: false), Is.EqualTo(Bits(plain, withEvents: false)));
            }
        }
    }

    // Workers made for the whole trial give what workers made for a trial of that size would.
    [Test]
    public void Run_OnACut_EqualsATrialOfThoseParticipants()
    {
        Scenario scenario = Enrolling(TestScenarios.Rich);
        var simulator = new TrialSimulator(scenario);
        var cut = new TrialCut(scenario.Layout);
        IAnalysisWorker[] workers = [.. Analyses.Select(a => a.CreateWorker(scenario.Layout))];
        var days = new Random(3103);
        int usable = 0;
        for (int replicate = 0; replicate < 100; replicate++)
        {
            TrialData whole = simulator.Simulate(FalseAlarm.Seed(3103), replicate);
            double day = 8 + (days.NextDouble() * 14);
            TrialData data = cut.Fill(whole, day, day, []);
            int[] kept = [.. Enumerable.Range(0, whole.Participants).Where(p => whole.EntryMonths[p] <= day)];
            TrialData plain = PlainCut.Of(whole, kept, day);
            plain.Streams = whole.Streams;
            for (int a = 0; a < Analyses.Length; a++)
            {
                AnalysisResult expected = Analyses[a].CreateWorker(plain.Layout).Run(plain);
                AnalysisResult actual = workers[a].Run(data);
                Assert.That(actual, Is.EqualTo(expected), $"{Analyses[a].Name}, replicate {replicate}");
                usable += actual.IsUsable ? 1 : 0;
            }
        }

        Assert.That(usable, Is.GreaterThan(1_000));
    }

    // Early looks have few participants, one arm, or nobody: a status, not an exception, and nothing that the next trial could see.
    [Test]
    public void Run_FewOrNoParticipants_IsAStatus()
    {
        Scenario scenario = Enrolling(TestScenarios.Rich);
        TrialData whole = new TrialSimulator(scenario).Simulate(FalseAlarm.Seed(3104), 0);
        double[] entries = [.. whole.EntryMonths.ToArray().Order()];
        var cut = new TrialCut(scenario.Layout);
        foreach (IAnalysis analysis in Analyses)
        {
            IAnalysisWorker worker = analysis.CreateWorker(scenario.Layout);
            AnalysisResult before = worker.Run(whole);
            foreach (int entered in (int[])[0, 1, 2, 3, 4, 5, 7, 10, 15, 20])
            {
                double day = entered == 0 ? 0 : entries[entered - 1];
                AnalysisResult atOnce = worker.Run(cut.Fill(whole, day, day, []));
                AnalysisResult later = worker.Run(cut.Fill(whole, double.PositiveInfinity, day, []));
                Assert.That(atOnce.Participants, Is.LessThanOrEqualTo(entered), analysis.Name);
                Assert.That(atOnce.IsUsable && double.IsNaN(atOnce.PValue), Is.False, analysis.Name);
                Assert.That(later.IsUsable && double.IsNaN(later.PValue), Is.False, analysis.Name);
            }

            Assert.That(worker.Run(whole), Is.EqualTo(before), analysis.Name);
        }
    }

    [Test]
    public void Fill_Warm_AllocatesNothing()
    {
        Scenario scenario = Enrolling(ItemScenarios.Rich);
        TrialData whole = new TrialSimulator(scenario).Simulate(1, 0);
        var cut = new TrialCut(scenario.Layout);
        double day = 0;
        Assert.That(WarmAllocation.Least(() => cut.Fill(whole, day += 0.7, day, [])), Is.Zero);
    }

    private static Scenario Enrolling(Scenario scenario) =>
        scenario with { Design = scenario.Design with { Enrolment = new UniformEnrolment { Weeks = 60 } } };

    private static void AssertEvents(TrialData whole, TrialData data, int[] kept, double day)
    {
        for (int i = 0; i < kept.Length && whole.AdverseEvents.Classes > 0; i++)
        {
            double end = day - whole.EntryMonths[kept[i]];
            AdverseEvent[] expected = [.. whole.AdverseEvents.Episodes(kept[i]).ToArray().Where(e => e.Months <= end)];
            Assert.That(data.AdverseEvents.Episodes(i).ToArray(), Is.EqualTo(expected));
            for (int c = 0; c < data.AdverseEvents.Classes; c++)
            {
                double[] months = [.. expected.Where(e => e.Class == c).Select(e => e.Months)];
                Assert.That(data.AdverseEvents.Counts(c)[i], Is.EqualTo(months.Length));
                Assert.That(data.AdverseEvents.FirstMonths(c)[i], Is.EqualTo(months.Length > 0 ? months.Min() : double.NaN));
            }
        }

        for (int i = 0; i < kept.Length && whole.Layout.HasItems; i++)
        {
            for (int v = 0; v < whole.Visits; v++)
            {
                byte[] expected = data.Observed[(i * whole.Visits) + v] ? whole.Items(kept[i], v).ToArray() : [];
                Assert.That(data.Items(i, v).ToArray(), Is.EqualTo(expected));
            }
        }
    }

    private static List<long> Bits(TrialData data, bool withEvents = true)
    {
        var bits = new List<long>();
        void Add(ReadOnlySpan<double> values)
        {
            foreach (double value in values)
            {
                bits.Add(BitConverter.DoubleToInt64Bits(value));
            }
        }

        bits.AddRange(data.Arms.ToArray().Select(a => (long)a));
        bits.AddRange(data.Strata.ToArray().Select(s => (long)s));
        bits.AddRange(data.Observed.ToArray().Select(o => o ? 1L : 0));
        bits.AddRange(data.FollowUpEnds.ToArray().Select(e => (long)e));
        Add(data.Scores);
        Add(data.VisitMonths);
        Add(data.FollowUpMonths);
        Add(data.PhenoconversionMonths);
        Add(data.EntryMonths);
        Add(data.TreatmentStopMonths);
        Add(data.RescueMonths);
        for (int c = 0; c < data.Layout.Covariates.Count; c++)
        {
            Add(data.Covariate(c));
        }

        for (int e = 0; e < data.Layout.Endpoints.Count; e++)
        {
            Add(data.OnEndpoint(e).Scores);
            for (int c = 0; c < data.Layout.Covariates.Count; c++)
            {
                Add(data.OnEndpoint(e).Covariate(c));
            }
        }

        for (int p = 0; p < data.Participants; p++)
        {
            foreach (ExposureInterval interval in data.Exposure(p))
            {
                Add([interval.StartMonths, interval.StopMonths, interval.DoseMg ?? -1]);
            }

            if (withEvents && data.AdverseEvents.Classes > 0)
            {
                bits.AddRange(data.AdverseEvents.Episodes(p).ToArray().SelectMany(
                    e => (long[])[e.Class, BitConverter.DoubleToInt64Bits(e.Months), e.IsOnDrug ? 1 : 0]));
            }

            for (int v = 0; v < data.Visits && withEvents && data.Layout.HasItems; v++)
            {
                bits.AddRange(data.Items(p, v).ToArray().Select(i => (long)i));
            }
        }

        return bits;
    }
}
