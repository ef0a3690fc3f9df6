using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Common;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Trials of carriers without symptoms: onset, conversion, open-label treatment.</summary>
public sealed class PresymptomaticTrialTests
{
    private const ulong Seed = 21;
    private const double WeeksPerMonth = 30.4375 / 7;

    private static readonly Scenario Preset = Atlas.Preset.Scenario;
    private static readonly PresymptomaticTrial Design = (PresymptomaticTrial)Preset.Design;

    // Scores as they are, straight lines from onset, half of the rate on drug at once.
    private static readonly Scenario Exact = Preset with
    {
        Population = (PresymptomaticPopulation)Preset.Population with { ResidualSd = 0 },
        Trajectory = new LinearDecline(),
        Effect = new SlopeReduction { MaxReduction = 0.5 },
        Observation = new ObservationModel { Rounding = ScoreRounding.None },
        Design = Design with { Participants = 200 },
        Endpoints = [],
        Analyses = [],
    };

    private static readonly TrialData Data = new TrialSimulator(Exact).Simulate(Seed, 0);

    // The disease age is t on placebo and t / 2 on drug: manifest at the months to onset, or at twice as many.
    [Test]
    public void Simulate_Conversion_IsWhenTheDiseaseAgeReachesOnset()
    {
        double end = Data.Layout.EndMonths;
        int converted = 0;
        for (int p = 0; p < Data.Participants; p++)
        {
            double expected = MonthsToOnset(p) * (Data.Arms[p] == TrialDesign.ActiveArm ? 2 : 1);
            Assert.That(Data.PhenoconversionMonths[p], Is.EqualTo(expected <= end ? expected : double.NaN).Within(1e-9));
            converted += expected <= end ? 1 : 0;
        }

        Assert.That(converted, Is.InRange(20, 199));
    }

    // On the weekly grid their hazards begin in the week before the onset that they follow from.
    [Test]
    public void Simulate_EventsOfProgression_NeverComeBeforeOnset()
    {
        var simulator = new TrialSimulator(Preset);
        int events = 0;
        for (int replicate = 0; replicate < 50; replicate++)
        {
            TrialData data = simulator.Simulate(1, replicate);
            for (int p = 0; p < data.Participants; p++)
            {
                if (data.FollowUpEnds[p] is EventKind.Completed or EventKind.OtherWithdrawal)
                {
                    continue;
                }

                events++;
                Assert.That(data.PhenoconversionMonths[p], Is.InRange(0, data.FollowUpMonths[p]), $"replicate {replicate}, participant {p}");
            }
        }

        Assert.That(events, Is.GreaterThan(200));
    }

    // 48 until onset; on placebo then r a month at half of the rate, since open-label treatment begins at once; on drug the same.
    [Test]
    public void Simulate_Scores_DeclineFromOnset()
    {
        for (int p = 0; p < Data.Participants; p++)
        {
            Participant carrier = Carrier(p);
            double toOnset = -carrier.MonthsSinceOnset;
            for (int v = 0; v < Data.Visits; v++)
            {
                double t = Data.VisitMonths[(p * Data.Visits) + v];
                double age = Data.Arms[p] == TrialDesign.ActiveArm ? t / 2 : t <= toOnset ? t : toOnset + ((t - toOnset) / 2);
                double expected = 48 - (carrier.DeclinePerMonth * Math.Max(0, age - toOnset));
                Assert.That(Data.Scores[(p * Data.Visits) + v], Is.EqualTo(expected).Within(1e-9));
            }
        }
    }

    [TestCase(0)]
    [TestCase(6)]
    public void Simulate_Placebo_IsTreatedFromConversionOn(double delayWeeks)
    {
        TrialData data = new TrialSimulator(Exact with { Design = Design with { OpenLabelDelayWeeks = delayWeeks } }).Simulate(Seed, 0);
        int treated = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            if (data.Arms[p] == TrialDesign.ActiveArm)
            {
                Assert.That(data.Exposure(p).ToArray(), Is.EqualTo((ExposureInterval[])[new(0, data.Layout.EndMonths)]));
            }
            else if (double.IsFinite(data.PhenoconversionMonths[p])
                && data.PhenoconversionMonths[p] + (delayWeeks / WeeksPerMonth) < data.Layout.EndMonths)
            {
                treated++;
                Assert.That(data.Exposure(p)[0].StartMonths, Is.EqualTo(data.PhenoconversionMonths[p] + (delayWeeks / WeeksPerMonth)).Within(1e-9));
            }
            else
            {
                Assert.That(data.Exposure(p).Length, Is.Zero);
            }
        }

        Assert.That(treated, Is.Positive);
    }

    [Test]
    public void Simulate_ConvertersLeftAlone_AreNeverTreated()
    {
        TrialData data = new TrialSimulator(Exact with { Design = Design with { TreatsConverters = false } }).Simulate(Seed, 0);
        for (int p = 0; p < data.Participants; p++)
        {
            Assert.That(data.Exposure(p).Length, Is.EqualTo(data.Arms[p] == TrialDesign.ActiveArm ? 1 : 0));
        }
    }

    // What is done after conversion does not reach back: scores up to it are the same to the bit.
    [Test]
    public void Simulate_OpenLabelTreatment_ChangesNothingBeforeIt()
    {
        TrialData alone = new TrialSimulator(Exact with { Design = Design with { Participants = 200, TreatsConverters = false } }).Simulate(Seed, 0);
        int after = 0;
        for (int p = 0; p < Data.Participants; p++)
        {
            Assert.That(Data.PhenoconversionMonths[p], Is.EqualTo(alone.PhenoconversionMonths[p]));
            for (int v = 0; v < Data.Visits; v++)
            {
                int cell = (p * Data.Visits) + v;
                bool isLater = Data.Arms[p] == TrialDesign.ControlArm && Data.VisitMonths[cell] > Data.PhenoconversionMonths[p];
                after += isLater && Data.Scores[cell] > alone.Scores[cell] ? 1 : 0;
                Assert.That(isLater || Data.Scores[cell].Equals(alone.Scores[cell]), Is.True);
            }
        }

        Assert.That(after, Is.Positive);
    }

    [Test]
    public void Simulate_EventsOfProgression_ComeAfterOnsetAlone()
    {
        Scenario scenario = Exact with
        {
            Observation = new ObservationModel
            {
                Events = [new ProgressionHazard { Kind = EventKind.Death, PerWeek = 0.5, RateExponent = 0, ScoreCoefficient = 0 }],
            },
        };
        var simulator = new TrialSimulator(scenario);
        int deaths = 0;
        for (int replicate = 0; replicate < 20; replicate++)
        {
            TrialData data = simulator.Simulate(Seed, replicate);
            for (int p = 0; p < data.Participants; p++)
            {
                if (data.FollowUpEnds[p] == EventKind.Death)
                {
                    deaths++;

                    // Hazards are straight between the points of the weekly grid: the week of onset has a part of it.
                    Assert.That(data.FollowUpMonths[p], Is.GreaterThan(MonthsToOnset(p, replicate) - (1 / WeeksPerMonth)));
                }
            }
        }

        Assert.That(deaths, Is.Positive);
    }

    // ln N rises in a straight line to onset, and stays there.
    [Test]
    public void Simulate_Neurofilament_RisesToItsValueAtOnset()
    {
        var marker = (BiomarkerEndpoint)Preset.Endpoints[0] with
        {
            WithinParticipantLogSd = 0,
            Strata = [new BiomarkerStratum()],
        };
        TrialData data = new TrialSimulator(Exact with { Effect = new NoEffect(), Endpoints = [marker] }).Simulate(Seed, 0);
        for (int p = 0; p < data.Participants; p++)
        {
            Participant carrier = Carrier(p);
            double slope = carrier.LogNeurofilamentRise / carrier.NeurofilamentRiseMonths;
            double start = Math.Max(0, -carrier.MonthsSinceOnset - carrier.NeurofilamentRiseMonths);
            for (int v = 0; v < data.Visits; v++)
            {
                double t = Math.Min(data.VisitMonths[(p * data.Visits) + v], -carrier.MonthsSinceOnset);
                Assert.That(
                    data.OnEndpoint(0).Scores[(p * data.Visits) + v],
                    Is.EqualTo(carrier.LogNeurofilamentLight + (slope * Math.Max(0, t - start))).Within(1e-9));
            }
        }
    }

    // An event that does not end follow-up counts as the event of a trial in which it does.
    [Test]
    public void Analyses_OfConversion_EqualThoseOfATrialThatEndsWithIt()
    {
        TrialData data = new TrialSimulator(Preset with { Design = Design with { Participants = 200 } }).Simulate(Seed, 3);
        TrialLayout layout = data.Layout with { Endpoints = [], HasPhenoconversion = false };
        ParticipantRecord[] records =
        [
            .. Enumerable.Range(0, data.Participants).Select(p => new ParticipantRecord
            {
                Arm = data.Arms[p],
                Scores = [.. data.Scores.Slice(p * data.Visits, data.Visits)],
                Covariates = [.. Enumerable.Range(0, layout.Covariates.Count).Select(c => data.Covariate(c)[p])],
                FollowUpMonths = double.IsFinite(data.PhenoconversionMonths[p]) ? data.PhenoconversionMonths[p] : data.FollowUpMonths[p],
                FollowUpEnd = double.IsFinite(data.PhenoconversionMonths[p]) ? EventKind.PermanentVentilation : EventKind.Completed,
            }),
        ];
        TrialData ended = TrialData.FromRecords(layout, records);
        IAnalysis Make(EventKind kind, int which) => which switch
        {
            0 => new LogRank { Events = [kind] },
            1 => new CoxRegression { Events = [kind], ThroughWeek = 52 },
            2 => new RestrictedMeanSurvival { Events = [kind], ThroughWeek = 52 },
            _ => new EventProportion { Events = [kind], ThroughWeek = 52 },
        };
        for (int which = 0; which < 4; which++)
        {
            AnalysisResult expected = Make(EventKind.PermanentVentilation, which).CreateWorker(layout).Run(ended);
            AnalysisResult actual = Make(EventKind.Phenoconversion, which).CreateWorker(data.Layout).Run(data);
            Assert.That(expected.IsUsable, Is.True);
            Assert.That(actual, Is.EqualTo(expected));
        }
    }

    [Test]
    public void SharePhenoconverted_Courses_CountsConversions()
    {
        PowerResult result = PowerAnalysis.Run(Exact, [], new RunOptions { Replicates = 3, Seed = Seed, CollectCourses = true });
        int converted = 0;
        int all = 0;
        var simulator = new TrialSimulator(Exact);
        for (int replicate = 0; replicate < 3; replicate++)
        {
            TrialData data = simulator.Simulate(Seed, replicate);
            for (int p = 0; p < data.Participants; p++)
            {
                all += data.Arms[p] == TrialDesign.ControlArm ? 1 : 0;
                converted += data.Arms[p] == TrialDesign.ControlArm && data.PhenoconversionMonths[p] <= 26 / WeeksPerMonth ? 1 : 0;
            }
        }

        Assert.That(result.Courses!.SharePhenoconverted(TrialDesign.ControlArm, 26).Value, Is.EqualTo((double)converted / all).Within(1e-12));
    }

    [Test]
    public void Simulate_TimeToOnset_IsNotInTheData()
    {
        ReadOnlySpan<double> since = Data.Covariate(Data.Layout.CovariateAt(Covariates.MonthsSinceOnset));
        Assert.That(since.ToArray(), Is.All.NaN);
    }

    [Test]
    public void Simulate_OtherTrials_HaveNoConversions()
    {
        TrialData data = new TrialSimulator(Valor.Preset.Scenario).Simulate(Seed, 0);
        Assert.That(data.PhenoconversionMonths.ToArray(), Is.All.NaN);
    }

    [Test]
    public void Simulate_Warm_AllocatesNothing()
    {
        var simulator = new TrialSimulator(Preset);
        long replicate = 0;
        Assert.That(WarmAllocation.Least(() => simulator.Simulate(Seed, replicate++)), Is.Zero);
    }

    [Test]
    public void Validate_CarriersInAnotherDesign_Throws() =>
        Assert.That(
            (Preset with { Design = Valor.Preset.Scenario.Design, Analyses = [], Endpoints = [] }).Validate,
            Throws.ArgumentException.With.Message.Contains("go together"));

    [Test]
    public void Validate_PatientsInThePresymptomaticDesign_Throws() =>
        Assert.That(
            (Preset with { Population = Valor.Preset.Scenario.Population, Analyses = [], Endpoints = [] }).Validate,
            Throws.ArgumentException.With.Message.Contains("go together"));

    [Test]
    public void Record_ConversionAfterFollowUp_Throws() =>
        Assert.That(
            () => TrialData.FromRecords(
                Data.Layout with { Participants = 1, VisitWeeks = [0, 52], Covariates = [] },
                [new ParticipantRecord { Arm = 0, Scores = [48, 48], FollowUpMonths = 3, PhenoconversionMonths = 4 }]),
            Throws.ArgumentException.With.Message.Contains("month 4").And.Message.Contains("month 3"));

    [Test]
    public void Record_ConversionAsTheEndOfFollowUp_Throws() =>
        Assert.That(
            () => new ParticipantRecord { Arm = 0, Scores = [48], FollowUpEnd = EventKind.Phenoconversion },
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("PhenoconversionMonths"));

    private static double MonthsToOnset(int p, long replicate = 0) => -Carrier(p, replicate).MonthsSinceOnset;

    private static Participant Carrier(int p, long replicate = 0)
    {
        TrialRandom random = TrialRandom.Open(Seed, replicate, p, DrawPurpose.Baseline);
        Exact.Population.CreateSampler().Draw(0, ref random, out Participant carrier);
        return carrier;
    }
}
