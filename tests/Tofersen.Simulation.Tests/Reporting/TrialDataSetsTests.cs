using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>The four data sets of a trial against the trial itself.</summary>
public sealed class TrialDataSetsTests
{
    private const string Traits = "AGE SEX BULBAR RILUZOLE EDARAVON ONSETMO PRESLOPE BNFL ";

    private ReportedTrial _trial = null!;

    private TrialData Data => _trial.Data;

    [OneTimeSetUp]
    public void WriteTrial() => _trial = ReportedTrial.Of(ReportedTrial.Scenario);

    [Test]
    public void Columns_EachFile_AreThoseOfAdam()
    {
        Assert.That(string.Join(" ", _trial.Participants.Columns), Is.EqualTo(
            "STUDYID USUBJID ARM STRATUM " + Traits + "BASE ENTRYDY TRTSDY TRTEDY TRT2SDY STOPDY RESCDY EOSDY EOSMO EOSSTT DTHDY "
            + string.Join(' ', Data.Layout.VisitWeeks.Skip(1).Select(week => FormattableString.Invariant($"CHGW{week}")))));
        Assert.That(string.Join(" ", _trial.Scores.Columns), Is.EqualTo(
            "STUDYID USUBJID ARM STRATUM " + Traits + "PARAMCD PARAM AVISIT AVISITN ADY MONTH BASE AVAL CHG ABLFL"));
        Assert.That(string.Join(" ", _trial.Laboratory.Columns), Is.EqualTo(
            "STUDYID USUBJID ARM STRATUM " + Traits + "PARAMCD PARAM AVISIT AVISITN ADY MONTH BASE AVAL R2BASE LNBASE LNAVAL LNCHG ABLFL"));
        Assert.That(string.Join(" ", _trial.Times.Columns), Is.EqualTo(
            "STUDYID USUBJID ARM STRATUM " + Traits + "PARAMCD PARAM AVAL ADY CNSR EVNTDESC TRTFRAC CENSMO"));
    }

    // Names of variables in SAS transport files are at most eight characters, labels of values not.
    [Test]
    public void Columns_EveryName_FitsATransportFile() =>
        Assert.That(
            new[] { _trial.Participants, _trial.Scores, _trial.Laboratory, _trial.Times }.SelectMany(f => f.Columns),
            Is.All.Match("^[A-Z][A-Z0-9]{0,7}$"));

    [Test]
    public void Trial_OfTheseTests_ShowsEverythingThatCanHappen()
    {
        Assert.That(Data.FollowUpEnds.ToArray().Distinct(), Is.EquivalentTo(Enum.GetValues<EventKind>().Except([EventKind.Phenoconversion])));
        Assert.That(Enumerable.Range(0, Data.Participants).Select(p => Data.Exposure(p).Length).Distinct(), Is.SupersetOf((int[])[0, 1, 2]));
    }

    [Test]
    public void Participants_OneRowEach_InOrderWithDifferentIds()
    {
        Assert.That(_trial.Participants.Rows, Has.Count.EqualTo(Data.Participants));
        Assert.That(
            _trial.Participants.Rows.Select(r => r["USUBJID"]),
            Is.EqualTo(Enumerable.Range(1, Data.Participants).Select(i => FormattableString.Invariant($"study-{i:D4}"))));
        Assert.That(_trial.Participants.Rows.Select(r => r["STUDYID"]), Is.All.EqualTo("study"));
    }

    [Test]
    public void Participants_ArmStratumAndCovariates_AreTheTrials()
    {
        for (int p = 0; p < Data.Participants; p++)
        {
            CsvFileRow row = _trial.Participants.Rows[p];
            double Covariate(string name) => Data.Covariate(Data.Layout.CovariateAt(name))[p];

            Assert.That(row["ARM"], Is.EqualTo(Data.Layout.ArmNames[Data.Arms[p]]));
            Assert.That(row["STRATUM"], Is.EqualTo(Data.Layout.StratumNames[Data.Strata[p]]));
            Assert.That(row.Number("AGE"), Is.EqualTo(Covariate(Covariates.Age)));
            Assert.That(row["SEX"], Is.EqualTo(Covariate(Covariates.Male) == 1 ? "M" : "F"));
            Assert.That(row.Number("BULBAR"), Is.EqualTo(Covariate(Covariates.BulbarOnset)));
            Assert.That(row.Number("RILUZOLE"), Is.EqualTo(Covariate(Covariates.Riluzole)));
            Assert.That(row.Number("EDARAVON"), Is.EqualTo(Covariate(Covariates.Edaravone)));
            Assert.That(row.Number("ONSETMO"), Is.EqualTo(Covariate(Covariates.MonthsSinceOnset)));
            Assert.That(row.Number("PRESLOPE"), Is.EqualTo(Covariate(Covariates.PreRandomisationSlope)));
            Assert.That(row.Number("BNFL"), Is.EqualTo(Math.Exp(Covariate(Covariates.LogNeurofilamentLight))));
            Assert.That(row.Number("BASE"), Is.EqualTo(Data.Scores[p * Data.Visits]));
        }
    }

    [Test]
    public void Participants_ChangesAndDeath_AreThoseOfTheOtherFiles()
    {
        foreach (CsvFileRow row in _trial.Participants.Rows)
        {
            CsvFileRow death = _trial.Times.Rows.Single(r => r["PARAMCD"] == "DEATH" && r["USUBJID"] == row["USUBJID"]);
            Assert.That(row.Number("DTHDY"), Is.EqualTo(death["CNSR"] == "0" ? death.Number("ADY") : double.NaN));
            foreach (double week in Data.Layout.VisitWeeks.Skip(1))
            {
                CsvFileRow? score = _trial.Scores.Rows.SingleOrDefault(
                    r => r["USUBJID"] == row["USUBJID"] && r.Number("AVISITN") == week);
                Assert.That(row.Number(FormattableString.Invariant($"CHGW{week}")), Is.EqualTo(score?.Number("CHG") ?? double.NaN));
            }
        }
    }

    [Test]
    public void Times_TreatedFraction_IsTheShareOfTheTimeOnDrug()
    {
        for (int p = 0; p < Data.Participants; p++)
        {
            CsvFileRow row = _trial.Times.Rows[p];
            double treated = 0;
            foreach (ExposureInterval interval in Data.Exposure(p))
            {
                treated += interval.StopMonths - interval.StartMonths;
            }

            Assert.That(row.Number("TRTFRAC") * row.Number("AVAL"), Is.EqualTo(treated).Within(1e-9));
            Assert.That(row.Number("TRTFRAC"), Is.InRange(0, 1));
            Assert.That(row.Number("CENSMO"), Is.GreaterThanOrEqualTo(row.Number("AVAL")));
        }
    }

    [Test]
    public void Participants_EndOfStudy_IsTheEndOfFollowUp()
    {
        var names = new Dictionary<EventKind, string>
        {
            [EventKind.Completed] = "COMPLETED",
            [EventKind.Death] = "DEATH",
            [EventKind.PermanentVentilation] = "PERMANENT VENTILATION",
            [EventKind.WithdrawalForProgression] = "WITHDRAWAL FOR PROGRESSION",
            [EventKind.OtherWithdrawal] = "OTHER WITHDRAWAL",
            [EventKind.ExtensionNotEntered] = "EXTENSION NOT ENTERED",
        };
        for (int p = 0; p < Data.Participants; p++)
        {
            CsvFileRow row = _trial.Participants.Rows[p];

            Assert.That(row.Number("EOSMO"), Is.EqualTo(Data.FollowUpMonths[p]));
            Assert.That(row.Number("EOSDY"), Is.EqualTo(Day(Data.FollowUpMonths[p])));
            Assert.That(row["EOSSTT"], Is.EqualTo(names[Data.FollowUpEnds[p]]));
        }
    }

    [Test]
    public void Participants_TreatmentDays_AreTheExposureWithinFollowUp()
    {
        for (int p = 0; p < Data.Participants; p++)
        {
            CsvFileRow row = _trial.Participants.Rows[p];
            ReadOnlySpan<ExposureInterval> exposure = Data.Exposure(p);

            Assert.That(row.Number("TRTSDY"), Is.EqualTo(exposure.Length > 0 ? Day(exposure[0].StartMonths) : double.NaN));
            Assert.That(row.Number("TRTEDY"), Is.EqualTo(exposure.Length > 0 ? Day(exposure[^1].StopMonths) : double.NaN));
            Assert.That(row.Number("TRT2SDY"), Is.EqualTo(exposure.Length > 1 ? Day(exposure[1].StartMonths) : double.NaN));
            Assert.That(row.Number("TRTEDY"), Is.NaN.Or.LessThanOrEqualTo(row.Number("EOSDY")));
        }
    }

    [Test]
    public void Participants_DaysOfEntryStopAndRescue_AreTheTrials()
    {
        ReportedTrial trial = ReportedTrial.Of(MissingScenarios.Rich);
        TrialData data = trial.Data;
        using (Assert.EnterMultipleScope())
        {
            for (int p = 0; p < data.Participants; p++)
            {
                CsvFileRow row = trial.Participants.Rows[p];
                Assert.That(row.Number("ENTRYDY"), Is.EqualTo(Day(data.EntryMonths[p])));
                Assert.That(row.Number("STOPDY"), Is.EqualTo(Day(data.TreatmentStopMonths[p])));
                Assert.That(row.Number("RESCDY"), Is.EqualTo(Day(data.RescueMonths[p])));
            }

            Assert.That(data.TreatmentStopMonths.ToArray(), Has.Some.NaN.And.Some.GreaterThan(0));
            Assert.That(data.RescueMonths.ToArray(), Has.Some.NaN.And.Some.GreaterThan(0));
        }
    }

    [Test]
    public void Scores_OneRowForEachObservedScore_InOrder()
    {
        int next = 0;
        for (int p = 0; p < Data.Participants; p++)
        {
            for (int v = 0; v < Data.Visits; v++)
            {
                int cell = (p * Data.Visits) + v;
                if (!Data.Observed[cell])
                {
                    continue;
                }

                CsvFileRow row = _trial.Scores.Rows[next++];
                double week = Data.Layout.VisitWeeks[v];
                Assert.That(row["USUBJID"], Is.EqualTo(_trial.Id(p)));
                Assert.That(row["ARM"], Is.EqualTo(_trial.Participants.Rows[p]["ARM"]));
                Assert.That(row["STRATUM"], Is.EqualTo(_trial.Participants.Rows[p]["STRATUM"]));
                Assert.That(row["AVISIT"], Is.EqualTo(v == 0 ? "Baseline" : FormattableString.Invariant($"Week {week}")));
                Assert.That(row.Number("AVISITN"), Is.EqualTo(week));
                Assert.That(row.Number("AVAL"), Is.EqualTo(Data.Scores[cell]));
                Assert.That(row.Number("MONTH"), Is.EqualTo(Data.VisitMonths[cell]));
                Assert.That(row.Number("ADY"), Is.EqualTo(Day(Data.VisitMonths[cell])));
                Assert.That(row["ABLFL"], Is.EqualTo(v == 0 ? "Y" : ""));
                Assert.That(row["PARAMCD"], Is.EqualTo("ALSFRSR"));
            }
        }

        Assert.That(_trial.Scores.Rows, Has.Count.EqualTo(next).And.Count.EqualTo(Data.Observed.ToArray().Count(o => o)));
    }

    [Test]
    public void Scores_Change_IsValueMinusBaselineAfterBaseline()
    {
        foreach (CsvFileRow row in _trial.Scores.Rows)
        {
            bool isBaseline = row["ABLFL"] == "Y";

            Assert.That(row["CHG"].Length == 0, Is.EqualTo(isBaseline));
            Assert.That(row.Number("CHG"), isBaseline ? Is.NaN : Is.EqualTo(row.Number("AVAL") - row.Number("BASE")));
            Assert.That(row.Number("BASE"), Is.EqualTo(_trial.Participant(row["USUBJID"]).Number("BASE")));
        }
    }

    // Who completes a period is seen at its last visit, even if that falls a few days late.
    [Test]
    public void Scores_AfterTheEndOfStudy_AreNone()
    {
        foreach (CsvFileRow row in _trial.Scores.Rows)
        {
            CsvFileRow participant = _trial.Participant(row["USUBJID"]);
            bool onSchedule = participant["EOSSTT"] is "COMPLETED" or "EXTENSION NOT ENTERED";
            double month = onSchedule ? StudyTime.MonthsFromWeeks(row.Number("AVISITN")) : row.Number("MONTH");

            Assert.That(month, Is.LessThanOrEqualTo(participant.Number("EOSMO")));
        }
    }

    [TestCase("SOD1")]
    [TestCase("NFL")]
    public void Laboratory_EachMarker_IsTheExponentialOfItsEndpoint(string code)
    {
        TrialData marker = Data.OnEndpoint(Data.Layout.EndpointAt(code.ToLowerInvariant()));
        CsvFileRow[] rows = [.. _trial.Laboratory.Rows.Where(r => r["PARAMCD"] == code)];
        AssertValues(marker, rows, "LNBASE", "LNAVAL", "LNCHG");
        Assert.That(rows.Select(r => r.Number("AVAL")), Is.EqualTo(rows.Select(r => Math.Exp(r.Number("LNAVAL")))).Within(1e-9));
        Assert.That(
            rows.Where(r => r["ABLFL"] == "").Select(r => r.Number("R2BASE")),
            Is.EqualTo(rows.Where(r => r["ABLFL"] == "").Select(r => r.Number("AVAL") / r.Number("BASE"))).Within(1e-9));
    }

    [TestCase("SVC")]
    [TestCase("HHD")]
    public void Function_EachMeasure_IsItsEndpoint(string code) =>
        AssertValues(
            Data.OnEndpoint(Data.Layout.EndpointAt(code.ToLowerInvariant())),
            [.. _trial.Function.Rows.Where(r => r["PARAMCD"] == code)],
            "BASE",
            "AVAL",
            "CHG");

    [Test]
    public void Files_TrialWithoutOtherEndpoints_HaveNeurofilamentAtBaselineAlone()
    {
        ReportedTrial trial = ReportedTrial.Of(ReportedTrial.Scenario with { Endpoints = [] });
        TrialData data = trial.Data;
        int column = data.Layout.CovariateAt(Covariates.LogNeurofilamentLight);

        Assert.That(trial.HasFunction, Is.False);
        Assert.That(trial.Laboratory.Rows, Has.Count.EqualTo(data.Participants));
        for (int p = 0; p < data.Participants; p++)
        {
            CsvFileRow row = trial.Laboratory.Rows[p];

            Assert.That(row["USUBJID"], Is.EqualTo(trial.Id(p)));
            Assert.That(row.Number("AVAL"), Is.EqualTo(Math.Exp(data.Covariate(column)[p])));
            Assert.That((row["AVISIT"], row["AVISITN"], row["ADY"], row["ABLFL"]), Is.EqualTo(("Baseline", "0", "1", "Y")));
        }
    }

    [TestCase("DEATH", EventKind.Death)]
    [TestCase("DTHPV", EventKind.Death, EventKind.PermanentVentilation)]
    [TestCase("PROGCOMP", EventKind.Death, EventKind.PermanentVentilation, EventKind.WithdrawalForProgression)]
    public void Times_EachEndpoint_HasARowEachAndCensorsTheOtherEnds(string code, params EventKind[] kinds)
    {
        CsvFileRow[] rows = [.. _trial.Times.Rows.Where(r => r["PARAMCD"] == code)];

        Assert.That(rows, Has.Length.EqualTo(Data.Participants));
        for (int p = 0; p < rows.Length; p++)
        {
            Assert.That(rows[p]["USUBJID"], Is.EqualTo(_trial.Id(p)));
            Assert.That(rows[p]["CNSR"], Is.EqualTo(kinds.Contains(Data.FollowUpEnds[p]) ? "0" : "1"));
            Assert.That(rows[p].Number("AVAL"), Is.EqualTo(Data.FollowUpMonths[p]));
            Assert.That(rows[p].Number("ADY"), Is.EqualTo(Day(Data.FollowUpMonths[p])));
            Assert.That(rows[p]["EVNTDESC"], Is.EqualTo(_trial.Participants.Rows[p]["EOSSTT"]));
        }
    }

    [Test]
    public void Times_Endpoints_AreThreeInAll() =>
        Assert.That(_trial.Times.Rows.Select(r => r["PARAMCD"]).Distinct(), Is.EqualTo((string[])["DEATH", "DTHPV", "PROGCOMP"]));

    // Study day 1 is the day of randomisation; a scheduled week w falls on day 7w + 1 in spite of rounding.
    [Test]
    public void Days_ScheduledWeeks_AreSevenTimesTheWeekPlusOne()
    {
        ReportedTrial trial = ReportedTrial.Of(ReportedTrial.Scenario with
        {
            Observation = new ObservationModel(),
            Design = ReportedTrial.Scenario.Design with { VisitWeeks = [.. Enumerable.Range(0, 53).Select(w => (double)w)] },
        });

        foreach (CsvFileRow row in trial.Scores.Rows)
        {
            Assert.That(row.Number("ADY"), Is.EqualTo((7 * row.Number("AVISITN")) + 1));
        }
    }

    private static void AssertValues(TrialData endpoint, CsvFileRow[] rows, string baseline, string value, string change)
    {
        int next = 0;
        for (int p = 0; p < endpoint.Participants; p++)
        {
            for (int v = 0; v < endpoint.Visits; v++)
            {
                int cell = (p * endpoint.Visits) + v;
                if (!endpoint.Observed[cell])
                {
                    continue;
                }

                CsvFileRow row = rows[next++];
                double first = endpoint.Scores[p * endpoint.Visits];
                Assert.That(row.Number("AVISITN"), Is.EqualTo(endpoint.Layout.VisitWeeks[v]));
                Assert.That(row.Number(value), Is.EqualTo(endpoint.Scores[cell]));
                Assert.That(row.Number(baseline), Is.EqualTo(first));
                Assert.That(row.Number(change), v == 0 ? Is.NaN : Is.EqualTo(endpoint.Scores[cell] - first));
            }
        }

        Assert.That(rows, Has.Length.EqualTo(next));
    }

    private static double Day(double months) => Math.Floor((months * 365.25 / 12) + 1e-6) + 1;
}
