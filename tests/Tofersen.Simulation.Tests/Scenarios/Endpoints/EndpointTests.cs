using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios.Endpoints;

/// <summary>Endpoints besides the ALSFRS-R total against the closed forms of their models.</summary>
public sealed class EndpointTests
{
    // Normal limits with a false alarm in a million a comparison.
    private const double Z = 4.9;

    private const double Months = 28 / 4.348125;

    private static readonly TrialData Data = new TrialSimulator(EndpointExamples.Scenario).Simulate(11, 0);

    // ln value at week 28 = N(ln 50 + 0.02 t + share (ln 0.4), 0.25 + (0.01 t)² + (0.3 share)² + 0.04), share = 1 − 2^(−24/6) when treated.
    [TestCase(0)]
    [TestCase(1)]
    public void Biomarker_AtWeek28_HasTheMeanAndVarianceOfItsModel(int arm)
    {
        double share = arm == 1 ? 1 - Math.Pow(2, -4) : 0;
        double mean = Math.Log(50) + (0.02 * Months) + (share * Math.Log(0.4));
        double variance = 0.25 + Math.Pow(0.01 * Months, 2) + Math.Pow(0.3 * share, 2) + 0.04;
        AssertNormal(Values(0, 3, arm), mean, variance);
    }

    // Before the lag is over nothing has happened: at week 4 the arms are alike.
    [Test]
    public void Biomarker_WithinTheLag_IsUntreated() =>
        AssertNormal(Values(0, 1, 1), Math.Log(50) + (0.02 * 4 / 4.348125), 0.25 + Math.Pow(0.01 * 4 / 4.348125, 2) + 0.04);

    // Value at week 28 = N(85 − 2 A, 15² + (1.5 A)² + 4²), with A half of the time when treated.
    [TestCase(0)]
    [TestCase(1)]
    public void Function_AtWeek28_HasTheMeanAndVarianceOfItsModel(int arm)
    {
        double age = arm == 1 ? Months / 2 : Months;
        AssertNormal(Values(1, 3, arm), 85 - (2 * age), 225 + Math.Pow(1.5 * age, 2) + 16);
    }

    // The change is −loss · t + errors of SD 4 √2, and the loss has a correlation of 0.6 with the normal score of the rate.
    [Test]
    public void Function_LossAndScore_AreCorrelatedAsAsked()
    {
        Scenario exact = EndpointExamples.Scenario with
        {
            Effect = new NoEffect(),
            Population = WithoutError(),
            Endpoints = [EndpointExamples.Capacity with { ResidualSd = 0 }],
            Observation = new ObservationModel { Rounding = ScoreRounding.None },
        };
        TrialData data = new TrialSimulator(exact).Simulate(12, 0);
        double[] loss = [.. Enumerable.Range(0, data.Participants).Select(p => Change(data.OnEndpoint(0), p, 3))];
        double[] score = [.. Enumerable.Range(0, data.Participants).Select(p => Math.Log(-Change(data, p, 3)))];
        double correlation = MathNet.Numerics.Statistics.Correlation.Pearson(loss, score);
        double fisher = Math.Atanh(correlation) - Math.Atanh(-0.6);
        Assert.That(fisher, Is.EqualTo(0).Within(Z / Math.Sqrt(data.Participants - 3)));
    }

    // Without error what is recorded is the line itself, with its limit: so is the true mean. Half of the values would lie below it.
    [Test]
    public void Function_BelowItsMinimum_StopsThereInTheTruthToo()
    {
        Scenario scenario = EndpointExamples.Scenario with { Endpoints = [EndpointExamples.Capacity with { ResidualSd = 0, Minimum = 80 }] };
        CourseSummary courses = PowerAnalysis.Run(
            scenario, analyses: [], new RunOptions { Replicates = 3, Seed = 4, CollectEndpoints = true }).Courses!;

        for (int arm = 0; arm < 2; arm++)
        {
            Assert.That(
                courses.LatentChange(arm, 28, stratum: null, "capacity").Mean,
                Is.EqualTo(courses.CompleteChange(arm, 28, stratum: null, "capacity").Mean).Within(1e-9));
        }
    }

    [Test]
    public void Endpoints_MoreOrFewerOrReordered_MoveNothing()
    {
        TrialData alone = new TrialSimulator(EndpointExamples.Scenario with { Endpoints = [EndpointExamples.Capacity] }).Simulate(11, 0);
        TrialData none = new TrialSimulator(EndpointExamples.Scenario with { Endpoints = [] }).Simulate(11, 0);
        Assert.That(alone.OnEndpoint(0).Scores.SequenceEqual(Data.OnEndpoint(1).Scores), Is.True);
        Assert.That(none.Scores.SequenceEqual(Data.Scores), Is.True);
    }

    // The same participants in both arms: what treatment does is the only difference.
    [Test]
    public void Endpoints_WithoutEffect_AreTheSameInBothArmsToTheBit()
    {
        Scenario untreated = EndpointExamples.Scenario with
        {
            Effect = new NoEffect(),
            Endpoints = [EndpointExamples.Marker with { Strata = [EndpointExamples.Marker.Strata[0] with { Response = null }] }, EndpointExamples.Capacity],
        };
        Scenario exchanged = untreated with { Design = (ParallelGroup)untreated.Design with { Allocation = new AllocationRatio(1, 3) } };
        TrialData first = new TrialSimulator(untreated).Simulate(3, 5);
        TrialData second = new TrialSimulator(exchanged).Simulate(3, 5);
        Assert.That(first.Arms.SequenceEqual(second.Arms), Is.False);
        for (int e = 0; e < 2; e++)
        {
            Assert.That(first.OnEndpoint(e).Scores.SequenceEqual(second.OnEndpoint(e).Scores), Is.True);
        }
    }

    [Test]
    public void Endpoints_UnseenVisits_AreMissingInBoth()
    {
        Scenario scenario = EndpointExamples.Scenario with
        {
            Observation = new ObservationModel
            {
                IntermittentMissingProbability = 0.2,
                Events = [new ConstantHazard { Kind = EventKind.Death, PerWeek = 0.02 }],
                VisitJitterSdDays = 2,
                VisitWindowDays = 5,
            },
            Endpoints = [EndpointExamples.Marker with { VisitWeeks = [0, 12] }, EndpointExamples.Capacity],
        };
        TrialData data = new TrialSimulator(scenario).Simulate(4, 0);
        TrialData marker = data.OnEndpoint(0);
        for (int i = 0; i < data.Observed.Length; i++)
        {
            bool isMeasured = i % data.Visits is 0 or 2;
            Assert.That(marker.Observed[i], Is.EqualTo(data.Observed[i] && isMeasured));
            Assert.That(double.IsFinite(marker.Scores[i]), Is.EqualTo(marker.Observed[i]));
            Assert.That(data.OnEndpoint(1).Observed[i], Is.EqualTo(data.Observed[i]));
        }
    }

    [Test]
    public void Biomarker_LimitsOfQuantification_AreHalfTheLowerAndTheUpper()
    {
        Scenario scenario = EndpointExamples.Scenario with
        {
            Endpoints = [EndpointExamples.Marker with { LowerLimit = 40, UpperLimit = 60 }],
        };
        double[] values = [.. new TrialSimulator(scenario).Simulate(5, 0).OnEndpoint(0).Scores.ToArray().Select(Math.Exp)];
        Assert.That(values.Where(v => v is < 39.999 or > 60.001), Is.All.EqualTo(20).Within(1e-9));
        Assert.That(values.Count(v => Math.Abs(v - 60) < 1e-9), Is.GreaterThan(1_000));
    }

    [Test]
    public void Biomarker_NeurofilamentTrait_IsTheBaselineWithoutError()
    {
        Scenario scenario = EndpointExamples.Scenario with
        {
            Endpoints = [new BiomarkerEndpoint { Name = "nfl", Strata = [new BiomarkerStratum()] }],
        };
        TrialData data = new TrialSimulator(scenario).Simulate(6, 0);
        int column = data.Layout.CovariateAt(Covariates.LogNeurofilamentLight);
        int baseline = data.Layout.CovariateAt(Covariates.Baseline);
        Assert.That(data.OnEndpoint(0).Covariate(baseline).SequenceEqual(data.Covariate(column)), Is.True);
        Assert.That(data.Covariate(baseline).SequenceEqual(data.OnEndpoint(0).Covariate(baseline)), Is.False);
    }

    [Test]
    public void EndpointAnalysis_OfAnEndpoint_IsTheAnalysisOfThoseValues()
    {
        TrialData view = Data.OnEndpoint(1);
        TrialData own = TrialData.FromRecords(Data.Layout with { Endpoints = [] },
        [
            .. Enumerable.Range(0, Data.Participants).Select(p => new ParticipantRecord
            {
                Arm = Data.Arms[p],
                Scores = [.. view.Scores.Slice(p * Data.Visits, Data.Visits)],
                Covariates = [.. Enumerable.Range(0, Data.Layout.Covariates.Count).Select(c => view.Covariate(c)[p])],
            }),
        ]);
        var ancova = new Ancova { Week = 28, Covariates = [Covariates.Baseline, Covariates.Age] };
        AnalysisResult expected = ancova.CreateWorker(own.Layout).Run(own);
        AnalysisResult actual = new EndpointAnalysis { Endpoint = "capacity", Analysis = ancova }.CreateWorker(Data.Layout).Run(Data);
        Assert.That(actual, Is.EqualTo(expected));
    }

    // True values: of the marker 0.9375 · ln 0.4, of the capacity 2 · half of the time, of its estimates within their error.
    [Test]
    public void EndpointAnalysis_TrueValues_AreThoseOfTheModel()
    {
        var ancova = new Ancova { Week = 28 };
        PowerResult result = PowerAnalysis.Run(
            EndpointExamples.Scenario with { Design = EndpointExamples.Scenario.Design with { Participants = 100 } },
            [
                new EndpointAnalysis { Endpoint = "marker", Analysis = ancova },
                new EndpointAnalysis { Endpoint = "capacity", Analysis = ancova },
            ],
            new RunOptions { Replicates = 2_000, Seed = 7 });
        double[] expected = [0.9375 * Math.Log(0.4), Months];
        Assert.That(result.Analyses.Select(a => a.Name), Is.EqualTo((string[])["marker-ancova-28", "capacity-ancova-28"]));
        for (int i = 0; i < 2; i++)
        {
            OperatingCharacteristics analysis = result.Analyses[i];
            Assert.That(analysis.TrueValue.Value, Is.EqualTo(expected[i]).Within(0.01 * Math.Abs(expected[i])));
            Assert.That(analysis.MeanEstimate, Is.EqualTo(expected[i]).Within(Z * analysis.EmpiricalStandardError / Math.Sqrt(2_000)));
        }
    }

    [Test]
    public void CourseSummary_Endpoint_HasTheMeanOfTheModel()
    {
        PowerResult result = PowerAnalysis.Run(
            EndpointExamples.Scenario with { Design = EndpointExamples.Scenario.Design with { Participants = 1_000 } },
            [],
            new RunOptions { Replicates = 50, Seed = 7, CollectCourses = true, CollectEndpoints = true });
        SampleSummary change = result.Courses!.LatentChange(1, 28, endpoint: "marker");
        Assert.That(change.Mean, Is.EqualTo((0.02 * Months) + (0.9375 * Math.Log(0.4))).Within(Z * change.MonteCarloError));
        Assert.That(change.Count, Is.EqualTo(25_000));
    }

    private static IEnumerable<TestCaseData> Misfits()
    {
        static TestCaseData Case(Endpoint endpoint, params string[] parts) => new TestCaseData(endpoint, parts).SetArgDisplayNames(parts);
        BiomarkerStratum stratum = EndpointExamples.Marker.Strata[0];
        yield return Case(EndpointExamples.Marker with { VisitWeeks = [0, 5] }, "'marker'", "5");
        yield return Case(EndpointExamples.Marker with { LowerLimit = 50 }, "'marker'", "50");
        yield return Case(
            EndpointExamples.Marker with { LowerLimit = 70, Strata = [stratum with { GeometricMean = null }] }, "'marker'", "70", "60");
        yield return Case(EndpointExamples.Marker with { LowerLimit = 30, UpperLimit = 20 }, "'marker'", "20", "30");
        yield return Case(EndpointExamples.Marker with { Strata = [stratum with { Stratum = "fast" }] }, "'marker'", "fast", "all");
        yield return Case(EndpointExamples.Marker with { Strata = [stratum, stratum] }, "'marker'");
        yield return Case(EndpointExamples.Capacity with { Minimum = 5, Maximum = 5 }, "'capacity'", "5");
    }

    [TestCaseSource(nameof(Misfits))]
    public void Validate_Misfit_NamesTheEndpoint(Endpoint endpoint, string[] parts)
    {
        ArgumentException? exception = Assert.Catch<ArgumentException>(
            () => (EndpointExamples.Scenario with { Endpoints = [endpoint] }).Validate());
        Assert.That(parts, Is.All.Matches<string>(exception!.Message.Contains));
    }

    [Test]
    public void Strata_EntryWithoutAName_IsForAllOthers()
    {
        BiomarkerEndpoint marker = EndpointExamples.Marker with
        {
            Strata = [new BiomarkerStratum { GeometricMean = 7 }, new BiomarkerStratum { Stratum = "b", GeometricMean = 9 }],
        };
        Assert.That(marker.Positions(["a", "b", "c"]), Is.EqualTo((int[])[0, 1, 0]));
        Assert.That(marker.Positions(["c"]), Is.EqualTo((int[])[0]));
    }

    [Test]
    public void Validate_TwoOfOneName_IsAnError() =>
        Assert.That(
            () => EndpointExamples.Scenario with { Endpoints = [EndpointExamples.Marker, EndpointExamples.Capacity with { Name = "marker" }] },
            Throws.ArgumentException.With.Message.Contains("'marker'"));

    [Test]
    public void CreateWorker_UnknownEndpoint_SaysWhichThereAre() =>
        Assert.That(
            () => new EndpointAnalysis { Endpoint = "sod1", Analysis = new Ancova { Week = 28 } }.CreateWorker(Data.Layout),
            Throws.ArgumentException.With.Message.Contains("'sod1'").And.Message.Contains("marker, capacity"));

    private static PopulationModel WithoutError()
    {
        var population = (PopulationModel)EndpointExamples.Scenario.Population;
        return population with { Strata = [population.Strata[0] with { ResidualSd = 0 }] };
    }

    private static double Change(TrialData data, int p, int visit) => data.Scores[(p * data.Visits) + visit] - data.Scores[p * data.Visits];

    private static double[] Values(int endpoint, int visit, int arm) =>
    [
        .. Enumerable.Range(0, Data.Participants).Where(p => Data.Arms[p] == arm)
            .Select(p => Data.OnEndpoint(endpoint).Scores[(p * Data.Visits) + visit]),
    ];

    private static void AssertNormal(double[] values, double mean, double variance)
    {
        double n = values.Length;
        double average = values.Average();
        double squares = values.Sum(v => (v - average) * (v - average)) / (n - 1);
        Assert.That(average, Is.EqualTo(mean).Within(Z * Math.Sqrt(variance / n)));
        Assert.That(squares, Is.EqualTo(variance).Within(Z * variance * Math.Sqrt(2 / n)));
    }
}
