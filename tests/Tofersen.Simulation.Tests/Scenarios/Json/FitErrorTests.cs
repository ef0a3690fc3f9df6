using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Values that are each in range and do not fit together; the base is <c>valor-ole</c>, 108 participants to week 52.</summary>
public sealed class FitErrorTests
{
    [TestCase("52", "52")]
    [TestCase("53.5", "53.5")]
    public void Read_SwitchNotBeforeTheLastVisit_NamesBoth(string switchWeeks, string named) =>
        Check(
            $$""" "design": { "switchWeeks": {{switchWeeks}} } """,
            "$.design",
            $"The switch at week {named} is not before the last visit, week 52");

    [TestCase("[0, 28, 12, 52]", "12", "28")]
    [TestCase("[0, 28, 28, 52]", "28", "28")]
    [TestCase("[0, 0, 28, 52]", "0", "0")]
    public void Read_VisitsOutOfOrder_NamesTheEntryAndTheOneBefore(string visits, string entry, string before) =>
        Check(
            $$""" "design": { "visitWeeks": {{visits}} } """,
            "$.design.visitWeeks",
            $"{entry} is not valid. Must be greater than the entry before it, {before}.");

    [TestCase("[4, 28, 52]", "4")]
    [TestCase("[-1, 28, 52]", "-1")]
    [TestCase("[1e-300, 28, 52]", "1E-300")]
    public void Read_FirstVisitNotAtWeekZero_NamesIt(string visits, string entry) =>
        Check(
            $$""" "design": { "visitWeeks": {{visits}} } """,
            "$.design.visitWeeks",
            $"{entry} is not valid. The first visit must be the baseline, week 0.");

    [TestCase("[]", 0)]
    [TestCase("[0]", 1)]
    public void Read_TooFewVisits_NamesTheirNumber(string visits, int count) =>
        Check($$""" "design": { "visitWeeks": {{visits}} } """, "$.design.visitWeeks", $"Holds {count} visits; must hold from 2 to 200.");

    [Test]
    public void Read_TooManyVisits_NamesTheirNumber() =>
        Check(
            $$""" "design": { "visitWeeks": [{{string.Join(",", Enumerable.Range(0, 201))}}] } """,
            "$.design.visitWeeks",
            "Holds 201 visits; must hold from 2 to 200.");

    [TestCase("active", "0")]
    [TestCase("control", "0")]
    [TestCase("active", "-1")]
    [TestCase("control", "101")]
    public void Read_AllocationRatioOutOfRange_NamesTheTerm(string term, string value) =>
        Check(
            $$""" "design": { "allocation": { "{{term}}": {{value}} } } """,
            $"$.design.allocation.{term}",
            $"{value} is not valid. Must lie in [1, 100].");

    [Test]
    public void Read_FewerParticipantsThanTheRatioNeeds_NamesBoth() =>
        Check(
            """ "design": { "participants": 2 } """,
            "$.design",
            "2 participants at 2:1 may leave an arm with nobody; at least 3 are needed.");

    [Test]
    public void Read_LongestGapBelowTheShortest_NamesBoth() =>
        Check(
            """ "design": { "gapMinimumWeeks": 4, "gapMaximumWeeks": 2 } """,
            "$.design",
            "The longest gap, 2 weeks, is below the shortest, 4 weeks.");

    [Test]
    public void Read_ArmsOfTheSameName_NamesIt() =>
        Check(""" "design": { "earlyName": "A", "delayedName": "A" } """, "$.design", "Both arms are called 'A'");

    [Test]
    public void Read_AnalysesOfTheSameName_NamesIt() =>
        Check(
            """ "analyses": [ { "method": "ancova", "name": "a", "week": 28 }, { "method": "logRank", "name": "a" } ] """,
            "$.analyses",
            "Two analyses are called 'a'; names must differ.");

    [Test]
    public void Read_AnalysesOfTheSameDefaultName_NamesIt() =>
        Check(
            """ "analyses": [ { "method": "ancova", "week": 28 }, { "method": "ancova", "week": 28, "alpha": 0.01 } ] """,
            "$.analyses",
            "Two analyses are called 'ancova-28'; names must differ.");

    [TestCase("""{ "method": "ancova", "week": 30 }""")]
    [TestCase("""{ "method": "jointRank", "week": 30 }""")]
    [TestCase("""{ "method": "slopes", "throughWeek": 30 }""")]
    [TestCase("""{ "method": "slopes", "throughWeek": 52, "fromWeek": 30 }""")]
    public void Read_AnalysisAtAWeekWithoutVisit_NamesTheVisits(string analysis) =>
        Check(
            $$""" "analyses": [ { "method": "logRank" }, {{analysis}} ] """,
            "$.analyses[1]",
            "30 is not valid. Must be a scheduled visit: one of weeks [0, 2, 4, 8, 12, 16, 20, 24, 28, 40, 52].");

    [TestCase("ancova", "week", "covariates")]
    [TestCase("jointRank", "week", "covariates")]
    [TestCase("slopes", "throughWeek", "covariates")]
    [TestCase("logRank", "throughWeek", "stratifyBy")]
    public void Read_UnknownCovariate_NamesThoseThereAre(string method, string week, string property) =>
        Check(
            $$""" "analyses": [ { "method": "{{method}}", "{{week}}": 28, "{{property}}": ["stratum", "height"] } ] """,
            "$.analyses[0]",
            "There is no covariate 'height'; there are baseline, stratum, age, male,");

    [TestCase("ancova", "week")]
    [TestCase("jointRank", "week")]
    [TestCase("slopes", "throughWeek")]
    [TestCase("logRank", "throughWeek")]
    public void Read_UnknownStratum_NamesThoseThereAre(string method, string week) =>
        Check(
            $$""" "analyses": [ { "method": "{{method}}", "{{week}}": 28, "strata": ["medium"] } ] """,
            "$.analyses[0]",
            "There is no stratum 'medium'; there are fast, slow.");

    [Test]
    public void Read_TooFewVisitsForASlope_NamesBoth() =>
        Check(
            """ "analyses": [ { "method": "slopes", "throughWeek": 4, "minimumVisits": 4 } ] """,
            "$.analyses[0]",
            "From week 0 to week 4 there are 3 visits; 4 are needed for a slope.");

    [Test]
    public void Read_SlopeThatEndsBeforeItBegins_Fails() =>
        Check(
            """ "analyses": [ { "method": "slopes", "fromWeek": 28, "throughWeek": 4 } ] """,
            "$.analyses[0]",
            "From week 28 to week 4 there are 0 visits");

    [Test]
    public void Read_VisitWindowsThatOverlap_NamesTheLimit() =>
        Check(
            """ "observation": { "visitJitterSdDays": 2, "visitWindowDays": 7 } """,
            "$",
            "Visit windows of ±7 days overlap where visits are 14 days apart; the window must be below 7.");

    [Test]
    public void Read_TwoHazardsOfAKind_Fails() =>
        Check(
            """
            "observation": { "events": [
              { "type": "constant", "kind": "death", "perWeek": 0.1 }, { "type": "constant", "kind": "death", "perWeek": 0.2 } ] }
            """,
            "$.observation.events",
            "Two hazards are of the same kind");

    [Test]
    public void Read_RateLimitsCrossed_NamesBoth() =>
        Check(
            """
            "observation": { "events": [ { "type": "progression", "kind": "death", "perWeek": 0.1, "rateExponent": 1,
              "scoreCoefficient": 0, "rateMinimum": 3, "rateMaximum": 2 } ] }
            """,
            "$.observation.events",
            "are 3 to 2; the upper must not be below the lower.");

    [TestCase("completed")]
    [TestCase("extensionNotEntered")]
    public void Read_HazardOfAKindThatIsNoEvent_FailsWithItsPath(string kind) =>
        Check(
            $$""" "observation": { "events": [ { "type": "constant", "kind": "{{kind}}", "perWeek": 0.1 } ] } """,
            "$.observation.events[0].kind",
            "");

    [Test]
    public void Read_NoStratum_Fails() =>
        Check(""" "population": { "strata": [] } """, "$.population.strata", "Must hold at least one entry.");

    [Test]
    public void Read_TwoStrataOfTheSameName_NamesIt() =>
        Check(""" "population": { "strata": { "slow": { "name": "fast" } } } """, "$.population.strata", "Two strata are called 'fast'");

    [Test]
    public void Read_CorrelationsThatContradictEachOther_NamesTheStratum() =>
        Check(
            """
            "population": { "strata": { "slow": { "correlations": [
              { "first": "age", "second": "declineRate", "value": 0.9 },
              { "first": "age", "second": "baselineScore", "value": 0.9 },
              { "first": "declineRate", "second": "baselineScore", "value": -0.9 } ] } } }
            """,
            "$.population.strata",
            "'slow'");

    [Test]
    public void Read_LogRankOfNoEvents_Fails() =>
        Check(""" "analyses": [ { "method": "logRank", "events": [] } ] """, "$.analyses[0].events", "Must hold at least one entry.");

    private static void Check(string change, string path, string message)
    {
        ScenarioFormatException error = ScenarioError.OfChange(change);

        Assert.That(error.Path, Is.EqualTo(path));
        Assert.That(error.Message, Does.Contain(message));
    }
}
