using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Calibrations;

public sealed class NaturalHistoryReaderTests
{
    private const string Adam = """
        USUBJID,ARM,STRATUM,PARAMCD,AVISIT,ADY,AVAL
        a,Placebo,fast,ALSFRSR,Baseline,1,40
        a,Placebo,fast,ALSFRSR,Week 4,29,38
        a,Placebo,fast,SVC,Week 4,29,88
        b,Placebo,slow,ALSFRSR,Baseline,1,36
        b,Placebo,slow,ALSFRSR,Week 4,28,
        b,Placebo,slow,ALSFRSR,Week 8,57,35
        c,Active,slow,ALSFRSR,Baseline,1,41
        """;

    private const string ProAct = """
        subject_id,Q1_Speech,ALSFRS_Total,ALSFRS_Delta,ALSFRS_R_Total
        329,4,30,0,40
        329,4,28,35,
        329,4,28,70,38
        411,4,30,-7,
        """;

    private const string Events = """
        USUBJID,PARAMCD,PARAM,AVAL,ADY,CNSR,EVNTDESC
        a,DEATH,Time to death (weeks),12,85,0,DEATH
        b,DEATH,Time to death (weeks),28,197,1,COMPLETED
        c,DEATH,Time to death (weeks),28,197,1,COMPLETED
        a,OTHER,Time to other (weeks),12,85,1,DEATH
        b,OTHER,Time to other (weeks),28,197,1,COMPLETED
        """;

    [Test]
    public void Read_Adam_TakesTotalsOfTheControlWithStudyDaysAndStrata()
    {
        NaturalHistoryReading reading = Read(Adam, new NaturalHistoryReader());
        Assert.That(reading.Form, Is.EqualTo("ADaM"));
        Assert.That(reading.TimeColumn, Is.EqualTo("ADY"));
        Assert.That(reading.Unit, Is.EqualTo(TimeUnit.StudyDays));
        Assert.That(reading.Arm, Is.EqualTo("Placebo"));
        Assert.That(reading.OtherParameterRows, Is.EqualTo(1));
        Assert.That(reading.OtherArmRows, Is.EqualTo(1));
        Assert.That(reading.SkippedRows, Is.EqualTo(1));
        Assert.That(reading.Data.Participants, Is.EqualTo(2));
        Assert.That(reading.Data.StratumNames, Is.EqualTo((string[])["fast", "slow"]));
        Assert.That(reading.Data.All[0].Months[1], Nearly.Equal(28 / StudyTime.DaysPerMonth, 1e-15));
        Assert.That(reading.Data.All[1].Scores, Is.EqualTo((double[])[36, 35]));
    }

    [Test]
    public void Read_ProAct_SkipsAndCountsRowsWithoutTheRevisedTotal()
    {
        NaturalHistoryReading reading = Read(ProAct, new NaturalHistoryReader());
        Assert.That(reading.Form, Is.EqualTo("PRO-ACT"));
        Assert.That(reading.Unit, Is.EqualTo(TimeUnit.Days));
        Assert.That(reading.Arm, Is.Null);
        Assert.That(reading.SkippedRows, Is.EqualTo(2));
        Assert.That(reading.Data.Participants, Is.EqualTo(1));
        Assert.That(reading.Data.All[0].Months[1], Nearly.Equal(70 / StudyTime.DaysPerMonth, 1e-15));
    }

    [Test]
    public void Read_ColumnsAsNamed_NeedNoUsualNames()
    {
        var reader = new NaturalHistoryReader { Participant = "id", Time = "t", Unit = TimeUnit.Weeks, Score = "y", Stratum = "g" };
        NaturalHistoryReading reading = Read("id,t,y,g\n1,0,40,x\n1,4,39,x\n2,0,30,z\n", reader);
        Assert.That(reading.Form, Is.EqualTo("columns as named"));
        Assert.That(reading.Data.StratumNames, Is.EqualTo((string[])["x", "z"]));
        Assert.That(reading.Data.All[0].Months[1], Nearly.Equal(StudyTime.MonthsFromWeeks(4), 1e-15));
    }

    // One course in four units.
    [TestCase("MONTH", "0", "2")]
    [TestCase("WEEKS", "0", "8.696428571428571")]
    [TestCase("day", "0", "60.875")]
    [TestCase("ADY", "1", "61.875")]
    public void Read_UnitInTheName_GivesMonths(string column, string first, string second)
    {
        var reader = new NaturalHistoryReader { Participant = "id", Time = column, Score = "y" };
        NaturalHistoryReading reading = Read($"id,{column},y\n1,{first},40\n1,{second},39\n", reader);
        Assert.That(reading.Data.All[0].Months, Is.EqualTo((double[])[0, 2]).Within(1e-12));
    }

    [Test]
    public void Read_VisitNames_AreTimes()
    {
        NaturalHistoryReading reading = Read("USUBJID,AVISIT,AVAL\n1,Week 4,39\n1,Baseline,40\n1,Month 2,37\n1,Day 15,40\n", new NaturalHistoryReader());
        Assert.That(
            reading.Data.All[0].Months,
            Is.EqualTo((double[])[0, 14 / StudyTime.DaysPerMonth, StudyTime.MonthsFromWeeks(4), 2]).Within(1e-12));
    }

    [Test]
    public void Read_UntilMonth_LeavesLaterRowsAndEndsAside()
    {
        var reader = new NaturalHistoryReader { UntilMonth = 1, IsPooled = true };
        NaturalHistoryReading reading = reader.ReadFollowUp(Read(Adam, reader), TableReader.ReadText(Events));
        Assert.That(reading.LaterRows, Is.EqualTo(1));
        Assert.That(reading.Data.StratumNames, Is.EqualTo((string[])[NaturalHistoryData.OnlyStratum]));
        Assert.That(reading.Data.FollowUps!.Select(f => f.End), Is.All.EqualTo(EventKind.Completed));
        Assert.That(reading.Data.FollowUps!.Select(f => f.Months), Is.All.EqualTo(1));
    }

    [Test]
    public void ReadFollowUp_KnownEnds_TakesTheFirstParameterOfThoseWithScores()
    {
        var reader = new NaturalHistoryReader();
        NaturalHistoryReading reading = reader.ReadFollowUp(Read(Adam, reader), TableReader.ReadText(Events));
        Assert.That(reading.FollowUpNote, Does.Contain("EVNTDESC"));
        Assert.That(reading.Data.HasFollowUp, Is.True);
        Assert.That(reading.Data.FollowUps!.Select(f => f.End), Is.EqualTo((EventKind[])[EventKind.Death, EventKind.Completed]));
        Assert.That(reading.Data.FollowUps![0].Months, Nearly.Equal(StudyTime.MonthsFromWeeks(12), 1e-15));
    }

    [Test]
    public void ReadFollowUp_CensoringOnly_CountsEventsAsOtherWithdrawals()
    {
        var reader = new NaturalHistoryReader();
        NaturalHistoryReading reading = reader.ReadFollowUp(
            Read(Adam, reader), TableReader.ReadText("USUBJID,ADY,CNSR\na,85,0\nb,197,1\n"));
        Assert.That(reading.Data.FollowUps!.Select(f => f.End), Is.EqualTo((EventKind[])[EventKind.OtherWithdrawal, EventKind.Completed]));
        Assert.That(reading.Data.FollowUps![0].Months, Nearly.Equal(84 / StudyTime.DaysPerMonth, 1e-15));
    }

    [TestCase("USUBJID,ADY\na,85\nb,197\n", "CNSR")]
    [TestCase("USUBJID,ADY,CNSR\na,85,0\n", "'b'")]
    [TestCase("USUBJID,CNSR\na,0\nb,1\n", "ADY")]
    [TestCase("ID,ADY,CNSR\na,85,0\n", "'USUBJID'")]
    [TestCase("USUBJID,ADY,CNSR\na,85,\nb,197,1\n", "row 1")]
    [TestCase("USUBJID,ADY,CNSR\na,,0\nb,197,1\n", "'ADY'")]
    [TestCase("USUBJID,ADY,CNSR\na,85,0\na,85,0\nb,197,1\n", "twice")]
    [TestCase("USUBJID,ADY,CNSR,PARAMCD\na,85,0,X\nb,197,1,Y\n", "X, Y")]
    public void ReadFollowUp_BadEvents_SaysWhat(string events, string message)
    {
        var reader = new NaturalHistoryReader();
        NaturalHistoryReading reading = Read(Adam, reader);
        Assert.That(
            () => reader.ReadFollowUp(reading, TableReader.ReadText(events)),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain(message));
    }

    [TestCase("A,B,C\n1,0,40\n", "participant", "A, B, C")]
    [TestCase("USUBJID,AVAL\n1,40\n", "MONTH or ADY or AVISIT", "USUBJID, AVAL")]
    [TestCase("USUBJID,MONTH,AVAL\n1,0,40\n1,1,forty\n", "'AVAL'", "row 2")]
    [TestCase("USUBJID,MONTH,AVAL\n1,0,40\n1,later,39\n", "'MONTH'", "row 2")]
    [TestCase("USUBJID,MONTH,AVAL\n1,0,40\n1,1,49\n", "'AVAL'", "49 in row 2")]
    [TestCase("USUBJID,MONTH,AVAL\n1,0,40\n1,1,39\n1,1,38\n", "'1'", "row 2 (line 3) and row 3 (line 4)")]
    [TestCase("USUBJID,MONTH,AVAL\n1,0,40\n1,28,39\n1,56,38\n", "'MONTH'", "days, weeks or months")]
    [TestCase("USUBJID,ADY,AVAL\n1,1,40\n1,2,39\n1,3,38\n", "'ADY'", "days, weeks or months")]
    [TestCase("USUBJID,ADY,AVAL\n1,0,40\n1,28,39\n", "'ADY'", "no day 0")]
    [TestCase("USUBJID,AVISIT,AVAL\n1,Baseline,40\n1,Visit 2,39\n", "'Visit 2'", "row 2")]
    [TestCase("USUBJID,MONTH,AVAL,ARM\n1,0,40,High\n2,0,40,Low\n", "'ARM'", "High, Low")]
    [TestCase("USUBJID,MONTH,AVAL,PARAMCD\n1,0,40,SVC\n2,0,40,HHD\n", "'PARAMCD'", "HHD, SVC")]
    [TestCase("subject_id,ALSFRS_R_Total,ALSFRS_Delta\n1,,0\n", "'ALSFRS_R_Total'", "no value")]
    [TestCase("USUBJID,MONTH,AVAL\n1,2000,40\n", "'MONTH'", "2000 months in row 1")]
    public void Read_BadTable_NamesColumnAndRow(string csv, string first, string second) =>
        Assert.That(
            () => Read(csv, new NaturalHistoryReader()),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain(first).And.Message.Contain(second));

    [Test]
    public void Read_UnknownUnit_AsksForIt() =>
        Assert.That(
            () => Read("id,t,y\n1,0,40\n", new NaturalHistoryReader { Participant = "id", Time = "t", Score = "y" }),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain("'t'").And.Message.Contain("days, weeks or months"));

    [TestCase("active", "Active, Placebo")]
    public void Read_NoSuchArm_ListsThem(string arm, string message) =>
        Assert.That(
            () => Read(Adam, new NaturalHistoryReader { Arm = arm }),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain(message));

    [Test]
    public void Read_OneColumnForTwoUses_IsRefused() =>
        Assert.That(
            () => Read("id,month\n1,0\n", new NaturalHistoryReader { Participant = "id", Time = "month", Score = "month" }),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contain("'month'"));

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(1201)]
    public void UntilMonth_OutOfRange_Throws(double month)
    {
        Assert.That(() => new NaturalHistoryReader { UntilMonth = month }, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new NaturalHistoryFitter { PlannedLastMonth = month }, Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static NaturalHistoryReading Read(string csv, NaturalHistoryReader reader) => reader.Read(TableReader.ReadText(csv));
}
